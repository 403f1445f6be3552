"""A worker's counters, summed up over all workers of a run (in Redis)."""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
from collections import Counter
from typing import TYPE_CHECKING, Any, Final, Self

from redis.exceptions import RedisError
from scrapy import signals

from crawler.context import context_of
from crawler.context.counters import OF_A_RUN, STORED, of_run
from crawler.frontier.client import FrontierClient
from crawler.frontier.worker.tasks import end
from crawler.items import Article

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.signalmanager import SignalManager

    from crawler.context import Counters

__all__ = ["Counts", "RunTotals", "last_counts"]

logger = logging.getLogger(__name__)

last_counts: Final = object()
"""A signal: count now what is still to be counted, before the run is summed up. Handlers are awaited."""


class Counts:
    """Counts the articles that are stored; in a run of several workers, sums up what all of them count."""

    def __init__(self, counters: Counters) -> None:
        self._counters = counters
        self.totals: RunTotals | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Sum up only where there is a run."""
        context = context_of(crawler)
        counts = cls(context.counters)
        crawler.signals.connect(counts.item_scraped, signals.item_scraped)
        if isinstance(context.frontier, FrontierClient):
            every_s = crawler.settings.getfloat("TALLY_SECONDS")
            counts.totals = RunTotals(context.frontier, context.counters, crawler.signals, every_s)
            crawler.signals.connect(counts.totals.begin, signals.spider_opened)
            crawler.signals.connect(counts.totals.finish, signals.spider_closed)
        return counts

    def item_scraped(self, item: Any) -> None:
        """Count an article that went through all pipelines."""
        if isinstance(item, Article):
            self._counters.add(STORED, portal=item.portal)


class RunTotals:
    """Adds this worker's counters to those of its runs, every ``every_s`` seconds and at the end."""

    def __init__(
        self, frontier: FrontierClient, counters: Counters, sent_signals: SignalManager, every_s: float
    ) -> None:
        self._frontier = frontier
        self._counters = counters
        self._signals = sent_signals
        self._every_s = every_s
        self._who = f"{os.getpid()}-{secrets.token_hex(4)}"
        self._sent: dict[str, dict[str, int]] = {}
        self._task: asyncio.Task[None] | None = None
        self.are_final = asyncio.Event()

    async def begin(self) -> None:
        """Begin."""
        self._task = asyncio.create_task(self._run())

    async def finish(self) -> None:
        """Add the last counts, and note what the whole run has counted: one worker's share says little."""
        try:
            if self._task is not None:
                await end(self._task)
                await self._finish()
        finally:
            self.are_final.set()

    async def _finish(self) -> None:
        try:
            async with asyncio.timeout(self._frontier.time_left()):
                await self._sum_up()
        except (RedisError, OSError) as error:  # TimeoutError is one of the latter
            logger.debug("no counts of the run: %s", error)

    async def _sum_up(self) -> None:
        await self._add()
        # Scrapy runs the handlers of spider_closed side by side; the sum is to hold what the others count last
        await self._signals.send_catch_log_async(signal=last_counts)
        total: Counter[str] = Counter()
        for portal, run in self._frontier.runs.items():
            total.update(await self._frontier.counters.read(portal, run))
        for name in OF_A_RUN:
            self._counters.put(of_run(name), total[name])

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(self._every_s)
            await self._add()

    async def _add(self) -> None:
        for portal, run in self._frontier.runs.items():
            counts = {name: count for name in OF_A_RUN if (count := self._counters.value(name, portal))}
            if not counts or counts == self._sent.get(portal):
                continue
            try:
                await self._frontier.counters.report(portal, run, self._who, counts)
            except (RedisError, OSError) as error:
                logger.debug("counts are reported later: %s", error)
                return
            self._sent[portal] = counts
