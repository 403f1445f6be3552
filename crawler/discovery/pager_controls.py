"""Controls of a pager that are no links: buttons and words with a handler, selects, addresses in attributes.

Followed are literal addresses, and addresses that a function of the page makes of the number it is called with: both
are read, and nothing is run.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from crawler.discovery.handlers import (
    ADDRESS,
    CONTROLS,
    MOST_CONTROLS,
    chosen_address,
    handled_address,
    page_functions,
)
from crawler.discovery.pager_words import LONGEST, is_pager_word, page_number
from crawler.urls import join

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

    from crawler.discovery.script_expressions import PageAddress
    from crawler.parsing import Document

__all__ = ["Control", "label_of", "pager_controls", "pager_text"]

_MOST_OPTIONS: Final = 500
_NEXT_NAME = re.compile(
    r"(?:^|[\s_-])(?:next(?:[-_]?page)?|page[-_]?next|btn[-_]?next|xiaye|xiayiye|xyy)(?:[\s_-]|\d|$)",
    re.IGNORECASE,
)
_SAYS = re.compile(r"[\w<>«»‹›←→＜＞▶◀]")
_FILE = re.compile(r"[^/?#]*$")
_LONGEST_NAME: Final = 200
_OF_TOTAL = re.compile(r"\s*(?:第\s?)?(\d{1,6})\s?[页頁]?(?:\s?/\s?共?\s?\d{1,6}\s?[页頁]?)?\s*")


class Control(NamedTuple):
    """An absolute URL that a control leads to, and what the control says."""

    raw: str
    text: str


def label_of(node: LexborNode) -> str:
    """Return what a control says: its text, else what stands for it, else ``next`` where name or picture say that."""
    text = node.text().strip()
    if _SAYS.search(text):
        return text
    nodes = [node, *node.css("img, i, span, svg, em")[:3]]
    for name in ("alt", "title", "aria-label", "value"):
        for inner in nodes:
            said = (inner.attrs.get(name) or "").strip()
            if said and len(said) < LONGEST:
                return said
    return "next" if any(_is_named_next(inner) for inner in nodes) else ""


def pager_text(anchor: LexborNode, *, is_entry: bool) -> str:
    """Return what a link says; what its picture says where it is one, as of many entries (``is_entry``)."""
    text = anchor.text().strip()
    if len(text) > 1:
        return text
    child = anchor.first_child
    if is_entry and child is not None and child.tag == "img":
        return child.attrs.get("alt") or ""
    return label_of(anchor)


def _is_named_next(node: LexborNode) -> bool:
    picture = _FILE.search(node.attrs.get("src") or "")
    names = [node.attrs.get(name) for name in ("class", "id", "rel")]
    if picture is not None:
        names.append(picture[0].partition(".")[0])
    return any(name and len(name) < _LONGEST_NAME and _NEXT_NAME.search(name) for name in names)


def pager_controls(doc: Document) -> list[Control]:
    """Return the controls of a page that look like a pager's, and where they lead. Never raises."""
    found: list[Control] = []
    functions: dict[str, PageAddress] | None = None
    for node in doc.tree.css(CONTROLS)[:MOST_CONTROLS]:
        label = label_of(node)
        if not is_pager_word(label):
            continue
        if functions is None:
            functions = page_functions(doc)
        address = handled_address(node, functions)
        if address:
            found.append(Control(join(doc.base_url, address), label))
    for select in doc.tree.css("select")[:20]:
        found += _options(doc, select)
    return found


def _options(doc: Document, select: LexborNode) -> Iterator[Control]:
    """Yield the pages of a select: its options are numbers, their values addresses or numbers for a function."""
    options = select.css("option")[:_MOST_OPTIONS]
    labels = [_OF_TOTAL.fullmatch(option.text()) for option in options]
    if len(options) < 2 or not all(labels):
        return
    functions: dict[str, PageAddress] | None = None
    for option, label in zip(options, labels, strict=True):
        value = (option.attrs.get("value") or "").strip()
        address: str | None = value if ADDRESS.fullmatch(value) else None
        if address is None and value.isdecimal():
            functions = page_functions(doc) if functions is None else functions
            handler = (select.attrs.get("onchange") or "")[:2000]
            address = chosen_address(handler, value, functions)
        if address and label is not None and page_number(label[1]) is not None:
            yield Control(join(doc.base_url, address), label[1])
