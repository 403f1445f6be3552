"""What spiders, middlewares, pipelines and extensions may ask of the frontier."""

from __future__ import annotations

import os
import secrets
import socket
from typing import TYPE_CHECKING, Final

from crawler.context import CrawlScope
from crawler.frontier.hosts import HostSlots
from crawler.frontier.list_marks import ListMarks
from crawler.frontier.memory import SharedMemory
from crawler.frontier.options import Options
from crawler.frontier.parking import Parking
from crawler.frontier.redis.connection import Connection
from crawler.frontier.redis.counters import RunCounters
from crawler.frontier.redis.store import Frontier
from crawler.frontier.variations import Variations
from crawler.frontier.worker.leases import Failed
from crawler.frontier.worker.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scrapy import Request

    from crawler.frontier.options import Settings
    from crawler.frontier.redis.clock import FrontierClock
    from crawler.portals.model import Profile

__all__ = ["FrontierClient"]

_LONGEST_PAUSE_S: Final = 86_400.0


class FrontierClient:
    """One worker's access to what all workers share.

    A spider makes it, unconnected. :class:`~crawler.frontier.scheduler.FrontierScheduler` opens its ``worker`` before
    the spider's ``start()``, and has it disconnected when the engine has stopped: extensions may ask until then.

    Calls that are not coroutines return at once: what they say travels in the ordered outbox. Coroutines wait while
    Redis does not answer, as the whole crawl does, so they never raise for it.

    Args:
        settings: Scrapy's.
        profiles: the portals to be crawled, by name. :attr:`profiles` loses those whose run is another's.
        scope: what their runs are asked for.
    """

    def __init__(
        self, settings: Settings, profiles: Mapping[str, Profile], scope: CrawlScope | None = None
    ) -> None:
        self.options = Options.from_settings(settings)
        self.profiles = dict(profiles)
        self.scope = scope or CrawlScope()
        self.store = Frontier(Connection.from_settings(settings), self.options, _worker_name())
        self.worker: Worker[Request] = Worker(self.store)
        self.counters = RunCounters(self.store.connection, self.options.name)
        self.lists = ListMarks(self.worker)
        self.parking = Parking(self.worker, self.profiles)
        self.variations = Variations(self.worker)
        # what every kind of frontier offers (crawler.context.SharedState)
        hosts, memory = HostSlots(self.worker), SharedMemory(self.worker)
        self.reserve_slot, self.slow_down = hosts.reserve_slot, hosts.slow_down
        self.set_crawl_delay, self.is_host_failing = hosts.set_crawl_delay, hosts.is_host_failing
        self.host_failed, self.host_answered = hosts.host_failed, hosts.host_answered
        self.cached, self.cache, self.keep, self.hold = memory.cached, memory.cache, memory.keep, memory.hold

    @property
    def clock(self) -> FrontierClock:
        """Redis's time, for every time that is stored."""
        return self.store.clock

    @property
    def epoch(self) -> int:
        """Raised whenever somebody clears a part of the frontier: what was remembered before is void."""
        return self.store.epoch

    @property
    def runs(self) -> dict[str, int]:
        """The number of the run that this worker takes part in, by portal; empty before the worker is open."""
        return {portal: run.number for portal, run in self.worker.runs.items()}

    def time_left(self) -> float:
        """Return the seconds until a worker that closes should be gone (SHUTDOWN_GRACE); one at least."""
        return self.worker.time_left()

    def range(self, portal: str) -> int:
        """Return the number of what runs of certain days remember of lists (``Run.range``)."""
        run = self.worker.runs.get(portal)
        return run.range if run else 0

    async def claim(self, portal: str, identifier: str) -> bool:
        """Say whether an article may be stored: False when the run has stored the articles it was asked for.

        The same article gets the same answer, after a crash too. What may not be stored should be released.
        """
        run = self.worker.runs.get(portal)
        if run is None or not run.limit:
            return True
        return await self.worker.persist(lambda: self.store.claim(portal, identifier))

    # --- what becomes of a request: it takes effect when the engine is done with it ----------------------

    def attempt(self, request: Request) -> int:
        """Return which attempt at a request this is, from 1; also 1 for requests that are not from the queue."""
        leased = self.worker.leases.find(request)
        return leased.lease.tries + 1 if leased else 1

    def is_last_attempt(self, request: Request) -> bool:
        """Say whether a request that fails now is dead; False for requests that are not from the queue."""
        return self.attempt(request) >= self.options.tries

    def identifier(self, request: Request) -> str | None:
        """Return the id that a request is queued under; None for one that is not from the queue."""
        leased = self.worker.leases.find(request)
        return None if leased is None else leased.lease.entry.partition(":")[2].rstrip("~")

    def retry(
        self, request: Request, reason: str, *, status: int | None = None, after: float | None = None
    ) -> bool:
        """Have a failed request tried again: by any worker, after a delay that grows with each try.

        To be called while the request is being handled (a middleware, the callback, the errback). ``after`` (s)
        is the shortest delay, as from Retry-After. After the last try the request is dead and shows up in
        :meth:`crawler.frontier.dead_letters.DeadLetters.unreported`. False where the request is not from the
        queue: then nothing happens.
        """
        leased = self.worker.leases.find(request)
        if leased is None:
            return False
        leased.failed = Failed(reason, status, min(max(after or 0.0, 0.0), _LONGEST_PAUSE_S))
        return True

    def note_outcome(self, request: Request, *, dead: bool) -> None:
        """Say whether a link was dead or alive, for the others of its shape on its page."""
        leased = self.worker.leases.find(request)
        if leased is not None and (group := request.meta.get("group")):
            leased.group, leased.dead = group, request.url[:300] if dead else ""

    def release(self, request: Request | None) -> bool:
        """Give back a request that was not handled, as it was, without a try being counted."""
        leased = self.worker.leases.find(request)
        if leased is None:
            return False
        leased.released = True
        return True

    def put_off(self, request: Request, seconds: float) -> bool:
        """Give back what this worker cannot do: no try is counted, and it is nobody's for so long."""
        leased = self.worker.leases.find(request)
        if leased is None:
            return False
        leased.put_off = seconds
        return True


def _worker_name() -> str:
    return f"{socket.gethostname()[:40]}-{os.getpid()}-{secrets.token_hex(4)}"
