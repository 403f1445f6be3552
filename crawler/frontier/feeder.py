"""The task that reads the feed of start URLs while a worker runs."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Final

from redis.exceptions import AskError, ClusterCrossSlotError, RedisError

from crawler.errors import CrawlerError
from crawler.frontier.feed import Feed
from crawler.frontier.tasks import end
from crawler.portals import load_profiles

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from crawler.frontier.store import Frontier
    from crawler.portals.model import Profile

__all__ = ["Feeder"]

logger = logging.getLogger(__name__)

_EVERY_S: Final = 2.0


class Feeder:
    """Looks every two seconds, and at once again while there is more. ``moved`` is called when it was.

    Ends, with one warning, where a Redis Cluster keeps the key apart from the frontier.
    """

    def __init__(self, store: Frontier, moved: Callable[[], None], folders: Sequence[str]) -> None:
        self._store = store
        self._moved = moved
        self._folders = folders
        self._task: asyncio.Task[None] | None = None

    def start(self, key: str, profiles: Mapping[str, Profile]) -> None:
        """Begins to read ``key``."""
        feed = Feed(self._store, key, profiles, self._all_profiles)
        self._task = asyncio.get_running_loop().create_task(self._forever(feed, key))

    async def stop(self) -> None:
        """Ends."""
        if self._task is not None:
            await end(self._task)
            self._task = None

    async def _forever(self, feed: Feed, key: str) -> None:
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
        """Those that this worker does not serve too: what it queues, others fetch."""
        try:
            return (await asyncio.to_thread(load_profiles, self._folders))[0]
        except CrawlerError as error:
            logger.warning("the feed of start URLs knows only this worker's portals: %s", error)
            return {}
