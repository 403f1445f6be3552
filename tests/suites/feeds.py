"""feedparser's feeds, and feeds with something dirty in them: no less than feedparser finds."""

from __future__ import annotations

import importlib
import re
import sys
import warnings
from html import unescape
from typing import TYPE_CHECKING, Any

from crawler.discovery import read_feed
from crawler.urls import join
from tests.suites.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["dirty", "feeds"]

URL = "http://www.sample-news.test/feed/rss.xml"
_HEADER = re.compile(rb"(?m)^Header:\s*Content-type:\s*(.*)$", re.IGNORECASE)
_ENTRY = re.compile(rb"<(item|entry)(?:\s[^>]*)?>")
DIRT = (
    "气温 < 5 度", "3<b", "<", "《<中国>》", "A & B", "&nbsp;", "甲<br>乙", "<b>甲", "甲</p>", "<p>甲<p>乙", "甲</ 乙", "甲]]>乙",
    "甲\x0b乙", '甲<a href="x>乙', "<![CDATA[甲", "甲<!-- 乙", "甲<?乙", "甲</titel>", "<img src=x>", "&#xZZ;", "&lt;b>", "\ufffe",
)  # fmt: skip


def feeds(folder: Path, peer: Path) -> Iterator[Outcome]:
    """Yield how many of the entries that feedparser links and names are linked and named alike."""
    feedparser = _peer(peer)
    links = Outcome("feedparser", "entries have the link that feedparser finds", 1_189)
    titles = Outcome(
        "feedparser", "titles are the same (where no entry has a link, each is given one)", 1_185
    )
    for file in sorted((folder / "tests").rglob("*.xml")):
        if "chardet" in file.parts:  # undeclared Japanese, Korean and Russian, of which no portal has any
            continue
        body = file.read_bytes()
        header = _HEADER.search(body[:2000])
        kind = header[1].decode().strip() if header else "application/xml"
        name = str(file.relative_to(folder))
        theirs = [
            (entry.get("link"), _plain(entry.get("title"))) for entry in _entries(feedparser, body, kind)
        ]
        if not any(link for link, _ in theirs):
            body = _linked(body)
            theirs = [
                (entry.get("link"), _plain(entry.get("title"))) for entry in _entries(feedparser, body, kind)
            ]
        ours = {entry.url: entry.title for entry in read_feed(body, URL, kind).entries}
        for link, title in theirs:
            if link:
                url = join(URL, link)
                links.count(url in ours, f"{name}: {url}")
                if url in ours:
                    titles.count(ours[url] == title[:200], f"{name}: {title!r}, read {ours[url]!r}")
    yield links
    yield titles


def dirty(peer: Path) -> Iterator[Outcome]:
    """Yield how many feeds with a dirty entry have all entries, and never fewer than with feedparser."""
    feedparser = _peer(peer)
    outcome = Outcome("dirty feeds of our own", "have every entry", 2 * len(DIRT))
    theirs = 0
    for dirt in DIRT:
        for where in ("title", "description"):
            body = _rss(dirt, where).encode("utf-8", "replace")
            ours = len(read_feed(body, URL).entries)
            peers = sum(bool(entry.get("link")) for entry in _entries(feedparser, body, "application/xml"))
            theirs += peers >= 8
            outcome.count(
                ours == 8 and ours >= peers, f"{dirt!r} in a {where}: {ours} of 8, feedparser {peers}"
            )
    outcome.note = f"feedparser: {theirs}"
    yield outcome


def _peer(folder: Path) -> Any:
    sys.path.insert(0, str(folder))
    warnings.simplefilter("ignore")
    return importlib.import_module("feedparser")


def _entries(feedparser: Any, body: bytes, kind: str) -> list[Any]:
    return list(
        feedparser.parse(body, response_headers={"content-type": kind, "content-location": URL}).entries
    )


def _linked(body: bytes) -> bytes:
    number = 0

    def link(match: re.Match[bytes]) -> bytes:
        nonlocal number
        number += 1
        address = b"http://www.sample-news.test/%d" % number
        return match[0] + (b"<link>%s</link>" if match[1] == b"item" else b'<link href="%s"/>') % address

    return _ENTRY.sub(link, body)


def _plain(title: str | None) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", "", title or "")).split())


def _rss(dirt: str, where: str) -> str:
    items = "".join(
        f"<item><title>{dirt if (number, where) == (3, 'title') else '题'}</title><link>http://www.sample-news.test/{number}.htm</link>"
        f"<description>{dirt if (number, where) == (3, 'description') else '文'}</description></item>"
        for number in range(8)
    )
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>示例</title>{items}</channel></rss>'
