"""The feed of start URLs: what feeds a scrapy-redis project feeds this frontier.

Anyone may push to the list (or set, or sorted set) ``{FRONTIER}:<spider>:start_urls``: a URL, or JSON with ``url`` and,
if wanted, ``method``, ``meta`` and form fields, as scrapy-redis reads them. Such a request is fetched whether it was
seen or not. Its portal is found by its domain. An entry that is no request is taken out and counted (``counters``:
``refused``); one of a portal that is not known here is left for a worker that knows it.
"""

from __future__ import annotations

import asyncio
import json
import logging
from typing import TYPE_CHECKING, Any, Final

import msgspec
from redis.crc import key_slot
from redis.exceptions import AskError, ClusterCrossSlotError, RedisError
from scrapy import FormRequest

from crawler.errors import CrawlerError
from crawler.frontier.redis import operations
from crawler.frontier.requests import codec
from crawler.frontier.requests.payload import Undecodable
from crawler.frontier.requests.priority import queue_priority
from crawler.frontier.requests.routing import portal_of, route
from crawler.frontier.worker.tasks import end
from crawler.portals import load_profiles
from crawler.portals.addresses import allowed, article_url, kind_of
from crawler.urls import host

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence

    from crawler.frontier.options import Options
    from crawler.frontier.redis.model import Op
    from crawler.frontier.redis.store import Frontier
    from crawler.portals.model import Profile

    Profiles = Mapping[str, Profile]

__all__ = ["StartUrlReader", "StartUrls", "entry_op", "start_url_keys"]

logger = logging.getLogger(__name__)

_BATCH: Final = 100
_DEPTH: Final = 10_000
_MANY: Final = 1000
_DEFAULT_FRONTIER: Final = "news"
_FORMER: Final = "%s:start_urls"
_NO_REQUEST: Final = (
    ValueError, TypeError, KeyError, AttributeError, RecursionError, Undecodable, UnicodeError,
)  # fmt: skip
_MAX_ENTRY: Final = 65_536
_EVERY_S: Final = 2.0
_PACK: Final = msgspec.msgpack.Encoder().encode


def start_url_keys(options: Options, spider: str) -> tuple[str, ...]:
    """Return the keys to read: that of REDIS_START_URLS_KEY, and the one that had no frontier's name before.

    That one is read for the frontier of the default name alone, where the setting was not changed.
    """
    template = options.start_urls
    key = template % {"name": spider, "frontier": options.name}
    is_default = "%(frontier)s" in template and options.name == _DEFAULT_FRONTIER
    return (key, _FORMER % spider) if is_default else (key,)


class StartUrls:
    """Moves entries from a start-URL key into the frontier.

    Args:
        store: the frontier.
        key: the key in Redis.
        profiles: the portals of this worker.
        others: all portals, for what is none of this worker's; asked once, when it is needed.
    """

    def __init__(
        self, store: Frontier, key: str, profiles: Profiles, others: Callable[[], Awaitable[Profiles]]
    ) -> None:
        self.left: set[bytes] = set()
        self._store = store
        self._key = key
        self._profiles = profiles
        self._others = others
        self._all: Profiles | None = None

    @property
    def is_out_of_reach(self) -> bool:
        """Whether the key is in another slot of a Redis Cluster than the frontier: no script may use both."""
        return bool(key_slot(self._key.encode()) != key_slot(self._store.keys.tag.encode()))

    async def move(self) -> int:
        """Move some entries; return how many were queued. Raises what redis-py raises.

        What is not known here stays where it is, and what stands behind it is looked for: up to 10,000 entries.
        """
        left: set[bytes] = set()
        async for entries in self._pages():
            found = [(raw, await self._op(raw)) for raw in entries if raw not in self.left]
            known = [(raw, op) for raw, op in found if op is not None]
            left.update(raw for raw in entries if raw in self.left)
            left.update(raw for raw, op in found if op is None)
            if known:
                self._leave(self.left | left)
                return await self._take(known)
        self._leave(left)
        return 0

    def _leave(self, left: set[bytes]) -> None:
        if left and not self.left:
            logger.warning(
                "start URLs in %s that belong to no portal known here are left for workers that know them (%s …)",
                self._key, next(iter(left)).decode("utf-8", "replace")[:200],
            )  # fmt: skip
        self.left = left

    async def _take(self, known: list[tuple[bytes, Op | bool]]) -> int:
        entries = [raw for raw, _ in known]
        ops = _PACK([op for _, op in known])
        moved, refused = await self._store.script("start_urls", ops, *entries, keys=(self._key,))
        if refused:
            logger.warning("%s: %d entries are no requests: refused", self._key, refused)
        return int(moved)

    async def _pages(self) -> AsyncIterator[list[bytes]]:
        """Yield the entries in the order in which they are taken, a hundred at a time."""
        redis: Any = self._store.connection.redis
        kind = await redis.type(self._key)
        cursor = 0
        for first in range(0, _DEPTH, _BATCH):
            match kind:
                case b"list":
                    entries = await redis.lrange(self._key, first, first + _BATCH - 1)
                case b"zset":
                    entries = await redis.zrevrange(self._key, first, first + _BATCH - 1)
                case b"set":
                    cursor, entries = await redis.sscan(self._key, cursor, count=_BATCH)
                case _:
                    return
            if entries:
                yield list(entries)
            if (not entries or len(entries) < _BATCH) if kind != b"set" else not cursor:
                return

    async def _op(self, raw: bytes) -> Op | bool | None:
        """Return the push for an entry, False where it is no request, None where nobody here knows its portal."""
        try:
            request = _read(raw)
        except _NO_REQUEST:
            return False
        op = _push(request, self._profiles)
        if op is None:
            if self._all is None:
                self._all = await self._others()
            op = _push(request, self._all)
        return op


class StartUrlReader:
    """Looks every two seconds, and at once again while there is more. ``moved`` is called when it was.

    Ends, with one warning, where a Redis Cluster keeps the key apart from the frontier.
    """

    def __init__(self, store: Frontier, moved: Callable[[], None], folders: Sequence[str]) -> None:
        self._store = store
        self._moved = moved
        self._folders = folders
        self._tasks: list[asyncio.Task[None]] = []

    def start(self, keys: Iterable[str], profiles: Mapping[str, Profile]) -> None:
        """Begin to read ``keys``; the first is the one that is documented."""
        for number, key in enumerate(keys):
            feed = StartUrls(self._store, key, profiles, self._all_profiles)
            told = logging.WARNING if number == 0 else logging.DEBUG
            self._tasks.append(asyncio.get_running_loop().create_task(self._forever(feed, key, told)))

    async def stop(self) -> None:
        """End."""
        while self._tasks:
            await end(self._tasks.pop())

    async def _forever(self, feed: StartUrls, key: str, told: int) -> None:
        while True:
            moved = 0
            try:
                moved = await feed.move()
            except (AskError, ClusterCrossSlotError) as error:
                if feed.is_out_of_reach:
                    self._give_up(key, told)
                    return
                logger.debug("the feed of start URLs waits: %s", error)
            except (RedisError, OSError) as error:
                logger.debug("the feed of start URLs waits: %s", error)
            if moved:
                self._moved()
            else:
                await asyncio.sleep(_EVERY_S if len(feed.left) < _MANY else _EVERY_S * 10)

    def _give_up(self, key: str, told: int) -> None:
        """Say it once: neither slots nor names change while a worker runs."""
        tag = self._store.keys.tag
        logger.log(
            told,
            "start URLs in %s are not read: on a Redis Cluster that key is in another slot than the frontier; push to "
            "%s:%s instead, and leave REDIS_START_URLS_KEY to its default", key, tag, key.rpartition("}:")[2],
        )  # fmt: skip

    async def _all_profiles(self) -> Mapping[str, Profile]:
        """Return the profiles, those that this worker does not serve too: what it queues, others fetch."""
        try:
            return (await asyncio.to_thread(load_profiles, self._folders))[0]
        except CrawlerError as error:
            logger.warning("the feed of start URLs knows only this worker's portals: %s", error)
            return {}


def entry_op(raw: bytes, profiles: Profiles) -> Op | None:
    """Return the push for an entry, or None where it is no request of these portals. Never raises."""
    try:
        return _push(_read(raw), profiles)
    except _NO_REQUEST:
        return None


def _read(raw: bytes) -> FormRequest:
    """Return the request of an entry. Raises one of ``_NO_REQUEST`` where it is none, whoever reads it."""
    if len(raw) > _MAX_ENTRY:
        raise ValueError("too long")
    request = _request(raw.decode().strip())
    host(request.url)
    request.meta.pop("portal", None)
    codec.decode(codec.encode(request))  # types of meta
    return request


def _push(request: FormRequest, profiles: Profiles) -> Op | None:
    """Return the push for a request; None where it is of none of these portals."""
    portal = portal_of(request.url, profiles)
    if portal is None or not allowed(request.url, profiles[portal]):
        return None
    found, profile = route(request, profiles), profiles[portal]
    kind = kind_of(article_url(request.url, profile), profile)
    ours = request.replace(meta={**request.meta, "portal": portal, "kind": kind.value, "list": "adhoc"})
    return operations.push(
        "G" if kind.fetched_once else "F", *found, queue_priority(kind, 1, 0), codec.encode(ours)
    )


def _request(text: str) -> FormRequest:
    """Make a request as scrapy-redis makes it."""
    if not text.startswith("{"):
        return FormRequest(text, dont_filter=True)
    given = json.loads(text)
    url, meta = given.pop("url"), given.pop("meta", None) or {}
    method = str(given.pop("method", "GET")).upper()
    form = {str(name): str(value) for name, value in given.items()}
    return FormRequest(url, method=method, formdata=form or None, meta=dict(meta), dont_filter=True)
