"""A guest of the frontier: fetches in the hosts' turns, but takes nothing off the queue."""

from __future__ import annotations

import asyncio
from types import MappingProxyType
from typing import TYPE_CHECKING

from crawler.errors import Retry
from crawler.frontier.options import Options
from crawler.frontier.redis.connection import Connection
from crawler.frontier.redis.store import Frontier
from crawler.urls import host, site

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Self

    from scrapy import Request

    from crawler.frontier.options import Settings
    from crawler.frontier.redis.clock import FrontierClock

__all__ = ["AdHocFrontier"]

_LONGEST_TURN_S = 60.0
_TRIES = 3


class AdHocFrontier:
    """A :class:`crawler.context.SharedState` for ad-hoc fetches.

    Turns, the clock, and what workers keep for each other are the frontier's; there is no outbox, so what
    this process learns of a host's troubles stays with it.
    """

    runs: Mapping[str, int] = MappingProxyType({})

    def __init__(self, store: Frontier) -> None:
        self._store = store

    @classmethod
    def from_settings(cls, settings: Settings) -> Self:
        """Make it, unconnected. Raises UsageError where a setting makes no sense."""
        return cls(Frontier(Connection.from_settings(settings), Options.from_settings(settings), "article"))

    async def open(self) -> None:
        """Connect. Raises Unreachable."""
        await self._store.open()

    async def close(self) -> None:
        """Disconnect."""
        await self._store.connection.close()

    @property
    def clock(self) -> FrontierClock:
        """Redis's time."""
        return self._store.clock

    @property
    def epoch(self) -> int:
        """As in the store."""
        return self._store.epoch

    async def reserve_slot(self, url: str, portal: str) -> None:
        """Wait for the host's and the site's next turn.

        Raises Retry where that is more than a minute away.
        """
        wait = await self._store.reserve_slot(portal, host(url), site(url), longest_s=_LONGEST_TURN_S)
        if wait < 0:
            raise Retry("host-paused", f"{host(url)} is left alone for {-wait:.0f} s")
        await asyncio.sleep(wait)

    def attempt(self, request: Request) -> int:
        """Say which try this is: counted in the request itself."""
        return int(request.meta.get("tried", 0)) + 1

    def is_last_attempt(self, request: Request) -> bool:
        """Say whether this is the third attempt at a page, after which an ad-hoc crawl gives it up."""
        return self.attempt(request) >= _TRIES

    def put_off(self, request: Request, seconds: float) -> bool:  # noqa: ARG002
        """Return False: there is no queue that it could go back to."""
        return False

    def slow_down(self, url: str, seconds: float) -> None:
        """Do nothing: the pauses of a retry are enough for a few pages."""

    def is_host_failing(self, url: str) -> bool:  # noqa: ARG002
        """Return False: nothing is remembered of hosts."""
        return False

    def host_failed(self, url: str, why: str, *, asked_s: float | None = None, least_s: float = 0) -> None:
        """Do nothing."""

    def host_answered(self, url: str) -> None:
        """Do nothing."""

    def set_crawl_delay(self, url: str, seconds: float | None) -> None:
        """Do nothing."""

    async def cached(self, key: str) -> bytes | None:
        """Return what any worker has put under ``key``."""
        return await self._store.cached(key)

    async def cache(self, key: str, value: bytes, ttl_s: float) -> None:
        """Put ``value`` under ``key`` for all workers."""
        await self._store.cache(key, value, ttl_s)

    def keep(self, request: Request, key: str, value: bytes, ttl_s: float) -> None:
        """Do nothing: there is no next visit."""

    async def hold(self, key: str, ttl_s: float) -> bool:
        """Take ``key`` for this process; False where another has it."""
        return await self._store.hold(key, ttl_s)
