"""Readers of lists, one a type: a page of a list in, its links out.

A new type is a module here with a function ``(ListPage) -> PageLinks`` that never raises, a line in
:data:`READERS`, and its name in ``ListType`` of :mod:`crawler.portals.model`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crawler.discovery.lists.feed import read_feed_list
from crawler.discovery.lists.html_list import read_html_list
from crawler.discovery.lists.json_list import read_json_list
from crawler.discovery.lists.page import ListPage
from crawler.discovery.lists.sitemap import read_sitemap_list

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from crawler.discovery.links import PageLinks

__all__ = ["READERS", "ListPage", "read_list"]

READERS: Final[Mapping[str, Callable[[ListPage], PageLinks]]] = {
    "html": read_html_list,
    "json": read_json_list,
    "jsonp": read_json_list,
    "feed": read_feed_list,
    "sitemap": read_sitemap_list,
}
"""The reader of each type that this version can read."""


def read_list(page: ListPage) -> PageLinks:
    """Return the links of one page of a list, by the reader of its type. Never raises."""
    return READERS[page.type](page)
