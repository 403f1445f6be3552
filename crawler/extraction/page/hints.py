"""What an element's own name says of its text, as flags that its descendants inherit."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["AWAY", "AWAY_TAGS", "HIDDEN", "hints_of", "is_hidden"]

HIDDEN = 1
"""Not shown until a script shows it."""
AWAY = 2
"""Around the article, not in it: comments, navigation, recommendations, share bars, footers."""

_HIDDEN = re.compile(r"display\s{0,3}:\s{0,3}none", re.IGNORECASE)
_AWAY = re.compile(
    r"(?:^|[\s_-])(?:"
    r"comments?|pinglun|cmts?|repl(?:y|ies)|gentie|post-?bars?|tie-?area|"
    r"related?|relevant|recommends?|recom|tuijian|hot-?news|hot-?list|rank(?:ing|list)?|paihang|guess|"
    r"shares?|bdshare\w*|bshare\w*|jiathis\w*|social|sns|"
    r"nav\w*|menus?|foot(?:er)?|bottom-?nav|side-?bars?|aside|copy-?right|disclaimers?|statement|"
    r"bread-?crumbs?|crumbs?|qr-?codes?|erweima|ewm|login|search\w*|tool-?bars?|pagers?|pagination|page-?nav|"
    r"ads?|adv|advert\w*|banner|guanggao|promo\w*|app-?down\w*|download-?app|"
    r"feedback|report-?error|jubao|vote|digg|praise|"
    r"video-?(?:player|info|title|tit|list|desc)|player|play-?video\w*|vjs-\w+|read-?more|more-?news|prev-?next|pre-?next|up-?down"
    r")(?:$|[\s_\d-])",
    re.IGNORECASE,
)
AWAY_TAGS = frozenset(["nav", "footer", "aside"])
"""Elements that are it by what they are."""


def is_hidden(style: str) -> bool:
    """Say whether a style hides its element."""
    return _HIDDEN.search(style) is not None


def hints_of(tag: str, attributes: Mapping[str, str | None]) -> tuple[str, int]:
    """Return the element's name (``class id``) and its flags."""
    if not attributes:
        return "", AWAY if tag in AWAY_TAGS else 0
    kind, identity, style = attributes.get("class"), attributes.get("id"), attributes.get("style")
    name, flags = "", 0
    if kind or identity:
        name = f"{kind or ''} {identity or ''}"
        flags = _flags(name)
    if tag in AWAY_TAGS:
        flags |= AWAY
    if (style and _HIDDEN.search(style)) or "hidden" in attributes:
        flags |= HIDDEN
    return name, flags


@lru_cache(maxsize=20_000)
def _flags(name: str) -> int:
    return AWAY if _AWAY.search(name[:300]) else 0
