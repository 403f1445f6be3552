"""What is known of lines: kept with each, and for the same line on the next page; a portal's pages share most.

Whatever is told of a line here depends on its text, its text nodes, its links and its element alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from crawler.extraction.page.flow import Line

__all__ = ["MAX_LINES", "Known", "forget", "known_of"]

MAX_LINES: Final = 16_384
"""Lines that are remembered; then all are forgotten."""

_LONGEST = 120  # letters: longer lines are paragraphs, which no other page has


class Known:
    """The labels that some lines have, of those that were ``asked`` for, and what they count (None: not yet asked)."""

    __slots__ = ("asked", "labels", "value")

    def __init__(self) -> None:
        self.labels = 0
        self.asked = 0
        self.value: float | None = None


_known: dict[tuple[object, ...], Known] = {}


def known_of(line: Line) -> Known:
    """Return what is known of a line, to read and to add to."""
    text, pieces = line.text, line.pieces
    if len(text) > _LONGEST:
        known = Known()
    else:
        key = (text, line.linked, line.tag, *pieces) if len(pieces) > 1 else (text, line.linked, line.tag)
        found = _known.get(key)
        if found is None:
            if len(_known) >= MAX_LINES:
                _known.clear()
            found = _known[key] = Known()
        known = found
    line.known = known
    return known


def forget() -> None:
    """Forget all lines: rules were switched, or the cost of pages never seen is measured."""
    _known.clear()
