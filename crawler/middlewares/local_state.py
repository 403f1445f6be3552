"""The frontier's part of the seam for a spider that has none: the state of one process, shared with nobody."""

from __future__ import annotations

from collections import OrderedDict
from datetime import UTC, datetime
from time import monotonic
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from scrapy import Request

__all__ = ["LocalState"]

_SIZE: Final = 256


class _SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


class LocalState:
    """A :class:`crawler.fetching.protocols.SharedState` for ad-hoc fetches of a few pages.

    It knows no turns and no pauses: Scrapy's own delay settings hold.
    """

    epoch = 0

    def __init__(self) -> None:
        self.clock = _SystemClock()
        self._kept: OrderedDict[str, tuple[float, bytes]] = OrderedDict()

    async def turn(self, url: str, portal: str) -> None:
        """Return at once."""

    def slow_down(self, url: str, seconds: float, reason: str) -> None:
        """Do nothing."""

    def set_crawl_delay(self, url: str, seconds: float | None) -> None:
        """Do nothing."""

    async def cached(self, key: str) -> bytes | None:
        """What was kept under ``key``."""
        until, value = self._kept.get(key, (0.0, b""))
        return value if until > monotonic() else None

    async def cache(self, key: str, value: bytes, ttl_s: float) -> None:
        """Keep ``value``; the oldest go first."""
        self._kept[key] = (monotonic() + ttl_s, value)
        while len(self._kept) > _SIZE:
            self._kept.popitem(last=False)

    def keep(self, request: Request, key: str, value: bytes, ttl_s: float) -> None:
        """Do nothing: there is no next visit."""

    async def hold(self, key: str, ttl_s: float) -> bool:  # noqa: ARG002
        """There is nobody else."""
        return True
