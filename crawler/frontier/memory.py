"""A small memory that all workers share: robots.txt, validators, what others are fetching just now."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from redis.exceptions import RedisError

from crawler.frontier.redis import operations
from crawler.frontier.redis.faults import describe

if TYPE_CHECKING:
    from scrapy import Request

    from crawler.frontier.worker.worker import Worker

__all__ = ["SharedMemory"]

logger = logging.getLogger(__name__)


class SharedMemory:
    """A part of :class:`~crawler.frontier.client.FrontierClient`."""

    def __init__(self, worker: Worker[Request]) -> None:
        self._worker = worker
        self._store = worker.store

    async def cached(self, key: str) -> bytes | None:
        """Return what any worker has put under ``key``, or None."""
        return await self._worker.persist(lambda: self._store.cached(key))

    async def cache(self, key: str, value: bytes, ttl_s: float) -> None:
        """Put ``value`` under ``key`` for all workers; not kept where Redis has no room."""
        try:
            await self._store.cache(key, value, ttl_s)
        except (RedisError, OSError) as error:
            logger.debug("not cached: %s", describe(error))

    def keep(self, request: Request, key: str, value: bytes, ttl_s: float) -> None:
        """Do as :meth:`cache`, together with the acknowledgement of a request."""
        self._worker.send_with_ack(request, operations.keep(key, value, ttl_s * 1000))

    async def hold(self, key: str, ttl_s: float) -> bool:
        """Take ``key`` for this worker for so long; False where another has it."""
        return await self._worker.persist(lambda: self._store.hold(key, ttl_s))
