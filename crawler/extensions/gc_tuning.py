"""Python's garbage collector, set for a worker: many short-lived objects above a large, constant heap."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Final, Self

from scrapy import signals

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

__all__ = ["GcTuning"]

YOUNG: Final = 20_000
MIDDLE: Final = 20
OLD: Final = 50


class GcTuning:
    """Looks for cycles less often, and never among what was loaded before the crawl began.

    A page makes some thousand objects and hardly a cycle; at Python's thresholds (700, 10, 10) the collector
    takes a tenth of a worker's CPU time. Reference counting frees nearly all of them as before, so the peak of
    memory does not change (docs/benchmarks.md).
    """

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make it for a crawler."""
        tuning = cls()
        crawler.signals.connect(tuning.spider_opened, signals.spider_opened)
        return tuning

    def spider_opened(self) -> None:
        """Set it now that all modules are loaded and the connections are open."""
        gc.collect()
        gc.freeze()
        gc.set_threshold(YOUNG, MIDDLE, OLD)
