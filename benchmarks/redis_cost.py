"""What a crawl cost Redis, read from its own counters: nothing is put between the client and the server."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import redis

__all__ = ["RedisCost", "RedisMeter", "seen_bytes"]


@dataclass(frozen=True, slots=True)
class RedisCost:
    """``trips`` are read events (a pipeline or a script is one), ``calls`` commands, those of scripts included."""

    trips: int
    calls: int
    cpu_s: float
    aof_bytes: int


class RedisMeter:
    """Counts from its creation to :meth:`stop`; its own two commands are taken off."""

    def __init__(self, client: redis.Redis) -> None:
        self._client = client
        client.ping()
        self._before = self._info()

    def stop(self) -> RedisCost:
        after = self._info()
        return RedisCost(
            trips=int(after["total_reads_processed"] - self._before["total_reads_processed"]) - 1,
            calls=int(_calls(after) - _calls(self._before)) - 1,
            cpu_s=_cpu(after) - _cpu(self._before),
            aof_bytes=int(after.get("aof_current_size", 0) - self._before.get("aof_current_size", 0)),
        )

    def _info(self) -> dict[str, Any]:
        info: dict[str, Any] = self._client.info("everything")
        return info


def seen_bytes(client: redis.Redis, pattern: str) -> tuple[int, int]:
    """Bytes and members of all sets that match ``pattern``, as Redis accounts them."""
    size = members = 0
    for key in client.scan_iter(match=pattern, count=1000, _type="SET"):
        size += int(cast("int", client.memory_usage(key, samples=0)) or 0)
        members += int(client.scard(key))
    return size, members


def _calls(info: dict[str, Any]) -> int:
    return sum(stats["calls"] for name, stats in info.items() if name.startswith("cmdstat_"))


def _cpu(info: dict[str, Any]) -> float:
    return float(info["used_cpu_user"]) + float(info["used_cpu_sys"])
