"""What a run leaves behind when it ends: which hosts are left alone, and what waits until when."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Final, Self

from redis.exceptions import RedisError
from scrapy import signals
from scrapy.exceptions import NotConfigured

from crawler.context import context_of
from crawler.frontier.client import FrontierClient
from crawler.frontier.redis.status import hosts_failing_since, portal_status, waiting_lines
from crawler.urls import in_domains

if TYPE_CHECKING:
    from datetime import datetime

    from scrapy import Spider
    from scrapy.crawler import Crawler
    from scrapy.statscollectors import StatsCollector

__all__ = ["FAILING", "WAITING", "WaitingReport"]

logger = logging.getLogger(__name__)

FAILING: Final = "frontier/failing"
"""The counter of hosts that failed to the end: the run could not be complete."""

WAITING: Final = "frontier/waiting"
"""The counter of requests that wait for the next run."""

_MOST_HOSTS: Final = 5
_MOST_S: Final = 5.0


class WaitingReport:
    """Says it in the log where the crawl ended by itself; one that was stopped leaves everything behind."""

    def __init__(self, client: FrontierClient, stats: StatsCollector) -> None:
        self._client = client
        self._stats = stats
        self._since: datetime | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make it only for a spider that has portals, so a frontier."""
        client = context_of(crawler).frontier
        if not isinstance(client, FrontierClient):
            raise NotConfigured
        report = cls(client, crawler.stats)
        crawler.signals.connect(report.spider_opened, signals.spider_opened)
        crawler.signals.connect(report.spider_closed, signals.spider_closed)
        return report

    def spider_opened(self) -> None:
        """Note when it began."""
        self._since = self._client.clock.now()

    async def spider_closed(self, spider: Spider, reason: str) -> None:  # noqa: ARG002 -- Scrapy's signature
        """Look once more, and tell."""
        if reason != "finished" or self._since is None:
            return
        try:
            async with asyncio.timeout(min(_MOST_S, self._client.time_left())):
                await self._tell(self._since)
        except (RedisError, OSError) as error:
            logger.debug("what waits is not known: %s", error)

    async def _tell(self, since: datetime) -> None:
        store, profiles = self._client.store, self._client.profiles
        failing, waiting = set(), 0
        for portal, profile in profiles.items():
            status = await portal_status(store, portal)
            failing |= {host.host for host in status.left_alone if not host.asked}
            waiting += status.queued
            level = logging.WARNING if status.left_alone else logging.INFO
            for line in waiting_lines(status, _MOST_HOSTS):
                logger.log(level, "%s: %s", portal, line)
            failing |= {
                host for host in await hosts_failing_since(store, since)
                if in_domains(f"http://{host}/", profile.domains)
            }  # fmt: skip
        self._stats.set_value(FAILING, len(failing))
        self._stats.set_value(WAITING, waiting)
