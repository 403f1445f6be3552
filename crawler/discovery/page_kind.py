"""What a page is, told by the page: for URLs that do not tell, and against URLs that lie."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from crawler.portals.addresses import kind_of
from crawler.portals.page_kind import PageKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

    from crawler.parsing import Document
    from crawler.portals.model import Profile

__all__ = ["page_kind"]

_TIME = re.compile(r"(?:19|20)\d{2}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}日?\s{0,5}\d{0,2}:?\d{0,2}")
_SUFFIX = re.compile(r"\s*[-_|—–]")
_SPACE = re.compile(r"\s+")
_PUBLISHED: Final = (
    'meta[property="article:published_time"], meta[name="publishdate" i], meta[name="PubDate" i]'
)
_MAX_TEXT: Final = 200_000
_MAX_NODES: Final = 4000
_PROSE: Final = 120
_GALLERY_IMAGES: Final = 2
_CAPTION: Final = 100
_NEAR: Final = 250


def page_kind(doc: Document, profile: Profile, url: str | None = None) -> PageKind:
    """Say what a page is: by its URL where the profile knows it, else by what is on it.

    A page with a body of the profile's templates, or with a headline, a time and some prose that is no link
    text, is an article; one that is mostly links in entries is a channel; a few pictures with captions and
    hardly prose make a gallery; everything else is ``other`` (a form, a notice, a soft 404). Never raises.

    Args:
        doc: the page.
        profile: the portal's.
        url: the page's URL if it is not ``doc.url``.
    """
    by_url = kind_of(url or doc.url, profile)
    if by_url.decided_by_url:
        return by_url
    tree = doc.tree
    body = _known_body(doc, profile)
    if body is not None and by_url is not PageKind.CHANNEL:
        if by_url is PageKind.GALLERY or _is_gallery(body):
            return PageKind.GALLERY
        return PageKind.ARTICLE
    if by_url is not PageKind.OTHER:
        return by_url
    root = tree.body
    if root is None:
        return PageKind.OTHER
    anchors = root.css("a[href]")[:_MAX_NODES]
    linked = sum(len((anchor.text() or "").strip()) for anchor in anchors)
    prose = _prose(root)
    if prose >= _PROSE and prose > linked // 4 and _is_headed(doc, root):
        return PageKind.ARTICLE
    if len(anchors) >= 15 and linked > 2 * prose:
        return PageKind.CHANNEL
    return PageKind.OTHER


def _known_body(doc: Document, profile: Profile) -> LexborNode | None:
    """Return the body that one of the profile's templates finds, with something in it."""
    for template in profile.article.templates:
        for source in template.fields.get("body", ()):
            if source.kind != "css" or source.attribute is not None:
                continue
            node = doc.tree.css_first(source.expression)
            if node is not None and (
                len(node.text().strip()) > 20 or node.css_first("img, video") is not None
            ):
                return node
    return None


def _is_gallery(body: LexborNode) -> bool:
    images = len(body.css("img")[:50])
    return images >= _GALLERY_IMAGES and len("".join(body.text().split())) < images * _CAPTION


def _prose(root: LexborNode) -> int:
    """Count the characters of sentences that are no link text, in paragraphs and what stands for them."""
    total = 0
    for node in root.css("p, div, td, section, article, span, font, center")[:_MAX_NODES]:
        child, own = node.first_child, 0
        while child is not None:
            if child.is_text_node:
                text = (child.text() or "").strip()
                if len(text) >= 15 and ("，" in text or "。" in text or ", " in text or ". " in text):
                    own += len(text)
            child = child.next
        total += own
    return total


def _is_headed(doc: Document, root: LexborNode) -> bool:
    """Say whether the page says of itself when it was published, or a time follows its headline."""
    if doc.tree.css_first(_PUBLISHED) is not None:
        return True
    text = root.text()[:_MAX_TEXT]
    for words in _headlines(doc):
        at = text.find(words)
        if at >= 0:
            behind = at + len(words)
            return _TIME.search(_SPACE.sub(" ", text[behind : behind + 4 * _NEAR])[:_NEAR]) is not None
    return False


def _headlines(doc: Document) -> Iterator[str]:
    """Yield what may be the page's headline: its ``h1``, and the first part of its title."""
    for selector in ("h1", "title"):
        node = doc.tree.css_first(selector)
        words = node.text().strip()[:200] if node is not None else ""
        if selector == "title":
            words = _SUFFIX.split(words)[0]
        if len(words) >= 4:
            yield words
