"""Lines that are links: the entries of lists, and the teasers of other articles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crawler.extraction.page.flow import Line

__all__ = ["closing_link", "is_link", "is_teaser"]

# What stands beside the links of a row or a list, and is no word of a sentence: separators, dates, numbers.
_BESIDE = re.compile(r"[\s\d|｜丨·・•●■◆▪→>»›<«\-—–_/\\.,:：()（）\[\]【】年月日]+")
_MORE = re.compile(r"(?:详细|详情|全文|更多|查看|点击)\W{0,4}$")
_ONWARD = re.compile(
    r"\W{0,3}(?:(?:返回|回到|返回到)[^。！？!?]{1,24}|(?:点击|查看|进入|阅读|了解|點擊|閱讀)[^。！？!?]{0,16}(?:专题|列表|更多|全文|原文|详情|首页|專題|詳情))\W{0,4}"
)
_ONWARD_BEGINS = frozenset("返回点查进阅了點閱")
_ENDINGS = frozenset("。！？!?…”）)】]；;")
_SHORT = 40
_OPENING = " 　[【（(>＞»"


def closing_link(pieces: list[str], linked: int) -> str:
    """Return the link that ends a line and only leads on (返回云水，查看更多); empty where none does.

    ``pieces`` are two text nodes or more, ``linked`` the characters of the line inside links.
    """
    last = pieces[-1].strip() or pieces[-2].strip()
    if last.lstrip(_OPENING)[:1] not in _ONWARD_BEGINS or not 2 < len(last) <= linked < len(last) + 4:
        return ""
    if _ONWARD.fullmatch(last) is None:
        return ""
    whole = "".join(pieces).strip()
    if _ONWARD.fullmatch(whole) is not None:
        return ""  # 返回云水，<a>查看更多</a>: nothing stands before it
    before = whole[: -len(last)].rstrip()
    ended = (
        before[-1:] in _ENDINGS or 0 < len(before) <= _SHORT
    )  # or it is the end of a sentence that goes on
    return last if ended else ""


def is_link(line: Line, share: float = 0.5) -> bool:
    """Say whether more than this share of a line is links, what merely stands beside them apart."""
    linked = line.linked
    if not linked:
        return False
    size = len(line.text)
    return linked > share * size or (
        linked > share / 3 * size and linked > share * len(_BESIDE.sub("", line.text))
    )


def is_teaser(line: Line) -> bool:
    """Say whether a sentence ends in a link to the rest of it: ……[详细]."""
    return 0 < line.linked <= 8 and _MORE.search(line.text, max(0, len(line.text) - 10)) is not None
