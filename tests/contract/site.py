"""A small site on loopback that remembers what it was asked, with pages that misbehave on request."""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections import Counter

BODY = b"<html><body>%s</body></html>"


class Site:
    """Paths: ``/list/N`` links to the articles of page N and to page N+1; ``/a/N`` is an article.

    Others are registered with :meth:`page` (body or (status, headers, body)), or are functions of the path.
    """

    def __init__(
        self, articles: int = 0, *, per_list: int = 20, delay: float = 0.0, links: int = 0, port: int = 0
    ) -> None:
        self._given_port = port
        self.articles = articles
        self.per_list = per_list
        self.delay = delay
        self.links = links
        self.pages: dict[str, object] = {}
        self.hits: Counter[str] = Counter()
        self.times: list[float] = []
        self._ready = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    def page(
        self,
        path: str,
        body: bytes = b"",
        *,
        status: int = 200,
        headers: dict[str, str] | None = None,
        delay: float = 0.0,
    ):
        self.pages[path] = (status, headers or {}, body, delay)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self):
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(self, *_) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        server = await asyncio.start_server(self._connection, "127.0.0.1", self._given_port, backlog=200)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stop.wait()
        server.close()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                path = head.split(b" ", 2)[1].decode()
                self.times.append(time.time())
                self.hits[path] += 1
                status, headers, body, delay = self._answer(path)
                if delay:
                    await asyncio.sleep(delay)
                if status == 0:  # cut off in the middle
                    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\nhalf")
                    await writer.drain()
                    return
                head_lines = {
                    "Content-Type": "text/html; charset=utf-8",
                    "Content-Length": str(len(body)),
                    **headers,
                }
                lines = "".join(f"{name}: {value}\r\n" for name, value in head_lines.items())
                writer.write(f"HTTP/1.1 {status} X\r\n{lines}\r\n".encode() + body)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    def _answer(self, path: str):
        if path in self.pages:
            status, headers, body, delay = self.pages[path]
            return status, headers, body, delay
        kind, _, number = path.strip("/").partition("/")
        if kind == "list":
            return 200, {}, BODY % self._list(int(number)), self.delay
        if kind == "a" and number.isdecimal() and int(number) < self.articles:
            n = int(number)
            around = "".join(f'<a href="/a/{(n * 7 + k) % self.articles}">x</a>' for k in range(self.links))
            return 200, {}, BODY % around.encode(), self.delay
        return 404, {}, b"", 0.0

    def _list(self, page: int) -> bytes:
        first, last = page * self.per_list, min(self.articles, (page + 1) * self.per_list)
        links = [f'<a href="/a/{n}">x</a>' for n in range(first, last)]
        if last < self.articles:
            links.append(f'<a href="/list/{page + 1}">next</a>')
        return "".join(links).encode()
