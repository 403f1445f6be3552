"""The string literals of a script, in time linear in the script, and what its objects say by them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["find_tokens", "first_told", "key_before"]

_TOKEN = re.compile(
    r'"((?:[^"\\\n]++|\\.)*+)"|\'((?:[^\'\\\n]++|\\.)*+)\'|`((?:[^`\\]++|\\[\s\S])*+)`|[{}\[\]"\'`]'
)
_KEY = re.compile(r"[\"']?([A-Za-z_]\w{1,30})[\"']?\s{0,3}:\s{0,3}$")
_BEFORE = 48
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


def key_before(script: str, at: int) -> str:
    """Return the key of the value that begins there, in small letters; an empty string where it has none."""
    found = _KEY.search(script, max(0, at - _BEFORE), at)
    return found.group(1).lower() if found else ""


def first_told(values: Mapping[str, str], keys_of: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return of each field the first of its keys' values that says something; fields without one are left out."""
    found = {
        name: next((values[key] for key in keys if values.get(key)), "") for name, keys in keys_of.items()
    }
    return {name: value for name, value in found.items() if value}
