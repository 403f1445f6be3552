"""Where the source's name links to."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin

from crawler.extraction.fields.model import Field, Finding
from crawler.extraction.fields.source import SOURCE

if TYPE_CHECKING:
    from crawler.extraction.fields.page import Page

__all__ = ["SOURCE_URL"]


def linked(page: Page) -> Finding[str] | None:
    """Return the address behind the source's name on its line."""
    index = page.credit.source_line
    if not 0 <= index < len(page.flow.lines):
        return None
    line = page.flow.lines[index]
    if not line.linked or line.block < 0 or (source := SOURCE.find(page)) is None:
        return None
    for anchor in page.flow.nodes[line.block].css("a[href]"):
        if " ".join(anchor.text().split()) == source.value:
            url = _join(page.doc.base_url, anchor.attributes.get("href") or "")
            return Finding(url, "") if url.startswith(("http://", "https://")) else None
    return None


def _join(base: str, href: str) -> str:
    try:
        return urljoin(base, href.strip())
    except ValueError:
        return ""


SOURCE_URL: Field[str] = Field("source_url", (linked,))
