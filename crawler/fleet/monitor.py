"""Looks at a crawl from outside: its state is in Redis, whoever works on it."""

from __future__ import annotations

from collections import Counter
from time import monotonic
from typing import TYPE_CHECKING, Self

from crawler.context.counters import FAILED, FETCHED, STORED, UNCHANGED
from crawler.fleet.snapshot import Snapshot
from crawler.frontier.redis.connection import Connection
from crawler.frontier.redis.counters import RunCounters
from crawler.frontier.redis.status import portal_status
from crawler.frontier.redis.store import Frontier

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.frontier.options import Options
    from crawler.frontier.redis.model import PortalStatus

__all__ = ["Monitor"]


class Monitor:
    """Snapshots of the crawl of some portals, all workers of their present runs together.

    ``statuses`` is how each portal stood at the last look.
    """

    def __init__(self, redis_url: str, options: Options, portals: Sequence[str]) -> None:
        self._connection = Connection(url=redis_url, socket_timeout=5)
        self._store = Frontier(self._connection, options, "watch")
        self._counters = RunCounters(self._connection, options.name)
        self._portals = tuple(portals)
        self._over: dict[str, int] = {}
        self.statuses: dict[str, PortalStatus] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._connection.close()

    async def begin(self) -> None:
        """Look before the workers start: runs that are over by now do not count."""
        for portal in self._portals:
            state = await portal_status(self._store, portal)
            if state.drained:
                self._over[portal] = state.run

    async def look(self, workers: int) -> Snapshot:
        """Return the state now; ``workers`` is what the caller knows of them. Raise what redis-py raises."""
        counts: Counter[str] = Counter()
        queued = leased = 0
        drained = True
        for portal in self._portals:
            state = await portal_status(self._store, portal)
            self.statuses[portal] = state
            queued += state.queued
            leased += state.leased
            drained &= state.drained
            if self._over.get(portal) != state.run:
                counts.update(await self._counters.read(portal, state.run))
        return Snapshot(
            at=monotonic(),
            queued=queued,
            leased=leased,
            fetched=counts[FETCHED],
            unchanged=counts[UNCHANGED],
            stored=counts[STORED],
            failures=counts[FAILED],
            workers=workers,
            drained=drained,
        )
