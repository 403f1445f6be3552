"""What hangs on each named rule of the extractor: the pages that are read otherwise without it.

Each rule is switched off alone: rules of labels, cuts, finders of fields. A page changes if anything that is read from
it does, but for where it was found. A rule that changes no page of any set has nothing to show for itself.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path

from benchmarks.perturbations import PERTURBATIONS
from crawler.extraction import extract
from crawler.extraction.choice import HEADLINE, REPEATED, WIDGETS
from crawler.extraction.fields import model as fields
from crawler.extraction.fields.credit import STEPS
from crawler.extraction.fields.table import FIELDS
from crawler.extraction.labels.model import NAMES, Group
from crawler.extraction.labels.table import EDGE, GROUPS
from crawler.extraction.page.walk import read_flow
from crawler.extraction.text import selection as cuts
from crawler.extraction.text.cuts import ANYWHERE, EDGES
from crawler.extraction.text.ending import ENDINGS, INSET
from crawler.extraction.text.foreign import NAMED, UNDER_COMMENTS
from crawler.extraction.text.streams import COMMENT_STREAM, TEASER_STREAM
from crawler.items import Article
from crawler.parsing import Document

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
    names = [NAMED, UNDER_COMMENTS, TEASER_STREAM, COMMENT_STREAM, INSET, HEADLINE, REPEATED, WIDGETS]
    names += [rule.name for rule in (*ENDINGS, *ANYWHERE, *EDGES)]
    found += [Switch("cut", name, lambda name=name: cuts.without(name), _always) for name in names]  # type: ignore[misc]
    finders = [name for field in FIELDS for name in field.names]
    finders += [f"credit: {step.__name__}" for step in STEPS]
    found += [Switch("finder", name, lambda name=name: fields.without(name), _always) for name in finders]  # type: ignore[misc]
    return found


def _always(_: Document) -> bool:
    return True


def _labels(doc: Document, group: Group, name: str) -> bool:
    fits = group.alone(name)
    return any(fits(line) for line in read_flow(doc.tree.body, hidden=True).lines)


def read(doc: Document) -> Article:
    """What is read from a page, without where it was found."""
    return replace(extract(doc), extraction=None)


def changed(switch: Switch, docs: list[tuple[Document, Article]]) -> int:
    """How many pages are read otherwise without a rule."""
    concerned = [(doc, known) for doc, known in docs if switch.concerns(doc)]
    with switch.off():
        return sum(read(doc) != known for doc, known in concerned)


def ablate(pages: dict[str, tuple[str, bytes]]) -> dict[str, Counter[str]]:
    """For every rule the number of pages that change, by set; ``pages`` are the labelled ones."""
    found: dict[str, Counter[str]] = {switch.name: Counter() for switch in switches()}
    for name, docs in _sets(pages):
        read_before = [(doc, read(doc)) for doc in docs]
        for switch in switches():
            found[switch.name][name] += changed(switch, read_before)
    return found


def _sets(pages: dict[str, tuple[str, bytes]]) -> Iterator[tuple[str, list[Document]]]:
    """The pages, few at a time: a tree takes some ten times the page's size."""
    yield "invented", [Document.from_bytes(body, url) for url, body in invented()]
    labelled = [(page, Document.from_bytes(body, url)) for page, (url, body) in pages.items()]
    yield "labelled", [doc for _, doc in labelled]
    for name in _CHANGES:
        change = PERTURBATIONS[name]
        yield "perturbed", [Document.from_text(change(doc.text, page), doc.url) for page, doc in labelled]


def invented() -> list[tuple[str, bytes]]:
    """The invented pages of the tests, and the examples of rules for lines of the site below and inside a text."""
    sys.path.insert(0, str(_TESTS))
    try:
        modules = [import_module(name) for name in ("kinds", "kinds_credits", "kinds_edges", "kinds_lists")]
    finally:
        sys.path.remove(str(_TESTS))
    pages = [(kind.url, kind.html.encode(kind.encoding)) for module in modules for kind in module.KINDS]
    told, said = modules[2].told, [f"<p>{paragraph}</p>" for paragraph in modules[0].P]
    for rule in (rule for group in GROUPS if group.label & EDGE for rule in group.rules):
        line = f"<p>{rule.example}</p>"
        pages += [
            (_URL, told("".join(lines)).encode()) for lines in ([*said, line], [said[0], line, *said[1:]])
        ]
    return pages


def report(pages: dict[str, tuple[str, bytes]]) -> str:
    """A table: a rule a line, those on which most hangs first; last those on which nothing does."""
    found = ablate(pages)
    rows = [(switch, found[switch.name]) for switch in switches()]
    rows.sort(key=lambda row: (-row[1].total(), row[0].kind, row[0].name))
    width = max(len(switch.name) for switch, _ in rows)
    lines = [f"{'pages that change without it':<{width + 26}}" + "".join(f"{name:>11}" for name in SETS)]
    for switch, counts in rows:
        nothing = "" if counts.total() else "   nothing"
        figures = "".join(f"{counts[name]:>11}" for name in SETS)
        lines.append(f"{switch.name:<{width}}  {switch.kind:<24}{figures}{nothing}")
    return "\n".join(lines)
