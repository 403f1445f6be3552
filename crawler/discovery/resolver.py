"""From an href to a judged URL, once for each: pages of a portal repeat most of each other's links."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from crawler.portals.addresses import PageKind, allowed, judge, spell
from crawler.portals.shapes import is_calendar
from crawler.urls import MAX_URL, host, in_domains, is_private_address, url_id

if TYPE_CHECKING:
    from crawler.portals.model import Profile

__all__ = ["Resolved", "resolve", "trap"]

_SAME: Final = 3
_CACHED_LENGTH: Final = 300


class Resolved(NamedTuple):
    """A link's URL, id and kind; or, where it is not to be followed, why (empty: nothing worth counting)."""

    url: str
    id: str
    kind: PageKind
    cut: str | None


def resolve(raw: str, profile: Profile, encoding: str = "utf-8") -> Resolved:
    """Judge an absolute URL as it stands in a page; ``encoding`` is the page's. Never raises."""
    if raw.isascii():
        encoding = "utf-8"
    if len(raw) > _CACHED_LENGTH:
        return _resolve(raw, profile, encoding)
    return _resolve_cached(raw, profile, encoding)


def trap(url: str, kind: PageKind, profile: Profile) -> str | None:
    """The word for the trap that a canonical URL looks like, if any; a URL that the profile names is none.

    Only what can be seen from the URL: an endless path, an endless calendar of lists.
    """
    target = url.partition("://")[2]
    if "://" in target or ":/" in target.partition("/")[2].partition("?")[0]:
        return "malformed"
    path = target.partition("?")[0]
    if _repeats(path.split("/")[1:-1]):
        return "repeating"
    if (
        kind is PageKind.CHANNEL
        and is_calendar(target)
        and all(url != channel.url for channel in profile.channels)
    ):
        return "calendar"
    return None


def _resolve(raw: str, profile: Profile, encoding: str) -> Resolved:
    if len(raw) > MAX_URL:
        return _cut("too-long") if in_domains(raw, profile.domains) else _cut("")
    try:
        url = spell(raw, profile, encoding)
    except ValueError:
        return _cut("malformed" if raw[:4].lower() == "http" else "")
    if len(url) > MAX_URL:
        return _cut("too-long")
    if not allowed(url, profile):
        return _cut(_refusal(url, profile))
    kind = judge(url, profile)
    if kind is PageKind.OTHER:
        return Resolved(url, "", kind, "")
    cut = trap(url, kind, profile)
    return Resolved(url, "" if cut else url_id(url), kind, cut)


_resolve_cached = lru_cache(maxsize=32_768)(_resolve)


def _cut(reason: str) -> Resolved:
    return Resolved("", "", PageKind.OTHER, reason)


def _refusal(url: str, profile: Profile) -> str:
    if in_domains(url, profile.domains):
        return "excluded"
    return "private" if is_private_address(host(url)) else ""


def _repeats(folders: list[str]) -> bool:
    """Whether a word stands in the path three times, or the same two in a row twice; numbers may repeat."""
    words = [folder for folder in folders if folder and not _NUMERIC.fullmatch(folder)]
    if len(words) < _SAME:
        return False
    if any(words.count(word) >= _SAME for word in set(words)):
        return True
    pairs = list(pairwise(words))
    return any(pairs[index] in pairs[index + 2 :] for index in range(len(pairs)))


_NUMERIC = re.compile(r"[\d_-]+")
