"""What an autoscaler asks for, over HTTP: how many requests workers are needed for at this moment."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from redis.exceptions import RedisError

from crawler.frontier.admin import Admin

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.frontier.redis.model import PortalStatus
    from crawler.frontier.redis.store import Frontier

__all__ = ["Demand", "DemandServer"]

_PATIENCE_S: Final = 5.0
_LONGEST_HEAD: Final = 8192

_GAUGES: Final = {
    "unserved": "requests that are due now and that nobody fetches",
    "demand": "requests that are fetched now, and those that are due",
    "queued": "requests that wait, now or later",
    "leased": "requests that workers hold",
    "dead": "requests that were given up",
}


@dataclass(frozen=True, slots=True)
class Demand:
    """The figures of some portals at one moment."""

    portals: Sequence[PortalStatus]

    @property
    def total(self) -> int:
        """Requests that workers are needed for."""
        return sum(status.demand for status in self.portals)

    def as_json(self) -> str:
        """``{"demand": 12, "unserved": …, "queued": …, "leased": …, "dead": …, "portals": {NAME: {…}}}``."""
        portals = {
            status.portal: {name: getattr(status, name) for name in _GAUGES} for status in self.portals
        }
        sums = {name: sum(figures[name] for figures in portals.values()) for name in _GAUGES}
        return json.dumps({**sums, "portals": portals}, ensure_ascii=False)

    def as_metrics(self) -> str:
        """The same in the text format of Prometheus."""
        lines: list[str] = []
        for name, what in _GAUGES.items():
            lines += [f"# HELP crawler_frontier_{name} {what}", f"# TYPE crawler_frontier_{name} gauge"]
            lines += [
                f'crawler_frontier_{name}{{portal="{status.portal}"}} {getattr(status, name)}'
                for status in self.portals
            ]
        return "\n".join(lines) + "\n"


class DemandServer:
    """``/demand`` (JSON), ``/metrics`` (Prometheus) and ``/healthz``; each answer asks Redis anew.

    Where Redis does not answer ``/healthz`` says ok and the others 503: an autoscaler then keeps what there is.
    Nothing can be changed through it, and it holds no names but those of portals; still it belongs on a
    private address.
    """

    def __init__(self, store: Frontier) -> None:
        self._admin = Admin(store)

    async def look(self) -> Demand:
        """The figures now. Raises what redis-py raises."""
        return Demand([await self._admin.status(portal) for portal in await self._admin.portals()])

    async def start(self, host: str, port: int) -> asyncio.Server:
        """Listen. Raises OSError."""
        return await asyncio.start_server(self._serve, host, port, limit=_LONGEST_HEAD)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(
            OSError, ValueError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, TimeoutError
        ):
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), _PATIENCE_S)
            words = head.split(b"\r\n", 1)[0].decode("latin-1").split(" ")
            status, kind, body = (
                await self._answer(*words[:2]) if len(words) == 3 else _plain("400 Bad Request")
            )
            writer.write(
                f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
                "Connection: close\r\n\r\n".encode()
            )
            if words[0] != "HEAD":
                writer.write(body)
            await asyncio.wait_for(writer.drain(), _PATIENCE_S)
        writer.close()

    async def _answer(self, method: str, target: str) -> tuple[str, str, bytes]:
        if method not in {"GET", "HEAD"}:
            return _plain("405 Method Not Allowed")
        path = target.partition("?")[0]
        if path == "/healthz":
            return _plain("200 OK")
        if path not in {"/demand", "/metrics"}:
            return _plain("404 Not Found")
        try:
            demand = await asyncio.wait_for(self.look(), _PATIENCE_S)
        except (RedisError, OSError, TimeoutError):
            return _plain("503 Service Unavailable")
        if path == "/demand":
            return "200 OK", "application/json", demand.as_json().encode()
        return "200 OK", "text/plain; version=0.0.4; charset=utf-8", demand.as_metrics().encode()


def _plain(status: str) -> tuple[str, str, bytes]:
    return status, "text/plain; charset=utf-8", f"{status[4:].lower()}\n".encode()
