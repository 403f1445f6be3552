"""Portals that a function answers for, and whole crawls of them by worker processes."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from pymongo import MongoClient

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 240
HEADLINES = (
    "县里的旧粮站改成了图书馆",
    "溪边步道延长到上游三个村",
    "中学生在晒谷场上办起科技展",
    "山区的公交车增加了晚班",
    "老茶厂的机器重新转动起来",
    "镇卫生院有了自己的化验室",
)
SENTENCES = (
    "负责人告诉来访者，改造从去年春天开始，一共用了十四个月，经费由县里和镇里各出一半。",
    "附近的居民说，从前晚上这里没有灯，如今老人和孩子都愿意来，周末常常要排队。",
    "下一步还要添置座椅和遮阳棚，并请学校的老师每月来讲一次课，时间会提前贴出来。",
)
Answer = str | tuple[int, str]


def article(number: int) -> str:
    """The page of an article: no two have a sentence in common."""
    title = f"{HEADLINES[number % len(HEADLINES)]}（{number}）"
    text = "".join(f"<p>　　第{number}号消息：{sentence}编号{number}。</p>" for sentence in SENTENCES)
    return (
        f"<html><head><title>{title}</title></head><body><h1>{title}</h1>"
        f'<div class="info">2026-11-28 09:15 来源：山城新闻网</div><div class="content">{text}</div></body></html>'
    )


def listing(urls: list[str], *, beside: str = "") -> str:
    """The page of a list."""
    entries = "".join(
        f'<li><a href="{url}">{HEADLINES[index % len(HEADLINES)]}之{index}</a><span>11-28</span></li>'
        for index, url in enumerate(urls)
    )
    return f'<html><body><div class="list"><h2>要闻</h2><ul>{entries}</ul></div>{beside}</body></html>'


@dataclass
class Portal:
    """An invented portal on loopback. ``asked`` are the targets of all requests, in order."""

    answer: Callable[[str], Answer | None]
    environment: Mapping[str, str]
    folder: Path
    mongo_uri: str
    database: str
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        portal = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                portal.asked.append(self.path)
                found = portal.answer(self.path)
                status, text = found if isinstance(found, tuple) else (200, found) if found else (404, "404")
                body = text.encode()
                self.send_response(status)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *words):
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.base = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()
        self.folder.mkdir()

    def write(self, profile: str, name: str = "hills") -> None:
        """Write the profile; ``BASE`` stands for the portal's address."""
        head = 'title = "山城新闻网"\ndomains = ["127.0.0.1"]\nprivate = true\nrobots = false\n'
        (self.folder / f"{name}.toml").write_text(head + profile.replace("BASE", self.base), encoding="utf-8")

    def scrapy(self, *words: str) -> subprocess.CompletedProcess[str]:
        """A command to its end."""
        return subprocess.run(
            [sys.executable, "-m", "scrapy", *words],
            cwd=ROOT,
            env={**self.environment, "PORTALS_DIR": str(self.folder)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=False,
        )

    def crawl(self, *words: str, name: str = "hills") -> tuple[list[str], str]:
        """Crawl it: what was asked for meanwhile, and what the worker said."""
        before = len(self.asked)
        given = [word for pair in words for word in ("-a", pair)]
        done = self.scrapy("crawl", "portal", "-a", f"portal={name}", "-a", "rate=0", *given)
        assert done.returncode in {0, 3}, done.stderr
        return self.asked[before:], done.stderr

    def documents(self, collection: str = "articles") -> list[dict[str, Any]]:
        """What is stored."""
        with MongoClient(self.mongo_uri) as client:
            return list(client[self.database][collection].find())

    def stop(self) -> None:
        """Answer no more."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def environment(
    redis_url: str, mongo_uri: str, frontier_name: str, mongo_database: str, data: Path
) -> dict[str, str]:
    """What worker processes of a test are told."""
    return {
        **os.environ,
        "REDIS_URL": redis_url,
        "MONGO_URI": mongo_uri,
        "MONGO_DATABASE": mongo_database,
        "FRONTIER": frontier_name,
        "DATA_DIR": str(data),
        "PLAYWRIGHT_EXECUTABLE": "none",
    }
