"""A page and a profile in, classified links out. Pure: no network, no clock, no framework."""

from crawler.discovery.client_rendered import is_client_rendered
from crawler.discovery.continuation import ArticlePages, article_pages, whole_article_link
from crawler.discovery.dates import listed_at, url_day
from crawler.discovery.links import Link, PageLinks
from crawler.discovery.lists import ListPage, read_list
from crawler.discovery.lists.entries import Entry, entry_links
from crawler.discovery.lists.feed import Feed, read_feed
from crawler.discovery.lists.json_list import NOT_JSON
from crawler.discovery.lists.sitemap import Sitemap, read_sitemap
from crawler.discovery.page_kind import page_kind
from crawler.discovery.reader import read_links
from crawler.discovery.sibling_pages import same_headline
from crawler.discovery.soft404 import is_soft404
from crawler.discovery.twins import original_list

__all__ = [
    "NOT_JSON",
    "ArticlePages",
    "Entry",
    "Feed",
    "Link",
    "ListPage",
    "PageLinks",
    "Sitemap",
    "article_pages",
    "entry_links",
    "is_client_rendered",
    "is_soft404",
    "listed_at",
    "original_list",
    "page_kind",
    "read_feed",
    "read_links",
    "read_list",
    "read_sitemap",
    "same_headline",
    "url_day",
    "whole_article_link",
]
