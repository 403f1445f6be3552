"""The string literals of a script, in time linear in the script."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["find_tokens"]

_TOKEN = re.compile(
    r'"((?:[^"\\\n]++|\\.)*+)"|\'((?:[^\'\\\n]++|\\.)*+)\'|`((?:[^`\\]++|\\[\s\S])*+)`|[{}\[\]"\'`]'
)
_QUOTES = frozenset("\"'`")
_PATIENCE = 4_000_000
"""Letters that may be read for quotes that nothing closes: each is looked for up to the end of its line."""


def find_tokens(script: str) -> Iterator[re.Match[str]]:
    """Yield literals and brackets in order; the text of a literal is the group of number ``lastindex``."""
    patience = _PATIENCE
    for match in _TOKEN.finditer(script):
        if match.lastindex is None and match.group() in _QUOTES:
            end = -1 if match.group() == "`" else script.find("\n", match.end())
            patience -= (end if end >= 0 else len(script)) - match.start()
            if patience < 0:
                return
        else:
            yield match
