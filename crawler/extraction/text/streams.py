"""Streams beside an article: teasers of others, and comments, one after the other in an element of their own.

Templates name their boxes as they like, and classes are often hashed; what repeats is told by its lines: the linked
headline over a sentence or two, the reader's name over a remark. A digest has such lines, too; its items are neither
cut short nor signed, no heading parts them from the text, and they are most of it.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from crawler.extraction.labels.model import COMMENT_BUTTONS, CREDITS, HEADING, LINK, LIST_HEADING, READER
from crawler.extraction.labels.table import has
from crawler.extraction.text.values import PARAGRAPH, SHORT_SENTENCE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from crawler.extraction.page.flow import Flow

__all__ = ["COMMENT_STREAM", "TEASER_STREAM", "is_comment", "streams"]

_HEADLINE = 6  # letters of the shortest
_ROW = 30  # letters of a row of facts
TEASER_STREAM: Final = "beside: stream of teasers"
"""What a stream of teasers is cut by."""
COMMENT_STREAM: Final = "beside: stream of comments"
"""What a stream of comments is cut by."""
_FEWEST = 3
_MOST = 20  # runs that are looked at: each against the whole page
_GAP = 6  # lines from one to the next
_NEAR = 4  # lines above a stream in which a heading or credits may part it from the text
_CUT_OFF = ("...", "…", "]", "】", "»", ">")
_STAMP = re.compile(r"评论|阅读|浏览|\d\s?[秒分小天]|\d{1,2}[-/月:：]\d\d?|昨天|前天|今天|刚刚")


def is_comment(flow: Flow, index: int) -> bool:
    """Say whether a reader's name stands over a line, or the buttons for comments under it."""
    lines = flow.lines
    if index and has(lines[index - 1], READER):
        return True
    return any(has(line, COMMENT_BUTTONS) for line in lines[index + 1 : index + 3])


def streams(flow: Flow, values: list[float], first: int = -1) -> Iterator[tuple[int, int, str]]:
    """Yield the runs of lines (start, end) that are streams, with their names, where a text stands above them.

    ``first`` is the line below the headline where the text begins, if that is known: then it may be short.
    """
    sentences = [i for i, value in enumerate(values) if value >= SHORT_SENTENCE]
    # what is parted by headlines or names does not follow line upon line, as an article's paragraphs mostly do
    if sum(values[i - 1] < SHORT_SENTENCE for i in sentences if i) < _FEWEST:
        return
    for belongs, name in ((_is_headed, TEASER_STREAM), (is_comment, COMMENT_STREAM)):
        for run in islice(_runs(flow, sentences, belongs), _MOST):
            element = flow.around(run[0] - 1, run[-1])
            start, end = flow.starts[element], flow.ends[element]
            said = [values[i] for i in sentences if i < start and not has(flow.lines[i], HEADING)]
            at_headline = 0 <= first < start
            if not set(run) >= {i for i in sentences if start <= i < end}:
                continue
            if not at_headline and max(said, default=0.0) < PARAGRAPH:
                continue
            more = sum(said) >= sum(values[i] for i in run) or (at_headline and belongs is is_comment)
            if more or _is_parted(flow, start, run[0]) or (belongs is _is_headed and _are_teasers(flow, run)):
                yield start, end, name


def _runs(flow: Flow, sentences: list[int], belongs: Callable[[Flow, int], bool]) -> Iterator[list[int]]:
    """Yield the sentences that follow each other closely and all belong, three and more."""
    run: list[int] = []
    for i in [*sentences, -1]:
        fits = i >= 0 and belongs(flow, i)
        if fits and (not run or i - run[-1] <= _GAP):
            run.append(i)
            continue
        if len(run) >= _FEWEST:
            yield run
        run = [i] if fits else []


def _is_headed(flow: Flow, index: int) -> bool:
    """Say whether a linked headline stands over a sentence, a row or another sentence of the same between."""
    lines = flow.lines
    for i in range(index - 1, max(-1, index - 3), -1):
        if lines[i].linked:
            return len(lines[i].text) >= _HEADLINE and has(lines[i], LINK)
        if flow.parents[lines[i].block] != flow.parents[lines[index].block]:
            return False
    return False


def _is_parted(flow: Flow, start: int, first: int) -> bool:
    """Say whether a heading of recommendations, or the text's credits, part a stream from the text above it."""
    above = flow.lines[max(0, start - _NEAR) : first]
    return any(has(line, LIST_HEADING | CREDITS) for line in above)


def _are_teasers(flow: Flow, run: list[int]) -> bool:
    """Say whether sentences under headlines are cut off, or stand over rows of facts of their own."""
    lines = flow.lines
    cut = sum(lines[i].text.endswith(_CUT_OFF) for i in run)
    below = [lines[i + 1] for i in run if i + 1 < len(lines)]
    dated = sum(len(line.text) <= _ROW and _STAMP.search(line.text) is not None for line in below)
    return 2 * max(cut, dated) >= len(run)
