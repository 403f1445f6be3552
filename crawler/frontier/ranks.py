"""Which request goes first, among those of one host."""

from __future__ import annotations

from typing import Final

__all__ = ["BACKFILL", "PERMANENT", "rank"]

PERMANENT: Final = frozenset({"article", "gallery", "continuation"})
"""Kinds of pages that are fetched once for ever; all others are visited again in every run."""

BACKFILL: Final = -100
"""The priority of requests that reach back into the years: everything live goes before them."""

_SHALLOW: Final = 2


def rank(kind: str | None, page: int, priority: int) -> int:
    """A number for the queue, 0 to 3,999; the lowest goes first.

    New articles, then the first two pages of lists, homes and feeds, then deep lists and sitemaps, then
    backfill. Within one of the four, Scrapy's ``priority`` (-499 to 499; higher first), then first come,
    first served.
    """
    if priority <= BACKFILL // 2:
        band = 3
    elif kind in PERMANENT:
        band = 0
    elif kind != "sitemap" and page <= _SHALLOW:
        band = 1
    else:
        band = 2
    return band * 1000 + 499 - max(-499, min(499, priority))
