"""What a crawl is about, for everything that takes part in it."""

from crawler.context.scope import CrawlScope
from crawler.context.selection import PortalSelection

__all__ = ["CrawlScope", "PortalSelection"]
