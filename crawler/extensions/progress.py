"""One line now and then in a worker's log: what it has done, and what the portals still hold."""

from __future__ import annotations

import asyncio
import logging
from time import monotonic
from typing import TYPE_CHECKING, Self

from scrapy import signals
from scrapy.exceptions import NotConfigured

from crawler.context.counters import FAILED, FETCHED, STORED, UNCHANGED
from crawler.extensions.counts import Counts
from crawler.frontier.worker.tasks import end

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.crawler import Crawler

__all__ = ["ProgressLog"]

logger = logging.getLogger(__name__)


class ProgressLog:
    """``progress fetched=… stored=… failed=… pages/s=…``, every PROGRESS_SECONDS and at the end."""

    def __init__(self, crawler: Crawler, every_s: float) -> None:
        self._crawler = crawler
        self._every_s = every_s
        self._task: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make it, unless PROGRESS_SECONDS is 0."""
        every_s = crawler.settings.getfloat("PROGRESS_SECONDS")
        if every_s <= 0:
            raise NotConfigured
        progress = cls(crawler, every_s)
        crawler.signals.connect(progress.spider_opened, signals.spider_opened)
        crawler.signals.connect(progress.spider_closed, signals.spider_closed)
        return progress

    def spider_opened(self, spider: Spider) -> None:  # noqa: ARG002 -- Scrapy's signature
        """Begin."""
        self._task = asyncio.get_running_loop().create_task(self._run())

    async def spider_closed(self, spider: Spider, reason: str) -> None:  # noqa: ARG002
        """Write the whole crawl's figures."""
        if self._task is not None:
            await end(self._task)
        # handlers of this signal run side by side, and some count last what failed
        counts = self._crawler.get_extension(Counts)
        if counts is not None and counts.totals is not None:
            await counts.totals.are_final.wait()
        logger.info("done reason=%s %s", reason, self._figures())

    async def _run(self) -> None:
        before, since = self._crawler.stats.get_value(FETCHED, 0), monotonic()
        while True:
            await asyncio.sleep(self._every_s)
            fetched, now = self._crawler.stats.get_value(FETCHED, 0), monotonic()
            logger.info("progress %s pages/s=%.1f", self._figures(), (fetched - before) / (now - since))
            before, since = fetched, now

    def _figures(self) -> str:
        stats = self._crawler.stats
        named = {"fetched": FETCHED, "unchanged": UNCHANGED, "stored": STORED, "failed": FAILED}
        return " ".join(f"{name}={stats.get_value(counter, 0)}" for name, counter in named.items())
