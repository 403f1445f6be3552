"""Tables and lists of data inside a text: prices, results, scores, names."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crawler.extraction.page.flow import Flow

__all__ = ["data_cells", "listed_lines"]

_CELLS = frozenset(["td", "th"])
_GROUPS = frozenset(["tbody", "thead", "tfoot"])
_FEWEST = 6
_ROWS = 2
_COLUMNS = 2
_LIKE = 0.6  # of the rows: those that have as many cells as most
_LINKED = 0.4  # of the cells: a list of links set in columns has more
_NAMES = 0.7  # … where all links are names
_NAME = 8  # letters
_ITEMS = 4
_SENTENCE = 15.0  # the value of a short one
_PLAIN = -4.0  # the value of a short line without marks


def data_cells(flow: Flow) -> list[int]:
    """Return the lines that are cells of tables of data: rows of as many short cells, few of them links.

    Tables that lay out a page have rows of one cell, or cells of many lines.
    """
    lines, parents, tags = flow.lines, flow.parents, flow.tags
    cells = [i for i, line in enumerate(lines) if line.tag in _CELLS and tags[line.block] in _CELLS]
    if len(cells) < _FEWEST:
        return []
    rows: dict[int, list[int]] = {}
    for i in cells:
        block = lines[i].block
        if flow.ends[block] - flow.starts[block] == 1:
            rows.setdefault(parents[block], []).append(i)
    tables: dict[int, list[int]] = {}
    for row, inside in rows.items():
        if len(inside) >= _COLUMNS and flow.ends[row] - flow.starts[row] == len(inside):
            group = parents[row]
            tables.setdefault(parents[group] if group >= 0 and tags[group] in _GROUPS else group, []).append(
                row
            )
    found: list[int] = []
    for its_rows in tables.values():
        widths = Counter(len(rows[row]) for row in its_rows)
        inside = [i for row in its_rows for i in rows[row]]
        linked = [i for i in inside if lines[i].linked]
        few = len(linked) <= (_NAMES if all(len(lines[i].text) <= _NAME for i in linked) else _LINKED) * len(
            inside
        )
        if few and len(its_rows) >= _ROWS and max(widths.values()) >= max(_ROWS, _LIKE * len(its_rows)):
            found += inside
    return found


def listed_lines(flow: Flow, values: list[float]) -> list[int]:
    """Return the short lines of a list directly behind a sentence: four and more of one tag, none a link."""
    found: list[int] = []
    lines = flow.lines
    for first in range(1, len(lines) - _ITEMS + 1):
        if values[first] != _PLAIN or values[first - 1] < _SENTENCE:
            continue
        tag, stop = lines[first].tag, first
        while (
            stop < len(lines) and values[stop] == _PLAIN and lines[stop].tag == tag and not lines[stop].linked
        ):
            stop += 1
        if stop - first >= _ITEMS and _beside(flow, first):
            found += range(first, stop)
    return found


def _beside(flow: Flow, index: int) -> bool:
    """Say whether the elements of a line and of the one above it hold each other, or are near each other."""
    here, above = flow.lines[index].block, flow.lines[index - 1].block
    around = flow.ancestors(here)[:3]
    return above in around or any(element in around[1:] for element in flow.ancestors(above)[1:3])
