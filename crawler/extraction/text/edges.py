"""What is the site's at both ends of a text: rows of facts, appeals, a summary, headings of lists."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.chinese.boilerplate import ends_article, is_edge
from crawler.chinese.dates import read_moment
from crawler.chinese.notices import is_notice
from crawler.extraction.text.prose import is_prose
from crawler.extraction.text.rows import HEAD_LINES, is_info, schedule
from crawler.extraction.text.summary import SUMMARY, without_repeated_summary, without_summary_box

if TYPE_CHECKING:
    from crawler.extraction.page.flow import Flow, Line

__all__ = ["SUMMARY", "peel", "without_lone_headings"]

_DAY = re.compile(
    r"\W{0,3}(?:19|20)\d\d\s?[-年/.]\s?\d{1,2}\s?[-月/.]\s?\d{1,2}\s?日?(?:\s?(?:星期|周)[一二三四五六日天])?\W{0,3}"
)
_HEAD_SHARE = 0.4
_LONGEST_DAY = 24
# A source and nothing else: （来源：云水日报 方志远）, 来源丨云水公园（ID：yspark）.
_SOURCE = re.compile(
    r"^[（(]?(?:文章|本文|内容)?来源\s?[：:丨｜|]\s?[^：:，。\d]{2,24}(?:[（(]ID[：:][\w-]{3,30}[)）])?[)）]?$"
)
_FEW = 3
_FEW_WORDS = 24
_TAIL_SHARE = 0.2
_MARKED = re.compile(r"[：:《》（）()\[\]【】。]|\d")
_LONE = 12  # letters of the heading of a list
_LISTED = 3
_MARKS = re.compile("[。，；：！？…”）、]")


def peel(flow: Flow, kept: list[int], rows: frozenset[int]) -> list[int]:
    """Takes lines of the site off both ends.

    Those are rows of facts (``rows``) and appeals above the first paragraph, appeals and notices below the last.
    """
    lines = flow.lines
    scheduled = schedule(flow, kept, rows)
    kept = without_summary_box(flow, kept[_below_row(flow, kept, rows - scheduled) :])
    first = next((n for n, i in enumerate(kept) if is_prose(lines[i])), len(kept))
    days = [i for i in kept if len(lines[i].text) <= _LONGEST_DAY and _DAY.fullmatch(lines[i].text)]
    own = [i for i in kept[:first] if _SOURCE.match(lines[i].text)]
    if (days or own) and _is_dated_above(flow, kept[0]):
        days = []  # then a day above the first sentence is a speech's, and a source the text's own
    else:
        own = []
    head: list[int] = []
    awaited = False  # a label at the end of a row has its value in the next
    for i in kept[:first]:
        text = lines[i].text
        if awaited and len(text) <= 30:
            awaited = False
        elif i not in scheduled and i not in own and is_info(lines[i]):
            awaited = text.endswith(("：", ":"))
        elif days == [i]:  # one of several begins a part of a chronicle
            continue
        elif not _is_edge(lines[i]):
            head.append(i)
    rest = _before_notice(flow, without_repeated_summary(flow, kept[first:]))
    while len(rest) > 1 and _is_edge(lines[rest[-1]]):
        rest.pop()
    return head + rest


def _is_dated_above(flow: Flow, first: int) -> bool:
    """Whether a row above the text's element says its date."""
    above = flow.lines[max(0, first - HEAD_LINES) : first]
    return any(is_info(line) and read_moment(line.text) is not None for line in above)


def _is_edge(line: Line) -> bool:
    """A line of the site, or of arrows and dashes alone."""
    text = line.text
    return is_edge(text, line.linked) or (len(text) <= _FEW_WORDS and not any(map(str.isalnum, text)))


def _before_notice(flow: Flow, kept: list[int]) -> list[int]:
    """Drops a notice near the end behind which but a few words stand, of no label and no bracket: 都在云水APP."""
    lines = flow.lines
    total = sum(len(lines[i].text) for i in kept)
    behind = 0
    for n in range(len(kept) - 1, max(0, len(kept) - 2 - _FEW), -1):
        text = lines[kept[n]].text
        if is_notice(text):
            return kept[:n] if behind < _TAIL_SHARE * total else kept
        behind += len(text)
        if len(text) > _FEW_WORDS or _MARKED.search(text):
            return kept
    return kept


def _below_row(flow: Flow, kept: list[int], rows: frozenset[int]) -> int:
    """Where the text begins if the row of facts (time, source) stands in its element, behind a summary or a card."""
    if not rows:
        return 0
    total = sum(len(flow.lines[i].text) for i in kept)
    seen = 0
    for n, i in enumerate(kept[:HEAD_LINES]):
        if i in rows and seen < _HEAD_SHARE * total:
            return n + 1
        seen += len(flow.lines[i].text)
    return 0


def without_lone_headings(flow: Flow, kept: list[int]) -> list[int]:
    """Drops the heading of a list (相关新闻：, 热榜) whose links were dropped."""
    there = set(kept)
    kept = [i for i in kept if not (ends_article(flow.lines[i].text) and i + 1 not in there)]
    if len(kept) > 1:
        last = kept[-1]
        line = flow.lines[last]
        behind = flow.lines[last + 1 : last + 1 + _LISTED]
        linked = [more.linked >= 0.6 * len(more.text) for more in behind]
        listed = len(linked) == _LISTED and linked[0] and sum(linked) > 1
        if listed and len(line.text) <= _LONE and not _MARKS.search(line.text) and line.tag != "p":
            kept.pop()
    return kept
