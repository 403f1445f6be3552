"""A line as it is displayed, with a mark where one text node ends and the next begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.chinese.labelled_facts import JOINT

if TYPE_CHECKING:
    from crawler.extraction.page.flow import Line

__all__ = ["displayed"]


def displayed(line: Line) -> str:
    """Return a line with :data:`JOINT` between its text nodes, spaces collapsed."""
    if len(line.pieces) == 1:
        return line.text
    return JOINT.join([" ".join(piece.split()) for piece in line.pieces if piece and not piece.isspace()])
