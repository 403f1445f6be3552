"""Who edited an article, and who proofread it: kept apart from its authors."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.chinese.names import split_names
from crawler.extraction.fields.labelled import labelled_workers
from crawler.extraction.fields.model import Field, Finding

if TYPE_CHECKING:
    from crawler.extraction.fields.page import Page

__all__ = ["EDITORS", "PROOFREADERS"]

Names = tuple[str, ...]

_LABEL = re.compile(r"^[^：:]{0,20}[：:]\s*")


def given(page: Page) -> Finding[Names] | None:
    """Return what the profile's sources find."""
    told = page.given("editors")
    names = dict.fromkeys(n for v in told.value for n in split_names(_LABEL.sub("", v))) if told else {}
    return Finding(tuple(names), told.origin) if told and names else None


def displayed(page: Page) -> Finding[Names] | None:
    """Read 责任编辑：, 编辑 罗小满, above the text, at its end and below it."""
    names = labelled_workers(page.regions, "editor")
    return Finding(names, "visible") if names else None


def in_span(page: Page) -> Finding[Names] | None:
    """Read the family's mark ``editor_baidu``."""
    names = tuple(split_names(_LABEL.sub("", page.spans.get("editors", ""))))
    return Finding(names, "family:editor_baidu") if names else None


def in_script(page: Page) -> Finding[Names] | None:
    """Return what a script says that holds the text, or that names the article."""
    names = tuple(split_names(_LABEL.sub("", page.script.get("editors", ""))))
    return Finding(names, "script") if names else None


def proofreaders_displayed(page: Page) -> Finding[Names] | None:
    """Read 校对：."""
    names = labelled_workers(page.regions, "proof")
    return Finding(names, "") if names else None


EDITORS: Field[Names] = Field("editors", (given, displayed, in_span, in_script))
PROOFREADERS: Field[Names] = Field("proofreaders", (proofreaders_displayed,))
