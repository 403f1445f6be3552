"""Marks that families of content management systems leave in their pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crawler.extraction.page.flow import Flow
    from crawler.parsing import Document

__all__ = ["labelled_spans", "marked_lines"]

# Comments that the systems themselves write around the text. What editors of templates write (正文开始, main content)
# is no better than the page's shape: it often takes in the share bar, the keywords and the related list.
_BEGIN = re.compile(
    r"^\s*(?:enpcontent|repaste\.(?:body|content)\.begin|ZOOMSTART|\w{1,9}_RSS\.content\.begin)",
    re.IGNORECASE,
)
_END = re.compile(
    r"^\s*(?:/\s*enpcontent|repaste\.(?:body|content)\.end|ZOOMEND|\w{1,9}_RSS\.content\.end)", re.IGNORECASE
)
_SPANS = {
    "pubtime_baidu": "published",
    "source_baidu": "source",
    "author_baidu": "authors",
    "editor_baidu": "editors",
}


def marked_lines(flow: Flow) -> tuple[int, int] | None:
    """Return the lines between two comments that mark the text, or None."""
    begin = None
    for text, line in flow.marks:
        if begin is None or begin == line:
            if _BEGIN.match(text):
                begin = line
        elif _END.match(text):
            return (begin, line) if line > begin else None
    return None


def labelled_spans(doc: Document) -> dict[str, str]:
    """Return the texts of the ``*_baidu`` spans, which hundreds of sites wrote for Baidu News to read."""
    found: dict[str, str] = {}
    for node in doc.about["baidu"]:
        field = _SPANS.get(node.id or "")
        if field and field not in found and (text := " ".join(node.text().split())):
            found[field] = text
    return found
