"""Which request goes first, among those of one host."""

from __future__ import annotations

from typing import Final

from crawler.portals.page_kind import PageKind

__all__ = ["BACKFILL", "queue_priority"]

BACKFILL: Final = -100
"""The priority of requests that reach back into the years: everything live goes before them."""

_SHALLOW: Final = 2


def queue_priority(kind: PageKind, page: int, priority: int) -> int:
    """Return a number for the queue, 0 to 3,999; the lowest goes first.

    New articles, then the first two pages of lists, homes and feeds, then deep lists and sitemaps, then
    backfill. Within one of the four, Scrapy's ``priority`` (-499 to 499; higher first), then first come,
    first served.
    """
    if priority <= BACKFILL // 2:
        band = 3
    elif kind.fetched_once:
        band = 0
    elif kind is not PageKind.SITEMAP and page <= _SHALLOW:
        band = 1
    else:
        band = 2
    return band * 1000 + 499 - max(-499, min(499, priority))
