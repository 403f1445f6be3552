"""Whether a list page without entries looks as if a script would fill it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from crawler.parsing import Document

__all__ = ["is_client_rendered"]

_CONTAINERS: Final = "ul, ol, dl, tbody, div, section, main"
_NAME = re.compile(
    r"(?:^|[\s_-])(?:[a-z]*lists?|app|root|feeds?|roll|flow|waterfall|news[a-z]*|articles?|contents?|"
    r"main|container|data[a-z]*|items?|box|wrapper?)(?:[\s_-]|\d|$)",
    re.IGNORECASE,
)
_LOADING = re.compile(
    r"\W*(?:(?:正在|数据|努力|拼命)*加载中?|载入中?|请稍[候等后]|loading)\W*", re.IGNORECASE
)
_ASKS = re.compile(
    r"XMLHttpRequest|\bfetch\s*\(|\baxios\b|\.(?:ajax|getJSON)\s*\(|\$\.(?:get|post)\s*\(|createApp\s*\(|new\s+Vue\b"
    r"|ReactDOM|createRoot\s*\("
)
_NO_SCRIPT = re.compile(r"javascript|脚本", re.IGNORECASE)
_MOST_CONTAINERS: Final = 400
_MOST_SCRIPT: Final = 200_000
_FEW_WORDS: Final = 400


def is_client_rendered(doc: Document) -> bool:
    """Say whether the page has a place for a list that is empty, and scripts that may fill it.

    To be asked of pages whose list has no entries. Either a container with the name of a list is empty (or
    says 加载中) and there is a script that may know how to fill it, or the page has hardly any words and its
    scripts ask for data, or it says itself that it needs JavaScript.
    """
    tree = doc.tree
    scripts = tree.css("script")
    inline = "".join(script.text() or "" for script in scripts if not script.attrs.get("src"))[:_MOST_SCRIPT]
    asks = _ASKS.search(inline) is not None
    if not asks and not any(script.attrs.get("src") for script in scripts):
        return False
    if any(_is_waiting(node) for node in tree.css(_CONTAINERS)[:_MOST_CONTAINERS]):
        return True
    for node in tree.css("noscript")[:5]:
        if _NO_SCRIPT.search(node.text() or ""):
            return True
    return asks and _words(doc) < _FEW_WORDS


def _is_waiting(node: LexborNode) -> bool:
    """Say whether a container has the name of a list and nothing in it."""
    attributes = node.attrs
    names = f"{attributes.get('id') or ''} {attributes.get('class') or ''}"
    if _NAME.search(names) is None or node.css_first("a[href], img, input, iframe") is not None:
        return False
    text = (node.text() or "")[:200].strip()
    return not text or _LOADING.fullmatch(text) is not None


def _words(doc: Document) -> int:
    body = doc.tree.body
    if body is None:
        return 0
    return sum(
        len((node.text(deep=False) or "").strip())
        for node in body.css("*")[:2000]
        if node.tag not in ("script", "style", "noscript")
    )
