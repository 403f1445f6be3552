"""The title of an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.extraction.fields.model import Field, Finding

if TYPE_CHECKING:
    from crawler.extraction.fields.page import Page

__all__ = ["TITLE"]


def given(page: Page) -> Finding[str] | None:
    """Return what the profile's sources find."""
    return page.given_text("title")


def in_list(page: Page) -> Finding[str] | None:
    """Return what the list called the article, where the page has no title at all."""
    hinted = page.hints.get("title")
    return Finding(hinted, "list") if not page.headline.text and isinstance(hinted, str) else None


def in_script(page: Page) -> Finding[str] | None:
    """Return what the script says that holds the text, where only the ``<title>`` says something else."""
    stated = page.state.get("title") if page.headline.origin == "title" else None
    return Finding(stated, "script") if stated else None


def displayed(page: Page) -> Finding[str] | None:
    """Return the headline, or what stands for it in the head."""
    return Finding(page.headline.text, page.headline.origin) if page.headline.text else None


TITLE: Field[str] = Field("title", (given, in_list, in_script, displayed))
