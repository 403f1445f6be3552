"""One worker of a frontier: what it holds, what it has to send, how it begins and ends."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from redis.exceptions import RedisError

from crawler.errors import Retry
from crawler.frontier.redis import operations
from crawler.frontier.redis.faults import describe
from crawler.frontier.requests.payload import Newer, Undecodable
from crawler.frontier.worker.engine import RequestT
from crawler.frontier.worker.heartbeat import Heartbeat
from crawler.frontier.worker.leases import LeaseTable
from crawler.frontier.worker.outbox import Outbox
from crawler.frontier.worker.pump import Pump
from crawler.frontier.worker.runs import Runs
from crawler.frontier.worker.seen_cache import SeenCache, of_run
from crawler.frontier.worker.settling import Settling
from crawler.frontier.worker.shutdown import GracefulShutdown
from crawler.frontier.worker.troubled_hosts import TroubledHosts

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from crawler.context.scope import CrawlScope
    from crawler.frontier.redis.model import Lease, Op, Reply, Run
    from crawler.frontier.redis.politeness import Pace
    from crawler.frontier.redis.store import Frontier
    from crawler.frontier.worker.engine import Engine
    from crawler.frontier.worker.outbox import Batch, SeenKey

__all__ = ["Worker"]

logger = logging.getLogger(__name__)

_Answer = TypeVar("_Answer")
_LEASED_TIMES_CONCURRENCY: Final = 3
_MOST_AT_ONCE: Final = 500
_DAY_S: Final = 86_400
_COUNTED: Final = {
    "pushed": "pushed", "known": "seen", "acked": "acked", "nacked": "nacked", "buried": "buried",
    "reclaimed": "reclaimed",
}  # fmt: skip
"""Counters of a worker (``frontier/…`` in Scrapy's stats), and the field of a reply that each adds up."""


class Worker(Generic[RequestT]):
    """Leases requests for an engine, and tells the frontier what became of them.

    Delivery is at least once. A request is leased, and acknowledged only when the engine has forgotten it,
    behind its children in an ordered outbox.

    Before :meth:`start` nothing but :meth:`connect` and :meth:`join` may be called.
    """

    _engine: Engine[RequestT]

    def __init__(self, store: Frontier) -> None:
        options = store.options
        self.store = store
        self.seen = SeenCache(max_age=options.seen_days * _DAY_S / 8)
        self.leases: LeaseTable[RequestT] = LeaseTable()
        self.hosts = TroubledHosts()
        self.stopping = False
        self._runs = Runs(store)
        self._outbox = Outbox(options.batch)
        self.settling: Settling[RequestT] = Settling(self.leases, self._outbox, options)
        self._pump = Pump(store, self._outbox, self)
        self._heartbeat = Heartbeat(store, self.leases)
        self._shutdown = GracefulShutdown(self, options.grace)
        self._servers = 0
        self._unlimited = False
        self._started = False

    # --- its beginning and its end ----------------------------------------------------------------------

    async def connect(self) -> None:
        """Look at the server. Raises Unreachable or UsageError, in one line."""
        await self.store.open()
        self._servers = self.store.connection.servers
        for warning in self.store.warnings:
            logger.warning(warning)

    async def join(self, portal: str, pace: Pace, scope: CrawlScope) -> Run:
        """Take up a portal's run; one with the number 0 is none. Raises Unreachable, in one line."""
        run = await self._runs.join(portal, pace, scope)
        self._unlimited |= pace.gap == 0 and pace.site_gap == 0
        return run

    def start(self, engine: Engine[RequestT]) -> None:
        """Begin to lease for ``engine``."""
        self._engine = engine
        self._heartbeat.start()
        self._pump.start()
        self._shutdown.start()
        self._started = True

    def time_left(self) -> float:
        """Return the seconds that are left to end in, from the first time that this is asked; one at least."""
        return self._shutdown.left()

    async def stop(self) -> None:
        """Tell the frontier what was finished, give back the rest, take leave. The connection stays open."""
        self.stopping = True
        if not self._started:
            return
        await self._shutdown.stop()
        await self._runs.stop()
        await self._pump.stop()
        self.collect()
        self.settling.release(self.leases.take_all())
        if not await self._pump.flush(self._shutdown.left()):
            logger.warning("Redis did not take the last acknowledgements: these leases run out by themselves")
        await self._heartbeat.stop()
        with suppress(RedisError, OSError, TimeoutError):
            await asyncio.wait_for(self.store.leave(), 2)

    # --- what the engine's side asks --------------------------------------------------------------------

    @property
    def runs(self) -> dict[str, Run]:
        """The runs that it takes part in, by portal."""
        return self._runs.by_portal

    @property
    def is_idle(self) -> bool:
        """Whether nothing is left to do: here, with another worker, or due within DELAY_MAX."""
        self.collect()
        return not len(self.leases) and not len(self._outbox) and self._pump.drained

    def next_request(self) -> RequestT | None:
        """Return a leased request; None where none is at hand."""
        self.collect()
        request = self.leases.hand_out()
        self._pump.stir()
        return request

    def push(self, op: Op, seen: SeenKey | None = None) -> None:
        """Queue a request; ``seen`` is remembered as seen from now on."""
        if seen is not None:
            self.seen.expect(*seen)
        self._outbox.put(op, seen)
        self._pump.drained = False
        self._pump.stir()

    def collect(self) -> None:
        """Settle what the engine is done with."""
        if self.settling.collect(self._engine.unfinished()):
            self._pump.stir()

    def refresh(self) -> None:
        """Lease at once: something came into the queue from elsewhere."""
        self._pump.refresh()

    # --- what the client's parts ask --------------------------------------------------------------------

    def send(self, op: Op) -> None:
        """Put an operation into the outbox."""
        self._outbox.put(op)
        self._pump.stir()

    def send_with_ack(self, request: RequestT, op: Op) -> None:
        """Send an operation right before the acknowledgement of ``request``; never, where it is not leased."""
        leased = self.leases.find(request)
        if leased is not None:
            leased.with_ack.append(op)

    async def persist(self, call: Callable[[], Awaitable[_Answer]]) -> _Answer:
        """Call until Redis answers; the pump logs that it does not. Raises Retry once the worker is being stopped."""
        wait = 0.1
        while True:
            try:
                return await call()
            except (RedisError, OSError) as error:
                if self.stopping:
                    raise Retry("redis", describe(error)) from error
                await asyncio.sleep(wait)
                wait = min(wait * 2, 2.0)

    def decode(self, payload: bytes) -> RequestT:
        """Return the engine's request of a payload. Raises Undecodable or Newer."""
        return self._engine.decode(payload)

    def run_number(self, portal: str) -> int:
        """Return the number of the run that this worker takes part in; 0 for none."""
        run = self.runs.get(portal)
        return run.number if run else 0

    def seen_in_run(self, portal: str) -> str:
        """Return what stands for the portal's present run in :attr:`seen`."""
        return of_run(portal, self.run_number(portal))

    # --- what the pump asks -----------------------------------------------------------------------------

    def room(self) -> tuple[int, int]:
        """Return how many requests the engine would start now, and how many more may be leased ahead."""
        room = None if self.stopping else self._engine.room()
        if room is None:
            return 0, 0
        # those being parsed and stored are leased too: a worker that cannot keep up takes no more
        left = min(_MOST_AT_ONCE, _LEASED_TIMES_CONCURRENCY * room.concurrency - len(self.leases))
        waiting = self.leases.waiting
        want = max(0, min(room.free - waiting, left))
        ahead = self.store.options.prefetch if self._unlimited else 0
        extra = max(0, min(ahead - max(0, waiting - room.free), left - want))
        # a call only to lease ahead is worth it when half of what is kept ahead is gone
        return (want, extra) if want or 2 * extra >= max(1, ahead) else (0, 0)

    def suspects(self) -> int:
        """Return how many suspects are leased."""
        return self.leases.suspects

    def portals(self) -> tuple[str, ...]:
        """Return the portals that are served."""
        return tuple(self.runs)

    def received(self, reply: Reply, batch: Batch) -> None:
        """Take in what an exchange came back with."""
        servers = self.store.connection.servers
        is_lost = self._runs.are_lost(reply)
        if is_lost:
            self.seen.clear()
            self._engine.count("vanished")
            self._runs.begin_anew(self.persist)
        if servers != self._servers or is_lost:
            self._servers = servers
            self._runs.tell_of_server(self._outbox.repeat())
        fresh = self.seen.check(servers, reply.epoch) and not is_lost
        for portal, identifier in batch.seen:
            self.seen.settle(portal, identifier, keep=fresh)
        self.settled(batch.ops)
        for lease in reply.leases:
            self.accept(lease)
        for name, field in _COUNTED.items():
            self._engine.count(name, getattr(reply, field))
        self._engine.count("leased", len(reply.leases))
        self._engine.count("fenced", len(reply.fenced))
        self._engine.count("clocks_set", self.hosts.tell(reply.hosts))
        self._runs.warn_of_crowd(reply.crowded)
        if reply.leases or reply.drained:
            self._engine.wake()

    def settled(self, sent: Iterable[Op]) -> None:
        """Take note that the frontier has done these operations."""
        self.settling.confirm(sent)

    def accept(self, lease: Lease) -> None:
        """Take a lease: its request waits for the engine, or what cannot be read is settled."""
        self.hosts.leased(lease)
        try:
            request = self._engine.decode(lease.payload)
        except Undecodable as error:
            self._engine.count("undecodable")
            logger.warning("%s cannot be read and is set aside: %s", lease.entry, str(error)[:200])
            self.settling.settle(lease, operations.undecodable(lease))
        except Newer as error:
            self._engine.count("newer")
            logger.warning("%s is left to a newer worker: %s", lease.entry, error)
            self.settling.settle(lease, operations.newer(lease, (self.store.options.delay_max + 60) * 1000))
        else:
            self.leases.add(lease, request)

    # --- what its end asks ------------------------------------------------------------------------------

    def is_closing(self) -> bool:
        """Say whether the engine asks for nothing more."""
        return self._engine.is_closing()

    def begin_stop(self) -> None:
        """Lease nothing more, and give back what the engine has not begun."""
        self.stopping = True
        self._pump.stop_leasing()
        self.settling.release(self.leases.take_waiting())
        self._pump.stir()

    def end_stop(self) -> None:
        """Give back what is still under way; the engine does not wait for it any longer."""
        self.collect()
        left = self.leases.take_all()
        if left:
            logger.warning(
                "%d requests took longer than SHUTDOWN_GRACE allows: they are given back", len(left)
            )
            self.settling.release(left)
            self._pump.stir()
            self._engine.abandon([leased.request for leased in left])
