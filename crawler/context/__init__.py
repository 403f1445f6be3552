"""What a crawl is about, for everything that takes part in it."""

from crawler.context.context import CrawlContext, context_of
from crawler.context.counters import Counters
from crawler.context.learnt import PortalRules
from crawler.context.scope import CrawlScope
from crawler.context.selection import PortalSelection
from crawler.context.shared_state import SharedState

__all__ = [
    "Counters",
    "CrawlContext",
    "CrawlScope",
    "PortalRules",
    "PortalSelection",
    "SharedState",
    "context_of",
]
