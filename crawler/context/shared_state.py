"""What every part of a crawl may ask of the frontier, whatever frontier it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from scrapy import Request

__all__ = ["Clock", "SharedState"]


class Clock(Protocol):
    """The one clock of all workers (Redis's)."""

    def now(self) -> datetime:
        """Return the time, aware, in UTC."""
        ...


class SharedState(Protocol):
    """Hosts' turns and delays, a request's tries, and a small cache for all workers.

    A worker of a portal crawl has a :class:`crawler.frontier.client.FrontierClient`, an ad-hoc crawl a
    :class:`crawler.frontier.adhoc.AdHocFrontier`, and everything else a
    :class:`crawler.context.local_state.LocalState`, which shares nothing.
    """

    @property
    def clock(self) -> Clock:
        """The workers' common clock."""
        ...

    @property
    def epoch(self) -> int:
        """A number that every ``scrapy frontier clear`` raises."""
        ...

    @property
    def runs(self) -> Mapping[str, int]:
        """The number of the run that this worker takes part in, by portal."""
        ...

    def attempt(self, request: Request) -> int:
        """Return which attempt at a request this is, from 1."""
        ...

    def is_last_attempt(self, request: Request) -> bool:
        """Say whether a request that fails now is not tried again."""
        ...

    def put_off(self, request: Request, seconds: float) -> bool:
        """Give a request back for so long without counting a try; False where nobody would take it up again."""
        ...

    async def reserve_slot(self, url: str, portal: str) -> None:
        """Wait for the host's and the site's next turn, among all workers, and take it."""
        ...

    def slow_down(self, url: str, seconds: float) -> None:
        """Leave the URL's host, which has become slow, alone for ``seconds``; for every worker. Return at once."""
        ...

    def is_host_failing(self, url: str) -> bool:
        """Say whether the URL's host is left alone for failing: then one more failure counts at once."""
        ...

    def host_failed(self, url: str, why: str, *, asked_s: float | None = None, least_s: float = 0) -> None:
        """Leave the URL's host alone because it fails, for ever longer, or as long as it asks; for every worker."""
        ...

    def host_answered(self, url: str) -> None:
        """Note a sound answer of the URL's host: it does not fail any more. Return at once."""
        ...

    def set_crawl_delay(self, url: str, seconds: float | None) -> None:
        """Set the pause between two requests that robots.txt of the URL's host asks for; for every worker."""
        ...

    async def cached(self, key: str) -> bytes | None:
        """Return what any worker has put under ``key``, or None."""
        ...

    async def cache(self, key: str, value: bytes, ttl_s: float) -> None:
        """Put ``value`` under ``key`` for ``ttl_s`` seconds, for all workers."""
        ...

    def keep(self, request: Request, key: str, value: bytes, ttl_s: float) -> None:
        """Put it there once ``request`` is acknowledged, behind its children, or else never."""
        ...

    async def hold(self, key: str, ttl_s: float) -> bool:
        """Take ``key`` for this worker for ``ttl_s`` seconds; False where another has it."""
        ...
