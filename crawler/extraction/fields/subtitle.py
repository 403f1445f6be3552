"""The second headline."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.chinese.labelled_facts import read_facts
from crawler.chinese.name_lines import read_signature
from crawler.chinese.names import is_plain_person, split_names
from crawler.extraction.fields.bylines import is_byline
from crawler.extraction.fields.model import Field, Finding
from crawler.extraction.labels.model import CREDITS, FACTS
from crawler.extraction.labels.table import has
from crawler.extraction.page.displayed import displayed as displayed_text

if TYPE_CHECKING:
    from crawler.extraction.fields.headline import Headline
    from crawler.extraction.fields.page import Page
    from crawler.extraction.page.flow import Flow, Line

__all__ = ["SUBTITLE"]

_SUBTITLE_NAME = re.compile(
    r"\bsub\b|sub-?_?tit|subhead|fubiao|f_?title|futi|second-?tit|title2|vice", re.IGNORECASE
)
_HEADINGS = frozenset(["h2", "h3", "h4", "h5"])
_PEOPLE = frozenset(["author", "reporter", "correspondent", "photographer", "translator", "editor"])


def given(page: Page) -> Finding[str] | None:
    """Return what the profile's sources find."""
    return page.given_text("subtitle")


def displayed(page: Page) -> Finding[str] | None:
    """Return a line so named between headline and text, a heading right below it, or one that begins with a dash."""
    subtitle = _find_line(page.flow, page.headline, page.first)
    return Finding(subtitle, "generic") if subtitle else None


SUBTITLE: Field[str] = Field("subtitle", (given, displayed))


def _find_line(flow: Flow, headline: Headline, first: int) -> str | None:
    """Find a line of that name between headline and text, or one that begins with a dash; who wrote is none."""
    below = headline.end  # where a heading is the headline's
    for index in range(headline.end, min(first, headline.end + 8)):
        line = flow.lines[index]
        name = flow.names[line.block]
        if _is_credit(line):
            below += below == index
            continue
        if 4 <= len(line.text) <= 80 and line.text != headline.text:
            heading = index == below and line.tag in _HEADINGS and not line.linked and len(line.text) >= 6
            if (
                heading
                or line.text.startswith(("——", "--", "—"))
                or (_SUBTITLE_NAME.search(name) and not line.linked)
            ):
                return line.text.strip("—- ") if line.text.startswith("--") else line.text
    return None


def _is_credit(line: Line) -> bool:
    """Say whether a line names who wrote, or says when and where from."""
    text = line.text
    return (
        has(line, FACTS | CREDITS)
        or is_byline(text)
        or bool(read_signature(text))
        or (bool(names := split_names(text)) and all(map(is_plain_person, names)))
        or any(fact.kind in _PEOPLE and fact.value for fact in read_facts(displayed_text(line)))
    )
