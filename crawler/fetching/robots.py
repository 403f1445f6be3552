"""robots.txt by RFC 9309: what a fetch of it means, and what it allows.

Protego matches the rules. It gets only the groups that speak to this crawler: a hostile file of thousands of
agents, each with thousands of rules, costs a pass over its lines.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from typing import Final, Literal

from protego import Protego

from crawler.parsing.decode import BYTE_ORDER_MARKS

__all__ = ["MAX_BYTES", "MAX_CRAWL_DELAY_S", "Robots", "product_token", "read_robots", "robots_url"]

MAX_BYTES: Final = 512_000
"""What is read of a robots.txt: 500 KiB, the least that RFC 9309, 2.5 allows as a limit."""

MAX_CRAWL_DELAY_S: Final = 120.0
"""Seconds. A longer Crawl-delay would keep a portal of 1,000 new pages a day from ever being read."""

_TOKEN: Final = re.compile(r"[A-Za-z0-9._-]+")
_COMPATIBLE: Final = re.compile(r"\bcompatible;\s*([A-Za-z0-9._-]+)")
_ALIASES: Final = {
    "user-agent": "user-agent",
    "useragent": "user-agent",
    "user agent": "user-agent",
    "allow": "allow",
    "disallow": "disallow",
    "dissallow": "disallow",
    "dissalow": "disallow",
    "disalow": "disallow",
    "diasllow": "disallow",
    "disallaw": "disallow",
    "crawl-delay": "crawl-delay",
    "crawl delay": "crawl-delay",
}
_LINES: Final = re.compile(r"[\r\n]+")


@dataclass(frozen=True, slots=True)
class Robots:
    """What one origin's robots.txt means for us.

    ``open``: there is none, everything is allowed. ``closed``: the server failed, so nothing is allowed until
    it answers; ``cause`` says how it failed. ``rules``: ``text`` holds the groups for this crawler. ``crawl_delay`` is
    in seconds, bounded.
    """

    state: Literal["open", "closed", "rules"]
    text: str = ""
    crawl_delay: float | None = None
    cause: str = field(default="", compare=False)


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
    return match[match.lastindex or 0].rstrip(".").lower() or "*"


def read_robots(status: int | None, body: bytes, token: str) -> Robots:
    """Return the meaning of a fetch of robots.txt, its redirects already followed.

    ``status`` is the last response's; None means that there was no response. 2xx is read, 4xx and a redirect
    that leads nowhere mean that there is none, and all else, 429 included, that the server cannot answer now.
    """
    if status is None or status == 429 or status >= 500 or status < 200:
        return Robots("closed", cause="" if status is None else f"http-{status}")
    if status >= 300:
        return Robots("open")
    text = _groups_for(_decoded(body[:MAX_BYTES]), token)
    if not text:
        return Robots("open")
    delay = Protego.parse(text).crawl_delay(token)
    return Robots("rules", text, None if delay is None else min(delay, MAX_CRAWL_DELAY_S))


def _decoded(body: bytes) -> str:
    """Return the text of a robots.txt: UTF-8, or UTF-16 with a mark or without.

    Bytes that are no UTF-8 (a path in GBK) are percent-encoded, as they are in the URLs that the rule means.
    """
    for mark, name in BYTE_ORDER_MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace" if name != "utf-8" else _PERCENT)
    zeros = body[:200].count(0)
    if zeros * 3 > len(body[:200]):
        little = body[1:200:2].count(0) > body[:200:2].count(0)
        return body.decode("utf-16-le" if little else "utf-16-be", "replace")
    return body.decode("utf-8", _PERCENT)


def _percent_encoded(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return "".join(f"%{byte:02X}" for byte in error.object[error.start : error.end]), error.end


_PERCENT: Final = "crawler.robots.percent"
codecs.register_error(_PERCENT, _percent_encoded)


def _directive(line: str) -> tuple[str, str] | None:
    """Return the field and the value of a line, as Google and Protego read it; None for a line that is no rule.

    A colon or white space may stand between the two, and a hyphen may be missing: ``User Agent: *``, ``Disallow /``.
    """
    word, colon, value = line.partition("#")[0].partition(":")
    if colon:
        field = _ALIASES.get(" ".join(word.lower().split()))
        if field is not None:
            return field, value.strip()
        if not value or value[0].isspace():
            return None
    words = line.partition("#")[0].split()
    for count in (1, 2):
        field = _ALIASES.get(" ".join(words[:count]).lower())
        if field is not None:
            return field, " ".join(words[count:])
    return None


def _groups_for(text: str, token: str) -> str:
    """Return the groups of a robots.txt that name ``token`` or ``*``, rewritten with just that name.

    A group is a run of user-agent lines and the rules after it (RFC 9309, 2.2.1). The name is compared as a
    whole, without case and version.
    """
    kept: list[str] = []
    names: set[str] = set()
    in_rules = True
    for line in _LINES.split(text):
        found = _directive(line)
        if found is None:
            continue
        field, value = found
        if field == "user-agent":
            if in_rules:
                names, in_rules = set(), False
            name = _agent(value)
            if name in {token, "*"} and name not in names:
                names.add(name)
                kept.append(f"user-agent: {name}")
        else:
            in_rules = True
            if names:
                kept.append(f"{field}: {value}")
    return "\n".join(kept)


def _agent(value: str) -> str:
    """Return the name that a group is for, without version and wild card."""
    name = value.partition("/")[0].split(" ", 1)[0].lower()
    return name.strip("*") or ("*" if name else "")
