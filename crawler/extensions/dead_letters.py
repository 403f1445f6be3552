"""Writes into ``failures`` what the frontier has given up by itself: after the last try, or as poison.

No callback ever sees these requests, so a worker that looks for them now and then stores their record. The
frontier keeps them as unreported until that was done; doing it twice changes nothing.
"""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
from collections import Counter
from typing import TYPE_CHECKING, Final, Self, cast

from pymongo.errors import PyMongoError
from redis.exceptions import RedisError
from scrapy import signals
from scrapy.exceptions import NotConfigured

from crawler.context.counters import FAILED
from crawler.errors import CrawlerError
from crawler.extensions.counts import last_counts
from crawler.frontier.dead_letters import DeadLetters
from crawler.frontier.options import Options
from crawler.frontier.redis.connection import Connection
from crawler.frontier.redis.counters import RunCounters
from crawler.frontier.redis.store import Frontier
from crawler.frontier.scheduler import FrontierScheduler
from crawler.frontier.worker.tasks import end
from crawler.items import Failure, Listing, ListKind
from crawler.storage import FailureStore, connect

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scrapy import Spider
    from scrapy.crawler import Crawler

    from crawler.frontier.redis.model import DeadEntry

__all__ = ["DeadLetterReporter"]

logger = logging.getLogger(__name__)

_EVERY_S: Final = 5.0


class DeadLetterReporter:
    """DeadLetters the dead, every few seconds and once more at the end."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._task: asyncio.Task[None] | None = None
        self._who = f"burials-{os.getpid()}-{secrets.token_hex(4)}"
        self._failed: Counter[tuple[str, int]] = Counter()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Only for a spider that has portals, so a frontier."""
        if crawler.settings["SCHEDULER"] is not FrontierScheduler:
            raise NotConfigured
        burials = cls(crawler)
        crawler.signals.connect(burials.spider_opened, signals.spider_opened)
        crawler.signals.connect(burials.last_report, last_counts)
        return burials

    async def spider_opened(self, spider: Spider) -> None:  # noqa: ARG002 -- Scrapy's signature
        """Connect, with connections that outlive the scheduler's and the pipelines'."""
        settings = self._crawler.settings
        self._connection = Connection.from_settings(settings)
        options = Options.from_settings(settings)
        self._reports = DeadLetters(Frontier(self._connection, options, "burials"))
        self._tally = RunCounters(self._connection, options.name)
        self._client = await connect(settings["MONGO_URI"])
        self._failures = FailureStore(self._client[settings["MONGO_DATABASE"]])
        self._task = asyncio.create_task(self._run())

    async def last_report(self) -> None:
        """What the last requests of this worker came to."""
        if self._task is None:
            return
        await end(self._task)
        await self._report()
        await self._client.close()
        await self._connection.close()

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(_EVERY_S)
            await self._report()

    async def _report(self) -> None:
        done: set[str] = set()
        try:
            while dead := [entry for entry in await self._reports.unreported() if entry.id not in done]:
                done.update(entry.id for entry in dead)
                outcomes = await self._failures.store([_record(entry) for entry in dead])
                for entry, outcome in zip(dead, outcomes, strict=True):
                    if outcome is not None:
                        logger.warning("no record of %s: %s", entry.url or entry.id, outcome)
                ours = await self._reports.reported([entry.id for entry in dead])
                await self._count(Counter(entry.portal for entry in dead if entry.id in ours))
        except (RedisError, PyMongoError, OSError, CrawlerError) as error:
            logger.debug("the dead are reported later: %s", error)

    async def _count(self, failed: Mapping[str, int]) -> None:
        """For the present runs of their portals, which need not be this worker's."""
        for portal, count in failed.items():
            self._crawler.stats.inc_value(FAILED, count)
            run = await self._reports.run(portal)
            self._failed[portal, run] += count
            await self._tally.tell(portal, run, self._who, {FAILED: self._failed[portal, run]})


def _record(entry: DeadEntry) -> Failure:
    meta = entry.meta
    return Failure(
        url=entry.url or f"unreadable:{_printable(entry.id)}",
        portal=_printable(entry.portal),
        reason=entry.reason,
        detail="; ".join(f"{at:%Y-%m-%dT%H:%M:%SZ} {reason}" for reason, _, at in entry.history),
        status=entry.status,
        tries=entry.tries,
        at=entry.at,
        found_on=(
            Listing(
                entry.portal, meta.get("channel"), cast("ListKind", meta.get("list") or "adhoc"), entry.at
            ),
        ),
    )


def _printable(text: str) -> str:
    """A name that somebody else wrote into Redis may be no UTF-8, which MongoDB does not take."""
    return text.encode("utf-8", "backslashreplace").decode()
