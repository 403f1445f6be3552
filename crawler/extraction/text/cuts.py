"""What is cut out of the article's lines, in order: each rule with its reason and the invented page that shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crawler.extraction.labels.model import CREDITS, KEYWORDS, LEGAL, LINK, WIDGET
from crawler.extraction.labels.table import SITE, has
from crawler.extraction.text.edges import (
    above_row,
    behind_notice,
    lone_day,
    lone_list_headings,
    lone_title,
    rows_above,
    site_above,
    site_below,
)
from crawler.extraction.text.ending import end_text
from crawler.extraction.text.rows import schedule
from crawler.extraction.text.selection import Cut, Selection
from crawler.extraction.text.subheads import own_lines
from crawler.extraction.text.summary import repeated_summary, summary_box

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawler.extraction.page.flow import Line

__all__ = ["ANYWHERE", "EDGES", "cut_anywhere", "cut_edges"]

_SHORT = 80
_LONGEST = 200
_ENDS_OF_CLAUSES = frozenset("。；，、：;")


def _links(selection: Selection) -> Iterable[int]:
    lines = selection.flow.lines
    return [i for i in selection.kept if lines[i].linked and _is_short_link(lines[i])]


def _is_short_link(line: Line) -> bool:
    return len(line.text) < _SHORT and "。" not in line.text and has(line, LINK)


def _keywords(selection: Selection) -> Iterable[int]:
    lines = selection.flow.lines
    return [i for i in selection.kept if has(lines[i], KEYWORDS)]


def _site(selection: Selection) -> Iterable[int]:
    lines = selection.flow.lines
    return [i for i in selection.kept if _is_site(lines[i])]


def _is_site(line: Line) -> bool:
    """Say whether a line is the site's; of calls only what is no sentence: how-to articles have such steps."""
    if len(line.text) >= _LONGEST or not has(line, SITE):
        return False
    return line.linked > 0 or line.text[-1:] not in _ENDS_OF_CLAUSES or has(line, LEGAL | WIDGET)


def _credits(selection: Selection) -> Iterable[int]:
    lines = selection.flow.lines
    return [i for i in selection.kept if has(lines[i], CREDITS)]


ANYWHERE: Final = (
    Cut(
        "cut: links",
        "short lines of links are of lists, wherever they stand",
        "party paper online, editors in brackets, pages in numbers",
        _links,
    ),
    Cut("cut: keywords", "keywords are a field of their own", "keywords behind the text", _keywords),
    Cut(
        "cut: site",
        "buttons, calls and legal lines are no article's, wherever they stand",
        "a player above the text, advertisements in it",
        _site,
    ),
    Cut(
        "cut: credits",
        "editors are a field of their own; photographers stay",
        "subheads that are names of buttons, a note behind the text's credits, an attachment",
        _credits,
    ),
)
"""What goes wherever it stands, but for lines that are the text's own (subheads, cells, attachments)."""

EDGES: Final = (
    Cut(
        "top: above the row of facts",
        "a summary, a card of the author",
        "a summary above the row of facts, in one element with the text",
        above_row,
    ),
    Cut(
        "top: box of a summary",
        "its label stands in a small element of its own",
        "a box that calls itself a summary",
        summary_box,
    ),
    Cut(
        "top: rows of facts",
        "time and source above the first paragraph",
        "a page that nobody named",
        rows_above,
    ),
    Cut("top: day", "the only line that is a day", "a page that nobody named", lone_day),
    Cut(
        "top: site",
        "players, appeals and notices above the first paragraph",
        "a player above the text, advertisements in it",
        site_above,
    ),
    Cut(
        "top: repeated summary",
        "the text begins with the same words",
        "a summary that the text begins with again",
        repeated_summary,
    ),
    Cut("end: notice", "with a few words behind it", "words of the site behind a notice", behind_notice),
    Cut(
        "end: site",
        "appeals and notices below the last paragraph",
        "hotline and copyright in the text's element",
        site_below,
    ),
    Cut(
        "end: headings of lists",
        "the list was cut",
        "the heading of a list high up in the text",
        lone_list_headings,
    ),
    Cut(
        "end: heading of links",
        "without the words of one",
        "a few words over the links below the text",
        lone_title,
    ),
)
"""What goes at the ends of a text, in this order."""


def cut_anywhere(selection: Selection) -> None:
    """End the text, and cut what is none of it wherever it stands."""
    stop = end_text(selection)
    own = own_lines(selection.flow, range(selection.start, stop), selection.values)
    own |= selection.cells
    kept = selection.kept
    selection.kept = [i for i in kept if i not in own]
    for cut in ANYWHERE:
        cut.apply(selection)
    selection.kept = [i for i in kept if i not in selection.cut]


def cut_edges(selection: Selection) -> None:
    """Cut what is the site's at the ends of the text."""
    selection.scheduled = schedule(selection.flow, selection.kept, selection.rows)
    for cut in EDGES:
        if selection.kept:
            cut.apply(selection)
