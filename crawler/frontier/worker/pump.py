"""The task between a worker and Redis: flushes the outbox, leases, and survives Redis's absence."""

from __future__ import annotations

import asyncio
import logging
import random
from time import monotonic
from typing import TYPE_CHECKING, Final, Protocol

from redis.exceptions import RedisError

from crawler.frontier.redis.faults import describe, is_full
from crawler.frontier.redis.model import Ask
from crawler.frontier.worker.tasks import end

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawler.frontier.redis.model import Op, Reply
    from crawler.frontier.redis.store import Frontier
    from crawler.frontier.worker.outbox import Batch, Outbox

__all__ = ["Pump", "Pumped"]

logger = logging.getLogger(__name__)

_COALESCE_S: Final = 0.008
_LINGER_S: Final = 0.2
_LEAST_WAIT_S: Final = 0.015  # less than the slack of the clocks, so that it costs no turn
_STEP_BACK_S: Final = 0.2
_MOST_BACK_S: Final = 1.5
_MANY: Final = 200
_SETTLEMENTS: Final = "anruvsdtb"
_REMINDER_S: Final = 60


class Pumped(Protocol):
    """What the pump asks of the worker that it serves."""

    def room(self) -> tuple[int, int]:
        """Say how many requests may be leased now, and how many more ahead."""
        ...

    def suspects(self) -> int:
        """Say how many suspects it holds."""
        ...

    def portals(self) -> tuple[str, ...]:
        """Return what it serves."""
        ...

    def settled(self, sent: Iterable[Op]) -> None:
        """Note that these settlements were done."""
        ...

    def received(self, reply: Reply, batch: Batch) -> None:
        """Note that an exchange succeeded."""
        ...


class Pump:
    """Runs as one asyncio task from :meth:`start` to :meth:`stop`.

    One exchange at a time; what comes up within a few ms goes into the same one. While Redis cannot be used
    nothing is lost: the batch and the lease call keep their numbers and are sent again.
    """

    def __init__(self, store: Frontier, outbox: Outbox, worker: Pumped) -> None:
        self.drained = False
        self._store = store
        self._outbox = outbox
        self._worker = worker
        self._stirred = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._call = 1
        self._empty = 0
        self._lease_at = 0.0
        self._leasing = True
        self._down_since: float | None = None
        self._reminded = 0.0
        self._busy = asyncio.Lock()

    def start(self) -> None:
        """Begin."""
        self._task = asyncio.get_running_loop().create_task(self._forever())

    async def stop(self) -> None:
        """End the task; nothing is flushed."""
        if self._task is not None:
            await end(self._task)
            self._task = None

    def stop_leasing(self) -> None:
        """Flush only, from now on."""
        self._leasing = False

    def refresh(self) -> None:
        """Lease at once: something came into the queue from elsewhere."""
        self.drained = False
        self._lease_at = 0.0
        self._stirred.set()

    def stir(self) -> None:
        """Wake up: there is something to do, perhaps."""
        self._stirred.set()

    async def flush(self, seconds: float) -> bool:
        """Empty the outbox; False when that could not be done in time."""
        deadline = monotonic() + seconds
        try:
            async with asyncio.timeout(seconds):
                # its cancellation may be overlooked (see crawler.frontier.worker.tasks), so the clock is asked as well
                while len(self._outbox) and monotonic() < deadline:
                    if not await self._cycle(lease=False):
                        await asyncio.sleep(0.2)
        except TimeoutError:
            pass
        return not len(self._outbox)

    async def _forever(self) -> None:
        while True:
            try:
                await self._work()
            except Exception:
                # a bug must not end in a worker that waits for ever in silence
                logger.exception("The frontier's pump failed; it goes on")
                await asyncio.sleep(1)

    async def _work(self) -> None:
        pause = 0.2
        while True:
            began = monotonic()
            if self._due(began):
                if not await self._cycle(lease=self._leasing):
                    await asyncio.sleep(pause)
                    pause = min(pause * 2, 2)
                    continue
                pause = 0.2
                # what finishes in the next few ms shares the next exchange
                await asyncio.sleep(max(0.0, began + _COALESCE_S - monotonic()))
                continue
            self._stirred.clear()
            timeout = self._timeout(began)
            try:
                await asyncio.wait_for(self._stirred.wait(), timeout)
            except TimeoutError:
                continue

    def _due(self, now: float) -> bool:
        if self._flush_at(now) <= now:
            return True
        return self._leasing and now >= self._lease_at and sum(self._worker.room()) > 0

    def _flush_at(self, now: float) -> float:
        """Say when the outbox is to be sent: with the next lease where that is near, else at once."""
        since = self._outbox.since
        if not len(self._outbox):
            return now + self._store.options.poll
        if since is None or len(self._outbox) >= _MANY:
            return now
        if self._leasing and 0 < self._lease_at - now <= _LINGER_S:
            return min(self._lease_at, since + _LINGER_S)
        return now

    def _timeout(self, now: float) -> float:
        at = self._flush_at(now)
        if self._leasing and sum(self._worker.room()) > 0:
            at = min(at, self._lease_at)
        return max(0.001, min(at - now, self._store.options.poll))

    async def _cycle(self, *, lease: bool) -> bool:
        async with self._busy:
            batch = self._outbox.batch()
            want, extra = self._worker.room() if lease else (0, 0)
            ask = None
            if want or extra:
                ask = Ask(self._call, want, extra, self._worker.portals(), self._worker.suspects())
            if ask is None and not batch.ops:
                self._outbox.confirm()
                return True
            try:
                reply = await self._store.exchange(batch.number, batch.ops, ask)
            except (RedisError, OSError) as error:
                await self._failed(error)
                return False
            self._recovered()
            self._outbox.confirm()
            if ask is not None:
                self._call += 1
                self._plan(reply, want, extra)
            self._worker.received(reply, batch)
            return True

    def _plan(self, reply: Reply, want: int, extra: int) -> None:
        now = monotonic()
        self.drained = reply.drained and not len(self._outbox)
        poll = self._store.options.poll
        self._empty = 0 if reply.leases else self._empty + 1
        if reply.leases and len(reply.leases) >= want + extra:
            self._lease_at = now
        elif reply.wait_ms is None:
            self._lease_at = now + poll
        else:
            wait = max(reply.wait_ms / 1000 + 0.001, _LEAST_WAIT_S)
            if self._empty > 1:
                # others were quicker at the last turns too: leave them the next ones, there are enough of us
                wait += random.random() * min(_STEP_BACK_S * self._empty, _MOST_BACK_S)
            self._lease_at = now + min(poll, wait)

    async def _failed(self, error: Exception) -> None:
        now = monotonic()
        if self._down_since is None:
            self._down_since = self._reminded = now
            logger.warning("%s: the crawl pauses, and goes on when it can", describe(error))
        elif now - self._reminded >= _REMINDER_S:
            self._reminded = now
            logger.warning("%s since %d s: the crawl still pauses", describe(error), now - self._down_since)
        if is_full(error):
            # nothing of the batch was done; what has no new requests before it frees some memory
            settled = self._outbox.head(_SETTLEMENTS)
            if settled:
                try:
                    await self._store.settle(settled)
                except (RedisError, OSError):
                    return
                self._outbox.cut(len(settled))
                self._worker.settled(settled)

    def _recovered(self) -> None:
        if self._down_since is not None:
            logger.info("Redis is back after %.0f s: the crawl goes on", monotonic() - self._down_since)
            self._down_since = None
