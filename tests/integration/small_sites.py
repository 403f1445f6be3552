"""Portals of a few pages, served on loopback as a proxy serves all hosts; a crawl of them, as a user starts it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections import Counter
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from pymongo import MongoClient

from tests.integration.conftest import PATIENCE_S, ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = ["Crawled", "article", "entries", "page", "small_site"]

WORDS = ("管网", "夜市", "榕树", "绿道", "展厅", "劳动课", "水表", "码头", "书屋")


def page(body: str, title: str = "清屏新闻网", head: str = "") -> str:
    return f"<html><head><meta charset='utf-8'><title>{title}</title>{head}</head><body>{body}</body></html>"


def article(number: int, **changes: str) -> str:
    """An article whose headline and text are its own."""
    word = WORDS[number % len(WORDS)]
    title = changes.get("title", f"清屏县{word}的第{number}篇报道")
    text = changes.get("text") or "".join(
        f"<p>据清屏县有关部门介绍，{word}工程分三期实施，第{part}期今年秋天在临溪镇动工，编号{number}，村民们都说很好。</p>"
        for part in "一二三四"
    )
    return page(
        f"<div class='main'><h1>{title}</h1><div class='info'>2026-11-28 09:15 来源：清屏新闻网</div>"
        f"<div class='content'>{text}</div></div>{changes.get('after', '')}",
        f"{title}_清屏新闻网",
        changes.get("head", ""),
    )


def entries(*numbers: int, name: str = "/2026/1128/{}.html") -> str:
    lines = (
        f"<li><a href='{name.format(n)}'>清屏县第{n}篇报道的标题</a><span>11-28</span></li>" for n in numbers
    )
    return f"<div class='list'><ul>{''.join(lines)}</ul></div>"


@dataclass
class Crawled:
    """What a crawl came to."""

    code: int
    log: str
    articles: list[dict]
    failures: dict[str, str]
    details: dict[str, str]
    asked: Counter[str] = field(default_factory=Counter)

    @property
    def urls(self) -> list[str]:
        return sorted(article["url"] for article in self.articles)


class Proxy(BaseHTTPRequestHandler):
    """Answers for all hosts, by what the test's function says of a URL: text, or status and text."""

    def do_GET(self):
        length = int(self.headers.get("Content-Length") or 0)
        self.server.bodies.append(self.rfile.read(length).decode() if length else "")
        parts = urlsplit(self.path)
        url = f"{parts.hostname}{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
        self.server.asked[url] += 1
        self.server.sent.setdefault(url, []).append(self.server.bodies[-1])
        answer = None if parts.path == "/robots.txt" else self.server.answer(url)
        if self.command == "POST" and callable(answer):
            answer = answer(self.server.bodies[-1])
        status, text = (
            answer if isinstance(answer, tuple) else (404, "404") if answer is None else (200, answer)
        )
        data = text.encode()
        self.send_response(status if isinstance(status, int) else 302)
        if not isinstance(status, int):
            self.send_header("Location", status[0])
        kind = "application/json" if text[:1] in "[{" else "text/html"
        kind = "application/javascript" if parts.path.endswith(".js") else kind
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    do_POST = do_GET  # noqa: N815 -- the name that the server looks for

    def log_message(self, *words):
        """Say nothing."""


@pytest.fixture
def small_site(
    redis_url, mongo_uri, frontier_name, mongo_database, tmp_path: Path
) -> Iterator[Callable[..., Crawled]]:
    """Crawls the portal ``city``: of a profile's further lines, and a function from ``host/path?query`` to pages."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
    server.asked, server.bodies, server.sent = Counter(), [], {}
    threading.Thread(target=server.serve_forever, daemon=True).start()
    proxy = f"http://127.0.0.1:{server.server_port}"
    environment = {
        **os.environ,
        "REDIS_URL": redis_url,
        "MONGO_URI": mongo_uri,
        "MONGO_DATABASE": mongo_database,
        "FRONTIER": frontier_name,
        "DATA_DIR": str(tmp_path / "data"),
        "PORTALS_DIR": str(tmp_path),
        "PLAYWRIGHT_EXECUTABLE": "none",
        "http_proxy": proxy,
        "https_proxy": proxy,
    }

    def crawl(profile: str, answer, *words: str, browser: str = "none", home: bool = True) -> Crawled:
        server.answer = answer
        server.asked.clear()
        start = 'home = "http://city.test/"\n' if home else ""
        (tmp_path / "city.toml").write_text(
            f'title = "清屏新闻网"\n{start}domains = ["city.test"]\nprivate = true\nrate = 0\nsite_rate = 0\n{profile}\n',
            encoding="utf-8",
        )
        done = subprocess.run(
            [sys.executable, "-m", "scrapy", "crawl", "portal", "-a", "portal=city", *words],
            cwd=ROOT,
            env={**environment, "PLAYWRIGHT_EXECUTABLE": browser},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=False,
        )
        with MongoClient(mongo_uri) as client:
            stored = list(client[mongo_database]["articles"].find())
            failed = list(client[mongo_database]["failures"].find())
        return Crawled(
            done.returncode,
            done.stderr,
            stored,
            {one["url"].removeprefix("http://city.test"): one["reason"] for one in failed},
            {one["url"].removeprefix("http://city.test"): one.get("detail", "") for one in failed},
            Counter(server.asked),
        )

    crawl.sent = server.sent
    yield crawl
    server.shutdown()
    server.server_close()
