"""A page as a reader meets it: lines of text in order, and the elements that hold them.

Everything else in this package works on this flow: choosing the body is choosing a run of lines, and a date
beside the headline is a line near the headline's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from crawler.extraction.page.known import Known

__all__ = ["Flow", "Line", "Media"]


@dataclass(slots=True)
class Line:
    """A run of text between two breaks.

    ``pieces`` are its text nodes as written, ``linked`` and ``strong`` the characters inside links and bold type,
    ``block`` the index of the innermost block element, ``tag`` that element's. ``known`` is what
    :mod:`crawler.extraction.page.known` knows of all lines that read like it.
    """

    text: str
    pieces: list[str]
    linked: int
    block: int
    tag: str
    strong: int = 0
    known: Known | None = None


@dataclass(slots=True)
class Media:
    """A picture, film or frame: its node, the number of lines before it, the index of its element's parent."""

    node: LexborNode
    line: int
    parent: int


@dataclass(slots=True)
class Flow:
    """Lines, and elements as parallel lists in document order.

    Element *i* has ``tags[i]``, ``nodes[i]``, ``parents[i]`` (-1 for the root) and holds the lines
    ``starts[i] : ends[i]``; ``flags[i]`` are the hints of its own name (``names[i]``); ``hinted`` are the elements that
    have any, ``links`` the links that hold elements. ``marks`` are comments worth knowing: (text, number of lines
    before it).
    """

    lines: list[Line] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    nodes: list[LexborNode] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    flags: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    hinted: list[int] = field(default_factory=list)
    links: list[int] = field(default_factory=list)
    media: list[Media] = field(default_factory=list)
    marks: list[tuple[str, int]] = field(default_factory=list)

    def ancestors(self, element: int) -> list[int]:
        """Return the element and all around it, innermost first."""
        chain = []
        while element >= 0:
            chain.append(element)
            element = self.parents[element]
        return chain

    def around(self, first: int, last: int) -> int:
        """Return the innermost element that holds the lines ``first`` to ``last``; the root if none below it does."""
        inside = self.ancestors(self.lines[first].block)
        return next((element for element in inside if self.ends[element] > last), 0)

    def text(self, start: int, end: int) -> str:
        """Return the text of some lines."""
        return "\n".join(line.text for line in self.lines[start:end])
