"""What spiders, middlewares, pipelines and extensions may ask of the frontier."""

from __future__ import annotations

import asyncio
import logging
import random
from time import monotonic
from typing import TYPE_CHECKING, Final, TypeVar

from redis.exceptions import RedisError

from crawler.errors import Retry
from crawler.frontier.parking import Parking
from crawler.frontier.redis import operations
from crawler.frontier.redis.connection import describe
from crawler.frontier.worker.backoff import pause
from crawler.frontier.worker.leases import Failed
from crawler.frontier.worker.seen_cache import of_run
from crawler.urls import host, site

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence

    from scrapy import Request

    from crawler.frontier.options import Options
    from crawler.frontier.redis.clock import FrontierClock
    from crawler.frontier.redis.model import Op, Run
    from crawler.frontier.redis.store import Frontier
    from crawler.frontier.worker.leases import LeasedRequest, LeaseTable
    from crawler.frontier.worker.outbox import Outbox
    from crawler.frontier.worker.pump import Pump
    from crawler.frontier.worker.seen_cache import SeenCache

__all__ = ["SharedFrontier"]

logger = logging.getLogger(__name__)

_Answer = TypeVar("_Answer")
_LONGEST_TURN_S: Final = 60.0
_MAX_PAUSE_S: Final = 86_400.0
_TROUBLED: Final = frozenset({"http-429", "http-503"})


class SharedFrontier(Parking):
    """One worker's access to what all workers share; ``spider.frontier`` is one.

    Calls that are not coroutines return at once: what they say travels in the ordered outbox. Coroutines wait
    while Redis does not answer, as the whole crawl does, so they never raise for it.
    """

    options: Options
    _store: Frontier
    _outbox: Outbox
    _pump: Pump
    _held: LeaseTable
    _known: SeenCache
    _runs: Mapping[str, Run]
    _stopping: bool

    @property
    def clock(self) -> FrontierClock:
        """Redis's time, for every time that is stored."""
        return self._store.clock

    @property
    def epoch(self) -> int:
        """Raised whenever somebody clears a part of the frontier: what was remembered before is void."""
        return self._store.epoch

    @property
    def runs(self) -> dict[str, int]:
        """The number of the run that this worker takes part in, by portal."""
        return {portal: run.number for portal, run in self._runs.items()}

    def range(self, portal: str) -> int:
        """The number of what runs of certain days remember of lists (:attr:`Run.range`)."""
        run = self._runs.get(portal)
        return run.range if run else 0

    def _of_run(self, portal: str) -> str:
        run = self._runs.get(portal)
        return of_run(portal, run.number if run else 0)

    # --- requests ---------------------------------------------------------------------------------------

    def attempt(self, request: Request) -> int:
        """Which attempt at a request this is, from 1; also 1 for requests that are not from the queue."""
        held = self._held.find(request)
        return held.lease.tries + 1 if held else 1

    def retry(
        self, request: Request, reason: str, *, status: int | None = None, after: float | None = None
    ) -> bool:
        """The request failed and is to be tried again: by any worker, after a pause that grows with each try.

        To be called while the request is being handled (a middleware, the callback, the errback); it takes
        effect when the engine is done with it. ``after`` (s) is the shortest pause, as from Retry-After.
        After the last try the request is dead and shows up in
        :meth:`crawler.frontier.dead_letters.DeadLetters.unreported`. False where the request
        is not from the queue: then nothing happens.
        """
        held = self._held.find(request)
        if held is None:
            return False
        held.failed = Failed(reason, status, min(max(after or 0.0, 0.0), _MAX_PAUSE_S))
        return True

    def release(self, request: Request | None) -> bool:
        """The request was not handled and goes back as it was, without a try being counted."""
        held = self._held.find(request)
        if held is None:
            return False
        held.released = True
        return True

    def put_off(self, request: Request, seconds: float) -> bool:
        """This worker cannot do it: it goes back without a try being counted, and is nobody's for so long."""
        held = self._held.find(request)
        if held is None:
            return False
        held.put_off = seconds
        return True

    def settlement(self, held: LeasedRequest) -> Op:
        """What to tell the frontier of a request that the engine is done with."""
        if held.released:
            return operations.release(held.lease)
        if held.put_off is not None:
            return operations.newer(held.lease, held.put_off * 1000)
        if held.failed is None:
            return operations.ack(held.lease)
        options = self.options
        wait = pause(
            held.lease.tries + 1, first=options.pause, longest=options.pause_max,
            after=held.failed.after, jitter=random.random(),
        )  # fmt: skip
        return operations.nack(
            held.lease, held.failed.reason, held.failed.status or 0, wait * 1000, options.tries
        )

    # --- links and lists --------------------------------------------------------------------------------

    def is_known(self, portal: str, identifier: str) -> bool:
        """Whether an article is certainly known: from this worker's memory, without asking Redis."""
        return self._known.has(portal, identifier)

    def is_visited(self, portal: str, identifier: str) -> bool:
        """Whether a list certainly belongs to the current run already: from this worker's memory too."""
        return self._known.has(self._of_run(portal), identifier)

    async def unlisted(self, portal: str, list_key: str, identifiers: Iterable[str]) -> set[str]:
        """Those articles that a list has never shown before."""
        asked = list(identifiers)
        return await self._persist(lambda: self._store.unlisted(portal, list_key, asked)) if asked else set()

    async def unseen(self, portal: str, identifiers: Sequence[str]) -> set[str]:
        """Those articles that the portal has never queued."""
        asked = list(identifiers)
        return await self._persist(lambda: self._store.unseen(portal, asked)) if asked else set()

    def mark_listed(
        self, portal: str, list_key: str, identifiers: Iterable[str], *, request: Request
    ) -> None:
        """A list showed these articles: remembered together with the acknowledgement of its ``request``.

        Marked earlier, a worker that dies before its links are queued would leave a list that says "nothing
        new".
        """
        self._with_ack(request, operations.listed(portal, list_key, identifiers))

    def mark_walked(self, portal: str, list_key: str, *, request: Request) -> None:
        """A list was walked to its end, which is this ``request``'s page; as :meth:`mark_listed`."""
        self._with_ack(request, operations.walked(portal, list_key, self.runs.get(portal, 0)))

    def mark_walking(self, portal: str, list_key: str, *, request: Request) -> None:
        """This run walks on to a list's next page.

        Should that never be read (its server fails, the run is given up), what it lists would stay behind a
        first page with nothing new; so until :meth:`mark_walked` no later run takes the list for walked.
        """
        self._with_ack(request, operations.walking(portal, list_key, self.runs.get(portal, 0)))

    async def walked(self, portal: str, list_key: str) -> bool:
        """Whether a list was walked to its end once, and every walk before this run's came through."""
        run = self.runs.get(portal, 0)
        return await self._persist(lambda: self._store.walked(portal, list_key, run))

    def mark_skipped(self, portal: str, identifier: str, *, request: Request) -> None:
        """An article was read, and is of no day that this run was asked for.

        It stays known until a run asks for more days.
        """
        self._with_ack(request, operations.skipped(portal, identifier))

    async def claim(self, portal: str, identifier: str) -> bool:
        """Whether an article may be stored: False when the run has stored the articles it was asked for.

        The same article gets the same answer, after a crash too. What may not be stored should be released.
        """
        run = self._runs.get(portal)
        if run is None or not run.limit:
            return True
        return await self._persist(lambda: self._store.claim(portal, identifier))

    # --- hosts ------------------------------------------------------------------------------------------

    async def turn(self, url: str, portal: str) -> None:
        """Waits for the next turn of the URL's host and site among all workers, and takes it.

        For a fetch outside the queue. Raises :class:`crawler.errors.Retry` (``host-paused``) where that would
        take more than a minute, or where this worker is being stopped.
        """
        name, place = host(url), site(url)
        longest = min(_LONGEST_TURN_S, self.options.delay_max)
        wait = await self._persist(lambda: self._store.turn(portal, name, place, longest_s=longest))
        if wait < 0:
            raise Retry("host-paused", f"{name} is left alone for {-wait:.0f} s")
        deadline = monotonic() + wait
        while (left := deadline - monotonic()) > 0:
            if self._stopping and left > 1:
                raise Retry("host-paused", "this worker is being stopped")
            await asyncio.sleep(min(left, 1))

    def slow_down(self, url: str, seconds: float, reason: str) -> None:
        """Nobody asks the URL's host for so long (a day at most).

        Where ``reason`` is ``http-429`` or ``http-503`` it is asked half as often afterwards too, a quarter
        as often after the next time, and so on; that fades by half every 8 s.
        """
        pause_ms = min(max(seconds, 0.0), _MAX_PAUSE_S) * 1000
        self._tell(operations.slow_down(host(url), pause_ms, harder=reason in _TROUBLED))

    def set_crawl_delay(self, url: str, seconds: float | None) -> None:
        """The pause between two requests that the robots.txt of the URL's host asks for; None for none."""
        self._tell(operations.crawl_delay(host(url), min(max(seconds or 0.0, 0.0), 3600.0) * 1000))

    # --- shared memory ----------------------------------------------------------------------------------

    async def cached(self, key: str) -> bytes | None:
        """What any worker has put under ``key``, or None."""
        return await self._persist(lambda: self._store.cached(key))

    async def cache(self, key: str, value: bytes, ttl_s: float) -> None:
        """Puts ``value`` under ``key`` for all workers; not kept where Redis has no room."""
        try:
            await self._store.cache(key, value, ttl_s)
        except (RedisError, OSError) as error:
            logger.debug("not cached: %s", describe(error))

    def keep(self, request: Request, key: str, value: bytes, ttl_s: float) -> None:
        """As :meth:`cache`, together with the acknowledgement of a request."""
        self._with_ack(request, operations.keep(key, value, ttl_s * 1000))

    async def hold(self, key: str, ttl_s: float) -> bool:
        """Takes ``key`` for this worker for so long; False where another has it."""
        return await self._persist(lambda: self._store.hold(key, ttl_s))

    # ----------------------------------------------------------------------------------------------------

    def _with_ack(self, request: Request, op: Op) -> None:
        held = self._held.find(request)
        if held is not None:
            held.with_ack.append(op)

    def _tell(self, op: Op) -> None:
        self._outbox.put(op)
        self._pump.stir()

    async def _persist(self, call: Callable[[], Awaitable[_Answer]]) -> _Answer:
        """Calls until Redis answers. The pump logs that it does not."""
        wait = 0.1
        while True:
            try:
                return await call()
            except (RedisError, OSError) as error:
                if self._stopping:
                    raise Retry("redis", describe(error)) from error
                await asyncio.sleep(wait)
                wait = min(wait * 2, 2.0)
