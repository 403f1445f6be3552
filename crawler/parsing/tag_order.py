"""Says by the tags of a page whether something in it is left open; nearly every page is told in one scan."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["BLOCKS", "ENDS", "ENDS_PARAGRAPH", "HOLDERS", "RAW", "VOID", "WEAK", "is_closed"]

HOLDERS: Final = (
    b"audio", b"button", b"canvas", b"datalist", b"iframe", b"noembed", b"noframes", b"noscript", b"object",
    b"select", b"style", b"svg", b"template", b"textarea", b"title", b"video", b"xmp",
)  # fmt: skip
"""What is not read as the page's text (but ``a``): left open, they would take the rest of the page with them."""
RAW: Final = frozenset([b"iframe", b"noembed", b"noframes", b"style", b"textarea", b"title", b"xmp"])
"""Whatever stands inside is no markup."""
WEAK: Final = frozenset([b"audio", b"canvas", b"datalist", b"noscript", b"video"])
"""Their end tag counts only where every block inside is closed."""

ENDS_PARAGRAPH: Final = frozenset(
    b"address article aside blockquote center dd details dialog dir div dl dt fieldset figcaption figure footer form "
    b"h1 h2 h3 h4 h5 h6 header hr li main menu nav ol p pre section summary table ul".split()
)
BLOCKS: Final = ENDS_PARAGRAPH | frozenset(
    [b"body", b"br", b"caption", b"html", b"tbody", b"td", b"tfoot", b"th", b"thead", b"tr"]
)
VOID: Final = frozenset([b"br", b"hr"])
ENDS: Final = {
    name: re.compile(rb"</" + name + rb"(?=[\s/>])", re.IGNORECASE) for name in (*RAW, *WEAK, b"script")
}
_NOSCRIPT: Final = b"<noscript"
_BLOCK = re.compile(rb"<(/?)(?:%s)[\s/>]" % b"|".join(BLOCKS - VOID), re.IGNORECASE)
# Written so that most tags are passed over at their first letter or two: every page is looked through.
_MARKS = re.compile(
    rb"</?(?:[aApP](?=[\s/>])|s(?:cript|elect|tyle|vg)|t(?:emplate|extarea|itle)|no(?:embed|frames|script)|"
    rb"[abcdiovx](?:udio|utton|anvas|atalist|frame|bject|ideo|mp))"
)
_RARE = re.compile(rb"</?[a-z]{2,}")
_PART: Final = 300_000
"""Bytes: most pages are one part."""
_WEAK_OPEN = re.compile(rb"<(%s)(?:(?!</\1).){0,200}<p" % b"|".join(WEAK))


def is_closed(source: bytes) -> bool:
    """Say whether every link of a page (UTF-8) ends inside its paragraph, and the other elements as they began."""
    return _is_closed(source) or (b"<!--" in source and _is_closed(_without_comments(source)))


def _is_closed(source: bytes) -> bool:
    """Say it by the row of the tags alone, without those in scripts: ``<p<a</a</p<iframe</iframe``."""
    joined = _marks(source)
    if not joined.islower():
        joined = _marks(source.lower())
    before, *scripts = joined.split(b"<script")
    joined = b"".join([before, *(script.partition(b"</script")[2] for script in scripts)])
    joined = joined.replace(b"</script", b"").replace(b"<a</a", b"")
    if names := _RARE.findall(joined):
        weak = b"<noscript" in names and _holds_open_blocks(source)
        if weak or not _is_nested(names) or _WEAK_OPEN.search(joined.replace(b"<p</p", b"")):
            return False
        joined = _RARE.sub(b"", joined).replace(b"<a</a", b"")
    return b"<a" not in joined or (
        b"<p<a<p" not in joined and b"<a" not in joined.replace(b"<p</p", b"").replace(b"<a</a", b"")
    )


def _marks(source: bytes) -> bytes:
    """Return the row of the tags, read from tag to tag in parts: a list of a million tags would be 60 MB."""
    parts: list[bytes] = []
    start = 0
    while start < len(source):
        end = source.find(b"<", start + _PART)
        end = len(source) if end < 0 else end
        parts.append(b"".join(_MARKS.findall(source, start, end)))
        start = end
    return b"".join(parts)


def _is_nested(names: list[bytes]) -> bool:
    open_: list[bytes] = []
    for name in names:
        if not name.startswith(b"</"):
            open_.append(name[1:])
        elif not open_ or open_.pop() != name[2:]:
            return False
    return not open_


def _holds_open_blocks(source: bytes) -> bool:
    """Say whether a ``noscript``, which no browser looks into, leaves blocks open."""
    begin = source.find(_NOSCRIPT)
    while begin >= 0:
        end = ENDS[b"noscript"].search(source, begin)
        if end is None:
            return True
        blocks = _BLOCK.findall(source, begin, end.start())
        if blocks and 2 * blocks.count(b"/") != len(blocks):
            return True
        begin = source.find(_NOSCRIPT, end.end())
    return False


def _without_comments(source: bytes) -> bytes:
    out: list[bytes] = []
    position = 0
    while (begin := source.find(b"<!--", position)) >= 0:
        out.append(source[position:begin])
        position = source.find(b"-->", begin + 2) + 3
        if position < 3:
            break
    else:
        out.append(source[position:])
    return b"".join(out)
