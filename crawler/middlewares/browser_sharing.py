"""Workers without a browser leave lists to those of the same portals that have one."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import TYPE_CHECKING, Final

from crawler.fetching.rendering import leave_for

if TYPE_CHECKING:
    from scrapy import Request

    from crawler.context import SharedState

__all__ = ["BrowserSharing"]

_KEY: Final = "render:browser:"
_TTL_S: Final = 90.0
_EVERY_S: Final = 30.0


class BrowserSharing:
    """A notice for each portal, renewed while its worker runs and forgotten soon after it is gone."""

    def __init__(self, shared: SharedState) -> None:
        self._shared = shared
        self._task: asyncio.Task[None] | None = None
        self._times_left: Counter[tuple[str, str]] = Counter()

    async def announce(self) -> None:
        """Say that this worker has a browser, to all who take part in the same runs, and keep saying it."""
        await self._renew()
        self._task = asyncio.create_task(self._keep_up())

    def withdraw(self) -> None:
        """Say it no longer."""
        if self._task is not None:
            self._task.cancel()

    async def leave(self, request: Request) -> bool:
        """Put a request off for a worker with a browser; False where there is none, or it has had its time."""
        portal = request.meta.get("portal", "")
        times = self._times_left.pop((portal, request.url), 0)
        seconds = leave_for(times)
        if seconds is None or not await self._shared.cached(_KEY + portal):
            return False
        if not self._shared.put_off(request, seconds):
            return False
        self._times_left[portal, request.url] = times + 1
        return True

    async def _keep_up(self) -> None:
        while True:
            await asyncio.sleep(_EVERY_S)
            await self._renew()

    async def _renew(self) -> None:
        for portal in self._shared.runs:
            await self._shared.cache(_KEY + portal, b"1", _TTL_S)
