"""The labels that a line may have, and the named rules that give them.

A label is a bit. A rule is a name, a pattern (or a test) and an example, which a test of this project holds it to.
The patterns of one group are looked for as one, so that a rule more costs next to nothing.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from crawler.extraction.page.known import forget

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from crawler.extraction.page.flow import Line

__all__ = [
    "APPEAL",
    "ATTACHMENT",
    "BUTTONS",
    "CALL",
    "COMMENTS",
    "COMMENT_BUTTONS",
    "CREDITS",
    "DATED",
    "DAY",
    "DISCLAIMER",
    "FACTS",
    "HEADING",
    "KEYWORDS",
    "LEGAL",
    "LINK",
    "LIST_HEADING",
    "NAMES",
    "NOTICE",
    "PROMOTION",
    "PROSE",
    "READER",
    "SENTENCE",
    "SOURCE",
    "SUMMARY",
    "TEASER",
    "VOICE",
    "WIDGET",
    "Group",
    "Rule",
]

# Those that are told fastest first: of several, has() looks for the lowest first.
HEADING: Final = 1 << 0
"""A heading by its element."""
LINK: Final = 1 << 1
"""More than half of it is links, what merely stands beside them apart."""
TEASER: Final = 1 << 2
"""A sentence that ends in a link to the rest of it."""
SENTENCE: Final = 1 << 3
"""Long enough for a sentence, with the marks of one."""
WIDGET: Final = 1 << 4
"""Nothing but the words on buttons."""
DISCLAIMER: Final = 1 << 5
"""A paragraph in which the site speaks, however long."""
LIST_HEADING: Final = 1 << 6
"""The heading of a list behind an article."""
COMMENTS: Final = 1 << 7
"""The heading over comments."""
LEGAL: Final = 1 << 8
"""Whose a site is, and by whose leave: never an article's, wherever it stands."""
CALL: Final = 1 << 9
"""What a button or a short call says: never an article's, wherever it stands."""
NOTICE: Final = 1 << 10
"""Whose the text is, what may be done with it, where to send news: the site's at the ends of a text."""
APPEAL: Final = 1 << 11
"""What the reader is to press, scan or follow: the site's at the ends of a text."""
FACTS: Final = 1 << 12
"""A row of labelled facts, or of a date."""
DATED: Final = 1 << 13
"""A row of facts with the time of day."""
CREDITS: Final = 1 << 14
"""It does nothing but name editors, proofreaders and the like."""
KEYWORDS: Final = 1 << 15
"""The row of keywords."""
SUMMARY: Final = 1 << 16
"""It begins as a summary, which is no lead."""
PROSE: Final = 1 << 17
"""A paragraph: long enough, with the marks of a sentence, and neither the site's nor facts."""
READER: Final = 1 << 18
"""The reader's name over a comment."""
COMMENT_BUTTONS: Final = 1 << 19
"""The buttons under a comment."""
BUTTONS: Final = 1 << 20
"""The row of buttons under a text."""
ATTACHMENT: Final = 1 << 21
"""The link to a file that belongs to the text."""
PROMOTION: Final = 1 << 22
"""A link to something else, no linked headline."""
DAY: Final = 1 << 23
"""A day and nothing else."""
SOURCE: Final = 1 << 24
"""A source and nothing else."""
VOICE: Final = 1 << 25
"""It speaks of a site, its readers or their accounts: away from the headline it is the site's."""

NAMES: Final[dict[int, str]] = {
    HEADING: "heading", LINK: "link", TEASER: "teaser", SENTENCE: "sentence", WIDGET: "widget",
    DISCLAIMER: "disclaimer", LIST_HEADING: "list heading", COMMENTS: "comments", LEGAL: "legal", CALL: "call",
    NOTICE: "notice", APPEAL: "appeal", FACTS: "facts", DATED: "dated", CREDITS: "credits",
    KEYWORDS: "keywords", SUMMARY: "summary", PROSE: "prose", READER: "reader", COMMENT_BUTTONS: "comment buttons",
    BUTTONS: "buttons", ATTACHMENT: "attachment", PROMOTION: "promotion", DAY: "day", SOURCE: "source",
    VOICE: "voice",
}  # fmt: skip
"""What ``scrapy extract --explain`` calls the labels."""

_NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Rule:
    """One reason to give a label.

    ``pattern`` is looked for in the line's text, anchored or bounded, so that it is linear in the line; ``example`` is
    a line that it labels, ``unlike`` one that only looks so.
    """

    name: str
    pattern: str
    example: str
    unlike: str = ""


class Group:
    """The rules that give one label under one condition.

    ``lead`` is the beginning that all patterns share. A line has the label if it is not longer than ``longest``, has
    the character ``never`` nowhere but at its end, one of the patterns is found (``how``), and ``accept`` takes the
    match.
    """

    __slots__ = ("_accept", "_each", "_flags", "_how", "_lead", "fits", "label", "longest", "never", "rules")

    fits: Callable[[Line], bool]
    """Whether a line has the label by one of the rules."""

    def __init__(
        self,
        label: int,
        rules: tuple[Rule, ...],
        *,
        how: Literal["match", "search", "fullmatch"] = "match",
        lead: str = "",
        longest: int = 1_000_000,
        never: str = "",
        flags: int = 0,
        accept: Callable[[Line, re.Match[str]], bool] | None = None,
    ) -> None:
        self.label, self.rules, self.longest, self.never = label, rules, longest, never
        self._how, self._lead, self._flags, self._accept = how, lead, flags, accept
        self.fits = self._test(rules)
        self._each: list[tuple[str, Callable[[Line], bool]]] = []

    def _test(self, rules: tuple[Rule, ...]) -> Callable[[Line], bool]:
        """Return the test of some of the rules; a closure, because it is asked hundreds of times a page."""
        either = "|".join(f"(?:{rule.pattern})" if len(rules) > 1 else rule.pattern for rule in rules)
        pattern = re.compile(f"{self._lead}(?:{either})", self._flags) if rules else _NEVER
        found: Callable[[str], re.Match[str] | None] = {
            "match": pattern.match, "search": pattern.search, "fullmatch": pattern.fullmatch,
        }[self._how]  # fmt: skip
        longest, never, accept = self.longest, self.never, self._accept

        def fits(line: Line) -> bool:
            text = line.text
            if len(text) > longest or (never and never in text[:-1]):
                return False
            match = found(text)
            return match is not None and (accept is None or accept(line, match))

        return fits

    def reason(self, line: Line) -> str:
        """Return the name of the rule by which a line has the label, or an empty string."""
        if not self._each:
            self._each = [(rule.name, self._test((rule,))) for rule in self.rules]
        return next((name for name, fits in self._each if fits(line)), "")

    def alone(self, name: str) -> Callable[[Line], bool]:
        """Return the test of one rule."""
        return self._test(tuple(rule for rule in self.rules if rule.name == name))

    @contextmanager
    def without(self, name: str) -> Iterator[None]:
        """Switch one rule off: how much hangs on it is measured so."""
        self.fits = self._test(tuple(rule for rule in self.rules if rule.name != name))
        forget()
        try:
            yield
        finally:
            self.fits = self._test(self.rules)
            forget()
