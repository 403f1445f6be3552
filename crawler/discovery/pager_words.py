"""What the links of a pager say: a page's number, 下一页, 上一页, 首页, 尾页, in all their spellings."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["LONGEST", "is_next_word", "is_pager_word", "is_previous_word", "page_number"]

LONGEST: Final = 24
"""Characters of a link's text that may be a pager's."""

_OPEN: Final = r"[\[【(（［〔〖<＜«‹\s]*"
_CLOSE: Final = r"[\]】)）］〕〗>＞»›→▶\s]*"
_NEXT = re.compile(
    rf"(?:{_OPEN}(?:下\s?一?\s?[页頁]|[后後]\s?一?\s?[页頁]|next(?:\s*page)?|older(?:\s*posts?)?){_CLOSE}|\s*(?:[>＞»›]{{1,2}}|→|▶)\s*)",
    re.IGNORECASE,
)
_PREVIOUS = re.compile(
    rf"(?:{_OPEN}[←◀]?\s*(?:上\s?一?\s?[页頁]|前\s?一?\s?[页頁]|prev(?:ious)?(?:\s*page)?|newer(?:\s*posts?)?){_CLOSE}|\s*(?:[<＜«‹]{{1,2}}|←|◀)\s*)",
    re.IGNORECASE,
)
_ENDS = re.compile(
    rf"{_OPEN}(?:[首末尾][页頁]|第一[页頁]|最[后後]一?[页頁]|first|last){_CLOSE}|\s*(?:\|[<＜]|[>＞]\|)\s*",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"[\[【(（［〔〖\s]*(?:(\d{1,6})|第\s?(?:(\d{1,6})|([一二三四五六七八九十]{1,3}))\s?[页頁])[\]】)）］〕〗\s]*"
)
_HAN: Final = ("\u4e00", "\u9fff")
_DIGITS: Final = {digit: number for number, digit in enumerate("一二三四五六七八九", 1)}


def is_next_word(text: str) -> bool:
    """Say whether a link's text says that it leads to the next page (下一页, 后一页, next, >)."""
    return len(text) < LONGEST and _NEXT.fullmatch(text) is not None


def is_previous_word(text: str) -> bool:
    """Say whether a link's text says that it leads to the page before (上一页, 前一页, prev, <)."""
    return len(text) < LONGEST and _PREVIOUS.fullmatch(text) is not None


def page_number(text: str) -> int | None:
    """Return the number that a pager's link shows (2, [2], 【2】, 第2页, 第二页); None where it shows none."""
    if len(text) >= LONGEST:
        return None
    found = _NUMBER.fullmatch(text)
    if found is None:
        return None
    digits = found[1] or found[2]
    return int(digits) if digits else _counted(found[3])


def is_pager_word(text: str) -> bool:
    """Say whether a link's text is one of a pager's: a number, 下一页, 上一页, 首页, 尾页 and the like."""
    if len(text) >= LONGEST or (_HAN[0] <= text[:1] <= _HAN[1] and "页" not in text and "頁" not in text):
        return False  # as most headlines
    if page_number(text) is not None:
        return True
    return any(pattern.fullmatch(text) is not None for pattern in (_NEXT, _PREVIOUS, _ENDS))


def _counted(word: str) -> int | None:
    """Return 1 to 99 written out; None where it is no number."""
    tens, ten, ones = word.partition("十")
    if not ten:
        return _DIGITS.get(word)
    if not set(tens + ones) <= _DIGITS.keys() or len(tens) > 1 or len(ones) > 1:
        return None
    return 10 * _DIGITS.get(tens, 1) + _DIGITS.get(ones, 0)
