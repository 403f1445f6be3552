"""Digits that are not 0 to 9: full-width ones, and those that Chinese writes out."""

from __future__ import annotations

import re

__all__ = ["NUMERAL", "plain_digits", "read_numeral", "read_year"]

_WIDE = re.compile("[０-９]")
_NARROW = str.maketrans("０１２３４５６７８９／．－：", "0123456789/.-:")
_DIGITS = "一二三四五六七八九"

NUMERAL = "[一二两兩三四五六七八九十]{1,3}"
"""A pattern of a number below a hundred that is written out."""


def plain_digits(text: str) -> str:
    """Return the text with 0 to 9 for full-width digits, and plain signs beside them, of the same length."""
    return text.translate(_NARROW) if _WIDE.search(text) else text


def read_year(text: str) -> int:
    """Read 二〇二二, a digit a character; what is no digit counts as nought."""
    return int("".join(str(_DIGITS.find(digit) + 1) for digit in text))


def read_numeral(text: str) -> int:
    """Read 三, 十一, 三十一, 两."""
    tens, ten, ones = text.replace("两", "二").replace("兩", "二").rpartition("十")
    if not ten:
        return _DIGITS.find(ones) + 1
    return 10 * (_DIGITS.find(tens) + 1 if tens else 1) + (_DIGITS.find(ones) + 1 if ones else 0)
