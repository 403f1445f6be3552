"""Marks that families of content management systems leave in their pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crawler.extraction.flow import Flow
    from crawler.parsing import Document

__all__ = ["labelled_spans", "marked_lines"]

# Comments around the text: Founder's enpcontent, and what editors of templates write in Chinese or English.
_BEGIN = re.compile(
    r"^\s*(?:enpcontent|repaste\.(?:body|content)\.begin|ZOOMSTART|(?:文章|新闻|稿件)?(?:正文|内容)(?:部分)?\s*(?:开始|begin|start)|"
    r"(?:article|news)?[\s_-]*(?:content|body|text)[\s_-]*(?:begin|start))",
    re.IGNORECASE,
)
_END = re.compile(
    r"^\s*(?:/\s*enpcontent|repaste\.(?:body|content)\.end|ZOOMEND|(?:文章|新闻|稿件)?(?:正文|内容)(?:部分)?\s*(?:结束|end)|"
    r"(?:article|news)?[\s_-]*(?:content|body|text)[\s_-]*(?:end|over))",
    re.IGNORECASE,
)
_SPANS = {
    "published": "pubtime_baidu",
    "source": "source_baidu",
    "authors": "author_baidu",
    "editors": "editor_baidu",
}


def marked_lines(flow: Flow) -> tuple[int, int] | None:
    """The lines between two comments that mark the text, or None."""
    begin = None
    for text, line in flow.marks:
        if begin is None or begin == line:
            if _BEGIN.match(text):
                begin = line
        elif _END.match(text):
            return (begin, line) if line > begin else None
    return None


def labelled_spans(doc: Document) -> dict[str, str]:
    """The texts of the ``*_baidu`` spans, which hundreds of sites wrote for Baidu News to read."""
    if "_baidu" not in doc.text:
        return {}
    found = {}
    for field, name in _SPANS.items():
        node = doc.tree.css_first(f"#{name}")
        if node is not None and (text := " ".join(node.text().split())):
            found[field] = text
    return found
