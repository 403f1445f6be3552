"""The files that belong to an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.extraction.fields.model import Field, Finding
from crawler.extraction.page.files import files_of
from crawler.extraction.text.attached import attached_lines
from crawler.items import Attachment

if TYPE_CHECKING:
    from crawler.extraction.fields.page import Page

__all__ = ["ATTACHMENTS"]


def linked_files(page: Page) -> Finding[tuple[Attachment, ...]] | None:
    """Return the files that the text links to, and the lines around it."""
    if page.place.element < 0:
        return None
    found = files_of(page.flow, attached_lines(page.flow, page.headline.end, page.place), page.doc.base_url)
    files = tuple(Attachment(file.url, file.title, file.type) for file in found)
    return Finding(files, "visible") if files else None


ATTACHMENTS: Field[tuple[Attachment, ...]] = Field("attachments", (linked_files,))
