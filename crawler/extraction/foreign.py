"""Elements whose names say that what they hold is not the article's: comments, footers, related lists."""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate
from typing import TYPE_CHECKING

from crawler.extraction.hints import AWAY

if TYPE_CHECKING:
    from crawler.extraction.flow import Flow

__all__ = ["foreign_parts", "hush"]


def hush(flow: Flow, values: list[float]) -> None:
    """Takes what stands in comments, footers and the like out of the count, unless most of the page does."""
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
