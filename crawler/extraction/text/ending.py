"""Where a text ends inside its element: an ordered list of what ends it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crawler.chinese.dates import read_moment
from crawler.extraction.labels.model import (
    BUTTONS,
    COMMENTS,
    CREDITS,
    DATED,
    DISCLAIMER,
    FACTS,
    HEADING,
    LINK,
    LIST_HEADING,
    PROSE,
)
from crawler.extraction.labels.table import EDGE, has
from crawler.extraction.text.rows import HEAD_LINES, among_links, bare_rows
from crawler.extraction.text.selection import CUTS
from crawler.extraction.text.values import PARAGRAPH

if TYPE_CHECKING:
    from collections.abc import Callable

    from crawler.extraction.page.flow import Flow
    from crawler.extraction.text.selection import Selection

__all__ = ["ENDINGS", "INSET", "end_text"]

INSET: Final = "list inside the text"
"""What is cut of a list with its heading, behind which the text goes on."""

_LEAST = 0.4  # of what counts stands above whatever ends a text
_BEHIND = 40  # lines behind credits that are looked at


@dataclass(slots=True)
class _Walk:
    """A walk down the lines: the one that is looked at, and what counts above it (``before``) and below it."""

    flow: Flow
    start: int
    end: int
    total: float
    dropped: set[int]
    rows: frozenset[int]
    at: int = 0
    before: float = 0.0
    rest: float = 0.0

    def above(self, share: float) -> bool:
        """Say whether at least this share of what counts stands above the line."""
        return self.before >= share * self.total


@dataclass(frozen=True, slots=True)
class Ending:
    """What ends a text; ``page`` names an invented page that is read otherwise without it."""

    name: str
    reason: str
    page: str
    ends: Callable[[_Walk], bool]


def end_text(selection: Selection) -> int:
    """Cut everything from the first line on that ends the text, and return its number.

    A list inside the text, behind which the text goes on, ends nothing and is cut alone.
    """
    flow, values = selection.flow, selection.values
    dropped = set(range(selection.start, selection.end)).difference(selection.kept)
    walk = _Walk(
        flow,
        selection.start,
        selection.end,
        sum([value for value in values[selection.start : selection.end] if value > 0]) or 1.0,
        dropped,
        frozenset(bare_rows(flow, selection.rows - dropped)),
    )
    seen = 0.0
    for i in range(selection.start, selection.end):
        walk.at, walk.before = i, seen
        seen += max(0.0, values[i])
        walk.rest = walk.total - seen
        if i in dropped or seen < _LEAST * walk.total:
            continue
        for ending in ENDINGS:
            if ending.ends(walk) and CUTS.is_on(ending.name):
                selection.drop(range(i, selection.end), ending.name)
                return i
        if _heads_list(walk):
            inset = range(i, max(i + 1, _box(walk)))
            dropped.update(inset)
            selection.drop(inset, INSET)
    return selection.end


def _is_row_behind(walk: _Walk) -> bool:
    """Say whether a row behind a text is the text's own, or begins another article.

    It does with links or a headline beside it, with nothing behind it, or where it says again what the row above the
    text said.
    """
    row, lines = walk.at, walk.flow.lines
    if row not in walk.rows or not walk.above(0.5):
        return False
    beside = has(lines[row - 1], HEADING) or (row + 1 < walk.end and has(lines[row + 1], HEADING))
    if row + 1 >= walk.end or beside or among_links(walk.flow, row):
        return True
    moment = read_moment(lines[row].text)
    above = range(max(0, walk.start - HEAD_LINES), min(row, walk.start + HEAD_LINES))
    return moment is not None and any(
        has(lines[i], DATED) and read_moment(lines[i].text) == moment for i in above
    )


def _is_over_comments(walk: _Walk) -> bool:
    if walk.before < PARAGRAPH or walk.before < walk.rest:
        return False
    line = walk.flow.lines[walk.at]
    return line.tag != "p" and has(line, COMMENTS)


def _heads_list(walk: _Walk) -> bool:
    """Say whether a heading of a list stands here: a list of links follows it, or nothing."""
    lines, dropped = walk.flow.lines, walk.dropped
    if walk.rest >= 0.5 * walk.total or not has(lines[walk.at], LIST_HEADING):
        return False
    following = [i for i in range(walk.at + 1, min(walk.end, walk.at + 5)) if i not in dropped]
    linked = [i for i in following if has(lines[i], LINK)]
    return not following or following[0] in linked or len(linked) * 2 >= len(following)


def _goes_on(walk: _Walk) -> bool:
    """Say whether the text goes on behind a heading's links, or its box: a paragraph before any further link."""
    lines = walk.flow.lines
    run = True
    for i in range(max(walk.at + 1, _box(walk)), walk.end):
        line = lines[i]
        linked = has(line, LINK)
        if i in walk.dropped or (run and linked):
            continue
        run = False
        if linked or has(line, LIST_HEADING | EDGE | FACTS):
            return False
        if has(line, PROSE):
            return not any(has(more, LINK) for more in lines[i + 1 : min(i + 3, walk.end)])
    return False


def _box(walk: _Walk) -> int:
    """Say where the element of a heading and the line behind it ends, if it is but a part of the text's; else 0."""
    flow, heading = walk.flow, walk.at
    element = flow.around(heading, heading + 1)
    apart = flow.starts[element] == heading and walk.start < heading and flow.ends[element] <= walk.end
    return flow.ends[element] if apart else 0


def _is_credited(walk: _Walk) -> bool:
    """Say whether credits stand here, behind which the text does not go on: no paragraph that no link heads."""
    if not walk.above(0.6) or walk.rest >= 0.25 * walk.total or not has(walk.flow.lines[walk.at], CREDITS):
        return False
    lines = walk.flow.lines
    for i in range(walk.at + 1, min(walk.end, walk.at + _BEHIND)):
        if has(lines[i], LINK | LIST_HEADING | COMMENTS):
            return True
        if i not in walk.dropped and has(lines[i], PROSE):
            return False
    return True


ENDINGS: Final = (
    Ending(
        "ends: disclaimer",
        "half of the text stands above a paragraph in which the site speaks",
        "the site speaks of itself behind a disclaimer",
        lambda walk: walk.above(0.5) and has(walk.flow.lines[walk.at], DISCLAIMER),
    ),
    Ending(
        "ends: row of facts",
        "another article begins, or the text's own row stands behind it",
        "an account and a button to follow it under the headline, the date elsewhere",
        _is_row_behind,
    ),
    Ending(
        "ends: comments",
        "most of the text stands above the heading of comments",
        "remarks that nobody signs under the heading of comments",
        _is_over_comments,
    ),
    Ending(
        "ends: buttons",
        "advertisements follow the buttons under a text",
        "advertisements behind a row of buttons",
        lambda walk: walk.above(0.4) and has(walk.flow.lines[walk.at], BUTTONS),
    ),
    Ending(
        "ends: list",
        "the heading of a list of links, behind which the text does not go on",
        "a list of links with a few words under each",
        lambda walk: _heads_list(walk) and not _goes_on(walk),
    ),
    Ending(
        "ends: credits",
        "editors are named behind the text",
        "who produced it behind the credits",
        _is_credited,
    ),
)
"""What ends a text, asked in this order of each line."""
