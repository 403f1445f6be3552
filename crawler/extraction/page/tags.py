"""The kinds of nodes that pages are made of, by lexbor's number, which is had faster than the name."""

from __future__ import annotations

from typing import Final

from selectolax.lexbor import LexborHTMLParser

__all__ = [
    "BLOCK",
    "BREAK",
    "COMMENT",
    "INLINE",
    "KINDS",
    "MEDIA",
    "PLAIN",
    "SKIPPED",
    "STRONG",
    "STYLED",
    "TEXT",
    "TEXT_NUMBER",
]

TEXT: Final = 0
BLOCK: Final = 1
INLINE: Final = 2
BREAK: Final = 3
SKIPPED: Final = 4
# These two are kept with the place where they stand.
MEDIA: Final = 5
COMMENT: Final = 6

_INLINE = (
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "map", "mark", "nobr", "q", "rb", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike",
    "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
)  # fmt: skip
_SKIPPED = (
    "script", "style", "noscript", "template", "textarea", "select", "button", "input", "svg", "canvas",
    "head", "title", "object", "applet", "datalist", "area", "param",
)  # fmt: skip
_MEDIA = ("img", "video", "audio", "iframe", "embed", "source")
_BREAKS = ("br", "hr")
# The elements of which nothing but their place is noted.
_BLOCKS = (
    "body", "div", "p", "ul", "ol", "dl", "table", "td", "th", "center", "section", "article", "header", "footer",
    "nav", "aside", "main", "form", "blockquote", "pre", "figure", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6",
)  # fmt: skip
PLAIN: Final = frozenset(["li", "tr", "dd", "dt", "tbody"])
"""Of these, pages have hundreds, and what they are called says nothing that their list does not."""
STRONG: Final = frozenset(["b", "strong"])
STYLED: Final = frozenset(["span", "em"])
"""What pages hide by a style of its own."""


def _kinds() -> dict[int, tuple[str, int]]:
    parser = LexborHTMLParser("<body>x<!---->")
    found: dict[int, tuple[str, int]] = {}
    for node in parser.root.traverse(include_text=True) if parser.root is not None else ():
        if node.is_text_node:
            found[node.tag_id] = ("-text", TEXT)
        elif node.is_comment_node:
            found[node.tag_id] = ("-comment", COMMENT)
    for names, kind in (
        (_BLOCKS, BLOCK),
        (PLAIN, BLOCK),
        (_INLINE, INLINE),
        (_BREAKS, BREAK),
        (_SKIPPED, SKIPPED),
        (_MEDIA, MEDIA),
    ):
        found.update((parser.create_node(name).tag_id, (name, kind)) for name in names)
    return found


KINDS: Final = _kinds()
"""Name and kind by number; what is not there is a block."""
TEXT_NUMBER: Final = next(number for number, (_, kind) in KINDS.items() if kind == TEXT)
