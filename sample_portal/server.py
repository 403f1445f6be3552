"""The portal as an HTTP proxy on loopback, so that a crawler uses the portal's own URLs."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Self

from sample_portal.front import Front
from sample_portal.log import RequestLog
from sample_portal.protocol import Connection

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import TracebackType

    from sample_portal.router import Router
    from sample_portal.world import World

__all__ = ["PortalServer"]


class PortalServer:
    """A portal that is being served. Use it as a context manager, or call :meth:`start` and :meth:`stop`.

    It answers absolute-URI requests for the portal's hosts, refuses every other host with 502 and CONNECT with
    403, and records all of them in ``log``; :mod:`sample_portal.front` lists its control requests. It runs on a
    thread of its own, so that tests may use any event loop.
    """

    def __init__(
        self, world: World, *, port: int = 0, latency_ms: float = 0, log_file: str | None = None
    ) -> None:
        self.log = RequestLog(log_file)
        self._front = Front(world, self.log, latency_ms=latency_ms)
        self._port = port
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closing: asyncio.Event | None = None
        self._bound = threading.Event()
        self._error: OSError | None = None

    @property
    def world(self) -> World:
        """What is being served now."""
        return self._front.router.world

    @property
    def router(self) -> Router:
        """The answers of the current edition."""
        return self._front.router

    @property
    def url(self) -> str:
        """The proxy's URL, ``http://127.0.0.1:PORT``."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def environment(self) -> Mapping[str, str]:
        """What a process needs in its environment to see the portal."""
        keep = "127.0.0.1,localhost,::1"
        return {
            "http_proxy": self.url, "https_proxy": self.url, "HTTP_PROXY": self.url, "HTTPS_PROXY": self.url,
            "no_proxy": keep, "NO_PROXY": keep,
        }  # fmt: skip

    def start(self) -> Self:
        """Bind and serve; OSError if the port is taken."""
        self._thread = threading.Thread(target=self._run, name="portal", daemon=True)
        self._thread.start()
        self._bound.wait()
        if self._error is not None:
            raise self._error
        return self

    def stop(self) -> None:
        """Close all connections and end the thread."""
        if self._loop is not None and self._closing is not None:
            self._loop.call_soon_threadsafe(self._closing.set)
        if self._thread is not None:
            self._thread.join(timeout=10)
        self.log.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def switch(self, edition: int) -> None:
        """Serve another edition from the next request on."""
        self._on_loop(lambda: self._front.switch(edition))

    def slow_down(self, latency_ms: float) -> None:
        """Let every answer take this long from the next request on."""
        self._front.latency_ms = latency_ms

    def reset(self) -> None:
        """Forget the log, and let each 503 happen once more."""
        self._on_loop(self._front.reset)

    def _on_loop(self, change: Callable[[], None]) -> None:
        done = threading.Event()

        def call() -> None:
            change()
            done.set()

        assert self._loop is not None
        self._loop.call_soon_threadsafe(call)
        done.wait(timeout=30)

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except OSError as error:
            self._error = error
        finally:
            self._bound.set()

    async def _serve(self) -> None:
        self._loop, self._closing = asyncio.get_running_loop(), asyncio.Event()
        connections: set[Connection] = set()

        def connect() -> Connection:
            connection = Connection(self._front)
            connections.add(connection)
            return connection

        server = await self._loop.create_server(connect, "127.0.0.1", self._port, backlog=512)
        self._port = server.sockets[0].getsockname()[1]
        self._bound.set()
        async with server:
            await self._closing.wait()
