"""Summaries above a text, which are none of it: in an element of their own, or repeated by the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.extraction.text.prose import A_SENTENCE
from crawler.extraction.text.rows import HEAD_LINES

if TYPE_CHECKING:
    from crawler.extraction.page.flow import Flow

__all__ = ["SUMMARY", "without_repeated_summary", "without_summary_box"]

_WORDS = r"(?:内容)?(?:摘要|导读|导语|核心提示|内容提要|提要|阅读提示|简介)"
SUMMARY = re.compile(rf"^[\s【\[（(“]{{0,3}}{_WORDS}[\s】\]）)：:]")
"""How a line begins that is a summary and no lead."""

_LABEL = re.compile(rf"[\s【\[（(]{{0,3}}{_WORDS}[\s】\]）)：:]{{0,3}}")
_LONGEST_LABEL = 12
_LINES = 5
_SHARE = 0.3  # of the letters: a box of more is the article


def without_summary_box(flow: Flow, kept: list[int]) -> list[int]:
    """Drops a small element above the text that a line of its own calls a summary (摘要, 核心提示)."""
    for i in kept[:HEAD_LINES]:
        line = flow.lines[i]
        if len(line.text) > _LONGEST_LABEL or not _LABEL.fullmatch(line.text):
            continue
        box = flow.around(i, i + 1)
        if flow.starts[box] < i or flow.ends[box] > min(i + _LINES, kept[-1]):
            continue
        inside = sum(len(flow.lines[k].text) for k in kept if k < flow.ends[box])
        if inside < _SHARE * sum(len(flow.lines[k].text) for k in kept):
            return [k for k in kept if not i <= k < flow.ends[box]]
    return kept


def without_repeated_summary(flow: Flow, kept: list[int]) -> list[int]:
    """Drops a first line that is the beginning of what follows: 摘要：, repeated by the text."""
    if len(kept) < 2:
        return kept
    text = SUMMARY.sub("", flow.lines[kept[0]].text).strip(" :：")
    behind = flow.lines[kept[1]].text
    same = len(text) >= A_SENTENCE and behind.startswith(text[:A_SENTENCE])
    return kept[1:] if same else kept
