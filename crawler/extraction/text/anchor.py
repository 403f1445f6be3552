"""Where on a page the article must be: below its headline, and below the row of facts that stands there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.extraction.labels.model import (
    COMMENTS,
    CREDITS,
    DISCLAIMER,
    FACTS,
    HEADING,
    LEGAL,
    LIST_HEADING,
    SENTENCE,
    SUMMARY,
    VOICE,
)
from crawler.extraction.labels.table import EDGE, has
from crawler.extraction.page.files import links_to_file, shows_file
from crawler.extraction.page.hints import AWAY
from crawler.extraction.page.pictures import is_picture
from crawler.extraction.text.parting import begins_list, is_row
from crawler.extraction.text.place import Anchor, place_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawler.extraction.page.flow import Flow, Line

__all__ = ["find_anchor", "is_to_readers"]

_PARTING = HEADING | LIST_HEADING | COMMENTS | CREDITS | DISCLAIMER | LEGAL
_NEAR = 40  # lines from a headline to its text, at most
_ROWS = 12  # lines from a headline to its row of facts, at most
_READERS = re.compile("您|[请請]|我[们們]|本[网網站刊平]|即(?:表示|代表|视为|視為)")


def find_anchor(flow: Flow, values: list[float], headlines: Iterable[tuple[int, int]]) -> Anchor | None:
    """Return the best of some headlines: one with a row of facts and a text below it, or the first with an article."""
    found = [
        anchor for start, end in headlines if (anchor := _anchored(flow, values, start, end)) is not None
    ]
    return max(found, key=lambda anchor: (anchor.kind == "text", anchor.row >= 0), default=None)


def _anchored(flow: Flow, values: list[float], start: int, end: int) -> Anchor | None:
    row, first, until = -1, -1, min(end + _NEAR, len(flow.lines))
    for i in range(end, until):
        line = flow.lines[i]
        if i - end < _ROWS and is_row(line):
            row = i
        elif _is_text(line, values[i]):
            if _is_away(flow, line.block, max(row, end - 1)):
                continue
            if not is_to_readers(line):
                first, until = (first if first >= 0 and _are_alike(flow, first, i) else i), i
                break
            first = i if first < 0 else first
        elif begins_list(flow, i):
            until = i
            break
    said = None if first < 0 else Anchor(start, end, row, "text", first, flow.lines[first].block)
    if said is not None and not (
        has(flow.lines[first], VOICE) or any(has(line, _PARTING) for line in flow.lines[end:first])
    ):
        return said  # as on most pages
    for anchor in (_first_file(flow, start, end, row, until), _first_picture(flow, start, end, row, until)):
        if anchor is not None and (said is None or _are_parted(flow, anchor, said)):
            return anchor
    return said


def _is_text(line: Line, value: float) -> bool:
    return (
        value > 0
        and has(line, SENTENCE)
        and not has(line, EDGE | FACTS | CREDITS | SUMMARY | LIST_HEADING | HEADING | COMMENTS)
    )


def _first_file(flow: Flow, start: int, end: int, row: int, until: int) -> Anchor | None:
    for i in range(end, until):
        line = flow.lines[i]
        if line.linked and links_to_file(flow, i) and not _is_away(flow, line.block, max(row, end - 1)):
            return Anchor(start, end, row, "files", i, line.block)
    for media in flow.media:
        if end <= media.line <= until and shows_file(media.node):
            return Anchor(start, end, row, "files", media.line, media.parent)
    return None


def _first_picture(flow: Flow, start: int, end: int, row: int, until: int) -> Anchor | None:
    for media in flow.media:
        if not end <= media.line <= until or media.node.tag != "img":
            continue
        if is_picture(media.node) and not _is_away(flow, media.parent, max(row, end - 1)):
            return Anchor(start, end, row, "pictures", media.line, media.parent)
    return None


def _is_away(flow: Flow, block: int, above: int) -> bool:
    """Say whether an element around a block is named as something else, and does not begin right below a line."""
    return any(flow.flags[a] & AWAY and flow.starts[a] > above + 1 for a in flow.ancestors(block))


def _are_parted(flow: Flow, shown: Anchor, said: Anchor) -> bool:
    """Say whether the article ends between what is shown below a headline and the first that is said.

    What the site says of itself in an element of its own is none of it.
    """
    place = place_of(flow, shown)
    between = range(shown.first, said.first)
    if any(place.ends(i) or place.parts(i) for i in between):
        return True
    return has(flow.lines[said.first], VOICE) and not place.near(said.first)


def is_to_readers(line: Line) -> bool:
    """Say whether a line asks something of those who read a page, and be it to agree to what the site does."""
    return has(line, VOICE) and _READERS.search(line.text) is not None


def _are_alike(flow: Flow, one: int, other: int) -> bool:
    """Say whether two lines are paragraphs of one element."""
    here, there = flow.lines[one], flow.lines[other]
    return here.tag == there.tag and (
        here.block == there.block or flow.parents[here.block] == flow.parents[there.block]
    )
