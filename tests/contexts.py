"""Contexts of crawls for tests of what takes part in them: no spider and no crawler is needed."""

from __future__ import annotations

from scrapy.settings import Settings
from scrapy.statscollectors import MemoryStatsCollector

from crawler.context import Counters, CrawlContext
from crawler.context.local_state import LocalState
from crawler.errors import Retry


class Counting:
    """As much of a crawler as counting takes."""

    def __init__(self) -> None:
        self.settings = Settings()
        self.spider = None
        self.stats = MemoryStatsCollector(self)


class Turns(LocalState):
    """Notes which turns of hosts were taken, in order; that of a URL with ``paused`` cannot be had."""

    def __init__(self):
        super().__init__()
        self.taken = []

    async def reserve_slot(self, url, portal):
        assert portal == "sample"
        if "paused" in url:
            raise Retry("host-paused")
        self.taken.append(url)


def make_context(frontier=None, **fields) -> CrawlContext:
    """A context with counters of its own."""
    return CrawlContext(frontier or LocalState(), Counters(Counting()), **fields)
