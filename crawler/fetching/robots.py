"""robots.txt by RFC 9309: what a fetch of it means, and what it allows.

Protego matches the rules. It gets only the groups that speak to this crawler: a hostile file of thousands of
agents, each with thousands of rules, costs a pass over its lines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from protego import Protego

__all__ = ["MAX_BYTES", "MAX_CRAWL_DELAY_S", "Robots", "product_token", "read_robots", "robots_url"]

MAX_BYTES: Final = 512_000
"""What is read of a robots.txt: 500 KiB, the least that RFC 9309, 2.5 allows as a limit."""

MAX_CRAWL_DELAY_S: Final = 120.0
"""Seconds. A longer Crawl-delay would keep a portal of 1,000 new pages a day from ever being read."""

_TOKEN: Final = re.compile(r"[A-Za-z_-]+")
_COMPATIBLE: Final = re.compile(r"\bcompatible;\s*([A-Za-z_-]+)")
_ALIASES: Final = {
    "user-agent": "user-agent",
    "useragent": "user-agent",
    "allow": "allow",
    "disallow": "disallow",
    "dissallow": "disallow",
    "dissalow": "disallow",
    "disalow": "disallow",
    "diasllow": "disallow",
    "disallaw": "disallow",
    "crawl-delay": "crawl-delay",
}


@dataclass(frozen=True, slots=True)
class Robots:
    """What one origin's robots.txt means for us.

    ``open``: there is none, everything is allowed. ``closed``: the server failed, so nothing is allowed until
    it answers. ``rules``: ``text`` holds the groups for this crawler. ``crawl_delay`` is in seconds, bounded.
    """

    state: Literal["open", "closed", "rules"]
    text: str = ""
    crawl_delay: float | None = None


def robots_url(origin: str) -> str:
    """Return where the robots.txt of an origin (``scheme://host[:port]``) is."""
    return origin + "/robots.txt"


def product_token(user_agent: str) -> str:
    """Return the name by which a robots.txt may call this crawler: ``regional-news-crawler`` of ``…/0.1 (+…)``.

    Of a ``Mozilla/5.0 (compatible; Name/1.0)`` it is ``Name``.
    """
    match = _COMPATIBLE.search(user_agent) or _TOKEN.search(user_agent)
    if match is None:
        return "*"
    return match[match.lastindex or 0].lower()


def read_robots(status: int | None, body: bytes, token: str) -> Robots:
    """Return the meaning of a fetch of robots.txt, its redirects already followed.

    ``status`` is the last response's; None means that there was no response. 2xx is read, 4xx and a redirect
    that leads nowhere mean that there is none, and all else, 429 included, that the server cannot answer now.
    """
    if status is None or status == 429 or status >= 500 or status < 200:
        return Robots("closed")
    if status >= 300:
        return Robots("open")
    text = _groups_for(body[:MAX_BYTES].decode("utf-8", errors="replace").removeprefix("\ufeff"), token)
    if not text:
        return Robots("open")
    delay = Protego.parse(text).crawl_delay(token)
    return Robots("rules", text, None if delay is None else min(delay, MAX_CRAWL_DELAY_S))


def _groups_for(text: str, token: str) -> str:
    """Return the groups of a robots.txt that name ``token`` or ``*``, rewritten with just that name.

    A group is a run of user-agent lines and the rules after it (RFC 9309, 2.2.1). The name is compared as a
    whole, without case and version.
    """
    kept: list[str] = []
    names: set[str] = set()
    in_rules = True
    for line in text.splitlines():
        word, _, value = line.partition("#")[0].partition(":")
        field = _ALIASES.get(word.strip().lower())
        value = value.strip()
        if field == "user-agent":
            if in_rules:
                names, in_rules = set(), False
            name = value.split("/", 1)[0].split(" ", 1)[0].lower()
            if name in {token, "*"} and name not in names:
                names.add(name)
                kept.append(f"user-agent: {name}")
        elif field is not None:
            in_rules = True
            if names:
                kept.append(f"{field}: {value}")
    return "\n".join(kept)
