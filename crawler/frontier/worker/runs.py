"""The runs that a worker takes part in, and what becomes of them where the frontier is lost."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from redis.exceptions import RedisError

from crawler.errors import Retry, Unreachable
from crawler.frontier.redis import operations
from crawler.frontier.redis.faults import describe
from crawler.frontier.worker.tasks import end

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from crawler.context.scope import CrawlScope
    from crawler.frontier.redis.model import Reply, Run
    from crawler.frontier.redis.politeness import Pace
    from crawler.frontier.redis.store import Frontier

    Persist = Callable[[Callable[[], Awaitable[Run]]], Awaitable[Run]]

__all__ = ["Runs"]

logger = logging.getLogger(__name__)


class Runs:
    """Joins portals' runs, and joins them anew where a FLUSHALL or a fail-over has lost them.

    A frontier has a ``birth``, which every answer carries. Another one means that queue, marks and clocks are gone.
    What the worker has under way goes on, and what it finds from then on is queued, in the portals' pace; but the run
    has lost what was queued, so it is never complete.
    """

    def __init__(self, store: Frontier) -> None:
        self.by_portal: dict[str, Run] = {}
        self._store = store
        self._asked: dict[str, tuple[Pace, CrawlScope]] = {}
        self._birth = ""
        self._task: asyncio.Task[None] | None = None

    async def join(self, portal: str, pace: Pace, scope: CrawlScope) -> Run:
        """Take up a portal's run; one with the number 0 is none. Raises Unreachable, in one line."""
        try:
            run = await self._join(portal, pace, scope)
        except (RedisError, OSError) as error:
            raise Unreachable(
                f"{self._store.connection.address}: {describe(error)}; nothing was begun"
            ) from error
        return run

    async def _join(self, portal: str, pace: Pace, scope: CrawlScope) -> Run:
        run = await self._store.join(
            portal, pace, limit=scope.limit or 0, days=scope.days, orders=scope.canonical
        )
        if run.number:
            self._asked[portal] = (pace, scope)
            self.by_portal[portal] = run
            self._birth = run.birth
        return run

    def tell_of_server(self, repeated: int) -> None:
        """Say that Redis was restarted, or that a replica took over; ``repeated`` things are sent to it once more."""
        if self._store.script.replicas or not self._store.connection.names_servers:
            logger.info("Redis is another process now: it is told again the last %d things", repeated)
            return
        logger.warning(
            "Redis is another process now: what it had acknowledged in the last second may be lost. It is told again "
            "the last %d things; scrapy frontier rebuild %s (or all) takes for known what is stored, and the next run "
            "finds the rest", repeated, next(iter(self.by_portal), "PORTAL"),
        )  # fmt: skip

    def are_lost(self, reply: Reply) -> bool:
        """Say, once, that an answer comes from another frontier than the one whose runs were joined."""
        if not self._birth or reply.birth == self._birth:
            return False
        self._birth = ""
        portals = list(self.by_portal)
        names = ", ".join(portals[:5]) + (" …" if len(portals) > 5 else "")
        logger.warning(
            "the queue of %s is gone (FLUSHALL, or a fail-over to a Redis without it): the run cannot be complete; it "
            "goes on with what is found from now on. scrapy frontier rebuild %s (or all) restores what is known; then "
            "crawl again", names, portals[0] if portals else "PORTAL",
        )  # fmt: skip
        return True

    def warn_of_crowd(self, portals: Iterable[str]) -> None:
        """Say which portals have no room to park a link; each is told once a run."""
        for portal in portals:
            logger.warning(
                "%s: no room to park more than %d links: further ones that this run leaves aside are lost to runs of "
                "everything until they are found again (parked_full in scrapy frontier status); end this run and crawl "
                "%s once without channels, since and until", portal, operations.MOST_PARKED, portal,
            )  # fmt: skip

    def begin_anew(self, persist: Persist) -> None:
        """Join the same runs again, in the background: without them the frontier does not know the portals' pace."""
        self._task = asyncio.get_running_loop().create_task(self._join_all(persist))

    async def stop(self) -> None:
        """End what was begun in the background."""
        if self._task is not None:
            await end(self._task)
            self._task = None

    async def _join_all(self, persist: Persist) -> None:
        for portal, (pace, scope) in list(self._asked.items()):
            with suppress(Retry):
                await persist(partial(self._join, portal, pace, scope))
