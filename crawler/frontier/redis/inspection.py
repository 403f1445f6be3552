"""What a worker has to know of the Redis that it is given, before it begins anything there."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

from redis.exceptions import NoPermissionError

from crawler.errors import Unreachable
from crawler.frontier.redis.faults import NOT_ANSWERED, describe
from crawler.frontier.redis.scripts import commands

if TYPE_CHECKING:
    from redis.asyncio import Redis

    from crawler.frontier.redis.scripts import Scripts

__all__ = ["DIRECT", "Inspected", "inspect", "unreachable"]

OLDEST: Final = (6, 2)

DIRECT: Final = frozenset({
    "DEL", "EXPIRE", "GET", "HGET", "HGETALL", "HKEYS", "HMGET", "HSET", "INCR", "LRANGE", "PEXPIRE", "SADD", "SET",
    "SMEMBERS", "SREM", "SSCAN", "TYPE", "ZADD", "ZREM", "ZREVRANGE",
})  # fmt: skip
"""Commands on the frontier's keys that are called without a script."""

_FLAGS_SINCE: Final = (7, 0)
_CLUSTER: Final = "cluster"
_LOADING_S: Final = 60
_NAMED: Final = 8


@dataclass(frozen=True, slots=True)
class Inspected:
    """What was found. ``flags``: scripts may begin with a line of flags."""

    flags: bool
    warnings: tuple[str, ...]


async def inspect(redis: Redis, script: Scripts, address: str) -> Inspected:
    """Look at the server; wait while it reads its data. ``script`` is set up on the way.

    Raise what redis-py raises, and Unreachable in one line for a server that works but not for a crawl: too old, a
    replica, a user without the rights.
    """
    about = await _loaded(redis)
    if about.get("redis_mode") == _CLUSTER:
        await script.locate()
        about = await _loaded(redis)
    version = tuple(int(part) for part in str(about.get("redis_version", "0.0")).split(".")[:2])
    if version < OLDEST:
        raise Unreachable(f"Redis at {address} is too old: 6.2 is needed")
    if about.get("role") in {"slave", "replica"}:
        raise Unreachable(
            f"Redis at {address} is a replica, which takes no writes: give the address of its primary in REDIS_URL"
        )
    if about.get("redis_mode") == "sentinel":
        raise Unreachable(
            f"Redis at {address} is a sentinel: REDIS_URL=redis+sentinel://HOST:PORT,HOST:PORT/SERVICE/0"
        )
    script.flags = version >= _FLAGS_SINCE
    # shown where min-replicas-to-write is set: whoever sets it wants nothing lost with the primary
    script.replicas = int("min_slaves_good_slaves" in about)
    used = commands() | DIRECT | ({"WAIT"} if script.replicas else set())
    denied = [name.decode() for name in await script("rights", *sorted(used))]
    if denied:
        names = ", ".join(denied[:_NAMED]) + (" …" if len(denied) > _NAMED else "")
        raise Unreachable(
            f"Redis at {address} does not permit its user {names} on the frontier's keys: "
            "grant the least rights of docs/machines.md"
        )
    return Inspected(script.flags, _warnings(about))


def unreachable(error: Exception, address: str) -> Unreachable:
    """Return what a person is told where Redis cannot be used at the start."""
    what = describe(error)
    if what.startswith(NOT_ANSWERED):
        if address.startswith("rediss"):
            return Unreachable(
                f"Redis at {address} does not answer, or speaks no TLS: start it, or correct REDIS_URL"
            )
        return Unreachable(f"Redis at {address} does not answer: start it, or correct REDIS_URL")
    if what.startswith("Redis "):
        return Unreachable(f"Redis at {address} {what.removeprefix('Redis ')}; correct REDIS_URL")
    return Unreachable(f"Redis at {address}: {what}; correct REDIS_URL")


async def _loaded(redis: Redis) -> dict[str, Any]:
    """Return what the server says of itself, once a Redis that was just started has read its data."""
    deadline = monotonic() + _LOADING_S
    while (about := await _about(redis)).get("loading") and monotonic() < deadline:  # noqa: ASYNC110  nothing tells
        await asyncio.sleep(0.2)
    return about


async def _about(redis: Any) -> dict[str, Any]:
    try:
        return dict(await redis.info())
    except NoPermissionError:
        pass
    # INFO counts as dangerous and may be denied; HELLO never is, and has the most of it
    found: Any = await redis.execute_command("HELLO")
    if not isinstance(found, dict):
        found = dict(zip(found[::2], found[1::2], strict=False))
    said = {_text(key): _text(value) for key, value in found.items()}
    return {"redis_version": said.get("version"), "role": said.get("role"), "redis_mode": said.get("mode")}


def _text(value: Any) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)


def _warnings(about: dict[str, Any]) -> tuple[str, ...]:
    found = []
    if about.get("maxmemory") and about.get("maxmemory_policy", "noeviction") != "noeviction":
        found.append(
            f"Redis drops keys when it is full (maxmemory-policy {about['maxmemory_policy']}): "
            "requests would be lost; set it to noeviction"
        )
    if not about.get("aof_enabled", True):
        found.append("Redis keeps no append-only file: its crash loses what is queued; set appendonly yes")
    return tuple(found)
