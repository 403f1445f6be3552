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

from crawler.context import context_of
from crawler.context.counters import FAILED
from crawler.errors import CrawlerError
from crawler.extensions.counts import last_counts
from crawler.frontier.client import FrontierClient
from crawler.frontier.dead_letters import DeadLetters
from crawler.frontier.worker.tasks import end
from crawler.items import Failure, Listing, ListKind
from crawler.pipelines.store import StorePipeline

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scrapy import Spider
    from scrapy.crawler import Crawler

    from crawler.frontier.redis.model import DeadEntry

__all__ = ["DeadLetterReporter"]

logger = logging.getLogger(__name__)

_EVERY_S: Final = 5.0


class DeadLetterReporter:
    """Reports the dead, every few seconds and once more at the end."""

    def __init__(self, crawler: Crawler, client: FrontierClient) -> None:
        self._crawler = crawler
        self._dead, self._counters = DeadLetters(client.store), client.counters
        self._task: asyncio.Task[None] | None = None
        self._who = f"dead-letters-{os.getpid()}-{secrets.token_hex(4)}"
        self._failed: Counter[tuple[str, int]] = Counter()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make it only for a spider that has portals, so a frontier."""
        client = context_of(crawler).frontier
        if not isinstance(client, FrontierClient):
            raise NotConfigured
        reporter = cls(crawler, client)
        crawler.signals.connect(reporter.spider_opened, signals.spider_opened)
        crawler.signals.connect(reporter.last_report, last_counts)
        return reporter

    async def spider_opened(self, spider: Spider) -> None:  # noqa: ARG002 -- Scrapy's signature
        """Begin, with the connections of the frontier and of the store pipeline: both outlive the last report."""
        pipeline = self._crawler.get_item_pipeline(StorePipeline)
        if pipeline is None:
            logger.warning("nothing is stored, so no record is made of requests that are given up")
            return
        self._failures = pipeline.failures
        self._task = asyncio.create_task(self._run())

    async def last_report(self) -> None:
        """Report what the last requests of this worker came to."""
        if self._task is not None:
            await end(self._task)
            await self._report()

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(_EVERY_S)
            await self._report()

    async def _report(self) -> None:
        done: set[str] = set()
        try:
            while dead := [entry for entry in await self._dead.unreported() if entry.id not in done]:
                done.update(entry.id for entry in dead)
                outcomes = await self._failures.store([_record(entry) for entry in dead])
                for entry, outcome in zip(dead, outcomes, strict=True):
                    if outcome is not None:
                        logger.warning("no record of %s: %s", entry.url or entry.id, outcome)
                ours = await self._dead.reported([entry.id for entry in dead])
                await self._count(Counter(entry.portal for entry in dead if entry.id in ours))
        except (RedisError, PyMongoError, OSError, CrawlerError) as error:
            logger.debug("the dead are reported later: %s", error)

    async def _count(self, failed: Mapping[str, int]) -> None:
        """Count for the present runs of their portals, which need not be this worker's."""
        for portal, count in failed.items():
            self._crawler.stats.inc_value(FAILED, count)
            run = await self._dead.run(portal)
            self._failed[portal, run] += count
            await self._counters.report(portal, run, self._who, {FAILED: self._failed[portal, run]})


def _record(entry: DeadEntry) -> Failure:
    meta = entry.meta
    return Failure(
        id=_printable(entry.id).partition(":")[2].rstrip("~"),
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
    """Make a name printable: one that somebody else wrote into Redis may be no UTF-8, unfit for MongoDB."""
    return text.encode("utf-8", "backslashreplace").decode()
