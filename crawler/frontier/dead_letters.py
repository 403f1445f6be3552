"""The dead, on their way into ``failures``."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import msgspec

from crawler.frontier.redis.model import DeadEntry
from crawler.frontier.requests.payload import Newer, Undecodable, read_payload

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawler.frontier.redis.store import Frontier

__all__ = ["DeadLetters"]


class _Why(msgspec.Struct):
    reason: str
    status: int | float
    tries: int | float
    at: int | float
    history: list[Any] = msgspec.field(default_factory=list)


class DeadLetters:
    """What was given up by the frontier itself, until somebody has written it down."""

    def __init__(self, store: Frontier) -> None:
        self._store = store

    async def unreported(self, count: int = 100) -> list[DeadEntry]:
        """Return some of the dead that nobody has reported yet. Two workers may get the same."""
        return [_entry(*parts) for parts in await self._store.script("dead", count)]

    async def reported(self, identifiers: Iterable[str]) -> set[str]:
        """Report these no further; return those of them that nobody else had reported meanwhile."""
        names = list(identifiers)
        key = self._store.keys("unreported")
        async with self._store.connection.redis.pipeline(transaction=False) as calls:
            for name in names:
                calls.srem(key, name.encode("utf-8", "surrogateescape"))
            removed = await calls.execute()
        return {name for name, was_there in zip(names, removed, strict=True) if was_there}

    async def run(self, portal: str) -> int:
        """Return the number of a portal's present run; 0 for none."""
        key = self._store.keys(f"portal:{portal}").encode("utf-8", "surrogateescape")
        redis: Any = self._store.connection.redis
        return int(await redis.hget(key, "run") or 0)


def _entry(name: bytes, why: bytes, value: bytes) -> DeadEntry:
    # what is no UTF-8 was not written by us; its name has to stay what it is, or it is never struck off
    entry = name.decode("utf-8", "surrogateescape")
    try:
        reasons = msgspec.json.decode(why, type=_Why)
    except msgspec.DecodeError:
        reasons = _Why("unknown", 0, 1, 0)
    try:
        stored = read_payload(value.split(b"\t", 2)[-1])
        url, meta = stored.u, msgspec.to_builtins(stored.meta)
    except (Undecodable, Newer):
        url, meta = "", {}
    return DeadEntry(
        id=entry,
        url=url,
        portal=entry.partition(":")[0],
        reason=reasons.reason,
        status=int(reasons.status) or None,
        tries=int(reasons.tries),
        at=_time(reasons.at),
        history=tuple(_step(step) for step in reasons.history if isinstance(step, list) and len(step) == 3),
        meta=meta,
    )


def _step(step: list[Any]) -> tuple[str, int | None, datetime]:
    reason, status, at = step
    return str(reason), int(status) or None, _time(at)


def _time(ms: float) -> datetime:
    return datetime.fromtimestamp(ms / 1000, UTC)
