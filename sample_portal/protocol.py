"""The wire: HTTP/1.1 with keep-alive over an asyncio transport, as much of it as crawlers and browsers speak."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from sample_portal.front import Front

__all__ = ["Connection"]

_LIMIT = 65_536
_TOO_LARGE = b"HTTP/1.1 431 Request Header Fields Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
_BAD = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class Connection(asyncio.Protocol):
    """One client. Requests are answered one after the other; ``front.latency_ms`` delays each answer."""

    def __init__(self, front: Front) -> None:
        self._front = front
        self._buffer = b""
        self._waiting = False
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember where answers go."""
        self._transport = cast("asyncio.Transport", transport)

    def connection_lost(self, exc: Exception | None) -> None:
        """Answer no more; why the client left is its own business."""
        del exc
        self._transport = None

    def data_received(self, data: bytes) -> None:
        """Answer the requests that are whole by now."""
        self._buffer += data
        self._go_on()

    def _go_on(self) -> None:
        while not self._waiting and self._transport is not None:
            head, found, rest = self._buffer.partition(b"\r\n\r\n")
            if not found:
                if len(self._buffer) > _LIMIT:
                    self._end(_TOO_LARGE)
                return
            lines = head.decode("latin-1").split("\r\n")
            words = lines[0].split(" ")
            headers = {
                name.strip().lower(): value.strip()
                for name, _, value in (line.partition(":") for line in lines[1:])
            }
            length = headers.get("content-length", "0")
            if len(words) != 3 or not length.isdigit():
                self._end(_BAD)
                return
            if len(rest) < int(length):
                return
            self._buffer = rest[int(length) :]
            close = (
                headers.get("connection", headers.get("proxy-connection", "")).lower() == "close"
                or words[2] == "HTTP/1.0"
            )
            answer = self._front.answer(words[0], words[1], headers)
            if self._front.latency_ms > 0:
                self._waiting = True
                asyncio.get_running_loop().call_later(
                    self._front.latency_ms / 1000, partial(self._send_late, answer, close=close)
                )
            else:
                self._send(answer, close=close)

    def _send_late(self, answer: bytes, *, close: bool) -> None:
        self._waiting = False
        self._send(answer, close=close)
        self._go_on()

    def _send(self, answer: bytes, *, close: bool) -> None:
        if self._transport is not None:
            self._transport.write(answer)
            if close:
                self._end(b"")

    def _end(self, answer: bytes) -> None:
        if self._transport is not None:
            self._transport.write(answer)
            self._transport.close()
            self._transport = None
