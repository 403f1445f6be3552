"""Rewriting rules on URLs: ``s|PATTERN|REPLACEMENT|``."""

from __future__ import annotations

import re
from typing import Final

from crawler.portals.model import Rewrite
from crawler.portals.patterns import compile_pattern

__all__ = ["parse_rewrite"]

_REFERENCE: Final = re.compile(r"\\(?:(\d+)|g<(\w+)>)")


def parse_rewrite(text: str) -> Rewrite:
    r"""Parse a rule ``s|PATTERN|REPLACEMENT|``; any punctuation may stand for ``|``, ``\1`` for a group.

    Raises:
        ValueError: it is none, the pattern is bad or the replacement names a group that is not there.
    """
    parts = text[1:].split(text[1]) if len(text) > 1 and text[0] == "s" and not text[1].isalnum() else []
    if len(parts) != 4 or parts[0] or parts[3] or not parts[1]:
        raise ValueError(f"{text!r} is no rewriting rule; expected s|PATTERN|REPLACEMENT|")
    pattern = compile_pattern(parts[1])
    for number, name in _REFERENCE.findall(parts[2]):
        if (number and int(number) > pattern.groups) or (name and name not in pattern.groupindex):
            raise ValueError(f"{text!r}: the pattern has no group {number or name}")
    if "\\" in _REFERENCE.sub("", parts[2]):
        raise ValueError(f"{text!r}: a replacement knows only \\1 and \\g<name>")
    return Rewrite(pattern, parts[2])
