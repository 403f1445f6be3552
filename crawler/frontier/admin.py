"""What a person does with a frontier: look, put back, forget, load, lift pauses."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Final, TypeVar

from crawler.frontier.redis import operations
from crawler.frontier.redis.status import portal_status
from crawler.frontier.requests import codec
from crawler.frontier.requests.priority import queue_priority
from crawler.frontier.requests.routing import route
from crawler.portals.page_kind import PageKind

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, Iterable, Iterator, Sequence

    from scrapy import Request

    from crawler.frontier.redis.model import Op, PortalStatus
    from crawler.frontier.redis.store import Frontier
    from crawler.portals.model import Profile

__all__ = ["Admin"]

_Value = TypeVar("_Value")
_PIECE: Final = 1000


class Admin:
    """Works in pieces of a thousand, so that workers that crawl at the same time wait for milliseconds.

    Methods raise what redis-py raises; what was done until then is done, and calling again goes on.
    """

    def __init__(self, store: Frontier) -> None:
        self._store = store

    async def portals(self) -> tuple[str, ...]:
        """Return the portals that were ever crawled with this frontier, sorted."""
        redis: Any = self._store.connection.redis
        return tuple(sorted(name.decode() for name in await redis.smembers(self._store.keys("names"))))

    async def status(self, portal: str) -> PortalStatus:
        """Say how a portal stands."""
        return await portal_status(self._store, portal)

    async def dead(self, portal: str) -> tuple[str, ...]:
        """Return the ids (those of their URLs) of the requests that were given up by the frontier."""
        redis: Any = self._store.connection.redis
        entries = await redis.hkeys(self._store.keys(f"dead:{portal}"))
        return tuple(entry.decode("utf-8", "replace").partition(":")[2].rstrip("~") for entry in entries)

    async def requeue(self, portal: str) -> int:
        """Put the dead back, with all their tries; return how many."""
        count = 0
        while moved := int(await self._store.script("requeue", portal, _PIECE)):
            count += moved
        return count

    async def clear(self, portal: str) -> int:
        """Forget all of a portal but the clocks of its hosts; return how many entries went.

        Workers that crawl it lose their leases, and their memory of seen links.
        """
        count, more = 0, True
        while more:
            gone, more = await self._store.script("clear", portal, _PIECE)
            count += gone
        while await self._store.sweep():
            pass
        return count

    async def pause(self, portal: str, *, paused: bool = True) -> None:
        """Have workers leave a portal alone, or take it up again when they start next."""
        redis: Any = self._store.connection.redis
        await redis.sadd(self._store.keys("names"), portal)
        await redis.hset(self._store.keys(f"portal:{portal}"), "paused", int(paused))
        if not paused:
            await redis.zadd(self._store.keys("portals"), {portal: 0}, lt=True)

    async def resume(self, *, host: str = "", portal: str = "") -> tuple[int, int]:
        """Have a host, or all hosts of a portal, asked again at once; return (hosts, requests that waited for them)."""
        kind, name = ("host", host) if host else ("portal", portal)
        hosts, requests = await self._store.script("resume", kind, name)
        return hosts, requests

    async def load(self, requests: Iterable[Request], profile: Profile) -> tuple[int, int, int]:
        """Queue requests of a portal whose ``meta`` names their kind; return (queued, known, refused)."""
        queued = known = refused = 0
        for piece in _pieces(requests):
            batch: list[Op] = []
            for request in piece:
                try:
                    batch.append(_push(request, profile))
                except (ValueError, TypeError):
                    refused += 1
            reply = await self._store.exchange(0, batch)
            queued, known = queued + reply.pushed, known + reply.seen
        return queued, known, refused

    async def mark_seen(self, portal: str, identifiers: Iterable[str]) -> int:
        """Take articles for known, by their ids, without queueing them; return how many were new."""
        return sum([await self._store.mark_seen(portal, piece) for piece in _pieces(identifiers)])

    async def rebuild(self, portal: str, identifiers: AsyncIterable[str]) -> int:
        """Do the same from a store: what is in MongoDB is known again after Redis was lost."""
        count = 0
        piece: list[str] = []
        async for identifier in identifiers:
            piece.append(identifier)
            if len(piece) == _PIECE:
                count += await self._store.mark_seen(portal, piece)
                piece.clear()
        return count + (await self._store.mark_seen(portal, piece) if piece else 0)


def _push(request: Request, profile: Profile) -> Op:
    request.meta["portal"] = profile.name
    found = route(request, {profile.name: profile})
    kind = PageKind.of(request.meta.get("kind"))
    mode: operations.Mode = "A" if kind.fetched_once else "R"
    return operations.push(mode, *found, queue_priority(kind, 1, request.priority), codec.encode(request))


def _pieces(values: Iterable[_Value]) -> Iterator[Sequence[_Value]]:
    """Yield lists of up to a thousand."""
    iterator = iter(values)
    while piece := list(islice(iterator, _PIECE)):
        yield piece
