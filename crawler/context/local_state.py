"""A crawl without a frontier, as of ``scrapy shell``: the state of one process, shared with nobody."""

from __future__ import annotations

from collections import OrderedDict
from datetime import UTC, datetime
from time import monotonic
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scrapy import Request

__all__ = ["LocalState"]

_MOST_KEPT: Final = 256
_LAST_ATTEMPT: Final = 1000


class _SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


class LocalState:
    """A :class:`crawler.context.shared_state.SharedState` for ad-hoc fetches of a few pages.

    It knows no turns and no pauses: Scrapy's own delay settings hold. Nothing is tried again.
    """

    epoch = 0
    runs: Mapping[str, int] = MappingProxyType({})

    def __init__(self) -> None:
        self.clock = _SystemClock()
        self._kept: OrderedDict[str, tuple[float, bytes]] = OrderedDict()

    def attempt(self, request: Request) -> int:  # noqa: ARG002
        """Return the last attempt: there is no queue that would try again."""
        return _LAST_ATTEMPT

    def is_last_attempt(self, request: Request) -> bool:  # noqa: ARG002
        """Return False: a page that is asked for once has not failed before."""
        return False

    def put_off(self, request: Request, seconds: float) -> bool:  # noqa: ARG002
        """Return False: nobody would take it up again."""
        return False

    async def reserve_slot(self, url: str, portal: str) -> None:
        """Return at once."""

    def slow_down(self, url: str, seconds: float) -> None:
        """Do nothing."""

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
        """Return what was kept under ``key``."""
        until, value = self._kept.get(key, (0.0, b""))
        return value if until > monotonic() else None

    async def cache(self, key: str, value: bytes, ttl_s: float) -> None:
        """Keep ``value``; the oldest go first."""
        self._kept[key] = (monotonic() + ttl_s, value)
        while len(self._kept) > _MOST_KEPT:
            self._kept.popitem(last=False)

    def keep(self, request: Request, key: str, value: bytes, ttl_s: float) -> None:
        """Do nothing: there is no next visit."""

    async def hold(self, key: str, ttl_s: float) -> bool:  # noqa: ARG002
        """Return True: there is nobody else."""
        return True
