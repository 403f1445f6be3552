"""From an href to a judged URL, once for each: pages of a portal repeat most of each other's links."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from crawler.portals.addresses import allowed, in_portal, judge, named_kind, spell
from crawler.portals.page_kind import PageKind
from crawler.portals.url_shapes import is_calendar
from crawler.urls import MAX_URL, RequestSpec, host, in_domains, is_private_address, url_id

if TYPE_CHECKING:
    from crawler.portals.model import Profile

__all__ = ["CALENDAR", "Resolved", "Resolver", "forget", "resolve", "trap"]

CALENDAR: Final = "calendar"
"""The word for a list of a day or a month: one of endlessly many."""

_NOTHING: Final = RequestSpec("")
_SAME: Final = 3
_CACHED_LENGTH: Final = 300
_MOST_KNOWN: Final = 32_768
_SPELLS_DATE = re.compile(r"\\d\{[468](?:,\d)?\}|\\d\\d\\d\\d|(?:19|20)(?:\)|\\d)|\[0-9\]\{[468]\}")
_PLAIN_HOST = re.compile(r"https?://([a-z0-9][a-z0-9.-]{0,200}[a-z])/")


class Resolved(NamedTuple):
    """A link's URL, id and kind; or, where it is not to be followed, why (empty: nothing worth counting).

    ``url`` is what identifies the page; ``request`` asks for it as the link has it (:mod:`crawler.urls`), made once for
    all pages that link to it. ``is_article`` and ``is_list`` are what follows from the kind.
    """

    url: str
    id: str
    kind: PageKind
    cut: str | None
    request: RequestSpec
    is_article: bool = False
    is_list: bool = False


def resolve(raw: str, profile: Profile, encoding: str = "utf-8") -> Resolved:
    """Judge an absolute URL as it stands in a page; ``encoding`` is the page's. Never raises."""
    return Resolver(profile, encoding).resolve(raw)


class Resolver:
    """:func:`resolve` for the links of one page: what was judged for its portal before is looked up.

    What is known of all portals is bounded, and forgotten as a whole when it is too much: a crawl soon knows the
    links again that stand on every page.
    """

    __slots__ = ("_encoding", "_profile", "known")

    def __init__(self, profile: Profile, encoding: str = "utf-8") -> None:
        self._profile = profile
        self._encoding = encoding
        if sum(map(len, _known.values())) > _MOST_KNOWN:
            forget()
        self.known: Final = _known.setdefault(profile, {})
        """What was judged before, by URLs as they stand in pages; only to be read."""

    def resolve(self, raw: str) -> Resolved:
        """Judge an absolute URL as it stands in the page. Never raises."""
        # the query of what is not ASCII is spelt in the page's encoding
        encoding, key = ("utf-8", raw) if raw.isascii() else (self._encoding, f"{self._encoding} {raw}")
        found = self.known.get(key)
        if found is None:
            found = _resolve(raw, self._profile, encoding)
            if len(raw) <= _CACHED_LENGTH:
                self.known[key] = found
        return found


def forget() -> None:
    """Forget everything that was judged; for measuring, too."""
    _known.clear()


_known: dict[Profile, dict[str, Resolved]] = {}


def trap(url: str, kind: PageKind, profile: Profile) -> str | None:
    """Return the word for the trap that a canonical URL looks like, if any; none for one that the profile names.

    Only what can be seen from the URL: an endless path, an endless calendar of lists.
    """
    target = url.partition("://")[2]
    if ":" in target and ("://" in target or ":/" in target.partition("/")[2].partition("?")[0]):
        return "malformed"
    path = target.partition("?")[0]
    if _repeats(path.split("/")[1:-1]):
        return "repeating"
    if kind is PageKind.CHANNEL and is_calendar(target) and named_kind(url, profile) is None:
        return None if _is_named_by_date(target, profile) else CALENDAR
    return None


def _is_named_by_date(target: str, profile: Profile) -> bool:
    """Say whether a pattern of lists (``list.urls``) that spells a date finds one: such lists are meant."""
    return any(
        _SPELLS_DATE.search(pattern.pattern) and pattern.search(target) for pattern in profile.channel_urls
    )


def _resolve(raw: str, profile: Profile, encoding: str) -> Resolved:
    if len(raw) > MAX_URL:
        return _cut("too-long") if in_domains(raw, profile.domains) else _cut("")
    place = _PLAIN_HOST.match(raw)
    if place is not None and not in_portal(place[1], profile) and not _is_rewritten(raw, profile):
        return _cut("private" if is_private_address(place[1]) else "")
    try:
        url, asked = spell(raw, profile, encoding)
    except ValueError:
        return _cut("malformed" if raw[:4].lower() == "http" else "")
    if len(asked) > MAX_URL:
        return _cut("too-long")
    if not allowed(url, profile):
        return _cut(_refusal(url, profile))
    kind = judge(url, profile)
    if kind is PageKind.OTHER:
        return Resolved(url, "", kind, "", RequestSpec(asked))
    cut = trap(url, kind, profile)
    identity = "" if cut else url_id(url)
    return Resolved(url, identity, kind, cut, RequestSpec(asked), kind.is_article, kind.is_further_list)


def _is_rewritten(raw: str, profile: Profile) -> bool:
    """Say whether a rule of the portal may make another URL of this one, at another host too."""
    if not profile.article.canonical:
        return False
    target = raw.partition("://")[2]
    return any(rule.pattern.search(target) for rule in profile.article.canonical)


def _cut(reason: str) -> Resolved:
    return Resolved("", "", PageKind.OTHER, reason, _NOTHING)


def _refusal(url: str, profile: Profile) -> str:
    if in_domains(url, profile.domains):
        return "excluded"
    return "private" if is_private_address(host(url)) else ""


def _repeats(folders: list[str]) -> bool:
    """Say whether a word stands in the path three times, or the same two in a row twice; numbers may repeat."""
    if len(set(folders)) == len(folders):
        return False
    words = [folder for folder in folders if folder and not _NUMERIC.fullmatch(folder)]
    if len(words) < _SAME:
        return False
    if any(words.count(word) >= _SAME for word in set(words)):
        return True
    pairs = list(pairwise(words))
    return any(pairs[index] in pairs[index + 2 :] for index in range(len(pairs)))


_NUMERIC = re.compile(r"[\d_-]+")
