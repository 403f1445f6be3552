"""Which element holds the article.

Every line gets a value: the characters of sentences count for it, links and labels against it. The element whose
lines add up to most is the smallest that has (nearly) all of the sentences and little else (the maximum-sum idea
of Pasternack and Roth, "Extracting article text from the web with maximum subsequence segmentation", 2009, on the
tree instead of the token sequence).
"""

from __future__ import annotations

from itertools import accumulate
from operator import sub
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crawler.extraction.page.flow import Flow

__all__ = ["best_container", "best_run"]

_KEEP_SHARE = 0.9
"""An element this much of whose value lies in one child is left for the child."""


def best_container(flow: Flow, values: list[float]) -> int | None:
    """Return the element that holds the article, or None where no element has sentences."""
    count = len(flow.tags)
    if not count or not values:
        return None
    sum_to = list(accumulate(values, initial=0.0)).__getitem__
    totals = list(map(sub, map(sum_to, flow.ends), map(sum_to, flow.starts)))
    top = max(totals)
    best = max(
        [i for i, total in enumerate(totals) if total == top],
        key=lambda i: (flow.ends[i] - flow.starts[i] > 1, -i),
    )
    if totals[best] <= 0:
        return None
    while True:
        share = _KEEP_SHARE * totals[best]
        inner = -1
        for index in range(best + 1, count):
            if flow.starts[index] >= flow.ends[best]:
                break
            if (
                flow.parents[index] == best
                and totals[index] >= share
                and flow.ends[index] - flow.starts[index] > 1
            ):
                inner = index
                break
        if inner < 0:
            return best
        best = inner


def best_run(values: list[float]) -> tuple[int, int, float]:
    """Return the run of lines that adds up to most: its start, its end, and the sum (Kadane's algorithm)."""
    best = total = 0.0
    start = end = begun = 0
    for index, value in enumerate(values):
        if total <= 0.0:
            total, begun = 0.0, index
        total += value
        if total > best:
            best, start, end = total, begun, index + 1
    return start, end, best
