"""A static server in one small file: all answers in memory, one write a request, HTTP/1.1 with keep-alive.

``python -m benchmarks.static FOLDER PORT [DELAY]``; every answer then comes DELAY seconds late, as from a server
that is far away. Good for what the benchmarks send (GET without a body, whole requests);
not a web server for anything else.
"""

from __future__ import annotations

import asyncio
import signal
import sys
from pathlib import Path
from typing import Final, cast

import uvloop

__all__ = ["Answers", "serve"]

_TYPES: Final = {".htm": "text/html; charset=utf-8", ".txt": "text/plain"}
_MISSING: Final = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
_LONGEST_REQUEST: Final = 65_536


class Answers:
    """Path -> a complete answer, headers included."""

    def __init__(self, folder: Path) -> None:
        self._answers = {
            f"/{file.relative_to(folder).as_posix()}".encode(): _answer(file)
            for file in folder.rglob("*")
            if file.is_file()
        }
        self._answers[b"/"] = self._answers.get(b"/index.htm", _MISSING)

    def to(self, request: bytes) -> bytes:
        """The answer to a request's first line; the absolute form (as sent to a proxy) is understood."""
        words = request.split(b" ", 2)
        target = words[1] if len(words) == 3 else b""
        if target.startswith(b"http://"):
            target = b"/" + target[7:].partition(b"/")[2]
        return self._answers.get(target.partition(b"?")[0], _MISSING)


class _Connection(asyncio.Protocol):
    def __init__(self, answers: Answers, delay: float) -> None:
        self._answers = answers
        self._delay = delay
        self._read = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's own class says nothing of that

    def data_received(self, data: bytes) -> None:
        self._read += data
        while (end := self._read.find(b"\r\n\r\n")) >= 0:
            request, self._read = self._read[:end], self._read[end + 4 :]
            answer = self._answers.to(request)
            if self._delay:
                asyncio.get_running_loop().call_later(self._delay, self._send, answer)
            else:
                self._send(answer)
        if len(self._read) > _LONGEST_REQUEST:
            self._transport.abort()

    def _send(self, answer: bytes) -> None:
        if not self._transport.is_closing():  # whoever asked may have been killed meanwhile
            self._transport.write(answer)


async def serve(folder: Path, port: int, delay: float = 0.0) -> None:
    """Serves until SIGTERM or SIGINT."""
    answers = Answers(folder)
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ended.set)
    server = await loop.create_server(lambda: _Connection(answers, delay), "127.0.0.1", port)
    async with server:
        await ended.wait()


def _answer(file: Path) -> bytes:
    body = file.read_bytes()
    kind = _TYPES.get(file.suffix, "application/octet-stream")
    return f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


if __name__ == "__main__":
    uvloop.run(serve(Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]) if len(sys.argv) > 3 else 0.0))
