"""Where a picture lies: the largest that its element names, wherever pages that load pictures late keep that."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from crawler.extraction.page.addresses import absolute

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from selectolax.lexbor import LexborNode

__all__ = ["is_picture", "picture_address"]

# Where pages that load pictures late keep the address.
_LAZY = (
    "data-src", "data-original", "data-lazy-src", "data-lazysrc", "data-url", "data-actualsrc", "data-lazy",
    "original", "lazy-src", "lazysrc", "_src", "real_src", "src2", "osrc", "data-echo", "file", "zoomfile",
)  # fmt: skip
# By the name of the file; of folders, only those of the page's design tell: uploads lie in /ad/ and /default/ too.
_ICON = re.compile(
    r"(?:^|[_.-])(?:icons?|logo\w*|qr-?code|erweima|ewm|2wm|wxcode|weixin|wechat|share|blank|spacer|space|loading|"
    r"lazy\w*|pixel|arrow|btn|button|avatar|head_?img|placeholder|transparent|grey|gray|1x1|dot|line|ads?|banner|"
    r"download|play|close|default\w*|d_?code|app)(?:[_.-]|\d{0,3}\.(?:gif|png|jpe?g|svg|webp))",
    re.IGNORECASE,
)
_ICONS = re.compile(r"/(?:icons?|logos?|emoji|emoticons?|smil(?:ey|ies)|qr-?codes?|erweima)/", re.IGNORECASE)
# The same for several sizes; srcset itself stands beside a src that all browsers know.
_LAZY_SETS = ("data-srcset", "data-lazy-srcset", "lazy-srcset")
_NO_ADDRESS = ("data:", "javascript:", "about:", "file:", "blob:")
_SMALL = 60  # pixels: a picture with a smaller side is an ornament
_CANDIDATE = re.compile(r"[\s,]*([^\s,]\S*?)(?:,++(?=\s|$)|\s+([\d.]*)([wx]?)[^,]*(?:,|$)|\s*$)")
_MOST = 40  # sizes of one picture
_LONGEST = 4_000  # letters of a set that are read


def picture_address(node: LexborNode, base: str) -> str | None:
    """Return the absolute address of the picture of an ``<img>``; None for ornaments and where none is named."""
    attributes = node.attributes
    if is_stand_in(node) and not _is_late(node):
        return None
    for side in ("width", "height"):
        value = (attributes.get(side) or "").removesuffix("px")
        if value.isdigit() and 0 < int(value) < _SMALL:
            return None
    for source in _sources(attributes, node):
        path = source.partition("?")[0].replace("\\", "/")
        if not source.startswith(_NO_ADDRESS) and not (
            _ICON.search(path[path.rfind("/") + 1 :][-120:]) or _ICONS.search(path[-160:])
        ):
            return absolute(base, source)
    return None


def is_stand_in(node: LexborNode) -> bool:
    """Say whether an ``<img>`` is for browsers without scripts."""
    around = node.parent
    return around is not None and around.tag == "noscript"


def _is_late(node: LexborNode) -> bool:
    """Say whether a picture without scripts stands for one that a script loads: it is no pixel that counts readers.

    It stands behind an ``<img>`` that names none, or alone in its element.
    """
    stand_in = node.parent
    before = stand_in.prev if stand_in is not None else None
    while before is not None and before.is_text_node and not (before.text_content or "").strip():
        before = before.prev
    if before is None:
        return stand_in is not None and stand_in.parent is not None and stand_in.parent.tag != "body"
    return before.tag in {"img", "picture"} and picture_address(before, "http://any.test/") is None


def is_picture(node: LexborNode) -> bool:
    """Say whether an ``<img>`` shows something: it is no ornament."""
    return picture_address(node, "http://any.test/") is not None


def _sources(attributes: Mapping[str, str | None], node: LexborNode) -> Iterator[str]:
    """Yield the addresses that an element names, likeliest first."""
    for name in _LAZY:
        if source := (attributes.get(name) or "").strip():
            yield source
    yield from _of_sets(attributes, _LAZY_SETS)
    if source := (attributes.get("src") or "").strip():
        yield source
    yield from _of_sets(attributes, ("srcset",))
    around = node.parent
    if around is not None and around.tag == "picture":
        for other in around.css("source"):
            yield from _of_sets(other.attributes, (*_LAZY_SETS, "srcset"))


def _of_sets(attributes: Mapping[str, str | None], names: Iterable[str]) -> Iterator[str]:
    """Yield of each set (``/1.jpg 1x, /2.jpg 2x``) the widest picture, or the one of a plain screen."""
    for name in names:
        best: tuple[float, str] | None = None
        for found in islice(_CANDIDATE.finditer((attributes.get(name) or "")[:_LONGEST]), _MOST):
            source, size, unit = found.groups()
            rank = _number(size) if unit == "w" else -_number(size or "1")
            if best is None or rank > best[0]:
                best = rank, source
        if best is not None:
            yield best[1]


def _number(digits: str) -> float:
    try:
        return float(digits)
    except ValueError:
        return 0.0
