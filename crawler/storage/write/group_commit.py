"""Group commit: what many callers hand in at about the same time is written together."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Final, Generic, TypeVar

from pymongo.errors import PyMongoError

from crawler.errors import Unreachable
from crawler.storage.outage import Outage, is_outage, page_error

__all__ = ["Commit", "GroupWriter", "Outcome"]

T = TypeVar("T")

Outcome = Exception | None
"""What became of one item: None when it is durably stored, else the error of this item alone."""

Commit = Callable[[Sequence[T]], Awaitable[Sequence[Outcome]]]
"""Stores a batch; one outcome an item, in order. Must be idempotent: after an outage the batch comes again.
Raises PyMongoError where not one document but the server is the trouble."""

FIRST_PAUSE: Final = 0.2
LONGEST_PAUSE: Final = 3.0


class GroupWriter(Generic[T]):
    """Collects items of one kind and commits them in batches, one batch at a time.

    A batch leaves when its first item has waited ``linger`` seconds, or ``size`` items have gathered, but not
    before the one that is under way is back. (A batch costs some six commands whatever its size, about as
    much as parsing a page; a page that is stored 20 ms later costs nothing.) Every caller of :meth:`put`
    waits for the commit of its own item and learns its own outcome. The order of items is kept.
    """

    def __init__(self, commit: Commit[T], outage: Outage, *, size: int = 100, linger: float = 0.02) -> None:
        self._commit = commit
        self._outage = outage
        self._size = size
        self._linger = linger
        self._waiting: deque[tuple[T, float, asyncio.Future[None]]] = deque()
        self._task: asyncio.Task[None] | None = None
        self.batches = 0

    async def put(self, item: T) -> None:
        """Store ``item``; return when MongoDB has it on the journals of a majority.

        Raises:
            GiveUp: reason ``unstorable``; this document can never be stored.
            Unreachable: MongoDB stayed away for longer than the outage's patience.
        """
        loop = asyncio.get_running_loop()
        future: asyncio.Future[None] = loop.create_future()
        self._waiting.append((item, loop.time(), future))
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())
        await future

    async def drain(self) -> None:
        """Wait until everything that was handed in has its outcome."""
        while self._task is not None and not self._task.done():
            await asyncio.wait([self._task])

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            rest = self._waiting[0][1] + self._linger - loop.time()
            if rest > 0 and len(self._waiting) < self._size:
                await asyncio.sleep(rest)
            batch = [self._waiting.popleft() for _ in range(min(self._size, len(self._waiting)))]
            outcomes = await self._outcomes([item for item, _, _ in batch])
            self.batches += 1
            for (_, _, future), outcome in zip(batch, outcomes, strict=True):
                if future.done():
                    continue  # Its caller was cancelled; the document is stored all the same.
                if outcome is None:
                    future.set_result(None)
                else:
                    future.set_exception(outcome)

    async def _outcomes(self, items: Sequence[T]) -> Sequence[Outcome]:
        try:
            self._outage.check()
            return await self._patiently(items)
        except Unreachable as error:
            return [Unreachable(str(error)) for _ in items]
        except Exception as error:  # noqa: BLE001 - whatever it is, it belongs to the callers, not to this task
            if len(items) == 1:
                return [page_error(error)]
            # One document spoiled the batch; which one shows when each goes alone.
            return [outcome for item in items for outcome in await self._outcomes([item])]

    async def _patiently(self, items: Sequence[T]) -> Sequence[Outcome]:
        pause = FIRST_PAUSE
        while True:
            try:
                outcomes = await self._commit(items)
            except PyMongoError as error:
                if not is_outage(error):
                    raise
                self._outage.met(error)
            else:
                self._outage.over()
                return outcomes
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
