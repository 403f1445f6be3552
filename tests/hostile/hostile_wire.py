"""A server that answers as badly as a case tells it to: an HTTP proxy for every host, on loopback.

It answers absolute (proxy) and origin targets alike. Every answer is bounded in time, so that a client without
bounds fails its test instead of hanging it.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from socket import SO_LINGER, SOL_SOCKET
from struct import pack
from urllib.parse import urlsplit

ANSWER_S = 120.0

Answer = Callable[["Wire"], Awaitable[None]]


@dataclass
class Wire:
    """One request and the connection it came on."""

    host: str
    path: str
    query: str
    headers: Mapping[str, str]
    port: int
    _writer: asyncio.StreamWriter

    async def raw(self, data: bytes) -> None:
        self._writer.write(data)
        await self._writer.drain()

    async def send(self, body: bytes = b"", status: str = "200 OK", **headers: str) -> None:
        given = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body))}
        given.update({name.replace("_", "-"): value for name, value in headers.items()})
        lines = "".join(f"{name}: {value}\r\n" for name, value in given.items() if value)
        await self.raw(f"HTTP/1.1 {status}\r\n{lines}Connection: close\r\n\r\n".encode("latin-1"))
        for start in range(0, len(body), 65_536):
            await self.raw(body[start : start + 65_536])

    async def redirect(self, target: str, status: str = "302 Found") -> None:
        await self.send(b"", status, Location=target)

    def reset(self) -> None:
        """Break the connection off; closing it would end it in good order."""
        self._writer.get_extra_info("socket").setsockopt(SOL_SOCKET, SO_LINGER, pack("ii", 1, 0))
        self._writer.transport.abort()


@dataclass
class HostileServer:
    """Serves ``answers`` by ``(host, path)``; the host ``*`` stands for all. Keeps what it was asked."""

    answers: Mapping[tuple[str, str], Answer]
    asked: list[str] = field(default_factory=list)
    cookies: list[str] = field(default_factory=list)
    requests: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)
    port: int = 0
    _server: asyncio.Server | None = None
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    async def __aenter__(self):
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=1 << 20)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        self._tasks.add(task)
        try:
            await asyncio.wait_for(self._answer(reader, writer), ANSWER_S)
        except (TimeoutError, OSError, EOFError, asyncio.LimitOverrunError, asyncio.CancelledError):
            # cancelled only when the server closes; streams log a task that ends so
            pass
        finally:
            self._tasks.discard(task)
            writer.close()
            with contextlib.suppress(OSError, asyncio.CancelledError):
                await asyncio.wait_for(writer.wait_closed(), 1)

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *lines = head.split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        method, target, _ = first.split(" ", 2)
        parts = urlsplit(target)
        host = (parts.netloc or headers.get("host", "")).partition(":")[0]
        self.cookies += [headers["cookie"]] if "cookie" in headers else []
        self.asked.append(f"{method} {host}{parts.path}" + (f"?{parts.query}" if parts.query else ""))
        self.requests.append((f"{host}{parts.path}", headers))
        wire = Wire(host, parts.path, parts.query, headers, self.port, writer)
        answer = self.answers.get((host, parts.path)) or self.answers.get(("*", parts.path))
        if answer is None:
            await wire.send(b"nothing here", "404 Not Found")
        else:
            await answer(wire)
