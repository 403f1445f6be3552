"""From a requested URL to the bytes of the answer. Pure: the same URL gives the same answer for ever."""

from __future__ import annotations

import hashlib
import re
import struct
import zlib
from datetime import UTC, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sample_portal import founder, home, indexes, scripted, soft404, trs
from sample_portal.addresses import Addresses, Place
from sample_portal.faults import Faults, calendar_links
from sample_portal.furniture import CSS
from sample_portal.reply import Reply
from sample_portal.truth import Coding
from sample_portal.writing import EPOCH

if TYPE_CHECKING:
    from sample_portal.world import World

__all__ = ["Reply", "Router"]

_CALENDAR = re.compile(r"/riqi/node_(\d{8})\.htm")
_TOPIC = re.compile(r"/wap/zhuanti/node_(\d+)\.htm")
_PATHS = re.compile(r"/(?:zt/)+node_\d+\.htm")


class Router:
    """All answers of one edition of a portal; rendered when first asked for, then kept."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.faults = Faults(world)
        self.addresses = Addresses(world)
        self._modified = format_datetime(
            (EPOCH + timedelta(days=world.edition - 1)).astimezone(UTC), usegmt=True
        )
        self._kept: dict[str, Reply] = {}

    def reply(self, url: str) -> Reply:
        """Return the answer to a GET of ``url``, whose host must be one of the portal's."""
        reply = self._kept.get(url)
        if reply is None:
            reply = self._make(url)
            # Endless URLs must not fill the memory of a long test.
            if len(self._kept) < 20_000:
                self._kept[url] = reply
        return reply

    def _make(self, url: str) -> Reply:
        parts = urlsplit(url)
        host, path = (parts.hostname or "").lower(), parts.path.partition(";")[0] or "/"
        place = self.addresses.find(url)
        if place is not None:
            return self._place(place, url)
        fault = self.faults.by_url.get(f"http://{host}{path}")
        if fault is not None:
            return self._fault(url)
        script = scripted.answer(self.world, url)
        if script is not None:
            return script if script.location else self._file(script.body, script.content_type)
        return self._special(host, path)

    def _place(self, place: Place, url: str) -> Reply:
        world, article, channel = self.world, place.article, place.channel
        if article is not None:
            if place.kind == "moved":
                return Reply(301 if article.number % 2 else 302, location=article.url)
            if place.kind == "mobile":
                return self._page(founder.mobile_page(world, article), Coding())
            if article.home.trs:
                return self._page(trs.article_page(world, article), article.coding)
            return self._page(founder.article_page(world, article, place.page), article.coding)
        assert channel is not None
        if channel.script:
            return self._page(scripted.list_page(world, channel), Coding())
        if channel.trs:
            return self._page(trs.list_page(world, self.faults, channel, place.page, url), Coding())
        text = founder.list_page(world, self.faults, channel, place.page, url)
        return self._page(text, founder.list_coding(channel, place.page))

    def _fault(self, url: str) -> Reply:
        fault = self.faults.by_url[
            f"http://{(urlsplit(url).hostname or '').lower()}{urlsplit(url).path.partition(';')[0]}"
        ]
        if fault.target is not None:
            return Reply(302, location=fault.target)
        match fault.kind:
            case "404":
                return Reply(404, soft404.plain(404))
            case "410":
                return Reply(410, soft404.plain(410))
            case _:
                return self._page(soft404.page(self.world, fault), Coding())

    def _special(self, host: str, path: str) -> Reply:
        world = self.world
        www = host == f"www.{world.portal.domain}"
        if path in {"/", "/index.htm", "/index.html"}:
            if www:
                return self._page(home.home_page(world), Coding())
            return Reply(
                302, location=next(channel.url for channel in world.portal.channels if channel.host == host)
            )
        if path == "/robots.txt":
            status, body = indexes.robots(world, host)
            return self._file(body, "text/plain", status)
        if path == "/css/site.css":
            return self._file(CSS.encode(), "text/css")
        if path.endswith((".jpg", ".gif", ".png")):
            return self._file(_picture(path), "image/png")
        if match := _CALENDAR.fullmatch(path):
            return self._page(home.calendar_page(world, host, calendar_links(host, match[1])), Coding())
        if _PATHS.fullmatch(path):
            return self._page(home.path_page(world, host), Coding())
        if www and (world.portal.indexed or not path.endswith((".xml", ".gz"))):
            return self._machine(path)
        return Reply(404, soft404.plain(404))

    def _machine(self, path: str) -> Reply:
        world = self.world
        if match := _TOPIC.fullmatch(path):
            return self._page(home.topic_page(world, int(match[1])), Coding())
        match path:
            case "/sitemap_index.xml":
                return self._file(indexes.sitemap_index(world), "application/xml")
            case "/sitemap_news.xml":
                return self._file(indexes.news_sitemap(world, self.faults), "text/xml; charset=utf-8")
            case "/sitemap_archive.xml.gz":
                return self._file(indexes.archive_sitemap(world), "application/x-gzip")
            case "/rss.xml":
                return self._file(indexes.feed(world), "application/rss+xml; charset=utf-8")
            case "/about.htm" | "/search" | "/internal/node_1.htm":
                return self._page(home.about_page(world), Coding())
            case _:
                return Reply(404, soft404.plain(404))

    def _page(self, text: str, coding: Coding) -> Reply:
        content_type = f"text/html; charset={coding.header}" if coding.header else "text/html"
        return self._file(text.encode(coding.codec), content_type)

    def _file(self, body: bytes, content_type: str, status: int = 200) -> Reply:
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        return Reply(status, body, content_type, etag=etag, last_modified=self._modified)


def _picture(path: str) -> bytes:
    """Return a small PNG of one colour, which the path decides."""
    colour = hashlib.sha256(path.encode()).digest()[:3]
    width, height = 480, 320
    rows = b"".join(b"\x00" + colour * width for _ in range(height))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )
