"""Which publisher an article is from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.extraction.fields.model import Field, Finding

if TYPE_CHECKING:
    from crawler.extraction.fields.page import Page

__all__ = ["SOURCE"]

_LABEL = re.compile(r"^\s*[\u4e00-\u9fff]{0,4}(?:来源|來源|稿源|出处)\s*[：:]\s*")
_LONGEST = 40


def given(page: Page) -> Finding[str] | None:
    """Return what the profile's sources find."""
    told = page.given("source")
    source = _LABEL.sub("", told.value[0]).strip() if told else ""
    return Finding(source, told.origin) if told and source else None


def in_span(page: Page) -> Finding[str] | None:
    """Read the family's mark ``source_baidu``."""
    source = _LABEL.sub("", page.spans.get("source", ""))
    return Finding(source, "family:source_baidu") if source and len(source) <= _LONGEST else None


def displayed(page: Page) -> Finding[str] | None:
    """Read labels, the row under the headline, the head: the steps of :mod:`credit`."""
    credit = page.credit
    return Finding(credit.source, credit.source_origin) if credit.source else None


def in_script(page: Page) -> Finding[str] | None:
    """Return what a script says that holds the text, or that names the article."""
    source = page.script.get("source")
    return Finding(source, "script") if source else None


SOURCE: Field[str] = Field("source", (given, in_span, displayed, in_script))
