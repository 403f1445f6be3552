"""A few read-only pages over HTTP, ``/healthz`` among them, until they are no longer wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aiohttp import web
from prometheus_client import CollectorRegistry
from prometheus_client.aiohttp import make_aiohttp_handler

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from aiohttp.typedefs import Handler
    from prometheus_client.registry import Collector

__all__ = ["HttpServer", "metrics_handler"]

# A client that is silent for longer, before its first request or between two, is hung up on.
_IDLE_S: Final = 5.0
# How long an answer that is under way may hold up the end.
_GRACE_S: Final = 5.0


def metrics_handler(collect: Callable[[], Awaitable[Collector]]) -> Handler:
    """Answer with what ``collect`` finds at that moment, in the format that the client asks for.

    ``collect`` may raise aiohttp's HTTP errors.
    """

    async def handle(request: web.Request) -> web.StreamResponse:
        registry = CollectorRegistry()
        registry.register(await collect())
        return await make_aiohttp_handler(registry)(request)

    return handle


class HttpServer:
    """Answers GET and HEAD for the paths of ``handlers``, and ``/healthz`` with ok.

    It has no accounts and no TLS: it belongs on loopback or a private address.
    """

    def __init__(self, handlers: Mapping[str, Handler]) -> None:
        app = web.Application()
        for path, handler in {"/healthz": _healthy, **handlers}.items():
            app.router.add_get(path, handler)
        self._runner = web.AppRunner(
            app, access_log=None, keepalive_timeout=_IDLE_S, shutdown_timeout=_GRACE_S
        )

    async def start(self, host: str, port: int) -> int:
        """Listen, and return the port: ``port``, or a free one for 0. Raise OSError."""
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port).start()
        found: int = self._runner.addresses[0][1]
        return found

    async def close(self) -> None:
        """Listen no more, and end when the answers under way are sent, at most five seconds later."""
        await self._runner.cleanup()


async def _healthy(_: web.Request) -> web.Response:
    return web.Response(text="ok\n")
