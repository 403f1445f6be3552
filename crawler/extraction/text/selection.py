"""The lines that may be an article's text, and which rule cut which of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from crawler.extraction.labels.model import DATED, PROSE
from crawler.extraction.labels.table import has
from crawler.extraction.page.rule_switch import RuleSwitch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from crawler.extraction.page.flow import Flow, Line

__all__ = ["CUTS", "Cut", "Selection"]

CUTS: Final = RuleSwitch()
"""The cuts, by their names."""


@dataclass(slots=True)
class Selection:
    """The lines of an element that are taken for the text, and those cut out of it by the name of the rule.

    ``element`` is the article's, ``start`` to ``end`` the run of lines that is looked at, ``values`` what each line of
    the flow counts, ``cells`` the lines that are cells of tables of data, ``rows`` those that are rows of facts with
    the time of day, ``scheduled`` those of them that are the text's. ``top`` is the first line, ``first`` the first
    paragraph when the cuts above the text begin.
    """

    flow: Flow
    element: int
    start: int
    end: int
    values: list[float]
    kept: list[int]
    cells: frozenset[int]
    cut: dict[int, str] = field(default_factory=dict)
    rows: frozenset[int] = frozenset()
    scheduled: frozenset[int] = frozenset()
    top: int = -1
    first: int = -1

    def __post_init__(self) -> None:
        lines = self.flow.lines
        self.rows = frozenset([i for i in range(self.start, self.end) if has(lines[i], DATED)])

    def line(self, index: int) -> Line:
        """Return the line of that number."""
        return self.flow.lines[index]

    def drop(self, lines: Iterable[int], name: str) -> None:
        """Cut lines by the rule of that name."""
        if not CUTS.is_on(name):
            return
        found = set(lines)
        if found:
            self.cut.update((i, name) for i in self.kept if i in found)
            self.kept = [i for i in self.kept if i not in found]

    def size(self) -> int:
        """Return the number of letters that are kept."""
        lines = self.flow.lines
        return sum([len(lines[i].text) for i in self.kept])

    def head(self) -> list[int]:
        """Return the lines kept above the first paragraph; all where there is none."""
        if self.first < 0:
            lines = self.flow.lines
            self.top = self.kept[0] if self.kept else self.start
            self.first = next((i for i in self.kept if has(lines[i], PROSE)), self.end)
        return [i for i in self.kept if i < self.first]

    def rest(self) -> list[int]:
        """Return the lines kept from the first paragraph on."""
        above = len(self.head())
        return self.kept[above:]


@dataclass(frozen=True, slots=True)
class Cut:
    """A rule that takes lines out of a text.

    ``page`` names an invented page of tests/extraction that is read otherwise without it; ``lines`` are those that go.
    """

    name: str
    reason: str
    page: str
    lines: Callable[[Selection], Iterable[int]]

    def apply(self, selection: Selection) -> None:
        """Cut what the rule finds."""
        if CUTS.is_on(self.name):
            selection.drop(self.lines(selection), self.name)
