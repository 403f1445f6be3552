"""Where a text ends inside its element."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.chinese.boilerplate import ends_article, is_edge
from crawler.chinese.dates import read_moment
from crawler.chinese.notices import is_disclaimer
from crawler.extraction.page.comments import heads_comments
from crawler.extraction.page.links import is_link
from crawler.extraction.text.prose import is_credits, is_prose
from crawler.extraction.text.rows import HEAD_LINES, among_links, bare_rows, is_info, is_row

if TYPE_CHECKING:
    from crawler.extraction.page.flow import Flow

__all__ = ["text_end"]

_HEADINGS = frozenset(["h1", "h2", "h3"])
_SAID = 30.0  # the value of a short text
_BEHIND = 40  # lines behind credits that are looked at
_MUCH = 0.4  # of a text stands above the buttons under it, where advertisements follow
# 【评论】【论坛】【大 中 小】【打印】【关闭】: the row of buttons under a text.
_BUTTONS = re.compile(r"(?=.*(?:打印|关闭))(?:\s?[【\[](?:[^【】\[\]]{1,8})[】\]]){2,8}\s?")


def text_end(
    flow: Flow, start: int, end: int, values: list[float], dropped: set[int], rows: frozenset[int]
) -> int:
    """Where the article ends inside its element: before the heading of what is not it, a disclaimer, credits.

    ``rows`` are the lines that are rows of facts.

    A list inside the text, behind which the text goes on, ends nothing: its lines are added to ``dropped``.
    """
    total = sum([value for value in values[start:end] if value > 0]) or 1.0
    seen = 0.0
    rows = frozenset(bare_rows(flow, rows - dropped))
    for i in range(start, end):
        text = flow.lines[i].text
        before, seen = seen, seen + max(0.0, values[i])
        if i in dropped:
            continue
        if before >= 0.5 * total and (is_disclaimer(text) or (i in rows and _ends_text(flow, i, end, start))):
            return i
        rest = total - seen
        if before >= _SAID and before >= rest and heads_comments(flow, i) and flow.lines[i].tag != "p":
            return i
        if before >= _MUCH * total and _BUTTONS.fullmatch(text):
            return i
        if ends_article(text) and rest < 0.5 * total and _leads_away(flow, i, end, dropped):
            box = _box(flow, i, start, end)
            if not _goes_on(flow, i, box, end, dropped):
                return i
            dropped.update(range(i, max(i + 1, box)))
        if (
            before >= 0.6 * total
            and rest < 0.25 * total
            and is_credits(text)
            and not _is_told(flow, i, end, dropped)
        ):
            return i
    return end


def _is_told(flow: Flow, credit: int, end: int, dropped: set[int]) -> bool:
    """Whether the text goes on behind its credits: a paragraph that no link heads."""
    lines = flow.lines
    for i in range(credit + 1, min(end, credit + _BEHIND)):
        if is_link(lines[i], 0.6) or ends_article(lines[i].text) or heads_comments(flow, i):
            return False
        if i not in dropped and is_prose(lines[i]):
            return True
    return False


def _ends_text(flow: Flow, row: int, end: int, start: int) -> bool:
    """Whether a row behind a text is the text's own, or begins another article.

    It does with links or a headline beside it, with nothing behind it, or where it says again what the row above the
    text said.
    """
    lines = flow.lines
    beside = lines[row - 1].tag in _HEADINGS or (row + 1 < end and lines[row + 1].tag in _HEADINGS)
    if row + 1 >= end or beside or among_links(flow, row):
        return True
    moment = read_moment(lines[row].text)
    above = range(max(0, start - HEAD_LINES), min(row, start + HEAD_LINES))
    return moment is not None and any(
        is_row(lines[i]) and read_moment(lines[i].text) == moment for i in above
    )


def _leads_away(flow: Flow, heading: int, end: int, dropped: set[int]) -> bool:
    """Whether a list of links follows the heading, or nothing."""
    following = [i for i in range(heading + 1, min(end, heading + 5)) if i not in dropped]
    linked = [i for i in following if is_link(flow.lines[i], 0.6)]
    return not following or following[0] in linked or len(linked) * 2 >= len(following)


def _goes_on(flow: Flow, heading: int, box: int, end: int, dropped: set[int]) -> bool:
    """Whether the text goes on behind a heading's links, or behind its ``box``: a paragraph before any further link."""
    run = True
    for i in range(max(heading + 1, box), end):
        line = flow.lines[i]
        linked = is_link(line, 0.6)
        if i in dropped or (run and linked):
            continue
        run = False
        if linked or ends_article(line.text) or is_edge(line.text, line.linked) or is_info(line):
            return False
        if is_prose(line):
            return not any(is_link(more, 0.6) for more in flow.lines[i + 1 : min(i + 3, end)])
    return False


def _box(flow: Flow, heading: int, start: int, end: int) -> int:
    """Where the element of a heading and of the line behind it ends, if it is but a part of the text's; else 0."""
    element = flow.around(heading, heading + 1)
    apart = flow.starts[element] == heading and start < heading and flow.ends[element] <= end
    return flow.ends[element] if apart else 0
