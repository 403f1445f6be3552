"""Which list a link stands in: told by the heading over it, or by the name of its box.

A portal's article page carries several lists behind and beside the body (相关新闻, 频道推荐, 最新图文,
最新视频, 一周热点). Their markup differs from site to site; the words over them hardly do.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from crawler.items import RelatedKind
    from crawler.portals.model import Profile

__all__ = ["Boxes", "kind_of_heading"]

_HEADINGS: Final[tuple[tuple[RelatedKind, re.Pattern[str]], ...]] = (
    ("video", re.compile(r"视频|視頻|影像|直播|video", re.IGNORECASE)),
    ("photo", re.compile(r"[图圖][片文集库说]|[组美热][图圖]|高清|影集|photo", re.IGNORECASE)),
    ("hot", re.compile(r"[热熱][点點门榜搜文评读闻]|排行|榜|最热|人气|一周|小时|hot", re.IGNORECASE)),
    ("related", re.compile(
        r"相[关關]|延伸|(?<!频道)推[荐薦]|猜你|[您你]可能|更多报道|新闻链接|专题报道|relat",
        re.IGNORECASE,
    )),
    ("channel", re.compile(r"频道|頻道|最新|要闻|新闻|滚动|快讯|推荐|聚焦|动态|资讯")),
)  # fmt: skip

_NAMES: Final[tuple[tuple[RelatedKind, re.Pattern[str]], ...]] = (
    (
        "related",
        re.compile(r"relat|xiangguan|xgxw|xgyd|xgwz|xgbd|xglj|yanshen|tuijian|recommend", re.IGNORECASE),
    ),
    ("video", re.compile(r"(?:^|[\s_-])(?:list_)?(?:video|shipin|vod)", re.IGNORECASE)),
    ("photo", re.compile(r"(?:^|[\s_-])(?:photo|tupian|tuji|gallery|pic_?(?:list|news|box))", re.IGNORECASE)),
    ("hot", re.compile(r"(?:^|[\s_-])(?:hot|rank|paihang|phb|top10|redian|remen)", re.IGNORECASE)),
    ("channel", re.compile(r"(?:^|[\s_-])(?:list_channel|latest|newest|zuixin|newlist)", re.IGNORECASE)),
)

_INLINE: Final = frozenset((
    "a", "span", "font", "em", "strong", "b", "i", "u", "li", "dd", "td", "tr", "p", "center", "label",
    "h1", "h2", "h3", "h4", "h5", "h6",
))  # fmt: skip
_TITLES: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "dt", "strong", "b", "caption", "th"))
_FOOTER_NAME = re.compile(r"(?:^|[\s_-])(?:foot(?:er)?|copy_?right)(?:[\s_-]|\d|$)|^foot", re.IGNORECASE)
_BOTTOM_NAME = re.compile(r"(?:^|[\s_-])bottom(?:[\s_-]|\d|$)", re.IGNORECASE)
_OF_A_SITE = re.compile(r"版权|备案|ICP|主办|许可证|网安", re.IGNORECASE)
_END: Final = frozenset(("body", "html"))
_TITLE_NAME = re.compile(r"tit|head|hd|bt|name|caption|lanmu", re.IGNORECASE)
_PATH = re.compile(r"[>＞›»]|正文$")  # a breadcrumb is no heading
_MAX_HEADING = 30
_MAX_CLIMB = 8
_LONGEST_NAME: Final = 200


class Boxes:
    """The boxes of one page, each looked at once."""

    __slots__ = ("_footers", "_known")

    def __init__(self, tree: LexborHTMLParser, profile: Profile) -> None:
        self._known: dict[int, RelatedKind | None] = {}
        self._footers: dict[int, bool] = {}
        for kind, selectors in profile.related.items():
            for selector in selectors:
                for node in tree.css(selector):
                    self._known[node.mem_id] = kind  # type: ignore[assignment]

    def is_in_footer(self, anchor: LexborNode) -> bool:
        """Say whether an anchor stands in the footer of the site."""
        path: list[int] = []
        found = False
        node = anchor.parent
        while node is not None and node.tag not in _END and len(path) < _MAX_CLIMB:
            key = node.mem_id
            if key in self._footers:
                found = self._footers[key]
                break
            path.append(key)
            if node.tag not in _INLINE and _is_footer(node):
                found = True
                break
            node = node.parent
        self._footers.update(dict.fromkeys(path, found))
        return found

    def kind(self, anchor: LexborNode) -> RelatedKind | None:
        """Return the kind of list that an anchor stands in; None where neither heading nor name tells."""
        known = self._known
        path: list[int] = []
        found: RelatedKind | None = None
        node = anchor.parent
        while node is not None and len(path) < _MAX_CLIMB:
            key = node.mem_id
            if key in known:
                found = known[key]
                break
            tag = node.tag
            if tag in _END:
                break
            path.append(key)
            if tag not in _INLINE:
                found = _kind_of_box(node, anchor, path)
                if found is not None:
                    break
            node = node.parent
        for key in path:
            known[key] = found
        return found


@lru_cache(maxsize=4096)
def kind_of_heading(text: str) -> RelatedKind | None:
    """Tell the kind of list under a heading; None where its words do not tell. ``text`` is short."""
    for kind, pattern in _HEADINGS:
        if pattern.search(text):
            return kind
    return None


def _kind_of_box(box: LexborNode, anchor: LexborNode, path: list[int]) -> RelatedKind | None:
    heading = _inner_heading(box, anchor, path) or _outer_heading(box)
    if heading is not None:
        return kind_of_heading(heading) or "channel"
    return _kind_of_name(box)


def _is_footer(box: LexborNode) -> bool:
    """Say whether a box is the footer of the site: what links there is no entry of a list."""
    if box.tag == "footer":
        return True
    name = f"{box.attrs.get('class') or ''} {box.id or ''}".strip()
    if not name or len(name) > _LONGEST_NAME:
        return False
    if _FOOTER_NAME.search(name) is not None:
        return True
    return _BOTTOM_NAME.search(name) is not None and _OF_A_SITE.search(box.text_lexbor()) is not None


def _kind_of_name(box: LexborNode) -> RelatedKind | None:
    name = f"{box.attrs.get('class') or ''} {box.id or ''}"
    return _kind_of_words(name) if 2 < len(name) < _LONGEST_NAME else None


@lru_cache(maxsize=4096)
def _kind_of_words(name: str) -> RelatedKind | None:
    for kind, pattern in _NAMES:
        if pattern.search(name):
            return kind
    return None


def _inner_heading(box: LexborNode, anchor: LexborNode, path: list[int]) -> str | None:
    """Return the text of the box's first child, where that is a heading and not the first entry.

    ``path`` are the elements from the anchor to the box, by identity: what holds the anchor is no heading.
    """
    child = box.first_child
    while child is not None and not child.is_element_node:
        child = child.next
    if child is None or child.mem_id == anchor.mem_id:
        return None
    if child.tag == "tbody":
        return _inner_heading(child, anchor, path)
    if child.mem_id in path:
        return None
    text = _short(child.text_lexbor())
    if text is None:
        return None
    name = child.attrs.get("class") or ""
    titled = child.tag in _TITLES or _TITLE_NAME.search(name) is not None
    if not titled and child.css_first("b, strong, h2, h3, h4") is None and child.css_first("a") is not None:
        return None
    if not titled and kind_of_heading(text) is None:
        return None
    return text


def _outer_heading(box: LexborNode) -> str | None:
    """Return the text right before the box, where it is short and no list itself."""
    sibling = box.prev
    for _ in range(6):
        if sibling is None:
            return None
        if sibling.is_element_node and sibling.tag not in {"script", "style", "br", "hr", "img"}:
            whole = sibling.text_lexbor()
            text = _short(whole)
            if text is not None:
                if sibling.tag in _TITLES or _TITLE_NAME.search(sibling.attrs.get("class") or ""):
                    return text
                # without a name that says so, an entry of the list is as short as a heading, but it is a link
                return (
                    text if kind_of_heading(text) is not None and sibling.css_first("a, li") is None else None
                )
            if whole and not whole.isspace():
                return None
        sibling = sibling.prev
    return None


def _short(text: str) -> str | None:
    """Return a node's text, if it is as short as a heading's."""
    if len(text) > 200:
        return None
    text = text.strip()
    return text if 2 <= len(text) <= _MAX_HEADING and not _PATH.search(text) else None
