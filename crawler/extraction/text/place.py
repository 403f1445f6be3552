"""The elements of an article at its headline, and how easily a line parts what follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from crawler.extraction.labels.model import COMMENTS, CREDITS, DISCLAIMER, HEADING, LEGAL
from crawler.extraction.labels.table import has
from crawler.extraction.text.parting import begins_list, heads_others, is_row, recommends

if TYPE_CHECKING:
    from crawler.extraction.page.flow import Flow

__all__ = ["Anchor", "Place", "place_of"]

_MASTHEAD = 6  # lines above the headline in an article's own element: where one is, the name of a column
_PARAGRAPHS = frozenset(["p", "h2", "h3", "h4", "blockquote", "pre", "figure", "figcaption", "li"])
"""Elements whose siblings are more of the same."""
_PARTS = frozenset(["section", "ol", "ul", "dl", "blockquote", "figure"])
"""Elements of several paragraphs that may be but a part of a text, if the headline is no part of what holds them."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A headline (lines ``start`` to ``end``), its row of facts (-1 for none), and what the article begins with.

    That is a ``text``, or ``files`` that are linked, or ``pictures``, where nothing is said. It stands on line
    ``first`` (pictures: right before it), in ``element``.
    """

    start: int
    end: int
    row: int
    kind: Literal["text", "files", "pictures"]
    first: int
    element: int


@dataclass(frozen=True, slots=True)
class Place:
    """The elements of an article at its headline.

    ``text`` is the innermost that may hold all of what is said, ``branch`` the outermost without the headline;
    ``article`` holds both, and nothing of the page above them (-1 where that is not told). ``flat``: the headline and
    the paragraphs stand directly in ``text``. ``around`` are all that hold the beginning.
    """

    flow: Flow
    text: int
    branch: int
    article: int
    flat: bool
    around: frozenset[int]

    @property
    def outermost(self) -> int:
        """The largest element that holds nothing but the article."""
        if self.article >= 0:
            return self.article
        return self.text if self.flat else self.branch

    def holds(self, index: int) -> bool:
        """Say whether a line is one of the text's own element."""
        if not self._within(self.text, index):
            return False
        block = self.flow.lines[index].block
        return not self.flat or self.text in {block, self.flow.parents[block]}

    def near(self, index: int) -> bool:
        """Say whether a line stands in the largest element that holds nothing but the article."""
        return self.holds(index) if self.flat and self.article < 0 else self._within(self.outermost, index)

    def ends(self, index: int) -> bool:
        """Say whether a line outside the text's own element ends the article, or stands behind it.

        Another may begin there, and where a lead stands in an element of its own, its text.
        """
        if self.branch >= 0 and self._within(self.branch, index):
            return False
        if has(self.flow.lines[index], CREDITS):
            return True
        return not self.near(index) and begins_list(self.flow, index)

    def parts(self, index: int) -> bool:
        """Say whether something else begins on a line outside the text's own element.

        The further the line stands from the text, the less it takes.
        """
        flow, line = self.flow, self.flow.lines[index]
        if heads_others(flow, index):
            return True
        if self.branch >= 0 and self._within(self.branch, index):
            return False
        if has(line, DISCLAIMER | LEGAL):
            return True
        if self.near(index):
            return False
        if has(line, HEADING):
            return self._is_first(index)
        return has(line, COMMENTS) or is_row(line) or recommends(flow, index)

    def _is_first(self, index: int) -> bool:
        """Say whether a heading is no subhead: it begins its element, or the text stands in that."""
        around = self.flow.parents[self.flow.lines[index].block]
        return around in self.around or self.flow.starts[around] == index

    def box(self, index: int) -> int:
        """Return the outermost element around a line that does not hold the article's beginning, or -1."""
        box = -1
        for element in self.flow.ancestors(self.flow.lines[index].block):
            if element in self.around:
                break
            box = element
        return box

    def _within(self, element: int, index: int) -> bool:
        return self.flow.starts[element] <= index < self.flow.ends[element]


def place_of(flow: Flow, anchor: Anchor) -> Place:
    """Return the elements of an article."""
    above = max(anchor.row, anchor.end - 1)
    chain = flow.ancestors(anchor.element)
    text = chain[0]
    for element in chain[1:]:
        whole = flow.starts[element] <= above
        if flow.tags[text] not in _PARAGRAPHS and (
            whole or (flow.ends[text] - flow.starts[text] > 1 and flow.tags[text] not in _PARTS)
        ):
            break
        text = element
    both = next((element for element in chain if flow.starts[element] <= anchor.start), 0)
    compact = flow.starts[both] >= anchor.start - _MASTHEAD and flow.tags[both] != "body"
    flat = flow.starts[text] <= above
    branch = -1 if flat else next((element for element in chain if flow.parents[element] == both), text)
    return Place(flow, text, branch, both if compact else -1, flat, frozenset(chain))
