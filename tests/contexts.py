"""Contexts of crawls for tests of what takes part in them: no spider and no crawler is needed."""

from __future__ import annotations

from scrapy.settings import Settings
from scrapy.statscollectors import MemoryStatsCollector

from crawler.context import Counters, CrawlContext
from crawler.context.local_state import LocalState


class Counting:
    """As much of a crawler as counting takes."""

    def __init__(self) -> None:
        self.settings = Settings()
        self.spider = None
        self.stats = MemoryStatsCollector(self)


def make_context(frontier=None, **fields) -> CrawlContext:
    """A context with counters of its own."""
    return CrawlContext(frontier or LocalState(), Counters(Counting()), **fields)
