"""Which lines of the page are the article's text: the element, the run of lines, the cuts."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from crawler.extraction.labels.model import SENTENCE, TEASER
from crawler.extraction.labels.table import has
from crawler.extraction.page.tables import data_cells, listed_lines
from crawler.extraction.text.anchor import find_anchor
from crawler.extraction.text.beside_article import foreign_parts, hush
from crawler.extraction.text.container import best_container, best_run
from crawler.extraction.text.cuts import cut_anywhere, cut_edges
from crawler.extraction.text.narrowing import narrowed
from crawler.extraction.text.selection import Selection
from crawler.extraction.text.values import A_SENTENCE, line_value

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Mapping

    from crawler.extraction.page.flow import Flow
    from crawler.extraction.text.place import Anchor

__all__ = ["FAR", "NOTHING", "Body", "body_between", "body_of", "body_of_lines", "find_body", "select"]

FAR = 40
"""The most lines between a headline and its text."""

_MORE = 1.5  # of what counts in the best element: a run of lines with so much is the text


@dataclass(frozen=True, slots=True)
class Body:
    """The article's element (an index into the flow, -1 for none), its run of lines, and those kept of them.

    ``cut`` has the lines that were cut, by the name of the rule; ``values`` what each line of the flow counted,
    ``anchor`` where the page's headline says that the text is.
    """

    element: int
    start: int
    end: int
    lines: tuple[int, ...]
    cut: Mapping[int, str] = field(default_factory=dict)
    values: list[float] = field(default_factory=list)
    anchor: Anchor | None = None


NOTHING = Body(-1, 0, 0, ())
"""No text."""


def find_body(flow: Flow, headlines: Iterable[tuple[int, int]] = ()) -> Body:
    """Return the generic choice: no profile, no family. ``headlines`` are runs of lines that may be the headline."""
    values = [line_value(line) for line in flow.lines]
    cells = data_cells(flow)
    for index in (*cells, *listed_lines(flow, values)):
        values[index] = max(values[index], 0.0)
    if max(values, default=0.0) < A_SENTENCE / 2:  # nothing says more than teasers do
        values = [
            float(len(line.text)) if has(line, TEASER) else value
            for line, value in zip(flow.lines, values, strict=True)
        ]
    anchor = find_anchor(flow, values, headlines)
    foreign = hush(flow, values, anchor)
    element = best_container(flow, values)
    if element is None:
        return replace(NOTHING, anchor=anchor)
    start, end, most = best_run(values)
    first, last = flow.starts[element], flow.ends[element]
    if (start < first or end > last) and most > _MORE * sum(values[first:last]):
        body = body_between(flow, start, end)  # the text shares its element with much that is not
    else:
        body = body_of(flow, narrowed(flow, element, values), values, foreign)
    return replace(body if _says_something(flow, body) else NOTHING, anchor=anchor)


def _says_something(flow: Flow, body: Body) -> bool:
    """Say whether there is a sentence, or as many letters as one."""
    lines = [flow.lines[i] for i in body.lines]
    return any(has(line, SENTENCE) for line in lines) or sum([len(line.text) for line in lines]) >= A_SENTENCE


def body_of(
    flow: Flow, element: int, values: list[float] | None = None, foreign: Mapping[int, str] | None = None
) -> Body:
    """Return the article's lines within an element that is known to hold it, without those known to be ``foreign``."""
    values = values or _values_within(flow, element)
    return select(flow, element, range(flow.starts[element], flow.ends[element]), values, foreign)


def body_between(flow: Flow, start: int, end: int) -> Body:
    """Return the article's lines within a run of lines that is marked as its text."""
    element = flow.around(start, end - 1)
    return select(flow, element, range(start, end), _values_within(flow, element))


def body_of_lines(flow: Flow, chosen: Iterable[int], cut: Iterable[re.Pattern[str]] = ()) -> Body:
    """Return the lines that a profile selected; ``cut`` ends them at the first line that one of its patterns finds."""
    lines = list(chosen)
    if not lines:
        return NOTHING
    patterns = list(cut)
    behind: list[int] = []
    for position, i in enumerate(lines):
        if any(pattern.search(flow.lines[i].text) for pattern in patterns):
            lines, behind = lines[:position], lines[position:]
            break
    start, end = min(lines, default=0), max(lines, default=0) + 1
    element = flow.around(start, end - 1)
    return select(flow, element, lines, _values_within(flow, element), dict.fromkeys(behind, "profile: cut"))


def _values_within(flow: Flow, element: int) -> list[float]:
    """Return the values of the lines of an element; 0 for those around it."""
    start, end = flow.starts[element], flow.ends[element]
    values = [0.0] * len(flow.lines)
    values[start:end] = map(line_value, flow.lines[start:end])
    return values


def select(
    flow: Flow,
    element: int,
    lines: Iterable[int],
    values: list[float],
    foreign: Mapping[int, str] | None = None,
) -> Body:
    """Return some lines of an element without all that is none of the text."""
    kept = sorted(lines)
    start, end = (kept[0], kept[-1] + 1) if kept else (0, 0)
    selection = Selection(flow, element, start, end, values, kept, frozenset(data_cells(flow)))
    for cut in (foreign or {}, foreign_parts(flow, element, values)):
        for name in dict.fromkeys(cut.values()):
            selection.drop([i for i, its in cut.items() if its == name], name)
    cut_anywhere(selection)
    cut_edges(selection)
    return Body(element, start, end, tuple(selection.kept), {**(foreign or {}), **selection.cut}, values)
