"""A page and a profile in, classified links out. Pure: no network, no clock, no framework."""

from crawler.discovery.client_rendered import is_client_rendered
from crawler.discovery.continuation import continuation_links, whole_article_link
from crawler.discovery.dates import listed_at, url_day
from crawler.discovery.entries import Entry, entry_links
from crawler.discovery.feed import Feed, read_feed
from crawler.discovery.json_list import NOT_JSON, read_json_list
from crawler.discovery.links import Link, PageLinks
from crawler.discovery.page_kind import page_kind
from crawler.discovery.reader import read_links
from crawler.discovery.sitemap import Sitemap, read_sitemap
from crawler.discovery.soft404 import is_soft404

__all__ = [
    "NOT_JSON",
    "Entry",
    "Feed",
    "Link",
    "PageLinks",
    "Sitemap",
    "continuation_links",
    "entry_links",
    "is_client_rendered",
    "is_soft404",
    "listed_at",
    "page_kind",
    "read_feed",
    "read_json_list",
    "read_links",
    "read_sitemap",
    "url_day",
    "whole_article_link",
]
