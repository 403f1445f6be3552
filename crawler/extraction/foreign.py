"""What a page holds beside its article: by the names of elements, under the heading of comments, as a stream."""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate
from typing import TYPE_CHECKING

from crawler.extraction.comments import comments_from, heads_comments
from crawler.extraction.hints import AWAY
from crawler.extraction.streams import streams

if TYPE_CHECKING:
    from crawler.extraction.flow import Flow

__all__ = ["foreign_parts", "hush"]

_SAID = 30.0
"""The value of a short text."""


def hush(flow: Flow, values: list[float]) -> set[int]:
    """Takes what stands in comments, footers, streams and the like out of the count.

    Returns the lines that are certainly none of the article's: comments and streams.
    """
    _hush_named(flow, values)
    found: set[int] = set()
    for index in range(len(flow.lines)):
        if heads_comments(flow, index):
            end, start = comments_from(flow, index)
            above = values[start if start < index else 0 : index]
            if sum([value for value in above if value > 0]) >= _SAID:
                found.update(range(index, end))
    for start, end in streams(flow, values):
        found.update(range(start, end))
    for index in found:
        values[index] = 0.0
    return found


def _hush_named(flow: Flow, values: list[float]) -> None:
    """By the names of elements, unless most of the page stands in one."""
    gains = list(accumulate([value if value > 0 else 0.0 for value in values], initial=0.0))
    until = 0
    for index in [index for index, own in enumerate(flow.flags) if own & AWAY]:
        start, end = flow.starts[index], flow.ends[index]
        if start < until or gains[end] - gains[start] > 0.4 * gains[-1]:
            continue
        values[start:end] = [value if value < 0 else 0.0 for value in values[start:end]]
        until = end


def foreign_parts(flow: Flow, element: int, values: list[float]) -> set[int]:
    """Lines of elements inside the article's whose name says that they are something else."""
    start, end = flow.starts[element], flow.ends[element]
    whole = sum([value for value in values[start:end] if value > 0])
    dropped: set[int] = set()
    stop = bisect_left(flow.starts, end, element + 1)
    for index, own in enumerate(flow.flags[element + 1 : stop], element + 1):
        if own & AWAY:
            inner = range(flow.starts[index], flow.ends[index])
            if sum([max(0.0, values[i]) for i in inner]) < 0.3 * whole:
                dropped.update(inner)
    return dropped
