"""Simplified and traditional characters (OpenCC, loaded when first needed)."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

__all__ = ["is_traditional", "may_be_traditional", "simplify", "traditional_only"]

_RANGES = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00), (0x20000, 0x2A6E0))


@cache
def _converter(conversion: str) -> Any:
    from opencc import OpenCC  # noqa: PLC0415 - slow to import, and many processes never need it

    return OpenCC(conversion)


@cache
def traditional_only() -> frozenset[str]:
    """Return the characters that simplified text does not use."""
    return _changed_by("t2s", _RANGES)


@cache
def _simplified_only() -> frozenset[str]:
    return _changed_by("s2t", _RANGES[1:2])


def _changed_by(conversion: str, ranges: tuple[tuple[int, int], ...]) -> frozenset[str]:
    letters = [chr(code) for low, high in ranges for code in range(low, high)]
    converted = _converter(conversion).convert("\n".join(letters)).split("\n")
    return frozenset(old for old, new in zip(letters, converted, strict=True) if old != new)


@cache
def _hint() -> re.Pattern[str]:
    # One class of the basic plane is a bitmap to the matcher, and a range costs nothing; hundreds of single
    # characters beyond them would be compared one by one.
    basic = "".join(sorted(c for c in traditional_only() if c <= "\uffff"))
    return re.compile(f"[{basic}\U00020000-\U0003ffff]")


def may_be_traditional(text: str) -> bool:
    """Say whether a text may have characters that simplified text does not use; False is certain."""
    return _hint().search(text) is not None


def simplify(text: str) -> str:
    """Return the text in simplified characters; the same object where it is simplified already."""
    if not may_be_traditional(text) or traditional_only().isdisjoint(text):
        return text
    return str(_converter("t2s").convert(text))


def is_traditional(text: str) -> bool:
    """Say whether a text is written in traditional characters: at least four times as many as simplified ones."""
    traditional = sum(c in traditional_only() for c in text)
    return traditional > 0 and traditional >= 4 * sum(c in _simplified_only() for c in text)
