"""What a portal answers where there is no page: its answer to an address that nobody has, compared with the others."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from typing import TYPE_CHECKING, Final
from unicodedata import normalize
from urllib.parse import parse_qsl, urlsplit

if TYPE_CHECKING:
    from crawler.items import Article

__all__ = ["HARD", "address_shape", "is_doubtful", "is_same_page", "nonsense_url", "remembered_page"]

HARD: Final = b"{}"
"""What is remembered of a portal that says by its status that there is no page, or shows another article instead."""

_DOUBTFUL: Final = 400
_ARTICLE: Final = 150
_KEPT: Final = 1500
_GRAM: Final = 3
_FEW: Final = 20
_ALIKE: Final = 0.5
_ONE: Final = 0.75
_DIGITS = re.compile(r"\d+")
_ADDRESS = re.compile(r"[\w:.-]*/[\w./?=&%-]+", re.ASCII)
_NO_LETTERS = re.compile(r"[\W\d_]+")
_MOMENT = re.compile(r"1[4-9]\d{8}(?:\d{3})?|20\d{12}")
_NOWHERE: Final = 970_000_000
"""No portal has so many articles, and every number type holds it."""


def is_doubtful(article: Article) -> bool:
    """Say whether a page may be one that says that there is none: it is short, or has no time of publication."""
    return article.published_at is None or len(article.text) < _DOUBTFUL


def address_shape(url: str) -> str:
    """Return what portals tell missing pages by: the host, and what answers (``.html``, ``show.php?``)."""
    parts = urlsplit(url)
    name = parts.path.rpartition("/")[2]
    return (
        f"{parts.netloc}{_DIGITS.sub('#', name)}?"
        if parts.query
        else f"{parts.netloc}.{name.rpartition('.')[2] if '.' in name else ''}"
    )


def nonsense_url(url: str, number: int = 0) -> str | None:
    """Return an address like an article's that no article has; None where there is nothing in it to change.

    Each ``number`` gives another one.
    """
    seed = int.from_bytes(sha256(f"{address_shape(url)}{number}".encode()).digest()[:4])
    nowhere = str(_NOWHERE + seed % 10_000_000)
    base, mark, query = url.partition("?")
    if mark:
        return _changed_query(base, query, nowhere)
    folder, _, page = base.rpartition("/")
    if not page:
        folder, _, page = folder.rpartition("/")
        changed = _changed(page, nowhere)
        return f"{folder}/{changed}/" if changed and "://" in folder else None
    name, dot, extension = page.rpartition(".")
    changed = _changed(name if dot else page, nowhere)
    return f"{folder}/{changed}{dot}{extension if dot else ''}" if changed and folder.count("/") > 1 else None


def remembered_page(article: Article, other: Article | None = None) -> bytes:
    """Return what is kept of the answers to addresses that nobody has.

    A host that shows an article whatever it is asked for, or another page for each address, has no page of its own for
    what is missing.
    """
    if not (article.title or article.text):
        return HARD
    if article.published_at is not None and len(article.text) >= _ARTICLE:
        return HARD
    if other is not None:
        likeness = _likeness(_plain(article.text[:_KEPT]), _plain(other.text[:_KEPT]))
        if other.title != article.title or likeness < _ONE:
            return HARD
    return json.dumps({"title": article.title, "text": article.text[:_KEPT]}, ensure_ascii=False).encode()


def is_same_page(kept: bytes, article: Article) -> bool:
    """Say whether an article is what :func:`remembered_page` kept, but for numbers, addresses and times in it."""
    try:
        page = json.loads(kept)
        title, text = _plain(page["title"]), _plain(page["text"])
    except (ValueError, KeyError, TypeError):
        return False
    own = _plain(article.text[:_KEPT])
    alike = _likeness(text, own)
    if title and title == _plain(article.title):
        return alike >= _ALIKE or max(len(text), len(own)) < _FEW
    return alike >= _ONE and len(own) >= _FEW


def _changed_query(base: str, query: str, number: str) -> str | None:
    """Return an address with another number in its query, and in the name of its file where that has one.

    A moment in the query says nothing of the page where anything else does; with another one it is the same page.
    """
    folder, _, name = base.rpartition("/")
    if _DIGITS.search(name):
        base = f"{folder}/{_changed(name, number)}"
    numeric = [pair for pair in parse_qsl(query) if pair[1].isdecimal()]
    telling = [pair for pair in numeric if not _MOMENT.fullmatch(pair[1])]
    if not telling and _DIGITS.search(name):
        return f"{base}?{query}"
    longest = max(telling or numeric, key=lambda pair: len(pair[1]), default=None)
    return f"{base}?{query.replace('='.join(longest), f'{longest[0]}={number}', 1)}" if longest else None


def _changed(name: str, number: str) -> str:
    """Return a name with its last number changed, or, where it has none, with a name in its place."""
    found = list(_DIGITS.finditer(name))
    if not found:
        return f"nosuchpage{number}" if name else ""
    last = max(found, key=lambda digits: (len(digits[0]), digits.start()))
    return name[: last.start()] + number + name[last.end() :]


def _plain(text: str) -> str:
    return _NO_LETTERS.sub("", _ADDRESS.sub(" ", normalize("NFKC", text).lower()))


def _likeness(one: str, other: str) -> float:
    """Return how many of both texts' trigrams are in both, 0 to 1."""
    if one == other:
        return 1.0
    mine = {one[at : at + _GRAM] for at in range(max(1, len(one) - _GRAM + 1))}
    theirs = {other[at : at + _GRAM] for at in range(max(1, len(other) - _GRAM + 1))}
    return len(mine & theirs) / len(mine | theirs)
