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

from redis.exceptions import NoScriptError

if TYPE_CHECKING:
    from redis.asyncio import Redis

__all__ = ["SCRIPTS", "Script", "Scripts", "commands", "source"]

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


class Scripts:
    """The scripts of one frontier on one server."""

    def __init__(self, redis: Redis, tag: str) -> None:
        self._redis = redis
        # what all names begin with, and itself one that "~{news}:*" of an access list allows
        self._prefix = f"{tag}:"
        self.flags = True

    async def __call__(self, name: str, *args: bytes | str | float, keys: tuple[str, ...] = ()) -> Any:
        """Run a script. Raises what redis-py raises."""
        text, sha = source(name, self.flags)
        names = (self._prefix, *keys)
        try:
            return await self._redis.evalsha(sha, len(names), *names, *args)
        except NoScriptError:
            # a server that was restarted, or that nobody has told the script yet
            return await self._redis.eval(text, len(names), *names, *args)
