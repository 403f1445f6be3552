"""What the middlewares ask of the frontier: the part of it that matters between engine and wire."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from datetime import datetime


__all__ = ["Clock", "SharedState"]


class Clock(Protocol):
    """The one clock of all workers (Redis's)."""

    def now(self) -> datetime:
        """Now, aware, in UTC."""
        ...


class SharedState(Protocol):
    """The frontier, as the middlewares see it: hosts' turns and delays, and a small cache for all workers."""

    @property
    def clock(self) -> Clock:
        """The workers' common clock."""
        ...

    @property
    def epoch(self) -> int:
        """A number that every ``scrapy frontier clear`` raises."""
        ...

    async def turn(self, url: str, portal: str) -> None:
        """Wait for the host's and the site's next turn, cluster-wide, and take it."""
        ...

    def slow_down(self, url: str, seconds: float, reason: str) -> None:
        """Leave the URL's host alone for ``seconds``; for every worker. Returns at once."""
        ...

    def set_crawl_delay(self, url: str, seconds: float | None) -> None:
        """What robots.txt of the URL's host says of the pause between two requests; for every worker."""
        ...

    async def cached(self, key: str) -> bytes | None:
        """What any worker has put under ``key``, or None."""
        ...

    async def cache(self, key: str, value: bytes, ttl_s: float) -> None:
        """Put ``value`` under ``key`` for ``ttl_s`` seconds, for all workers."""
        ...

    def keep(self, request: Any, key: str, value: bytes, ttl_s: float) -> None:
        """As :meth:`cache`, but once ``request`` is acknowledged, behind its children, or else never."""
        ...

    async def hold(self, key: str, ttl_s: float) -> bool:
        """Take ``key`` for this worker for ``ttl_s`` seconds; False where another has it."""
        ...
