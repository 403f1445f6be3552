"""What a page is, told by the page: for URLs that do not tell, and against URLs that lie."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from crawler.portals.addresses import PageKind, kind_of

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from crawler.parsing import Document
    from crawler.portals.model import Profile

__all__ = ["page_kind"]

_TIME = re.compile(r"(?:19|20)\d{2}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}日?\s{0,5}\d{0,2}:?\d{0,2}")
_MAX_NODES: Final = 4000
_PROSE: Final = 120
_GALLERY_IMAGES: Final = 3
_SURE: Final = frozenset((PageKind.HOME, PageKind.SITEMAP, PageKind.FEED, PageKind.CONTINUATION))


def page_kind(doc: Document, profile: Profile, url: str | None = None) -> PageKind:
    """What a page is: by its URL where the profile knows it, else by what is on it.

    A page with a body of the profile's templates, or with a headline, a time and some prose that is no link
    text, is an article; one that is mostly links in entries is a channel; a few pictures with captions and
    hardly prose make a gallery; everything else is ``other`` (a form, a notice, a soft 404). Never raises.

    Args:
        doc: the page.
        profile: the portal's.
        url: the page's URL if it is not ``doc.url``.
    """
    by_url = kind_of(url or doc.url, profile)
    if by_url in _SURE:
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
    headline = tree.css_first("h1") is not None or tree.css_first('meta[property="og:title"]') is not None
    if prose >= _PROSE and prose > linked // 4 and headline and _TIME.search(_text_around(root)) is not None:
        return PageKind.ARTICLE
    if len(anchors) >= 15 and linked > 2 * prose:
        return PageKind.CHANNEL
    return PageKind.OTHER


def _known_body(doc: Document, profile: Profile) -> LexborNode | None:
    """The body that one of the profile's templates finds, with something in it."""
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
    return images >= _GALLERY_IMAGES and len(body.text().strip()) < images * 120


def _prose(root: LexborNode) -> int:
    """Characters of sentences that are no link text, in paragraphs and what stands for them."""
    total = 0
    for node in root.css("p, div, td, section, article")[:_MAX_NODES]:
        child, own = node.first_child, 0
        while child is not None:
            if child.is_text_node:
                text = (child.text() or "").strip()
                if len(text) >= 15 and ("，" in text or "。" in text or ", " in text or ". " in text):
                    own += len(text)
            child = child.next
        total += own
    return total


def _text_around(root: LexborNode) -> str:
    return root.text()[:20_000]
