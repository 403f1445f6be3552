"""What hangs on each named rule of the extractor: the pages that are read otherwise without it.

Each rule is switched off alone: rules of labels, of what lines count, cuts, finders of fields. A page changes if anything that is read from
it does, but for where it was found. Pages are read without a profile, but for the invented ones that have one. A rule that changes no page of any set has nothing to show for itself.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from importlib import import_module
from pathlib import Path

from benchmarks.perturbations import PERTURBATIONS
from crawler.extraction import extract
from crawler.extraction.choice import HEADLINE, REPEATED, WIDGETS
from crawler.extraction.fields.credit import STEPS
from crawler.extraction.fields.model import FINDERS
from crawler.extraction.fields.table import FIELDS
from crawler.extraction.labels.model import LIST_HEADING, NAMES, Group
from crawler.extraction.labels.table import EDGE, GROUPS
from crawler.extraction.page.walk import read_flow
from crawler.extraction.text import values
from crawler.extraction.text.beside_article import NAMED, UNDER_COMMENTS
from crawler.extraction.text.beside_headline import ABOVE, BEHIND, SPOKEN
from crawler.extraction.text.cuts import ANYWHERE, EDGES
from crawler.extraction.text.ending import ENDINGS, INSET
from crawler.extraction.text.selection import CUTS
from crawler.extraction.text.streams import COMMENT_STREAM, TEASER_STREAM
from crawler.items import Article
from crawler.parsing import Document
from crawler.portals import Profile

__all__ = ["SETS", "Switch", "ablate", "changed", "report", "switches"]

SETS = ("labelled", "perturbed", "invented")
# Those that leave least to hang on: neither names nor head nor scripts, no paragraphs, other notations.
_CHANGES = ("no names, head, scripts", "br for p", "other formats")
_URL = "http://www.yunshui-news.test/a/1.html"
_TESTS = Path(__file__).resolve().parents[1] / "tests" / "extraction"


@dataclass(frozen=True)
class Switch:
    """A rule that can be switched off; ``concerns`` tells whether it may say anything of a page."""

    kind: str
    name: str
    off: Callable[[], AbstractContextManager[None]]
    concerns: Callable[[Document], bool]

    @property
    def key(self) -> str:
        """Return the kind and the name: a label and a value may be of one name."""
        return f"{self.kind}: {self.name}"


def switches() -> list[Switch]:
    """All rules."""
    found = [
        Switch(
            f"label {NAMES[group.label]}",
            rule.name,
            lambda group=group, rule=rule: group.without(rule.name),  # type: ignore[misc]
            lambda doc, group=group, rule=rule: _labels(doc, group, rule.name),  # type: ignore[misc]
        )
        for group in GROUPS
        for rule in group.rules
    ]
    names = [
        ABOVE,
        BEHIND,
        SPOKEN,
        NAMED,
        UNDER_COMMENTS,
        TEASER_STREAM,
        COMMENT_STREAM,
        INSET,
        HEADLINE,
        REPEATED,
        WIDGETS,
    ]
    names += [rule.name for rule in (*ENDINGS, *ANYWHERE, *EDGES)]
    found += [Switch("cut", name, lambda name=name: CUTS.without(name), _always) for name in names]  # type: ignore[misc]
    counted = [rule.name for rule in values.RULES]
    found += [Switch("value", name, lambda name=name: values.without(name), _always) for name in counted]  # type: ignore[misc]
    finders = [name for field in FIELDS for name in field.names]
    finders += [f"credit: {step.__name__}" for step in STEPS]
    found += [Switch("finder", name, lambda name=name: FINDERS.without(name), _always) for name in finders]  # type: ignore[misc]
    return found


def _always(_: Document) -> bool:
    return True


def _labels(doc: Document, group: Group, name: str) -> bool:
    fits = group.alone(name)
    return any(fits(line) for line in read_flow(doc.tree.body, hidden=True).lines)


@dataclass(frozen=True)
class Page:
    """A page, the profile it is read by, and what a list said of it."""

    doc: Document
    profile: Profile | None = None
    hints: dict[str, str] | None = None
    fetched_at: datetime | None = None


def read(page: Page) -> Article:
    """What is read from a page, without where it was found."""
    return replace(
        extract(page.doc, page.profile, fetched_at=page.fetched_at, hints=page.hints), extraction=None
    )


def changed(switch: Switch, pages: list[tuple[Page, Article]]) -> int:
    """How many pages are read otherwise without a rule."""
    concerned = [(page, known) for page, known in pages if switch.concerns(page.doc)]
    with switch.off():
        return sum(read(page) != known for page, known in concerned)


def ablate(pages: dict[str, tuple[str, bytes]]) -> dict[str, Counter[str]]:
    """For every rule the number of pages that change, by set; ``pages`` are the labelled ones."""
    found: dict[str, Counter[str]] = {switch.key: Counter() for switch in switches()}
    for name, some in _sets(pages):
        read_before = [(page, read(page)) for page in some]
        for switch in switches():
            found[switch.key][name] += changed(switch, read_before)
    return found


def _sets(pages: dict[str, tuple[str, bytes]]) -> Iterator[tuple[str, list[Page]]]:
    """The pages, few at a time: a tree takes some ten times the page's size."""
    yield "invented", invented()
    labelled = [(page, Document.from_bytes(body, url)) for page, (url, body) in pages.items()]
    yield "labelled", [Page(doc) for _, doc in labelled]
    for name in _CHANGES:
        change = PERTURBATIONS[name]
        yield (
            "perturbed",
            [Page(Document.from_text(change(doc.text, page), doc.url)) for page, doc in labelled],
        )


def invented() -> list[Page]:
    """The invented pages of the tests, and those made of the examples of rules for lines of the site and headings."""
    sys.path.insert(0, str(_TESTS))
    try:
        golden, rules = import_module("golden_pages"), import_module("kinds_rules")
    finally:
        sys.path.remove(str(_TESTS))
    found = [
        Page(Document.from_bytes(page.body, page.url), page.profile, page.hints, page.fetched_at)
        for page in golden.INVENTED
    ]
    examples = [
        (group, rule) for group in GROUPS if group.label & (EDGE | LIST_HEADING) for rule in group.rules
    ]
    found += [
        Page(Document.from_text(html, _URL))
        for group, rule in examples
        for html in rules.pages_of(group, rule)
    ]
    return found


def report(pages: dict[str, tuple[str, bytes]]) -> str:
    """A table: a rule a line, those on which most hangs first; last those on which nothing does."""
    found = ablate(pages)
    rows = [(switch, found[switch.key]) for switch in switches()]
    rows.sort(key=lambda row: (-row[1].total(), row[0].kind, row[0].name))
    width = max(len(switch.name) for switch, _ in rows)
    lines = [f"{'pages that change without it':<{width + 26}}" + "".join(f"{name:>11}" for name in SETS)]
    for switch, counts in rows:
        nothing = "" if counts.total() else "   nothing"
        figures = "".join(f"{counts[name]:>11}" for name in SETS)
        lines.append(f"{switch.name:<{width}}  {switch.kind:<24}{figures}{nothing}")
    return "\n".join(lines)
