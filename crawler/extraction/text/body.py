"""Which lines of the page are the article's text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.extraction.page.links import is_teaser
from crawler.extraction.page.tables import data_cells, listed_lines
from crawler.extraction.text.container import best_container, best_run, is_sentence, line_value
from crawler.extraction.text.edges import peel, without_lone_headings
from crawler.extraction.text.ending import text_end
from crawler.extraction.text.foreign import foreign_parts, hush
from crawler.extraction.text.narrowing import narrowed
from crawler.extraction.text.prose import A_SENTENCE, is_noise
from crawler.extraction.text.rows import rows_among
from crawler.extraction.text.subheads import own_lines

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable

    from crawler.extraction.page.flow import Flow

__all__ = ["FAR", "NOTHING", "Body", "body_between", "body_of", "body_of_lines", "find_body"]

FAR = 40
"""The most lines between a headline and its text."""

_MORE = 1.5  # of what counts in the best element: a run of lines with so much is the text


@dataclass(frozen=True, slots=True)
class Body:
    """The article's element (an index into the flow, -1 for none), its run of lines, and those kept of them."""

    element: int
    start: int
    end: int
    lines: tuple[int, ...]


NOTHING = Body(-1, 0, 0, ())
"""No text."""


def find_body(flow: Flow) -> Body:
    """The generic choice: no profile, no family."""
    values = [line_value(line) for line in flow.lines]
    for index in (*data_cells(flow), *listed_lines(flow, values)):
        values[index] = max(values[index], 0.0)
    if max(values, default=0.0) < A_SENTENCE / 2:  # nothing says more than teasers do
        values = [
            float(len(line.text)) if is_teaser(line) else v
            for line, v in zip(flow.lines, values, strict=True)
        ]
    foreign = hush(flow, values)
    element = best_container(flow, values)
    if element is None:
        return NOTHING
    start, end, most = best_run(values)
    first, last = flow.starts[element], flow.ends[element]
    if (start < first or end > last) and most > _MORE * sum(values[first:last]):
        body = body_between(flow, start, end)  # the text shares its element with much that is not
    else:
        body = body_of(flow, narrowed(flow, element, values), values, foreign)
    return body if _says_something(flow, body) else NOTHING


def _says_something(flow: Flow, body: Body) -> bool:
    """Whether there is a sentence, or as many letters as one."""
    lines = [flow.lines[i].text for i in body.lines]
    return any(is_sentence(text) for text in lines) or sum(map(len, lines)) >= A_SENTENCE


def body_of(flow: Flow, element: int, values: list[float] | None = None, foreign: Iterable[int] = ()) -> Body:
    """The article's lines within an element that is known to hold it, without those known to be ``foreign``."""
    if values is None:
        values = _values_within(flow, element)
    start, end = flow.starts[element], flow.ends[element]
    dropped = foreign_parts(flow, element, values).union(foreign)
    return _trimmed(flow, element, start, end, values, dropped)


def body_between(flow: Flow, start: int, end: int) -> Body:
    """The article's lines within a run of lines that is marked as its text."""
    element = flow.around(start, end - 1)
    values = _values_within(flow, element)
    outside = set(range(flow.starts[element], start)) | set(range(end, flow.ends[element]))
    dropped = foreign_parts(flow, element, values) | outside
    return _trimmed(flow, element, start, end, values, dropped)


def body_of_lines(flow: Flow, chosen: Iterable[int], cut: Iterable[re.Pattern[str]] = ()) -> Body:
    """The lines that a profile selected; ``cut`` ends them at the first line that one of its patterns finds."""
    lines = list(chosen)
    if not lines:
        return NOTHING
    patterns = list(cut)
    for position, i in enumerate(lines):
        if any(pattern.search(flow.lines[i].text) for pattern in patterns):
            del lines[position:]
            break
    start, end = min(lines, default=0), max(lines, default=0) + 1
    element = flow.around(start, end - 1)
    values = _values_within(flow, element)
    dropped = set(range(flow.starts[element], flow.ends[element])) - set(lines)
    dropped |= foreign_parts(flow, element, values)
    return _trimmed(flow, element, start, end, values, dropped)


def _values_within(flow: Flow, element: int) -> list[float]:
    """The values of the lines of an element; 0 for those around it."""
    start, end = flow.starts[element], flow.ends[element]
    values = [0.0] * len(flow.lines)
    values[start:end] = map(line_value, flow.lines[start:end])
    return values


def _trimmed(flow: Flow, element: int, start: int, end: int, values: list[float], dropped: set[int]) -> Body:
    rows = rows_among(flow, start, end)
    stop = text_end(flow, start, end, values, dropped, rows)
    own = own_lines(flow, range(start, stop), values).union(data_cells(flow))
    kept = [i for i in range(start, stop) if i not in dropped and (i in own or not is_noise(flow.lines[i]))]
    kept = peel(flow, kept, rows)
    return Body(element, start, end, tuple(without_lone_headings(flow, kept)))
