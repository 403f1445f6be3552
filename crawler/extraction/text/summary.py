"""Summaries above a text, which are none of it: in an element of their own, or repeated by the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.extraction.text.rows import HEAD_LINES
from crawler.extraction.text.values import A_SENTENCE

if TYPE_CHECKING:
    from crawler.extraction.text.selection import Selection

__all__ = ["repeated_summary", "summary_box"]

_WORDS = r"(?:内容)?(?:摘要|导读|导语|核心提示|内容提要|提要|阅读提示|简介)"
_BEGINNING = re.compile(rf"^[\s【\[（(“]{{0,3}}{_WORDS}[\s】\]）)：:]")
_LABEL = re.compile(rf"[\s【\[（(]{{0,3}}{_WORDS}[\s】\]）)：:]{{0,3}}")
_LONGEST_LABEL = 12
_LINES = 5
_SHARE = 0.3  # of the letters: a box of more is the article


def summary_box(selection: Selection) -> list[int]:
    """Find a small element above the text that a line of its own calls a summary (摘要, 核心提示)."""
    flow, kept = selection.flow, selection.kept
    for i in kept[:HEAD_LINES]:
        line = flow.lines[i]
        if len(line.text) > _LONGEST_LABEL or not _LABEL.fullmatch(line.text):
            continue
        box = flow.around(i, i + 1)
        if flow.starts[box] < i or flow.ends[box] > min(i + _LINES, kept[-1]):
            continue
        inside = sum(len(flow.lines[k].text) for k in kept if k < flow.ends[box])
        if inside < _SHARE * selection.size():
            return [k for k in kept if i <= k < flow.ends[box]]
    return []


def repeated_summary(selection: Selection) -> list[int]:
    """Find a first paragraph that is the beginning of what follows: 摘要：, repeated by the text."""
    rest = selection.rest()
    if len(rest) < 2:
        return []
    text = _BEGINNING.sub("", selection.line(rest[0]).text).strip(" :：")
    behind = selection.line(rest[1]).text
    return rest[:1] if len(text) >= A_SENTENCE and behind.startswith(text[:A_SENTENCE]) else []
