"""The feed of start URLs: what feeds a scrapy-redis project feeds this frontier.

Anyone may push to the list (or set, or sorted set) ``<spider>:start_urls``: a URL, or JSON with ``url`` and,
if wanted, ``method``, ``meta`` and form fields, as scrapy-redis reads them. Such a request is fetched whether
it was seen or not. Its portal is found by its domain; an entry that belongs to no portal, or is no request,
is taken out and counted (``counters``: ``refused``).
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
from crawler.frontier.requests.routing import route
from crawler.frontier.worker.tasks import end
from crawler.portals import load_profiles
from crawler.portals.addresses import allowed, article_url, kind_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from crawler.frontier.redis.model import Op
    from crawler.frontier.redis.store import Frontier
    from crawler.portals.model import Profile

    Profiles = Mapping[str, Profile]

__all__ = ["StartUrlReader", "StartUrls", "entry_op"]

logger = logging.getLogger(__name__)

_BATCH: Final = 100
_MAX_ENTRY: Final = 65_536
_EVERY_S: Final = 2.0
_PACK: Final = msgspec.msgpack.Encoder().encode


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
        """Move some entries; return how many were queued. Raises what redis-py raises."""
        entries = await self._peek()
        if not entries:
            return 0
        found = [await self._op(raw) for raw in entries]
        moved, refused = await self._store.script("start_urls", _PACK(found), *entries, keys=(self._key,))
        if refused:
            logger.warning(
                "%s: %d entries belong to no portal or are no requests: refused", self._key, refused
            )
        return int(moved)

    async def _peek(self) -> list[bytes]:
        redis: Any = self._store.connection.redis
        kind = await redis.type(self._key)
        match kind:
            case b"list":
                return list(await redis.lrange(self._key, 0, _BATCH - 1))
            case b"set":
                return list(await redis.srandmember(self._key, _BATCH))
            case b"zset":
                return list(await redis.zrevrange(self._key, 0, _BATCH - 1))
            case _:
                return []

    async def _op(self, raw: bytes) -> Op | bool:
        op = entry_op(raw, self._profiles)
        if op is None:
            if self._all is None:
                self._all = await self._others()
            op = entry_op(raw, self._all)
        return False if op is None else op


class StartUrlReader:
    """Looks every two seconds, and at once again while there is more. ``moved`` is called when it was.

    Ends, with one warning, where a Redis Cluster keeps the key apart from the frontier.
    """

    def __init__(self, store: Frontier, moved: Callable[[], None], folders: Sequence[str]) -> None:
        self._store = store
        self._moved = moved
        self._folders = folders
        self._task: asyncio.Task[None] | None = None

    def start(self, key: str, profiles: Mapping[str, Profile]) -> None:
        """Begin to read ``key``."""
        feed = StartUrls(self._store, key, profiles, self._all_profiles)
        self._task = asyncio.get_running_loop().create_task(self._forever(feed, key))

    async def stop(self) -> None:
        """End."""
        if self._task is not None:
            await end(self._task)
            self._task = None

    async def _forever(self, feed: StartUrls, key: str) -> None:
        while True:
            moved = 0
            try:
                moved = await feed.move()
            except (AskError, ClusterCrossSlotError) as error:
                if feed.is_out_of_reach:
                    self._give_up(key)
                    return
                logger.debug("the feed of start URLs waits: %s", error)
            except (RedisError, OSError) as error:
                logger.debug("the feed of start URLs waits: %s", error)
            if moved:
                self._moved()
            else:
                await asyncio.sleep(_EVERY_S)

    def _give_up(self, key: str) -> None:
        """Say it once: neither slots nor names change while a worker runs."""
        tag, template = self._store.keys.tag, self._store.options.start_urls
        logger.warning(
            "start URLs in %s are not read: on a Redis Cluster that key is in another slot than the frontier; push to "
            "%s:%s instead, and set REDIS_START_URLS_KEY=%s:%s", key, tag, key, tag, template,
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
        if len(raw) > _MAX_ENTRY:
            return None
        request = _request(raw.decode().strip())
        request.meta.pop("portal", None)
        found = route(request, profiles)
        profile = profiles[found.portal]
        if not allowed(request.url, profile):
            return None
        kind = kind_of(article_url(request.url, profile), profile)
        request.meta.update(portal=found.portal, kind=kind.value, list="adhoc")
        payload = codec.encode(request)
        codec.decode(payload)  # types of meta
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, Undecodable):
        return None
    return operations.push("G" if kind.fetched_once else "F", *found, queue_priority(kind, 1, 0), payload)


def _request(text: str) -> FormRequest:
    """Make a request as scrapy-redis makes it."""
    if not text.startswith("{"):
        return FormRequest(text, dont_filter=True)
    given = json.loads(text)
    url, meta = given.pop("url"), given.pop("meta", None) or {}
    method = str(given.pop("method", "GET")).upper()
    form = {str(name): str(value) for name, value in given.items()}
    return FormRequest(url, method=method, formdata=form or None, meta=dict(meta), dont_filter=True)
