"""Why a page was read as it was: every line with its labels, what it counted, and which rule cut it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crawler.extraction.article import article_of, read_page
from crawler.extraction.labels.table import reasons
from crawler.extraction.text.values import value_rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from crawler.extraction.article import ReadPage
    from crawler.extraction.page.flow import Flow
    from crawler.items import Article, Related
    from crawler.parsing import Document
    from crawler.portals.model import Profile

__all__ = ["ABOVE", "BELOW", "MAX_LINES", "TITLE", "ExplainedLine", "Explanation", "explain"]

MAX_LINES: Final = 2_000
"""Lines of a page that are explained: all that a page of an article has."""

TITLE: Final = "headline"
ABOVE: Final = "above the text's element"
BELOW: Final = "below the text's element"
BESIDE: Final = "no line of the choice"

_LONGEST: Final = 1_000  # letters of a line that are shown
_LONGEST_NAME: Final = 80


@dataclass(frozen=True, slots=True)
class ExplainedLine:
    """One line: the rules that gave its ``labels``, its ``value`` and the rule of that, and what ``cut`` it.

    ``cut`` is empty where the line is kept. ``element`` is the name of the innermost element (``p``, ``div.info``).
    """

    number: int
    element: str
    text: str
    labels: Mapping[str, str]
    value: float
    why: str
    cut: str

    @property
    def kept(self) -> bool:
        """Whether the line is one of the text's."""
        return not self.cut


@dataclass(frozen=True, slots=True)
class Explanation:
    """The article with the lines of its page (or of the script that holds its text).

    ``origin`` is the step that found the text, ``element`` the text's; ``more`` lines are not explained.
    """

    article: Article
    origin: str
    element: str
    lines: tuple[ExplainedLine, ...]
    more: int


def explain(
    doc: Document,
    profile: Profile | None = None,
    *,
    links: Iterable[Related] = (),
    fetched_at: datetime | None = None,
) -> Explanation:
    """Read a page as :func:`~crawler.extraction.extract` does, and say why. Never raises."""
    page = read_page(doc, profile)
    flow, body = page.text.flow, page.text.body
    lines = tuple([_explained(page, index) for index in range(min(len(flow.lines), MAX_LINES))])
    return Explanation(
        article_of(page, doc, profile, links=links, fetched_at=fetched_at),
        page.text.origin if body.lines else "",
        _element(flow, body.element),
        lines,
        len(flow.lines) - len(lines),
    )


def _explained(page: ReadPage, index: int) -> ExplainedLine:
    flow, body = page.text.flow, page.text.body
    line = flow.lines[index]
    rule = value_rule(line)
    counted = body.values[index] if index < len(body.values) else rule.value(line)
    return ExplainedLine(
        index,
        _element(flow, line.block),
        line.text[:_LONGEST],
        reasons(line),
        round(counted, 1),
        rule.name if counted == rule.value(line) else f"{rule.name}, but not counted here",
        _cut(page, index),
    )


def _cut(page: ReadPage, index: int) -> str:
    """Return why a line is none of the text; an empty string where it is."""
    body, headline = page.text.body, page.headline
    if index in body.lines:
        return ""
    if page.text.flow is page.flow and headline.start <= index < headline.end:
        return TITLE
    if rule := body.cut.get(index):
        return rule
    if not body.lines or index < body.start:
        return ABOVE
    return BELOW if index >= body.end else BESIDE


def _element(flow: Flow, element: int) -> str:
    """Return an element as a selector would name it: div.content#zoom."""
    if element < 0 or element >= len(flow.tags):
        return ""
    attributes = flow.nodes[element].attributes
    classes = "".join(f".{word}" for word in (attributes.get("class") or "").split())
    identity = f"#{attributes['id']}" if attributes.get("id") else ""
    return f"{flow.tags[element]}{classes}{identity}"[:_LONGEST_NAME]
