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
    r"(?:(?:正在|数据|努力|拼命|新闻|内容|列表|页面)*(?:加载|载入|获取|读取)中?|请稍[候等后]|loading)+",
    re.IGNORECASE,
)
_MARKS = re.compile(r"\W+")
_TEMPLATE = re.compile(r"\{\{.{1,200}?\}\}|<%.{1,200}?%>|\$\{.{1,200}?\}", re.DOTALL)
_DIRECTIVES: Final = "[v-for], [ng-repeat], [data-ng-repeat], [ms-repeat], [wx\\:for], [x-for]"
_ASKS = re.compile(
    r"XMLHttpRequest|\bfetch\s*\(|\baxios\b|\.(?:ajax|getJSON|getScript|jsonp)\s*\(|\$\.(?:get|post)\s*\(|createApp\s*\("
    r"|new\s+Vue\b|ReactDOM|createRoot\s*\(|createElement\s*\(\s*[\"']script[\"']|<script[^>]{0,200}\+|\bjsonp\b"
    r"|[?&]\w*callback\w*=",
    re.IGNORECASE,
)
_NO_SCRIPT = re.compile(r"javascript|脚本", re.IGNORECASE)
_MOST_CONTAINERS: Final = 400
_MOST_SCRIPT: Final = 200_000
_FEW_WORDS: Final = 400
_FEW_LINKS: Final = 50
_LONGEST: Final = 300
_LOADING_PICTURE = re.compile(r"load|spin|wait|blank|data:", re.IGNORECASE)


def is_client_rendered(doc: Document, *, has_entries: bool = False) -> bool:
    """Say whether the page has a place for a list that is empty, and scripts that may fill it.

    To be asked of pages whose list has no entries, or next to none (``has_entries``): an article's link in a footer.
    Either a container with the name of a list is empty, says 加载中 or has nothing but a template, and there is a
    script that may know how to fill it; or, of pages without any entry, the page has hardly any words and its scripts
    ask for data, or it says itself that it needs JavaScript.
    """
    tree = doc.tree
    scripts = tree.css("script")
    inline = "".join(script.text() or "" for script in scripts if not script.attrs.get("src"))[:_MOST_SCRIPT]
    asks = _ASKS.search(inline) is not None
    if not asks and not any(script.attrs.get("src") for script in scripts):
        return False
    if any(_is_waiting(node) for node in tree.css(_CONTAINERS)[:_MOST_CONTAINERS]):
        return True
    if has_entries:
        return False
    if any(_NO_SCRIPT.search(node.text() or "") for node in tree.css("noscript")[:5]):
        return True
    return asks and _words(doc) < _FEW_WORDS


def _is_waiting(node: LexborNode) -> bool:
    """Say whether a container has the name of a list and nothing in it, or nothing but a template."""
    attributes = node.attrs
    names = f"{attributes.get('id') or ''} {attributes.get('class') or ''}"
    if _NAME.search(names) is None or node.css_first("input, iframe, form") is not None:
        return False
    text = (node.text() or "")[:_LONGEST].strip()
    if _TEMPLATE.search(text) is not None or (
        len(text) < _LONGEST and node.css_first(_DIRECTIVES) is not None
    ):
        return all(_leads_nowhere(anchor) for anchor in node.css("a[href]")[:_FEW_LINKS])
    if not all(_leads_nowhere(anchor) for anchor in node.css("a[href]")[:_FEW_LINKS]):
        return False
    if any(
        not _LOADING_PICTURE.search(image.attrs.get("src") or "") for image in node.css("img")[:_FEW_LINKS]
    ):
        return False
    said = _MARKS.sub("", text)
    return not said or _LOADING.fullmatch(said) is not None


def _leads_nowhere(anchor: LexborNode) -> bool:
    """Say whether a link is a place for one: ``#``, a script, a template's hole."""
    href = (anchor.attrs.get("href") or "").strip()
    return (
        not href
        or href.startswith("#")
        or href.lower().startswith("javascript")
        or _TEMPLATE.search(href) is not None
    )


def _words(doc: Document) -> int:
    body = doc.tree.body
    if body is None:
        return 0
    return sum(
        len((node.text(deep=False) or "").strip())
        for node in body.css("*")[:2000]
        if node.tag not in ("script", "style", "noscript")
    )
