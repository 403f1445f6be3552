"""Where the source's name links to."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin

if TYPE_CHECKING:
    from crawler.extraction.fields.credit import Credits
    from crawler.extraction.page.flow import Flow
    from crawler.parsing import Document

__all__ = ["find_source_link"]


def find_source_link(doc: Document, flow: Flow, credit: Credits) -> str | None:
    """The address behind the source's name on its line, or None."""
    if credit.source is None or not 0 <= credit.source_line < len(flow.lines):
        return None
    line = flow.lines[credit.source_line]
    if not line.linked or line.block < 0:
        return None
    for anchor in flow.nodes[line.block].css("a[href]"):
        if " ".join(anchor.text().split()) != credit.source:
            continue
        try:
            url = urljoin(doc.base_url, (anchor.attributes.get("href") or "").strip())
        except ValueError:
            return None
        return url if url.startswith(("http://", "https://")) else None
    return None
