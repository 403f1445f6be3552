"""What parts an article from what else a page holds: lists, their headings, other headlines and their rows of facts."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from crawler.chinese.dates import read_moment
from crawler.extraction.labels.model import DAY, FACTS, HEADING, LINK, LIST_HEADING, SENTENCE
from crawler.extraction.labels.table import has

if TYPE_CHECKING:
    from crawler.extraction.page.flow import Flow, Line

__all__ = ["begins_article", "begins_list", "heads_others", "is_row", "recommends"]

_ENTRY = 6  # letters of the shortest entry of a list
_ENTRIES = 3
_TIMED = 3  # lines from a headline to its row of facts, or from the heading of a list to its first entry
_BARS = ("分享", "打印", "关闭", "返回", "上一", "下一")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def is_row(line: Line) -> bool:
    """Say whether a line is a row of facts that says when."""
    return has(line, FACTS | DAY) and read_moment(line.text) is not None


def is_entry(line: Line) -> bool:
    """Say whether a line is a linked headline."""
    return line.linked > 0 and len(line.text) >= _ENTRY and has(line, LINK)


def begins_list(flow: Flow, index: int) -> bool:
    """Say whether a list of linked headlines, or its heading, stands on a line."""
    line = flow.lines[index]
    if not line.linked:
        return has(line, LIST_HEADING) and any(map(is_entry, flow.lines[index + 1 : index + 2]))
    entries = flow.lines[index : index + _ENTRIES]
    return len(entries) == _ENTRIES and all(map(is_entry, entries))


def recommends(flow: Flow, index: int) -> bool:
    """Say whether other articles follow under a heading, or each headline over a few words."""
    line = flow.lines[index]
    if not line.linked:
        return has(line, LIST_HEADING) and not line.text.lstrip().startswith(_BARS)
    return (
        is_entry(line)
        and not begins_list(flow, index)
        and any(map(is_entry, flow.lines[index + 2 : index + 1 + _TIMED]))
    )


def heads_others(flow: Flow, index: int) -> bool:
    """Say whether a heading over linked headlines stands on a line, or such a headline over its row of facts."""
    line, below = flow.lines[index], flow.lines[index + 1 : index + 1 + _TIMED]
    if line.linked:
        return is_entry(line) and any(map(is_row, below))
    return has(line, HEADING | LIST_HEADING) and any(map(is_entry, takewhile(_is_beside_entry, below)))


def _is_beside_entry(line: Line) -> bool:
    """Say whether a line may stand between a heading and the first headline below it, or is that: no sentence."""
    return line.linked > 0 or has(line, FACTS) or not has(line, SENTENCE)


def begins_article(flow: Flow, index: int, like: str) -> bool:
    """Say whether another headline stands on a line: no lesser heading than the tag ``like``, over a row of facts."""
    tag = flow.lines[index].tag
    if tag not in _HEADINGS or tag > (like if like in _HEADINGS else "h2"):
        return False
    return any(map(is_row, flow.lines[index + 1 : index + 1 + _TIMED]))
