"""The Lua scripts: put together from their parts, and called by their hash.

A script is the text of its parts, one after the other. They are read as package data, so that they are found
inside a zipped egg too.
"""

from __future__ import annotations

import re
from functools import cache
from hashlib import sha1
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from redis.exceptions import NoScriptError, RedisError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from redis.asyncio import Redis

__all__ = ["SCRIPTS", "NotReplicatedError", "Script", "Scripts", "commands", "source"]

_WAIT_MS: Final = 2000
_QUEUE: Final = ("base", "marks", "queue", "groups")
_OUTBOX: Final = (*_QUEUE, "push", "settle", "apply")


class Script(NamedTuple):
    """Parts, and the flag that Redis 7 wants.

    Without a flag a Redis that is out of memory refuses the whole script; with ``allow-oom`` it runs.
    """

    parts: tuple[str, ...]
    flag: str = ""


SCRIPTS: Final[dict[str, Script]] = {
    "exchange": Script((*_OUTBOX, "lease", "exchange")),
    "settle": Script((*_OUTBOX, "settle_only"), "allow-oom"),
    "renew": Script((*_QUEUE, "settle", "renew"), "allow-oom"),
    "reserve_slot": Script(("base", "reserve_slot"), "allow-oom"),
    "join": Script((*_QUEUE, "join")),
    "claim": Script(("base", "claim"), "allow-oom"),
    "find": Script(("base", "marks", "find"), "no-writes"),
    "mark": Script(("base", "marks", "mark")),
    "status": Script((*_QUEUE, "status"), "no-writes"),
    "clear": Script((*_QUEUE, "clear"), "allow-oom"),
    "requeue": Script((*_QUEUE, "requeue")),
    "resume": Script((*_QUEUE, "resume")),
    "dead": Script((*_QUEUE, "dead"), "allow-oom"),
    "sweep": Script(("base", "sweep"), "allow-oom"),
    "start_urls": Script((*_OUTBOX, "start_urls")),
    "rights": Script(("rights",), "no-writes"),
}

_CALLED: Final = re.compile(r"\bcall\('([A-Z]+)'")


@cache
def _part(name: str) -> str:
    return files("crawler.frontier.redis").joinpath("scripts", f"{name}.lua").read_text("utf-8")


@cache
def source(name: str, flags: bool) -> tuple[str, str]:  # noqa: FBT001
    """Return the text of a script and its SHA-1, with or without the first line that only Redis 7 understands."""
    script = SCRIPTS[name]
    body = "\n".join(_part(part) for part in script.parts)
    if flags:
        body = f"#!lua flags={script.flag}\n{body}" if script.flag else f"#!lua\n{body}"
    return body, sha1(body.encode(), usedforsecurity=False).hexdigest()


@cache
def commands() -> frozenset[str]:
    """Return the commands of Redis that the scripts call."""
    return frozenset(
        name for script in SCRIPTS.values() for part in script.parts for name in _CALLED.findall(_part(part))
    )


class NotReplicatedError(RedisError):
    """No replica has, within two seconds, what was written: it is lost if the primary is."""


class Scripts:
    """The scripts of one frontier on one server.

    ``flags``: whether it knows the first line. ``replicas``: how many have to have a script's writes before they count.
    """

    def __init__(self, redis: Redis, tag: str) -> None:
        self._redis: Any = redis
        # what all names begin with, and itself one that "~{news}:*" of an access list allows
        self._prefix = f"{tag}:"
        self.flags = True
        self.replicas = 0

    async def __call__(self, name: str, *args: bytes | str | float, keys: tuple[str, ...] = ()) -> Any:
        """Run a script. Raises what redis-py raises."""
        return await self._run(name, self._call, *args, keys=keys)

    async def locate(self) -> None:
        """Ask for a key of the frontier, so that the connection goes to the node of a cluster that has it."""
        await self._redis.get(f"{self._prefix}epoch")

    async def kept(self, name: str, *args: bytes | str | float) -> Any:
        """Run a script that counts when :attr:`replicas` have it too, which is asked for in the same round trip.

        Raises NotReplicatedError where they have not: what was done may be lost, or not; it has to be sent again.
        """
        return await self._run(name, self._call_and_wait if self.replicas else self._call, *args)

    async def _run(
        self, name: str, call: Callable[..., Awaitable[Any]], *args: Any, keys: tuple[str, ...] = ()
    ) -> Any:
        text, sha = source(name, self.flags)
        names = (self._prefix, *keys)
        try:
            return await call("EVALSHA", sha, len(names), *names, *args)
        except NoScriptError:
            # a server that was restarted, or that nobody has told the script yet
            return await call("EVAL", text, len(names), *names, *args)

    async def _call(self, *words: Any) -> Any:
        return await self._redis.execute_command(*words)

    async def _call_and_wait(self, *words: Any) -> Any:
        async with self._redis.pipeline(transaction=False) as calls:
            calls.execute_command(*words)
            calls.execute_command("WAIT", self.replicas, _WAIT_MS)
            answer, copies = await calls.execute(raise_on_error=False)
        for said in (answer, copies):
            if isinstance(said, Exception):
                raise said
        if copies < self.replicas:
            raise NotReplicatedError(f"{copies} of {self.replicas} replicas have what was written")
        return answer
