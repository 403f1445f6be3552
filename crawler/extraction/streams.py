"""Streams beside an article: teasers of others, and comments, one after the other in an element of their own.

Templates name their boxes as they like, and classes are often hashed; what repeats is told by its lines: the linked
headline over a sentence or two, the buttons under them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.extraction.links import is_link

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from crawler.extraction.flow import Flow

__all__ = ["streams"]

_BUTTONS = re.compile("回复|举报|赞|支持|[顶踩]|回覆|檢舉")
# Who comments, and when: 网友：张三 发表于 2005-5-2 10:20. A question that readers ask a guest has words behind it.
_READER = re.compile(
    r"\W{0,2}(?:[\u4e00-\u9fff]{0,6}网友|游客|匿名|手机用户|第?\d{1,4}楼)"
    r"(?:[^？?。，！!]{0,24}\d{1,2}[:：]\d\d.{0,8}|[^：:？?。，！!]{0,10})$"
)
_SENTENCE = 15.0  # the value of a short one
_HEADLINE = 6  # letters of the shortest
_ROW = 30  # letters of a row of buttons
_FEWEST = 3
_GAP = 6  # lines from one to the next


def streams(flow: Flow, values: list[float]) -> Iterator[tuple[int, int]]:
    """The runs of lines (start, end) that are streams, where a text stands above them."""
    sentences = [i for i, value in enumerate(values) if value >= _SENTENCE]
    if len(sentences) <= _FEWEST:
        return
    for belongs in (_is_headed, _is_answered):
        for run in _runs(flow, values, sentences, belongs):
            element = _around(flow, run[0] - 1, run[-1])
            start, end = flow.starts[element], flow.ends[element]
            alone = set(run) >= {i for i in sentences if start <= i < end}
            if alone and sentences[0] < start:
                yield start, end


def _runs(
    flow: Flow, values: list[float], sentences: list[int], belongs: Callable[[Flow, list[float], int], bool]
) -> Iterator[list[int]]:
    """The sentences that follow each other closely and all belong, three and more."""
    run: list[int] = []
    for i in [*sentences, -1]:
        fits = i >= 0 and belongs(flow, values, i)
        if fits and (not run or i - run[-1] <= _GAP):
            run.append(i)
            continue
        if len(run) >= _FEWEST:
            yield run
        run = [i] if fits else []


def _is_headed(flow: Flow, values: list[float], index: int) -> bool:
    """Whether a linked headline stands over a sentence, a row or another sentence of the same between them."""
    lines = flow.lines
    for i in range(index - 1, max(-1, index - 3), -1):
        if lines[i].linked:
            return len(lines[i].text) >= _HEADLINE and is_link(lines[i], 0.6)
        beside = flow.parents[lines[i].block] == flow.parents[lines[index].block]
        if not beside or (len(lines[i].text) > _ROW and values[i] < _SENTENCE):
            return False
    return False


def _is_answered(flow: Flow, _: list[float], index: int) -> bool:
    """Whether a reader's name stands over a sentence, or the buttons for comments under it."""
    above = flow.lines[index - 1].text if index else ""
    if len(above) <= _ROW + 10 and _READER.match(above):
        return True
    below = flow.lines[index + 1 : index + 3]
    return any(len(line.text) <= _ROW and _BUTTONS.search(line.text) for line in below)


def _around(flow: Flow, first: int, last: int) -> int:
    """The innermost element that holds both lines."""
    for element in flow.ancestors(flow.lines[first].block):
        if flow.ends[element] > last:
            return element
    return 0
