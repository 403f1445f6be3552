"""What is broken, forbidden or endless on the portal: dead links, lying redirects, traps, and where lists link to them.

Nothing here is an article: a crawl stores none of it, and requests nothing that robots.txt disallows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from sample_portal import scripted
from sample_portal.links import list_url, session
from sample_portal.words import PLACES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sample_portal.truth import Channel, Portal
    from sample_portal.world import World

__all__ = [
    "FOREIGN",
    "Fault",
    "FaultKind",
    "Faults",
    "Trap",
    "calendar_links",
    "forbidden",
    "robots_rules",
    "trap_links",
    "trap_of",
]

FaultKind = Literal[
    "404",
    "soft-404",
    "disallowed",
    "410",
    "loop",
    "gone-script",
    "off-site",
    "to-home",
    "gone-refresh",
    "to-private",
]
Trap = Literal["calendar", "session", "query", "path"]

#: A host that is not the portal's and looks like it.
FOREIGN = "http://www.other-news.example/2022-11/03/content_1.htm"

_KINDS: tuple[FaultKind, ...] = (
    "404", "soft-404", "disallowed", "410", "loop", "gone-script", "off-site", "to-home", "gone-refresh", "to-private",
)  # fmt: skip
_PER_CHANNEL = 4
_TITLES = (
    "召开专题会议", "部署下阶段重点工作", "周末游玩攻略", "发布天气预报", "一组数据看变化", "今日快讯一览",
    "工作会议召开", "公布市场价格监测", "办事指南", "便民信息汇总",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """A link that leads to no article. ``target`` is where a redirect points."""

    url: str
    kind: FaultKind
    title: str
    target: str | None = None


class Faults:
    """All faults of a portal; they are the same in every edition."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._portal = world.portal
        self._by_place: dict[tuple[str, int], list[Fault]] = {}
        self.by_url: Mapping[str, Fault] = dict(self._make())
        #: Articles that answer 503 once, and then are there.
        self.unavailable = (
            frozenset(
                article.url
                for article in world.articles.values()
                if article.channels and article.number % 97 == 5
            )
            | frozenset(list_url(channel, 3) for channel in world.portal.channels[1:3])
            | scripted.unavailable(world)
        )

    @property
    def disallowed(self) -> frozenset[str]:
        """The URLs under a Disallow that pages link to."""
        return frozenset(fault.url for fault in self.by_url.values() if fault.kind == "disallowed")

    def on_list(self, channel: Channel, page: int) -> tuple[Fault, ...]:
        """Return the faults that this page of the channel's list links to."""
        return tuple(self._by_place.get((channel.id, page), ()))

    def _make(self) -> list[tuple[str, Fault]]:
        made: list[tuple[str, Fault]] = []
        for number, channel in enumerate(self._portal.channels):
            if channel.script:
                continue
            pages = self._world.pages(channel)
            for place in range(_PER_CHANNEL):
                kind = _KINDS[(number * _PER_CHANNEL + place) % len(_KINDS)]
                if kind == "disallowed" and not robots_rules(self._portal, channel.host):
                    kind = "404"
                serial = number * 10 + place
                title = f"{PLACES[serial % len(PLACES)]}{_TITLES[serial % len(_TITLES)]}"
                faults = _fault(self._portal, channel, kind, serial, title)
                self._by_place.setdefault((channel.id, 1 + place % pages), []).append(faults[0])
                made += [(fault.url, fault) for fault in faults]
        return made


def robots_rules(portal: Portal, host: str) -> tuple[str, ...]:
    """Return the Disallow rules of a host's robots.txt; empty where it has none."""
    part = host.removesuffix(f".{portal.domain}")
    return {
        "www": ("/internal/", "/search"),
        "fz": ("/neibu/", "/*?print="),
        "fjnews": ("/neibu/",),
        "gov": ("/*/neibu/", "/zwgk/*.doc$"),
    }.get(part, ())


def forbidden(portal: Portal, url: str) -> bool:
    """Say whether the robots.txt of the URL's host disallows it."""
    parts = urlsplit(url)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    for rule in robots_rules(portal, (parts.hostname or "").lower()):
        pattern = ".*".join(map(re.escape, rule.rstrip("$").split("*")))
        if re.match(pattern + ("$" if rule.endswith("$") else ""), path):
            return True
    return False


def trap_of(url: str) -> Trap | None:
    """Say which trap a requested URL belongs to, if any."""
    parts = urlsplit(url)
    if parts.path.startswith("/riqi/"):
        return "calendar"
    if parts.path.startswith("/zt/"):
        return "path"
    if "jsessionid" in parts.path.lower() or "phpsessid" in parts.query.lower():
        return "session"
    if "sort=" in parts.query or "view=" in parts.query:
        return "query"
    return None


def trap_links(channel: Channel, url: str) -> tuple[tuple[str, str], ...]:
    """Return title and target of the endless links on the list page that was asked for as ``url``."""
    base = channel.url
    links = [("往期回顾", f"http://{channel.host}/riqi/node_20221103.htm")]
    query = urlsplit(url).query
    match channel.id:
        case "node_176":
            links.append(("刷新", f"{base};jsessionid={session(url)}"))
        case "node_101":
            links.append(
                ("按热度", f"{base}?{query + '&' if query else ''}sort={'hot' if len(query) % 2 else 'time'}")
            )
            links.append(("切换视图", f"{base}?view={len(query) + 1}"))
        case "C_Society":
            links.append(("专题", f"http://{channel.host}/zt/node_9.htm"))
            links.append(("换一批", f"{base}?PHPSESSID={session(url).lower()}"))
    return tuple(links)


def calendar_links(host: str, day: str) -> tuple[tuple[str, str], ...]:
    """Return links to the day before, the day after, and a year before ``YYYYMMDD``; there is always one more."""
    try:
        here = date(int(day[:4]), int(day[4:6]), int(day[6:8]))
        days = (here - timedelta(days=1), here + timedelta(days=1), here - timedelta(days=365))
    except (ValueError, OverflowError):
        return ()
    names = ("前一天", "后一天", "去年今日")
    return tuple(
        (name, f"http://{host}/riqi/node_{there:%Y%m%d}.htm") for name, there in zip(names, days, strict=True)
    )


def _fault(portal: Portal, channel: Channel, kind: FaultKind, serial: int, title: str) -> list[Fault]:
    url = _url(channel, serial)
    match kind:
        case "disallowed":
            folder = {"www": "internal", "gov": "zwgk/neibu"}.get(channel.host.split(".")[0], "neibu")
            path = (
                f"202211/t20221102_{990000 + serial}.htm"
                if channel.trs
                else f"2022-11/02/content_{39000000 + serial}.htm"
            )
            return [Fault(f"http://{channel.host}/{folder}/{path}", kind, title)]
        case "loop":
            other = _url(channel, serial + 500)
            return [Fault(url, kind, title, other), Fault(other, kind, title, url)]
        case "off-site":
            return [Fault(url, kind, title, FOREIGN)]
        case "to-home":
            return [Fault(url, kind, title, portal.home)]
        case "to-private":
            return [Fault(url, kind, title, "http://127.0.0.1:9/2022-11/03/content_6.htm")]
        case _:
            return [Fault(url, kind, title)]


def _url(channel: Channel, serial: int) -> str:
    if channel.trs:
        suffix = "shtml" if channel.layout == "trs-word" else "htm"
        return f"{channel.url}202211/t20221102_{980000 + serial}.{suffix}"
    return f"http://{channel.host}/2022-11/02/content_{38000000 + serial}.htm"
