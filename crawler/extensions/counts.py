"""The counters of a worker (Scrapy stats), and their sum over all workers of a run (in Redis)."""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
from collections import Counter
from typing import TYPE_CHECKING, Any, Final, Self

from redis.exceptions import RedisError
from scrapy import signals

from crawler.fetching.rendering import RENDERED
from crawler.frontier.options import Options
from crawler.frontier.redis.connection import Connection
from crawler.frontier.redis.counters import RunCounters
from crawler.frontier.scheduler import FrontierScheduler
from crawler.frontier.worker.tasks import end
from crawler.items import Article

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.crawler import Crawler

__all__ = [
    "COUNTERS",
    "DISALLOWED",
    "FAILED",
    "FETCHED",
    "SKIPPED",
    "STORED",
    "UNCHANGED",
    "Counts",
    "last_counts",
    "of_portal",
    "of_run",
]

logger = logging.getLogger(__name__)

last_counts: Final = object()
"""A signal: count now what is still to be counted, before the run is summed up. Handlers are awaited."""

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

SKIPPED: Final = "crawl/skipped"
"""Pages that were sound but not asked for (out of since/until, not an article)."""

COUNTERS: Final = (FETCHED, UNCHANGED, STORED, FAILED, DISALLOWED, SKIPPED, RENDERED)


def of_portal(counter: str, portal: str) -> str:
    """The name of a counter for one portal."""
    return f"{counter}/{portal}"


def of_run(counter: str) -> str:
    """The name under which a worker that ends has the counter of its whole run."""
    return f"run/{counter}"


class Counts:
    """Adds this worker's counters to those of the run, every second and at the end."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._who = f"{os.getpid()}-{secrets.token_hex(4)}"
        self._sent: dict[str, dict[str, int]] = {}
        self._task: asyncio.Task[None] | None = None
        self._connection: Connection | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Adds to a run's counters only where there is a frontier, so a run."""
        counts = cls(crawler)
        crawler.signals.connect(counts.item_scraped, signals.item_scraped)
        if crawler.settings["SCHEDULER"] is FrontierScheduler:
            crawler.signals.connect(counts.spider_opened, signals.spider_opened)
            crawler.signals.connect(counts.spider_closed, signals.spider_closed)
        return counts

    def item_scraped(self, item: Any) -> None:
        """An item went through all pipelines."""
        if isinstance(item, Article):
            self._crawler.stats.inc_value(STORED)
            if item.portal:
                self._crawler.stats.inc_value(of_portal(STORED, item.portal))

    async def spider_opened(self, spider: Spider) -> None:
        """Begin."""
        settings = self._crawler.settings
        self._connection = Connection.from_settings(settings)
        self._tally = RunCounters(self._connection, Options.from_settings(settings).name)
        self._task = asyncio.create_task(self._run(spider, settings.getfloat("TALLY_SECONDS")))

    async def spider_closed(self, spider: Spider) -> None:
        """The last counts."""
        if self._task is None or self._connection is None:
            return
        await end(self._task)
        await self._report(spider)
        # Scrapy runs the handlers of spider_closed side by side; the sum is to hold what the others count last
        await self._crawler.signals.send_catch_log_async(signal=last_counts)
        await self._sum(spider)
        await self._connection.close()

    async def _sum(self, spider: Spider) -> None:
        """What the run's workers have done together, for the exit code: one worker's share says little."""
        total: Counter[str] = Counter()
        try:
            for portal, run in _runs(spider).items():
                total.update(await self._tally.read(portal, run))
        except (RedisError, OSError) as error:
            logger.debug("no counts of the run: %s", error)
            return
        for name in COUNTERS:
            self._crawler.stats.set_value(of_run(name), total[name])

    async def _run(self, spider: Spider, every_s: float) -> None:
        while True:
            await asyncio.sleep(every_s)
            await self._report(spider)

    async def _report(self, spider: Spider) -> None:
        stats = self._crawler.stats
        for portal, run in _runs(spider).items():
            counts = {
                name: count for name in COUNTERS if (count := stats.get_value(of_portal(name, portal), 0))
            }
            if not counts or counts == self._sent.get(portal):
                continue
            try:
                await self._tally.tell(portal, run, self._who, counts)
            except (RedisError, OSError) as error:
                logger.debug("counts are reported later: %s", error)
                return
            self._sent[portal] = counts


def _runs(spider: Spider) -> dict[str, int]:
    """The runs that the spider takes part in, by portal; none before its frontier is open."""
    runs: dict[str, int] = getattr(getattr(spider, "frontier", None), "runs", {})
    return runs
