"""The heartbeat of a worker: keeps its leases, sweeps, and ends a process that hangs."""

from __future__ import annotations

import asyncio
import contextlib
import faulthandler
import logging
import sys
from time import monotonic
from typing import TYPE_CHECKING, Any

from redis.exceptions import RedisError

from crawler.frontier.worker.tasks import end

if TYPE_CHECKING:
    from crawler.frontier.redis.store import Frontier
    from crawler.frontier.worker.leases import LeaseTable

__all__ = ["Heartbeat"]

logger = logging.getLogger(__name__)


class Heartbeat:
    """Renews what is leased every ``HEARTBEAT_SECONDS``, from :meth:`start` to :meth:`stop`.

    A request that takes longer than ``HOLD_MAX`` is not renewed any more: it hangs, and another worker shall
    try it. A Redis that does not answer is the pump's to report; leases then run out, and fencing keeps
    that harmless. While the event loop stands still no heartbeat is sent either; after ``HANG_SECONDS`` of
    that the process prints where it stands and exits, so that whoever watches it can start another.
    """

    def __init__(self, store: Frontier, leases: LeaseTable[Any]) -> None:
        self._store = store
        self._leases = leases
        self._task: asyncio.Task[None] | None = None
        self.lost = 0

    def start(self) -> None:
        """Begin."""
        self._task = asyncio.get_running_loop().create_task(self._forever())

    async def stop(self) -> None:
        """End."""
        if self._task is not None:
            await end(self._task)
            self._task = None
            if self._store.options.hang:
                faulthandler.cancel_dump_traceback_later()

    async def beat(self) -> None:
        """Beat once. Raises what redis-py raises."""
        since = monotonic() - self._store.options.hold_max
        lost = await self._store.renew(self._leases.renewable(since))
        count = self._leases.lose(lost)
        if count:
            self.lost += count
            logger.warning(
                "%d leases ran out and were given to others: Redis or this worker stood still", count
            )
        await self._store.sweep()

    async def _forever(self) -> None:
        options = self._store.options
        while True:
            if options.hang:
                with contextlib.suppress(ValueError, OSError):  # stderr may be closed, or no real file
                    faulthandler.dump_traceback_later(
                        options.hang, exit=True, file=sys.__stderr__ or sys.stderr
                    )
            with contextlib.suppress(RedisError, OSError):
                await self.beat()
            await asyncio.sleep(options.heartbeat)
