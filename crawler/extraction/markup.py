"""The body as HTML that is safe to show."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import nh3

if TYPE_CHECKING:
    from crawler.items import Image, Video

__all__ = ["to_markup"]

_TAGS = {"p", "h2", "h3", "h4", "blockquote", "pre", "ul", "li", "figure", "figcaption", "img", "a"}
_ATTRIBUTES = {"img": {"src", "alt"}, "a": {"href"}}
_CLEANER = nh3.Cleaner(tags=_TAGS, attributes=_ATTRIBUTES, url_schemes={"http", "https"})
_ENTITIES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\xa0", "&nbsp;"), ("\x00", ""), ("\r", "\n"))
_SAME = {"h2", "h3", "h4", "blockquote", "pre", "li"}
_AS = {"h1": "h2", "h5": "h4", "h6": "h4", "dt": "h4"}


def to_markup(paragraphs: list[tuple[str, str]], images: tuple[Image, ...], videos: tuple[Video, ...]) -> str:
    """Return HTML of (tag, text) paragraphs with the pictures and films where they stand.

    What has an attribute passes nh3; a paragraph is text, escaped, and nh3 would leave it as it is.
    """
    placed: dict[int, list[str]] = {}
    for image in images:
        caption = f"<figcaption>{escape(image.caption)}</figcaption>" if image.caption else ""
        figure = f'<figure><img src="{escape(image.url)}" alt="">{caption}</figure>'
        placed.setdefault(image.after, []).append(_CLEANER.clean(figure))
    for video in videos:
        film = f'<p><a href="{escape(video.url)}">{escape(video.caption or video.url)}</a></p>'
        placed.setdefault(video.after, []).append(_CLEANER.clean(film))
    parts = list(placed.get(-1, ()))
    listing = False
    for index, (tag, text) in enumerate(paragraphs):
        name = tag if tag in _SAME else _AS.get(tag, "p")
        if (name == "li") != listing:
            parts.append("</ul>" if listing else "<ul>")
            listing = not listing
        parts.append(f"<{name}>{_escaped(text)}</{name}>")
        if index in placed:
            if listing:
                parts.append("</ul>")
                listing = False
            parts += placed[index]
    if listing:
        parts.append("</ul>")
    return "".join(parts)


def _escaped(text: str) -> str:
    """Escape as nh3 writes a text."""
    for character, entity in _ENTITIES:
        if character in text:
            text = text.replace(character, entity)
    return text
