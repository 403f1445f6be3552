"""How many pages a second a web server of the benchmarks can give: far more than any crawler asks for."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle
from typing import Final

from benchmarks.process import cpu_seconds
from benchmarks.server import Server

__all__ = ["Served", "load"]

CONNECTIONS: Final = 32


@dataclass(frozen=True, slots=True)
class Served:
    """``cpu_ms`` is the server's, a page; ``per_s`` is bounded by the client here, which is Python."""

    server: str
    per_s: float
    cpu_ms: float


def load(server: Server, paths: Sequence[str], seconds: float) -> Served:
    """Keeps 32 connections busy for so long."""
    before = cpu_seconds(server.pid)
    count, span = asyncio.run(_load(server.port, paths, seconds))
    return Served(server.name, count / span, (cpu_seconds(server.pid) - before) * 1000 / count)


async def _load(port: int, paths: Sequence[str], seconds: float) -> tuple[int, float]:
    began = time.perf_counter()
    addresses = cycle(paths)
    counts = await asyncio.gather(
        *(_connection(port, addresses, began + seconds) for _ in range(CONNECTIONS))
    )
    return sum(counts), time.perf_counter() - began


async def _connection(port: int, addresses: cycle[str], until: float) -> int:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    count = 0
    while time.perf_counter() < until:
        writer.write(f"GET {next(addresses)} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(head.decode("latin-1"))
        length = int(head.lower().partition(b"content-length:")[2].partition(b"\r")[0])
        await reader.readexactly(length)
        count += 1
    writer.close()
    return count
