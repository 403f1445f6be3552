"""A graceful stop, within its time."""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import Final, Protocol

from crawler.frontier.worker.tasks import end

__all__ = ["GracefulShutdown", "Stoppable"]

_TICK_S: Final = 0.1
_LAST_S: Final = 3.0


class Stoppable(Protocol):
    """A worker, as far as its end goes."""

    def is_closing(self) -> bool:
        """Say whether its engine is closing."""
        ...

    def begin_stop(self) -> None:
        """Lease nothing more, and give back what was not begun: the engine is closing."""
        ...

    def collect(self) -> None:
        """Settle what the engine is done with: it does not ask for requests any more, so nobody else does."""
        ...

    def end_stop(self) -> None:
        """Give back all that is left: the time is up."""
        ...


class GracefulShutdown:
    """Watches for the engine to close, and for its time to run out.

    Scrapy waits for what is under way however long that takes. Three seconds before ``grace`` is over (or at
    half of it, where it is short) the rest is given back, so that there is time left to say so.
    """

    def __init__(self, worker: Stoppable, grace: float) -> None:
        self._worker = worker
        self._grace = grace
        self._deadline: float | None = None
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to watch."""
        self._task = asyncio.get_running_loop().create_task(self._watch())

    async def stop(self) -> None:
        """End."""
        if self._task is not None:
            await end(self._task)
            self._task = None

    def left(self) -> float:
        """Return seconds until the worker should be gone; at least one, so that something can still be sent."""
        if self._deadline is None:
            self._deadline = monotonic() + self._grace
        return max(1.0, self._deadline - monotonic())

    async def _watch(self) -> None:
        while not self._worker.is_closing():  # noqa: ASYNC110  the engine has no event for it
            await asyncio.sleep(_TICK_S)
        self._worker.begin_stop()
        reserve = min(_LAST_S, self._grace / 2)
        while self.left() > max(1.0, reserve):
            await asyncio.sleep(_TICK_S)
            self._worker.collect()
        self._worker.end_stop()
