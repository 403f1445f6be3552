"""Whether a query parameter changes what a page says, judged by pages that differ in nothing else. Pure.

Two variations of one address are compared. One pair proves little: a portal may answer every dead link with one page,
or every unknown area with the list of all. So a parameter is only taken for idle where pages that say different
things stay the same each under several of its values; where its values look like a session or a moment, two such pages
are enough, else five. A list may have no second of its kind: then four such values do. One pair that differs refutes
it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal
from zlib import crc32

import msgspec

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

__all__ = ["REFUTED", "PageDigest", "Variation", "agreement", "compare", "is_drawn", "is_idle"]

REFUTED: Final = "x"
"""The evidence that a parameter matters."""

_MOST_PARTS: Final = 120
_ENOUGH: Final = 0.8
_FEW: Final = 0.5
_MIN_ENTRIES: Final = 3
_MIN_SHARE: Final = 0.9
_DRAWN: Final = 2
_PLAIN: Final = 5
_OF_ONE_LIST: Final = 4
_LOOKS_DRAWN = re.compile(
    r"[0-9]{9,}|[0-9]?\.[0-9]{3,}|(?=.*[0-9])(?=.*[A-Za-z])[\w.-]{6,}|(?=.*[a-f])[0-9a-f-]{8,}|[A-Za-z]{16,}",
    re.ASCII | re.IGNORECASE,
)


class PageDigest(msgspec.Struct, frozen=True, array_like=True):
    """What a page says, short enough to be kept: hashes of an article's title and paragraphs, or of a list's entries.

    ``title`` is 0 for a list.
    """

    title: int
    parts: tuple[int, ...]

    @classmethod
    def of_article(cls, title: str, text: str) -> PageDigest:
        """Return that of an article."""
        lines = [line for line in text.split("\n") if line.strip()]
        return cls(_hash(title) or 1, tuple(map(_hash, lines[:_MOST_PARTS])))

    @classmethod
    def of_list(cls, entries: Iterable[str]) -> PageDigest:
        """Return that of a list: what its own entries lead to, spelt without the parameters in question."""
        return cls(0, tuple(sorted(set(map(_hash, entries)))[:_MOST_PARTS]))

    @property
    def content(self) -> str:
        """A word for what it says."""
        return f"{crc32(repr((self.title, self.parts)).encode()):08x}"


class Variation(msgspec.Struct, frozen=True, array_like=True):
    """A page under one value of some parameters: the value's hash (0 where they are absent), and what the page says."""

    value: int
    is_drawn: bool
    digest: PageDigest

    @classmethod
    def of(cls, values: Collection[str], digest: PageDigest) -> Variation:
        """Return that of a page whose parameters have these values."""
        return cls(_hash("&".join(values)) if values else 0, all(map(is_drawn, values)), digest)


def is_drawn(value: str) -> bool:
    """Say whether a value looks drawn by time or lot: a moment, a random number, the name of a session."""
    return _LOOKS_DRAWN.fullmatch(value) is not None


def compare(one: PageDigest, other: PageDigest) -> Literal["same", "other"] | None:
    """Say whether two pages say the same, or something else; None where that cannot be told.

    What an article counts (readers, comments) may differ, and a list may have got an entry meanwhile.
    """
    if bool(one.title) != bool(other.title):
        return None
    mine, theirs = set(one.parts), set(other.parts)
    common, most = len(mine & theirs), max(len(mine), len(theirs))
    if one.title:
        if most == 0:
            return None
        if one.title == other.title and common >= _ENOUGH * most:
            return "same"
        return "other" if common < _FEW * most else None
    if min(len(mine), len(theirs)) < _MIN_ENTRIES:
        return None
    if mine == theirs or (len(mine ^ theirs) <= 2 and common >= _MIN_SHARE * most):
        return "same"
    return "other" if common < _FEW * most else None


def agreement(one: Variation, other: Variation) -> str:
    """Return the evidence that two variations of a page gave by saying the same."""
    drawn = one.is_drawn and other.is_drawn
    return f"{one.digest.content}:{other.value:08x}:{'drawn' if drawn else 'plain'}"


def is_idle(evidence: Collection[str], *, is_list: bool, is_known: bool) -> bool:
    """Say whether parameters never change what a page says, by all the evidence there is.

    ``is_known``: they say nothing elsewhere on the host, and the pages are told apart by their path.
    """
    if not evidence or REFUTED in evidence:
        return False
    found = [tuple(entry.split(":")) for entry in evidence]
    contents, values = {entry[0] for entry in found}, {entry[1] for entry in found}
    if not all(entry[-1] == "drawn" for entry in found):
        return len(contents) >= _PLAIN
    if len(contents) >= _DRAWN or is_known:
        return True
    return is_list and len(values) + 1 >= _OF_ONE_LIST


def _hash(text: str) -> int:
    return crc32(text.encode("utf-8", "replace"))
