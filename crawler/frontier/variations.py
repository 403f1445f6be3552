"""Variations of pages' addresses, compared across workers: what a page said when one of them first read it.

A help, no truth: where Redis has no room or does not answer, nothing is learnt meanwhile.
"""

from __future__ import annotations

import logging
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from redis.exceptions import RedisError

from crawler.frontier.redis.faults import describe

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scrapy import Request

    from crawler.frontier.worker.worker import Worker

__all__ = ["Variations"]

logger = logging.getLogger(__name__)

_TTL_MS: Final = 3 * 86_400_000


class Variations:
    """A part of :class:`~crawler.frontier.client.FrontierClient`. Every method is one round trip."""

    def __init__(self, worker: Worker[Request]) -> None:
        self._store = worker.store

    async def first(self, portal: str, records: Mapping[str, bytes]) -> tuple[list[bytes], frozenset[str]]:
        """Keep each record under its name, where none is; return those that are there, and what was learnt.

        What was learnt are the ids that :meth:`publish` was given. Nothing at all where Redis does not answer.
        """
        keys = self._store.keys
        async with self._store.connection.redis.pipeline(transaction=False) as calls:
            for name, record in records.items():
                key = keys(f"cache:variation:{portal}:{_short(name)}")
                calls.set(key, record, nx=True, px=_TTL_MS)
                calls.get(key)
            calls.smembers(keys(f"cache:learnt:{portal}"))
            answers = await self._execute(calls)
        if not answers:
            return [], frozenset()
        *found, learnt = answers
        return [bytes(value or b"") for value in found[1::2]], _texts(learnt)

    async def note(self, portal: str, about: str, evidence: str) -> frozenset[str]:
        """Add evidence on something; return all that there is."""
        key = self._store.keys(f"cache:evidence:{portal}:{_short(about)}")
        async with self._store.connection.redis.pipeline(transaction=False) as calls:
            calls.sadd(key, evidence)
            calls.pexpire(key, _TTL_MS)
            calls.smembers(key)
            answers = await self._execute(calls)
        return _texts(answers[-1]) if answers else frozenset()

    async def count(self, portal: str, run: int, path: str) -> int:
        """Count one more variation of a path that was read in a run; return how many there are."""
        key = self._store.keys(f"cache:variations:{portal}:{run}:{_short(path)}")
        async with self._store.connection.redis.pipeline(transaction=False) as calls:
            calls.incr(key)
            calls.pexpire(key, _TTL_MS)
            answers = await self._execute(calls)
        return int(answers[0]) if answers else 0

    async def publish(self, portal: str, learnt: Iterable[str]) -> None:
        """Tell all workers of what was learnt, by its ids."""
        key = self._store.keys(f"cache:learnt:{portal}")
        async with self._store.connection.redis.pipeline(transaction=False) as calls:
            calls.sadd(key, *learnt)
            calls.pexpire(key, _TTL_MS)
            await self._execute(calls)

    async def mark_seen(self, portal: str, identifiers: Iterable[str]) -> None:
        """Take articles for known, by their ids."""
        names = list(identifiers)
        for start in range(0, len(names), 1000):
            try:
                await self._store.mark_seen(portal, names[start : start + 1000])
            except (RedisError, OSError) as error:
                logger.debug("not marked: %s", describe(error))

    async def _execute(self, calls: Any) -> list[Any]:
        try:
            answers: list[Any] = await calls.execute()
        except (RedisError, OSError) as error:
            logger.debug("variations are not compared: %s", describe(error))
            return []
        return answers


def _short(name: str) -> str:
    return sha256(name.encode()).hexdigest()[:24]


def _texts(values: Iterable[bytes]) -> frozenset[str]:
    return frozenset(value.decode("utf-8", "replace") for value in values)
