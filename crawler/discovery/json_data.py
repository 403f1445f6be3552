"""JSON answers and the dotted paths into them. Nothing is ever executed, and nothing raises."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from crawler.parsing import decode

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["NOTHING", "at", "every", "read_json", "scalar"]

NOTHING: Final = object()
"""What :func:`read_json` gives for a body that is not JSON."""

_CALL = re.compile(r"\s*(?:/\*\*/)?\s*[\w$.]{1,100}\s*\((.*)\)\s*;?\s*", re.DOTALL)
_MOST: Final = 5000


def read_json(body: bytes, content_type: str | None = None) -> Any:
    """The value of a JSON or JSONP answer; :data:`NOTHING` where it is neither."""
    text = decode(body, content_type)[0].removeprefix("\ufeff")
    if text.lstrip()[:1] not in ("{", "["):
        match = _CALL.fullmatch(text)
        if match is None:
            return NOTHING
        text = match[1]
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return NOTHING


def every(value: Any, path: str) -> list[Any]:
    """What a dotted path leads to; where it ends at a list, that list's elements. At most 5,000."""
    found = list(_follow(value, [] if path == "$" else path.split(".")))
    if len(found) == 1 and isinstance(found[0], list):
        found = found[0]
    elif path.endswith("*") is False and found and all(isinstance(one, list) for one in found):
        found = [inner for one in found for inner in one]
    return found[:_MOST]


def at(value: Any, path: str) -> Any:
    """The first value that a path leads to; None where it leads nowhere."""
    return next(_follow(value, [] if path == "$" else path.split(".")), None)


def scalar(value: Any) -> str:
    """A text or a number as text; empty for everything else."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _follow(value: Any, keys: list[str]) -> Iterator[Any]:
    if not keys:
        yield value
        return
    key, rest = keys[0], keys[1:]
    if key == "*":
        inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        for one in inner:
            yield from _follow(one, rest)
    elif isinstance(value, dict):
        if key in value:
            yield from _follow(value[key], rest)
    elif isinstance(value, list) and key.isdecimal() and int(key) < len(value):
        yield from _follow(value[int(key)], rest)
