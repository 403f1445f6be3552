"""Which element holds the article.

Every line gets a value: the characters of sentences count for it, links and labels against it. The element whose
lines add up to most is the smallest that has (nearly) all of the sentences and little else (the maximum-sum idea
of Pasternack and Roth, "Extracting article text from the web with maximum subsequence segmentation", 2009, on the
tree instead of the token sequence).
"""

from __future__ import annotations

import re
from itertools import accumulate
from operator import sub
from typing import TYPE_CHECKING

from crawler.chinese.boilerplate import is_address, is_boilerplate
from crawler.chinese.notices import is_disclaimer
from crawler.extraction.page.links import is_link, is_teaser
from crawler.extraction.text.rows import is_info

if TYPE_CHECKING:
    from crawler.extraction.page.flow import Flow, Line

__all__ = ["best_container", "best_run", "is_sentence", "line_value"]

_PROSE_TAGS = frozenset(["p", "section", "blockquote", "pre", "h2", "h3", "h4", "figcaption"])
_SENTENCE = 12
_LONG_ROW = 120
_FACTS = re.compile(r"\d[:：]\d\d|来源|來源|发布|發布|时间[:：]")
_STOP = re.compile("[，。、；？！：]|[,.] ")
_KEEP_SHARE = 0.9
"""An element this much of whose value lies in one child is left for the child."""


def is_sentence(text: str) -> bool:
    """Whether a line is long enough for a sentence and has the marks of one."""
    return len(text) >= _SENTENCE and _STOP.search(text) is not None


def line_value(line: Line) -> float:
    """What a line adds to an element that may be the article's."""
    text = line.text
    size = len(text)
    if line.linked:
        if line.linked * 2 > size or is_link(line):
            return -8.0 - min(size, 40) / 2
        if is_teaser(line):
            return 0.0
    if is_sentence(text):
        if size <= _LONG_ROW:
            if is_boilerplate(text) or is_address(text):
                return -15.0
            if _FACTS.search(text) and is_info(line):
                return -4.0
        if is_disclaimer(text):
            return -15.0
        return float(size - 2 * line.linked)
    if size >= 40:
        return size * 0.4
    return 2.0 if line.tag in _PROSE_TAGS else -4.0


def best_container(flow: Flow, values: list[float]) -> int | None:
    """The element that holds the article, or None where no element has sentences."""
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
    """The run of lines that adds up to most: its start, its end, and the sum (Kadane's algorithm)."""
    best = total = 0.0
    start = end = begun = 0
    for index, value in enumerate(values):
        if total <= 0.0:
            total, begun = 0.0, index
        total += value
        if total > best:
            best, start, end = total, begun, index + 1
    return start, end, best
