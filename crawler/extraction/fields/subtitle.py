"""The second headline."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.extraction.fields.model import Field, Finding

if TYPE_CHECKING:
    from crawler.extraction.fields.headline import Headline
    from crawler.extraction.fields.page import Page
    from crawler.extraction.page.flow import Flow

__all__ = ["SUBTITLE"]

_SUBTITLE_NAME = re.compile(
    r"\bsub\b|sub-?_?tit|subhead|fubiao|f_?title|futi|second-?tit|title2|vice", re.IGNORECASE
)
_HEADINGS = frozenset(["h2", "h3", "h4", "h5"])


def given(page: Page) -> Finding[str] | None:
    """Return what the profile's sources find."""
    return page.given_text("subtitle")


def displayed(page: Page) -> Finding[str] | None:
    """Return a line so named between headline and text, a heading right below it, or one that begins with a dash."""
    subtitle = _find_line(page.flow, page.headline, page.first)
    return Finding(subtitle, "generic") if subtitle else None


SUBTITLE: Field[str] = Field("subtitle", (given, displayed))


def _find_line(flow: Flow, headline: Headline, first: int) -> str | None:
    """Find a line of that name between headline and text, or one that begins with a dash."""
    for index in range(headline.end, min(first, headline.end + 8)):
        line = flow.lines[index]
        name = flow.names[line.block]
        if 4 <= len(line.text) <= 80 and line.text != headline.text:
            heading = (
                index == headline.end and line.tag in _HEADINGS and not line.linked and len(line.text) >= 6
            )
            if (
                heading
                or line.text.startswith(("——", "--", "—"))
                or (_SUBTITLE_NAME.search(name) and not line.linked)
            ):
                return line.text.strip("—- ") if line.text.startswith("--") else line.text
    return None
