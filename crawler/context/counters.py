"""The counters of a worker: Scrapy's stats, by names that workers, fleet and exit codes agree on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from scrapy.statscollectors import StatsCollector

__all__ = [
    "DISALLOWED",
    "EMPTY",
    "FAILED",
    "FETCHED",
    "LISTED",
    "OF_A_RUN",
    "RENDERED",
    "RETRIED",
    "SKIPPED",
    "STORED",
    "UNCHANGED",
    "Counters",
    "of_portal",
    "of_run",
]

FETCHED: Final = "crawl/fetched"
"""Pages that were fetched and read, of any kind."""

UNCHANGED: Final = "crawl/unchanged"
"""Lists that the server said had not changed (304): nothing to read."""

STORED: Final = "crawl/stored"
"""Articles stored."""

FAILED: Final = "crawl/failed"
"""URLs given up: they are in ``failures``, with the reason."""

DISALLOWED: Final = "crawl/disallowed"
"""URLs that are passed over: robots.txt, other domains, private addresses, no browser to render them.

No failures of the crawl.
"""

LISTED: Final = "crawl/listed"
"""Pages of lists that showed an entry."""

EMPTY: Final = "crawl/empty"
"""Lists that were asked for and showed no entry: they are in ``failures``, as ``empty-list``, and have not failed."""

SKIPPED: Final = "crawl/skipped"
"""Pages that were sound but not asked for (out of since/until, not an article)."""

RENDERED: Final = "crawl/rendered"
"""Pages that a browser filled; they are among those fetched."""

RETRIED: Final = "crawl/retried"
"""Requests that are to be tried again."""

OF_A_RUN: Final = (FETCHED, UNCHANGED, STORED, FAILED, DISALLOWED, SKIPPED, RENDERED, LISTED, EMPTY)
"""Those that are summed up over all workers of a run."""


_AS_SCRAPY_CALLS_IT: Final = {
    FETCHED: "response_received_count",
    UNCHANGED: "response_received_count",
    STORED: "item_scraped_count",
}
"""What ``Crawled … pages …, scraped … items`` in the log, logparser and scrapydweb read."""


def of_portal(counter: str, portal: str) -> str:
    """Return the name of a counter for one portal."""
    return f"{counter}/{portal}"


def of_run(counter: str) -> str:
    """Return the name under which a worker that ends has the counter of its whole run."""
    return f"run/{counter}"


class HasStats(Protocol):
    """A Scrapy crawler, as far as counting goes; its stats are there once the crawl has begun."""

    @property
    def stats(self) -> StatsCollector:
        """Scrapy's collector."""
        ...


class Counters:
    """Counts what one worker does."""

    def __init__(self, crawler: HasStats) -> None:
        self._crawler = crawler

    def add(self, name: str, number: int = 1, *, portal: str | None = None) -> None:
        """Add to a counter, and to that of one portal."""
        stats = self._crawler.stats
        stats.inc_value(name, number)
        if name in _AS_SCRAPY_CALLS_IT:
            stats.inc_value(_AS_SCRAPY_CALLS_IT[name], number)
        if portal:
            stats.inc_value(of_portal(name, portal), number)

    def put(self, name: str, number: int) -> None:
        """Set a counter that is counted elsewhere."""
        self._crawler.stats.set_value(name, number)

    def value(self, name: str, portal: str | None = None) -> int:
        """Return a counter, of everything or of one portal."""
        return int(self._crawler.stats.get_value(of_portal(name, portal) if portal else name, 0))
