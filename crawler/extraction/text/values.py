"""What each line counts for an element that may hold the article: sentences for it, links and labels against it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crawler.extraction.labels.model import DISCLAIMER, FACTS, SENTENCE
from crawler.extraction.labels.table import SITE, has
from crawler.extraction.page.known import forget, known_of
from crawler.extraction.page.links import is_link, is_teaser
from crawler.extraction.page.rule_switch import RuleSwitch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from crawler.extraction.page.flow import Line

__all__ = [
    "A_SENTENCE",
    "PARAGRAPH",
    "PLAIN",
    "RULES",
    "SHORT_SENTENCE",
    "line_value",
    "value_rule",
    "without",
]

A_SENTENCE: Final = 40
"""Letters that say something even without a sentence's marks."""
SHORT_SENTENCE: Final = 15.0
"""The value of a short sentence."""
PARAGRAPH: Final = 30.0
"""The value of a short text."""
PLAIN: Final = -4.0
"""The value of a short line without marks."""

_PROSE_TAGS = frozenset(["p", "section", "blockquote", "pre", "h2", "h3", "h4", "figcaption"])
_LONG_ROW = 120


@dataclass(frozen=True, slots=True)
class ValueRule:
    """What a line counts by the first rule that applies to it.

    It applies to lines of up to ``longest`` letters that have one of the ``labels``, if any are named, and pass the
    test, if there is one.
    """

    name: str
    value: Callable[[Line], float]
    labels: int = 0
    longest: int = 1_000_000
    test: Callable[[Line], bool] | None = None


LINKED: Final = (
    ValueRule("link", lambda line: -8.0 - min(len(line.text), 40) / 2, test=is_link),
    ValueRule("teaser", lambda _: 0.0, test=is_teaser),
)
"""What a line with links counts; the rest by the rules below."""
UNMARKED: Final = (
    ValueRule(
        "long, without marks",
        lambda line: len(line.text) * 0.4,
        test=lambda line: len(line.text) >= A_SENTENCE,
    ),
    ValueRule("short paragraph", lambda _: 2.0, test=lambda line: line.tag in _PROSE_TAGS),
    ValueRule("short", lambda _: PLAIN),
)
"""What a line without the marks of a sentence counts."""
MARKED: Final = (
    ValueRule("site", lambda _: -15.0, labels=SITE | DISCLAIMER),
    ValueRule("facts", lambda _: -4.0, labels=FACTS, longest=_LONG_ROW),
    ValueRule("sentence", lambda line: float(len(line.text) - 2 * line.linked)),
)
"""What a line with the marks of a sentence counts."""
_NOTHING = ValueRule("nothing", lambda _: 0.0)
_IN_ORDER: Final = {
    (False, False): UNMARKED, (False, True): MARKED,
    (True, False): (*LINKED, *UNMARKED), (True, True): (*LINKED, *MARKED),
}  # fmt: skip
RULES: Final = (*LINKED, *UNMARKED, *MARKED)
"""All rules of values."""

_VALUES: Final = RuleSwitch()


@contextmanager
def without(name: str) -> Iterator[None]:
    """Switch the rule of this name off, and forget what is known of lines by it."""
    try:
        with _VALUES.without(name):
            forget()
            yield
    finally:
        forget()


def value_rule(line: Line) -> ValueRule:
    """Return the rule by which a line has its value: the first that applies."""
    size = len(line.text)
    for rule in _IN_ORDER[line.linked > 0, has(line, SENTENCE)]:
        if size > rule.longest or (rule.labels and not has(line, rule.labels)):
            continue
        if (rule.test is None or rule.test(line)) and _VALUES.is_on(rule.name):
            return rule
    return _NOTHING


def line_value(line: Line) -> float:
    """Return what a line adds to an element that may be the article's."""
    known = line.known or known_of(line)
    value = known.value
    if value is None:
        value = known.value = value_rule(line).value(line)
    return value
