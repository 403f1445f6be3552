"""The frontier in the place of Scrapy's scheduler."""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
import socket
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from redis.exceptions import RedisError
from scrapy import signals
from scrapy.core.scheduler import BaseScheduler
from scrapy.utils.defer import deferred_from_coro

from crawler.errors import Unreachable
from crawler.frontier import inflight
from crawler.frontier.options import Options
from crawler.frontier.redis import operations
from crawler.frontier.redis.connection import Connection, describe
from crawler.frontier.redis.politeness import Pace, pace
from crawler.frontier.redis.store import Frontier
from crawler.frontier.requests import codec
from crawler.frontier.requests.priority import rank
from crawler.frontier.requests.routing import place, was_redirected_to_itself
from crawler.frontier.shared import SharedFrontier
from crawler.frontier.start_urls import StartUrlReader
from crawler.frontier.worker.heartbeat import Heartbeat
from crawler.frontier.worker.leases import Failed, LeaseTable
from crawler.frontier.worker.outbox import Outbox
from crawler.frontier.worker.pump import Pump
from crawler.frontier.worker.seen_cache import SeenCache
from crawler.frontier.worker.shutdown import GracefulShutdown
from crawler.portals.page_kind import PageKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Self

    from scrapy import Request, Spider
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.internet.defer import Deferred
    from twisted.python.failure import Failure

    from crawler.frontier.redis.model import Lease, Op, Reply, Run
    from crawler.frontier.worker.leases import LeasedRequest
    from crawler.frontier.worker.outbox import Batch
    from crawler.portals.model import Profile

__all__ = ["FrontierScheduler"]

logger = logging.getLogger(__name__)

_HELD_TIMES_CONCURRENCY: Final = 3
_MOST_AT_ONCE: Final = 500


class FrontierScheduler(SharedFrontier, BaseScheduler):
    """One worker of a frontier. Set by a spider in its ``update_settings``, never for the whole project.

    The spider has ``profiles`` (portal -> Profile), and may have ``rate`` (requests a second and host instead
    of the profiles' rates, 0 for no limit), ``limit`` (articles that the run may store), ``days`` (the first
    and the last day asked for, in ISO 8601 or empty) and ``asked`` (all that the run is asked for, in words).
    Its ``parse`` and ``failed`` serve every request. It finds this object in ``spider.frontier`` from its
    ``start()`` on.

    Delivery is at least once. A request is leased, and acknowledged only when the engine has forgotten it,
    behind its children in an ordered outbox.
    """

    def __init__(self, crawler: Crawler, options: Options) -> None:
        self.options = options
        self._crawler = crawler
        self._profiles: Mapping[str, Profile] = {}
        self._runs: dict[str, Run] = {}
        worker = f"{socket.gethostname()[:40]}-{os.getpid()}-{secrets.token_hex(4)}"
        self._store = Frontier(Connection.from_settings(crawler.settings), options, worker)
        self._outbox = Outbox(options.batch)
        self._held = LeaseTable()
        self._known = SeenCache(max_age=options.seen_days * 86_400 / 8)
        self._keeper = Heartbeat(self._store, self._held)
        self._stopping = False
        self._servers = 0
        self._callbacks: dict[str, Any] = {}
        self._pump = Pump(self._store, self._outbox, self)
        self._feeder = StartUrlReader(
            self._store, self._pump.refresh, crawler.settings.getlist("PORTALS_DIR")
        )
        self._ending = GracefulShutdown(self, lambda: inflight.is_closing(self._engine()), options.grace)
        self._unlimited = False
        self._is_open = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way of making it. Raises UsageError where a setting makes no sense."""
        return cls(crawler, Options.from_settings(crawler.settings))

    # --- Scrapy's scheduler -----------------------------------------------------------------------------

    def open(self, spider: Spider) -> Deferred[None]:
        """Connects and takes up the runs. Raises Unreachable or UsageError, in one line."""
        return deferred_from_coro(self._open(spider))

    def close(self, reason: str) -> Deferred[None]:  # noqa: ARG002  Scrapy's signature
        """Tells the frontier what was finished, gives back the rest, disconnects."""
        return deferred_from_coro(self._close())

    def has_pending_requests(self) -> bool:
        """Whether anything is left to do: here, with another worker, or due within DELAY_MAX."""
        self.collect()
        return bool(len(self._held) or len(self._outbox) or not self._pump.drained)

    def enqueue_request(self, request: Request) -> bool:
        """Takes a request into the outbox; False where it is known already. Never raises, never waits."""
        try:
            return self._enqueue(request)
        except Exception as error:  # noqa: BLE001  raised from here it would be lost inside Scrapy, or stop it
            self._count("refused")
            logger.warning("not queued: %s (%s)", request.url[:300], error)
            return False

    def next_request(self) -> Request | None:
        """A leased request; None where none is at hand."""
        self.collect()
        request = self._held.hand_out()
        self._pump.stir()
        return request

    # --- the pump's worker ------------------------------------------------------------------------------

    def room(self) -> tuple[int, int]:
        """How many requests the engine would start now, and how many more may be leased ahead."""
        engine = self._engine()
        if self._stopping or inflight.is_closing(engine) or engine.paused:
            return 0, 0
        limit = engine.downloader.total_concurrency or 100
        # those being parsed and stored are held too: a worker that cannot keep up takes no more
        left = min(_MOST_AT_ONCE, _HELD_TIMES_CONCURRENCY * limit - len(self._held))
        want = max(0, min(inflight.free(engine) - self._held.waiting, left))
        ahead = self.options.prefetch if self._unlimited else 0
        extra = max(0, min(ahead - max(0, self._held.waiting - inflight.free(engine)), left - want))
        # a call only to lease ahead is worth it when half of what is kept ahead is gone
        return (want, extra) if want or 2 * extra >= max(1, ahead) else (0, 0)

    def suspects(self) -> int:
        """How many suspects are held."""
        return self._held.suspects

    def portals(self) -> tuple[str, ...]:
        """The portals that are served."""
        return tuple(self._profiles)

    def received(self, reply: Reply, batch: Batch | None) -> None:
        """An exchange succeeded."""
        servers = self._store.connection.servers
        if servers != self._servers:
            self._servers = servers
            if count := self._outbox.repeat():
                logger.info("Redis is another process now: it is told again the last %d things", count)
        fresh = self._known.check(servers, reply.epoch)
        for portal, identifier in batch.known if batch is not None else ():
            self._known.settle(portal, identifier, keep=fresh)
        self.settled(batch.ops if batch is not None else ())
        for lease in reply.leases:
            self._accept(lease)
        for name in ("pushed", "known", "acked", "nacked", "buried", "reclaimed"):
            self._count(name, getattr(reply, name))
        self._count("leased", len(reply.leases))
        self._count("fenced", len(reply.fenced))
        for portal in reply.crowded:
            self.crowded(portal)
        if reply.leases or reply.drained:
            inflight.wake(self._engine())

    def settled(self, settlements: Iterable[Op]) -> None:
        """The frontier has been told these."""
        for op in settlements:
            if op[0] in operations.SETTLEMENTS:
                self._held.settled(op[2])

    # ----------------------------------------------------------------------------------------------------

    def _engine(self) -> Any:
        return self._crawler.engine

    async def _open(self, spider: Spider) -> None:
        inflight.check(self._crawler.engine)
        self._profiles = getattr(spider, "profiles", {})
        rate: float | None = getattr(spider, "rate", None)
        limit: int | None = getattr(spider, "limit", None)
        days: tuple[str, str] = getattr(spider, "days", ("", ""))
        asked: str = getattr(spider, "asked", "")
        self._callbacks = {
            "callback": getattr(spider, "parse", None),
            "errback": getattr(spider, "failed", None),
        }
        await self._store.open()
        self._servers = self._store.connection.servers
        for warning in self._store.warnings:
            logger.warning(warning)
        for name, profile in self._profiles.items():
            speed = pace(
                profile.rate, profile.site_rate, override=rate,
                host_max=self.options.host_max, site_max=self.options.site_max,
            )  # fmt: skip
            self._unlimited |= speed.gap == 0 and speed.site_gap == 0
            run = await self._join(name, speed, limit or 0, days, asked)
            if not run.number:
                self._left_out(name, run.orders, asked)
                continue
            self._runs[name] = run
            logger.info("%s: %s run %d", name, "takes part in" if run.joined else "begins", run.number)
        self._profiles = {name: self._profiles[name] for name in self._runs}
        spider.frontier = self  # type: ignore[attr-defined]
        self._feeder.start(self.options.start_urls % {"name": spider.name}, self._profiles)
        self._crawler.signals.connect(self._spider_error, signals.spider_error)
        self._crawler.signals.connect(self._item_error, signals.item_error)
        self._keeper.start()
        self._pump.start()
        self._ending.start()
        self._is_open = True

    def _left_out(self, portal: str, orders: str, asked: str) -> None:
        if orders == asked:
            logger.info("%s: no run is under way", portal)
            return
        self._count("left_out")
        logger.warning(
            "%s is left out: a run %s is under way there, which is not what this one is asked for: "
            "start it again when that one has ended", portal, f"with {orders}" if orders else "of all of it",
        )  # fmt: skip

    async def _join(self, portal: str, speed: Pace, limit: int, days: tuple[str, str], orders: str) -> Run:
        try:
            return await self._store.join(portal, speed, limit=limit, days=days, orders=orders)
        except (RedisError, OSError) as error:
            raise Unreachable(
                f"{self._store.connection.address}: {describe(error)}; nothing was begun"
            ) from error

    async def _close(self) -> None:
        self._stopping = True
        if self._is_open:
            await self._ending.stop()
            await self._feeder.stop()
            await self._pump.stop()
            self.collect()
            self._release(self._held.take_all())
            if not await self._pump.flush(self._ending.left()):
                logger.warning(
                    "Redis did not take the last acknowledgements: these leases run out by themselves"
                )
            await self._keeper.stop()
            with suppress(RedisError, OSError, TimeoutError):
                await asyncio.wait_for(self._store.leave(), 2)
        await self._store.connection.close()

    def _enqueue(self, request: Request) -> bool:
        found = place(request, self._profiles)
        kind = PageKind.of(request.meta.get("kind"))
        mode: operations.Mode = "A" if kind.fetched_once else "R"
        known = (found.portal if mode == "A" else self._of_run(found.portal), found.identifier)
        if request.dont_filter or was_redirected_to_itself(request, found, self._profiles):
            mode = "G" if mode == "A" else "F"
        elif self._known.has(*known):
            self._count("known")
            return False
        priority = rank(kind, int(request.meta.get("page") or 1), request.priority)
        if not request.meta.get("portal"):
            request.meta["portal"] = found.portal
        op = operations.push(mode, *found, priority, codec.encode(request))
        if mode == "F":
            self._outbox.put(op)
        else:
            self._known.expect(*known)
            self._outbox.put(op, known)
        self._pump.drained = False
        self._pump.stir()
        return True

    def _accept(self, lease: Lease) -> None:
        try:
            request = codec.decode(lease.payload, **self._callbacks)
        except codec.Undecodable as error:
            self._count("undecodable")
            logger.warning("%s cannot be read and is set aside: %s", lease.entry, str(error)[:200])
            self._settle(lease, operations.undecodable(lease))
        except codec.Newer as error:
            self._count("newer")
            logger.warning("%s is left to a newer worker: %s", lease.entry, error)
            self._settle(lease, operations.newer(lease, (self.options.delay_max + 60) * 1000))
        else:
            self._held.add(lease, request)

    # --- its end ----------------------------------------------------------------------------------------

    def collect(self) -> None:
        """Settles what the engine is done with."""
        gone = self._held.finished(inflight.unfinished(self._engine()))
        for held in gone:
            for op in held.with_ack if held.done else ():
                self._outbox.put(op)
            self._settle(held.lease, self.settlement(held))
        if gone:
            self._pump.stir()

    def begin_stop(self) -> None:
        """Leases nothing more, and gives back what the engine has not begun."""
        self._stopping = True
        self._pump.stop_leasing()
        self._release(self._held.take_waiting())

    def end_stop(self) -> None:
        """Gives back what is still under way; the engine does not wait for it any longer."""
        self.collect()
        left = self._held.take_all()
        if left:
            logger.warning(
                "%d requests took longer than SHUTDOWN_GRACE allows: they are given back", len(left)
            )
            self._release(left)
            inflight.abandon(self._engine(), [held.request for held in left])

    # ----------------------------------------------------------------------------------------------------

    def _settle(self, lease: Lease, op: Op) -> None:
        # renewed until it is confirmed: Redis may be full or away for longer than a lease
        self._held.settling(lease)
        self._outbox.put(op)

    def _release(self, leases: list[LeasedRequest]) -> None:
        for held in leases:
            self._settle(held.lease, operations.release(held.lease))
        self._pump.stir()

    def _fail(self, response: Any, reason: str) -> None:
        held = self._held.find(getattr(response, "request", None))
        if held is not None and held.failed is None:
            held.failed = Failed(reason)

    def _spider_error(self, failure: Failure, response: Response | Failure) -> None:
        self._fail(response, f"callback-error: {failure.type.__name__ if failure.type else ''}")

    def _item_error(self, response: Response | None, failure: Failure) -> None:
        if isinstance(failure.value, Unreachable):
            # the store is away, which says nothing against the page: it goes back without a try being counted
            self.release(getattr(response, "request", None))
            return
        self._fail(response, f"item-error: {failure.type.__name__ if failure.type else ''}")

    def _count(self, name: str, count: int = 1) -> None:
        if count and self._crawler.stats is not None:
            self._crawler.stats.inc_value(f"frontier/{name}", count)
