"""Where on the page the facts of an article stand: above its text, at its edges, below it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.extraction.facts import Fact, displayed, read_facts

if TYPE_CHECKING:
    from crawler.extraction.body import Body
    from crawler.extraction.flow import Flow
    from crawler.extraction.title import Headline

__all__ = ["Zones", "find_zones"]

_ABOVE = 14
_BELOW = 30
_LONG = 220


@dataclass(frozen=True, slots=True)
class Zones:
    """Displayed lines as (index, text): ``head`` from the headline to the text, ``tail`` behind it, ``cut``
    what was taken out of the text itself; and the labelled facts of each.
    """

    head: tuple[tuple[int, str], ...]
    tail: tuple[tuple[int, str], ...]
    facts: tuple[Fact, ...]

    def of(self, kind: str) -> list[Fact]:
        """The facts of a kind, above the text first."""
        return [fact for fact in self.facts if fact.kind == kind]


def find_zones(flow: Flow, body: Body, headline: Headline) -> Zones:
    """Reads the lines around the text (and those cut out of it) for facts."""
    lines = flow.lines
    kept = set(body.lines)
    first = body.lines[0] if body.lines else body.start
    last = body.lines[-1] if body.lines else body.start
    if headline.end > headline.start:
        start = max(0, min(headline.start - 4, first - 1))
        start = max(start, first - 60)
    else:
        start = max(0, first - _ABOVE)
    head = _read(flow, [i for i in range(start, first) if not headline.start <= i < headline.end])
    below = [i for i in range(first, last + 1) if i not in kept]
    below += list(range(last + 1, min(len(lines), max(last + 1 + _BELOW, body.end))))
    tail = _read(flow, below)
    facts = [fact for index, text in (*head, *tail) for fact in read_facts(text, index)]
    return Zones(tuple(head), tuple(tail), tuple(facts))


def _read(flow: Flow, indexes: list[int]) -> list[tuple[int, str]]:
    return [(i, displayed(flow.lines[i])) for i in indexes if len(flow.lines[i].text) <= _LONG]
