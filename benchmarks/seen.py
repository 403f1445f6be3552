"""The seen-set's memory, filled through the frontier's own script to 1, 5 and 20 million URLs."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, Final

import redis
from scrapy.utils.project import get_project_settings

from benchmarks.redis_cost import seen_bytes
from crawler.frontier.options import Options
from crawler.frontier.redis.connection import Connection
from crawler.frontier.redis.store import Frontier

__all__ = ["MARKS", "Filled", "fill"]

PORTAL: Final = "bench"
MARKS: Final = (10_000, 100_000, 1_000_000, 2_000_000, 5_000_000, 10_000_000, 20_000_000)
BATCH: Final = 5_000


@dataclass(frozen=True, slots=True)
class Filled:
    """At so many URLs: bytes a URL, of the whole Redis (``resident``) and of the sets alone (``sets``).

    ``add_us`` is Redis's CPU time for a new URL since the mark before, ``find_us`` that for one that is known,
    ``longest_ms`` the slowest call with 5,000 new ones since then: a cliff would show there.
    """

    urls: int
    resident: float
    sets: float
    keys: int
    add_us: float
    find_us: float
    longest_ms: float


def fill(redis_url: str, marks: Sequence[int] = MARKS) -> list[Filled]:
    """Fills an empty Redis mark by mark."""
    return asyncio.run(_fill(redis_url, sorted(marks)))


async def _fill(redis_url: str, marks: Sequence[int]) -> list[Filled]:
    found: list[Filled] = []
    with redis.Redis.from_url(redis_url) as client:
        client.flushall()
        connection = Connection(url=redis_url)
        frontier = Frontier(connection, Options.from_settings(get_project_settings()), "seen")
        await frontier.open()
        # The script, its buffers and a connection are not the set's: they are there before the count begins.
        await frontier.mark_seen("warm", _identifiers(Random(8), BATCH))
        empty = client.info("memory")["used_memory"]
        rng, count = Random(7), 0
        for mark in marks:
            cpu, before, longest = _cpu(client), count, 0.0
            while count < mark:
                batch = _identifiers(rng, min(BATCH, mark - count))
                began = time.perf_counter()
                new = await frontier.mark_seen(PORTAL, batch)
                longest = max(longest, time.perf_counter() - began)
                if new != len(batch):
                    raise RuntimeError(
                        f"{len(batch) - new} of {len(batch)} fresh URLs were taken for known ones"
                    )
                count += len(batch)
            added = (_cpu(client) - cpu) / (count - before)
            cpu = _cpu(client)
            known = await frontier.mark_seen(PORTAL, batch)
            if known:
                raise RuntimeError(f"{known} known URLs were taken for new ones")
            looked = (_cpu(client) - cpu) / len(batch)
            size, members = seen_bytes(client, f"*:seen:{PORTAL}:*")
            if members != count:
                raise RuntimeError(f"{members} URLs are in the sets, {count} were put there")
            found.append(
                Filled(
                    urls=count,
                    resident=(client.info("memory")["used_memory"] - empty) / count,
                    sets=size / count,
                    keys=int(client.dbsize()),
                    add_us=added * 1e6,
                    find_us=looked * 1e6,
                    longest_ms=longest * 1000,
                )
            )
            print(found[-1], flush=True)
        await connection.close()
    return found


def _identifiers(rng: Random, count: int) -> list[str]:
    bits = rng.randbytes(16 * count).hex()
    return [bits[start : start + 32] for start in range(0, len(bits), 32)]


def _cpu(client: redis.Redis) -> float:
    info: dict[str, Any] = client.info("cpu")
    return float(info["used_cpu_user"]) + float(info["used_cpu_sys"])
