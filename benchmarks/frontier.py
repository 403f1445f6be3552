"""The frontier alone: what one Redis carries, with one client process and with four.

Four phases, each through the store's own calls, as the workers make them: pushing new requests, leasing and
acknowledging them, and whole pages (an acknowledgement, a lease, and the links of a page, all or one of them new).
What counts is Redis's own CPU time: a Redis runs its commands on one core, so it is full where that is used up.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from multiprocessing.synchronize import Barrier
from typing import Any, Final

import redis
from scrapy import Request
from scrapy.utils.project import get_project_settings

from benchmarks.redis_cost import RedisMeter
from crawler.frontier.options import Options
from crawler.frontier.redis import operations
from crawler.frontier.redis.connection import Connection
from crawler.frontier.redis.model import Ask, Lease, Op
from crawler.frontier.redis.politeness import pace
from crawler.frontier.redis.store import Frontier
from crawler.frontier.requests.codec import encode
from crawler.frontier.requests.priority import queue_priority
from crawler.portals.page_kind import PageKind
from crawler.urls import url_id

__all__ = ["PHASES", "Figures", "measure"]

PORTAL: Final = "bench"
HOSTS: Final = 8
LINKS: Final = 33
BATCH: Final = 500
LEASES: Final = 16
QUEUED: Final = 60_000
PATIENCE_S: Final = 120


@dataclass(frozen=True, slots=True)
class Figures:
    """One phase. ``unit`` names what is counted; ``full_at`` is how many a second use up one core of Redis."""

    phase: str
    unit: str
    clients: int
    per_s: float
    redis_us: float
    trips: float
    aof_bytes: float
    full_at: float


def measure(redis_url: str, clients: int, *, seconds: float, queued: int = QUEUED) -> list[Figures]:
    """All phases with so many client processes, ``seconds`` each; the Redis at the address is emptied."""
    found = []
    with redis.Redis.from_url(redis_url) as client:
        client.config_set(
            "auto-aof-rewrite-percentage", 0
        )  # a rewritten log says nothing of what was written
        for phase, unit in PHASES.items():
            client.flushall()
            asyncio.run(_fill(redis_url, 0 if phase == "push" else queued))
            meter = RedisMeter(client)
            spans = _in_processes(phase, redis_url, clients, seconds)
            cost = meter.stop()
            count = sum(done for done, _ in spans)
            redis_us = cost.cpu_s * 1e6 / count
            found.append(
                Figures(
                    phase=phase,
                    unit=unit,
                    clients=clients,
                    per_s=sum(done / span for done, span in spans),
                    redis_us=redis_us,
                    trips=cost.trips / count,
                    aof_bytes=cost.aof_bytes / count,
                    full_at=1e6 / redis_us,
                )
            )
    return found


class _Client:
    """One worker's calls to the frontier. ``pushes`` never ends and is new to the portal throughout."""

    def __init__(self, redis_url: str, name: str) -> None:
        self.connection = Connection(url=redis_url)
        self.frontier = Frontier(self.connection, Options.from_settings(get_project_settings()), name)
        self.pushes = _pushes(name)
        self.held: tuple[Lease, ...] = ()
        self._calls = 0

    async def open(self) -> None:
        await self.frontier.open()
        await self.frontier.join(PORTAL, pace(0, 0))

    async def exchange(self, work: list[Op], want: int = 0) -> tuple[Lease, ...]:
        self._calls += 1
        ask = Ask(self._calls, want, 0, (PORTAL,)) if want else None
        reply = await self.frontier.exchange(self._calls, work, ask)
        return reply.leases

    async def push(self) -> int:
        """A batch of new requests."""
        await self.exchange(list(islice(self.pushes, BATCH)))
        return BATCH

    async def settle(self) -> int:
        """The acknowledgements of the last leases, and as many new leases."""
        done = [operations.ack(lease) for lease in self.held]
        self.held = await self.exchange(done, LEASES)
        return len(done)

    async def pages(self, fresh: int, known: list[Op]) -> int:
        """As many pages as were leased: their links, the acknowledgements behind them, the next leases."""
        work: list[Op] = []
        for lease in self.held:
            work += islice(self.pushes, fresh)
            work += known
            work.append(operations.ack(lease))
        done = len(self.held)
        self.held = await self.exchange(work, LEASES)
        return done


PHASES: Final = {
    "push": "pushes",
    "lease and acknowledge": "leases",
    "pages of 33 new links": "pages",
    "pages of 33 links, 1 new": "pages",
}


async def _client(
    phase: str, redis_url: str, name: str, seconds: float, wait: Callable[[], Any]
) -> tuple[int, float]:
    """What one process does in ``seconds``: how many, and how long it really took."""
    client = _Client(redis_url, name)
    await client.open()
    known = list(islice(_pushes("known"), LINKS - 1))
    await client.exchange(known)
    step: dict[str, Callable[[], Any]] = {
        "push": client.push,
        "lease and acknowledge": client.settle,
        "pages of 33 new links": lambda: client.pages(LINKS, []),
        "pages of 33 links, 1 new": lambda: client.pages(1, known),
    }
    await asyncio.to_thread(wait)
    began = time.perf_counter()
    count = 0
    while (span := time.perf_counter() - began) < seconds:
        count += await step[phase]()
    await client.connection.close()
    return count, span


def _pushes(name: str) -> Iterator[Op]:
    """New article requests for ever; ``name`` sets one source's apart from another's."""
    number = 0
    while True:
        number += 1
        host = f"h{number % HOSTS}.bench.test"
        url = f"http://{host}/2022-11/03/content_{name}{number}.htm"
        meta = {
            "portal": PORTAL,
            "kind": "article",
            "list": "related",
            "depth": 3,
            "hint": {"title": "今明两天有中到大雨"},
        }
        payload = encode(Request(url, meta=meta, priority=60))
        yield operations.push(
            "A", PORTAL, url_id(url), host, "bench.test", queue_priority(PageKind.ARTICLE, 1, 60), payload
        )


async def _fill(redis_url: str, count: int) -> None:
    """Queues so many requests beforehand."""
    client = _Client(redis_url, "fill")
    await client.open()
    for _ in range(count // BATCH):
        await client.push()
    await client.connection.close()


_begin: Barrier


def _initialise(barrier: Barrier) -> None:
    global _begin  # noqa: PLW0603 - a process of the pool gets its barrier so, and not as an argument
    _begin = barrier


def _process(phase: str, redis_url: str, name: str, seconds: float) -> tuple[int, float]:
    return asyncio.run(_client(phase, redis_url, name, seconds, lambda: _begin.wait(PATIENCE_S)))


def _in_processes(phase: str, redis_url: str, clients: int, seconds: float) -> list[tuple[int, float]]:
    """The phase in so many processes at once, which begin together."""
    context = multiprocessing.get_context("spawn")
    barrier = context.Barrier(clients)
    with ProcessPoolExecutor(clients, context, _initialise, (barrier,)) as pool:
        jobs = [
            pool.submit(_process, phase, redis_url, f"c{os.getpid()}x{number}", seconds)
            for number in range(clients)
        ]
        return [job.result(PATIENCE_S + seconds) for job in jobs]
