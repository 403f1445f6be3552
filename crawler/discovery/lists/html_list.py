"""Lists that are pages for readers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.discovery.reader import read_links
from crawler.parsing import Document

if TYPE_CHECKING:
    from crawler.discovery.links import PageLinks
    from crawler.discovery.lists.page import ListPage

__all__ = ["read_html_list"]


def read_html_list(page: ListPage) -> PageLinks:
    """Return the links of a home page or of a channel's page."""
    doc = page.doc or Document.from_bytes(page.body, page.request.url, page.content_type)
    return read_links(doc, page.profile, page=page.kind, channel=page.channel)
