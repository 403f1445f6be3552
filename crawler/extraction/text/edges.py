"""What is the site's at both ends of a text: rows of facts, appeals, notices, headings of lists."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.chinese.dates import read_moment
from crawler.extraction.labels.model import DAY, DISCLAIMER, FACTS, LIST_HEADING, NOTICE, SOURCE
from crawler.extraction.labels.table import EDGE, has
from crawler.extraction.text.rows import HEAD_LINES

if TYPE_CHECKING:
    from crawler.extraction.page.flow import Flow, Line
    from crawler.extraction.text.selection import Selection

__all__ = [
    "above_row",
    "behind_notice",
    "is_edge",
    "lone_day",
    "lone_list_headings",
    "lone_title",
    "rows_above",
    "site_above",
    "site_below",
]

_HEAD_SHARE = 0.4
_FEW = 3
_FEW_WORDS = 24
_TAIL_SHARE = 0.2
_AWAITED = 30  # letters of the value of a label that ends its row
_MARKED = re.compile(r"[：:《》（）()\[\]【】。]|\d")
_LONE = 12  # letters of the heading of a list
_LISTED = 3
_MARKS = re.compile("[。，；：！？…”）、]")


def is_edge(line: Line) -> bool:
    """Say whether a line is of the site at an end of a text, or of arrows and dashes alone."""
    return has(line, EDGE) or (len(line.text) <= _FEW_WORDS and not any(map(str.isalnum, line.text)))


def above_row(selection: Selection) -> list[int]:
    """Find what stands above the row of facts, and that row, in the text's element: a summary, a card."""
    kept, lines = selection.kept, selection.flow.lines
    rows = selection.rows - selection.scheduled
    if not rows:
        return []
    total, seen = selection.size(), 0
    for n, i in enumerate(kept[:HEAD_LINES]):
        if i in rows and seen < _HEAD_SHARE * total:
            return kept[: n + 1]
        seen += len(lines[i].text)
    return []


def rows_above(selection: Selection) -> list[int]:
    """Find the rows of facts above the first paragraph, each with the value of a label that ends it.

    Those of a schedule are the text's; so is a source where the row above the text has its date.
    """
    lines, scheduled = selection.flow.lines, selection.scheduled
    found = []
    awaited = False
    for i in selection.head():
        line = lines[i]
        if awaited and len(line.text) <= _AWAITED:
            awaited = False
            found.append(i)
        elif i not in scheduled and has(line, FACTS) and not _is_own(selection, line):
            awaited = line.text.endswith(("：", ":"))
            found.append(i)
    return found


def _is_own(selection: Selection, line: Line) -> bool:
    return has(line, SOURCE) and _is_dated_above(selection)


def lone_day(selection: Selection) -> list[int]:
    """Find the one line above the first paragraph that is nothing but a day; one of several begins a part.

    Where the row above the text has its date, a day is a speech's.
    """
    lines = selection.flow.lines
    days = [i for i in selection.kept if has(lines[i], DAY)]
    return days if len(days) == 1 and days[0] < selection.first and not _is_dated_above(selection) else []


def _is_dated_above(selection: Selection) -> bool:
    """Say whether a row above the text's element says its date."""
    top = selection.top
    above = selection.flow.lines[max(0, top - HEAD_LINES) : top]
    return any(has(line, FACTS) and read_moment(line.text) is not None for line in above)


def site_above(selection: Selection) -> list[int]:
    """Find the lines of the site above the first paragraph."""
    return [i for i in selection.head() if is_edge(selection.line(i))]


def behind_notice(selection: Selection) -> list[int]:
    """Find a notice near the end behind which but a few words stand, of no label and no bracket: 都在云水APP."""
    lines, rest = selection.flow.lines, selection.rest()
    total = sum(len(lines[i].text) for i in rest)
    behind = 0
    for n in range(len(rest) - 1, max(0, len(rest) - 2 - _FEW), -1):
        line = lines[rest[n]]
        if has(line, NOTICE | DISCLAIMER):
            return rest[n:] if behind < _TAIL_SHARE * total else []
        behind += len(line.text)
        if len(line.text) > _FEW_WORDS or _MARKED.search(line.text):
            return []
    return []


def site_below(selection: Selection) -> list[int]:
    """Find the lines of the site below the last of the text."""
    rest = selection.rest()
    last = len(rest)
    while last > 1 and is_edge(selection.line(rest[last - 1])):
        last -= 1
    return rest[last:]


def lone_list_headings(selection: Selection) -> list[int]:
    """Find the headings of lists (相关新闻：, 热榜) whose lists were cut."""
    lines = selection.flow.lines
    there = set(selection.kept)
    return [i for i in selection.kept if i + 1 not in there and has(lines[i], LIST_HEADING)]


def lone_title(selection: Selection) -> list[int]:
    """Find a last line of a few words behind which links stand: 热榜."""
    kept, flow = selection.kept, selection.flow
    if len(kept) < 2 or not _is_lone(flow.lines[kept[-1]]):
        return []
    return kept[-1:] if _are_listed(flow, kept[-1] + 1) else []


def _is_lone(line: Line) -> bool:
    return len(line.text) <= _LONE and line.tag != "p" and not _MARKS.search(line.text)


def _are_listed(flow: Flow, first: int) -> bool:
    behind = flow.lines[first : first + _LISTED]
    linked = [more.linked >= 0.6 * len(more.text) for more in behind]
    return len(linked) == _LISTED and linked[0] and sum(linked) > 1
