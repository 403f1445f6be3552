"""Tables of data inside a text: prices, results, scores."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crawler.extraction.flow import Flow

__all__ = ["data_cells"]

_CELLS = frozenset(["td", "th"])
_GROUPS = frozenset(["tbody", "thead", "tfoot"])
_FEWEST = 6
_ROWS = 2
_COLUMNS = 2
_LIKE = 0.6  # of the rows: those that have as many cells as most


def data_cells(flow: Flow) -> list[int]:
    """The lines that are cells of tables of data: rows of as many short cells without links.

    Tables that lay out a page have rows of one cell, or cells of many lines.
    """
    lines, parents, tags = flow.lines, flow.parents, flow.tags
    cells = [
        i
        for i, line in enumerate(lines)
        if line.tag in _CELLS and not line.linked and tags[line.block] in _CELLS
    ]
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
        if len(its_rows) >= _ROWS and max(widths.values()) >= max(_ROWS, _LIKE * len(its_rows)):
            found += [i for row in its_rows for i in rows[row]]
    return found
