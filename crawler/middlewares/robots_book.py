"""Every origin's robots.txt, fetched once a day by one worker for all."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import dataclass
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Final

from protego import Protego

from crawler.fetching.robots import Robots, read_robots
from crawler.fetching.robots_record import STALE_S, RobotsRecord

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from crawler.context import SharedState

__all__ = ["NoRobotsError", "OriginRules", "RobotsBook"]

_HOLD_S: Final = 60.0
_POLL_S: Final = 0.5
_MAX_TEXT: Final = 2_000_000  # characters of rules in memory, all origins together
_LEAST: Final = 200  # what an origin without rules costs of them


@dataclass(frozen=True, slots=True)
class OriginRules:
    """An origin's rules in this worker's memory; ``expires`` is on this process's monotonic clock."""

    robots: Robots
    rules: Protego | None
    token: str
    expires: float

    def allows(self, url: str) -> bool:
        """Say whether the rules allow ``url``; a ``closed`` origin allows nothing."""
        if self.rules is None:
            return self.robots.state == "open"
        return bool(self.rules.can_fetch(url, self.token))


class NoRobotsError(Exception):
    """No answer came from a robots.txt; the text is a word of the policy, and perhaps a colon and more."""


class RobotsBook:
    """Looks up an origin in memory, then in the cache of all workers, then on the wire.

    Of one worker only one task asks for an origin; of many workers the one that holds it. ``fetch`` gets
    (origin, portal) and returns the final status, or None where no response came, and the body; it may raise
    NoRobotsError to say why.
    """

    def __init__(
        self,
        shared: SharedState,
        fetch: Callable[[str, str], Awaitable[tuple[int | None, bytes]]],
        token: str,
    ) -> None:
        self._shared = shared
        self._fetch = fetch
        self._token = token
        self._rules: OrderedDict[str, OriginRules] = OrderedDict()
        self._text = 0
        self._pending: dict[str, asyncio.Task[tuple[OriginRules, bool]]] = {}

    async def rules(self, origin: str, portal: str) -> tuple[OriginRules, bool]:
        """Return the rules of ``origin``, and whether a fetch was waited for."""
        found = self._rules.get(origin)
        # one that could not be had is looked up again: somebody may have lifted that
        if found is not None and found.expires > monotonic() and found.robots.state != "closed":
            self._rules.move_to_end(origin)
            return found, False
        task = self._pending.get(origin)
        if task is None:
            task = asyncio.create_task(self._look_up(origin, portal))
            self._pending[origin] = task
            task.add_done_callback(partial(self._fetched, origin))
        return await asyncio.shield(task)

    def _fetched(self, origin: str, task: asyncio.Task[tuple[OriginRules, bool]]) -> None:
        del self._pending[origin]
        if not task.cancelled():
            task.exception()  # looked at, whether or not anybody still waits for it

    async def _look_up(self, origin: str, portal: str) -> tuple[OriginRules, bool]:
        key = f"robots:{origin}"
        record = RobotsRecord.from_bytes(await self._shared.cached(key))
        waited = False
        while record is None or not record.holds(self._now()):
            waited = True
            if await self._shared.hold(key, _HOLD_S):
                record = await self._ask(origin, portal, key)
                break
            await asyncio.sleep(_POLL_S)
            record = RobotsRecord.from_bytes(await self._shared.cached(key))
        self._shared.set_crawl_delay(origin + "/", record.robots.crawl_delay)
        return self._remember(origin, record), waited

    async def _ask(self, origin: str, portal: str, key: str) -> RobotsRecord:
        # read again: another worker may have answered between the look-up and the hold
        previous = RobotsRecord.from_bytes(await self._shared.cached(key))
        if previous is not None and previous.holds(self._now()):
            return previous
        try:
            status, body = await self._fetch(origin, portal)
        except NoRobotsError as error:
            robots = Robots("closed", cause=str(error))
        else:
            robots = read_robots(status, body, self._token)
        record = RobotsRecord.after(robots, self._now(), previous)
        await self._shared.cache(key, record.to_bytes(), STALE_S)
        return record

    def _remember(self, origin: str, record: RobotsRecord) -> OriginRules:
        robots = record.robots
        rules = Protego.parse(robots.text) if robots.state == "rules" else None
        origin_rules = OriginRules(
            robots, rules, self._token, monotonic() + max(record.until - self._now(), 0.0)
        )
        self._forget(origin)
        self._rules[origin] = origin_rules
        self._text += _LEAST + len(robots.text)
        while self._text > _MAX_TEXT and len(self._rules) > 1:
            self._forget(next(iter(self._rules)))
        return origin_rules

    def _forget(self, origin: str) -> None:
        gone = self._rules.pop(origin, None)
        if gone is not None:
            self._text -= _LEAST + len(gone.robots.text)

    def _now(self) -> float:
        return self._shared.clock.now().timestamp()
