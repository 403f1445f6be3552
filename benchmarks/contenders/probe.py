"""A Scrapy extension that every contender carries: when the crawl began, when its last page or item was done.

The time from opening to the last response or item is what pages a second are counted over: how long a crawler then
takes to notice that it is done is told apart (``closing_s``).
"""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler

__all__ = ["Probe"]


class Probe:
    """Writes a JSON object of figures to the file of the setting ``BENCHMARK_OUT`` when the spider closes."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._out = Path(crawler.settings["BENCHMARK_OUT"])
        self._opened = self._last = time.monotonic()
        self._cpu = time.process_time()
        self._last_cpu = self._cpu

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        probe = cls(crawler)
        crawler.signals.connect(probe.opened, signals.spider_opened)
        crawler.signals.connect(probe.worked, signals.response_received)
        crawler.signals.connect(probe.worked, signals.item_scraped)
        crawler.signals.connect(probe.closed, signals.spider_closed)
        return probe

    def opened(self) -> None:
        self._opened = time.monotonic()
        self._cpu = time.process_time()

    def worked(self) -> None:
        self._last = time.monotonic()

    def closed(self, reason: str) -> None:
        now = time.monotonic()
        stats: dict[str, Any] = self._crawler.stats.get_stats() if self._crawler.stats else {}
        figures = {
            "reason": reason,
            "crawl_s": self._last - self._opened,
            "closing_s": now - self._last,
            "crawl_cpu_s": time.process_time() - self._cpu,
            "pages": stats.get("response_received_count", 0),
            "items": stats.get("item_scraped_count", 0),
        }
        self._out.write_text(json.dumps(figures), "utf-8")
