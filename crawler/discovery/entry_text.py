"""What a list shows of an entry: its title, the date beside it, and what a profile selects inside an item."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from crawler.discovery.dates import entry_date
from crawler.portals.sources import filtered

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from crawler.portals.model import Source

__all__ = ["date_beside", "selected_text", "title_of"]

_MAX_TITLE: Final = 200
_MAX_RAW: Final = 1000
_MAX_ITEM: Final = 400
_CLIMB: Final = 3
_LEAST: Final = 3
"""Characters beside a title that are no date."""

_ITEMS: Final = frozenset(("li", "tr", "dd", "dt", "p", "div", "td", "h2", "h3", "h4"))
_ENTRIES: Final = frozenset(("li", "tr", "dd"))
_SPACE: Final = re.compile(r"\s+")
_CUT_OFF: Final = ("...", "…", "..")


def title_of(anchor: LexborNode) -> str:
    """Return what a reader sees of a link; the whole of it where the list cuts it off."""
    child = anchor.first_child
    text = child.text_content if child is not None and child.next is None else None  # of most, that is all
    if text is None:
        text = anchor.text_lexbor()
    text = " ".join(text[:_MAX_RAW].split())
    if not text or text.endswith(_CUT_OFF):
        attributes = anchor.attrs
        said = attributes.get("title") or (attributes.get("alt") if anchor.tag == "area" else None) or ""
        whole = " ".join(said[:_MAX_RAW].split())
        if not whole and not text:
            image = anchor.css_first("img[alt]")
            whole = (image.attrs.get("alt") or "")[:_MAX_RAW].strip() if image is not None else ""
        if len(whole) > len(text.rstrip(".…")):
            text = whole
    return text[:_MAX_TITLE]


def date_beside(anchor: LexborNode, title: str, long: set[int]) -> str | None:
    """Return the date beside a link, in its entry; ``long`` remembers the nodes that are too long to be one."""
    node = anchor.parent
    for _ in range(_CLIMB):
        if node is None:
            return None
        tag = node.tag
        if tag in _ITEMS:
            if node.mem_id in long:
                return None
            text = node.text_lexbor()
            size = len(text)
            if size > _MAX_ITEM + len(title):
                if size > _MAX_ITEM + _MAX_TITLE:
                    long.add(node.mem_id)
                return None
            if size > _LEAST:
                rest = text.replace(title, " ", 1).strip() if title else text.strip()
                if len(rest) > _LEAST and (found := entry_date(rest)) is not None:
                    return found
            if tag in _ENTRIES:
                return None
        node = node.parent
    return None


def selected_text(item: LexborNode, sources: tuple[Source, ...]) -> str:
    """Return what the first source that finds something finds inside a list's item."""
    for source in sources:
        node = item.css_first(source.expression)
        if node is None:
            continue
        raw = (node.attrs.get(source.attribute) or "") if source.attribute else node.text()
        text = filtered(_SPACE.sub(" ", raw[:_MAX_RAW]), source.filters)
        if text:
            return text[:_MAX_TITLE]
    return ""
