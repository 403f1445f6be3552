"""Comments of readers below an article, told by the heading over them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crawler.extraction.flow import Flow

__all__ = ["comments_from", "heads_comments"]

_LONGEST = 60
_HEADING = re.compile(
    r"\W{0,4}(?:(?:全部|热门|最新|网友|精彩|热点|最热|所有|精选|用户|读者)(?:评论|跟[帖贴]|留言)|"
    r"(?:我要|发表|参与)(?:评论|跟[帖贴])|(?:评论|跟[帖贴])[区列]表?|(?:全部|熱門|最新|網友)(?:評論|留言))"
    r"\s?(?:[（(][^（()）]{2,50}[)）]|[（(\[]?\s?(?:共|已有)?\s?\d{0,7}\s?[条條人]?(?:评论|参与)?[)）\]]?)[：:]?\W{0,3}$"
)
_TITLES = frozenset(["h2", "h3", "h4", "h5", "h6"])


def heads_comments(flow: Flow, index: int) -> bool:
    """Whether a line is the heading over comments; a paragraph of the text may quote some under such words, too.

    It is a title, says how many there are, or is the first line of an element that holds more.
    """
    line = flow.lines[index]
    if len(line.text) > _LONGEST or line.linked or _HEADING.match(line.text) is None:
        return False
    return (
        line.tag in _TITLES
        or any(letter.isdigit() or letter in "（(" for letter in line.text)
        or (line.tag != "p" and flow.starts[_section(flow, index)] == index)
    )


def comments_from(flow: Flow, index: int) -> tuple[int, int]:
    """The lines below a heading of comments, and above it in the same element: (its end, its start)."""
    section = _section(flow, index)
    return flow.ends[section], flow.starts[section]


def _section(flow: Flow, index: int) -> int:
    """The innermost element that holds a line and the one behind it."""
    for element in flow.ancestors(flow.lines[index].block):
        if flow.ends[element] > index + 1:
            return element
    return 0
