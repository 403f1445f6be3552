"""JSON answers and what paths lead to in them. Nothing is ever executed, and nothing raises."""

from __future__ import annotations

from typing import Any, Final

from jmespath.exceptions import JMESPathError

from crawler.parsing import decode, loose_values
from crawler.portals.json_paths import compile_path

__all__ = ["NOTHING", "at", "every", "read_json", "scalar"]

NOTHING: Final = object()
"""What :func:`read_json` gives for a body that is not JSON."""

_MOST: Final = 5000


def read_json(body: bytes, content_type: str | None = None) -> Any:
    """Read the value of a JSON or JSONP answer; :data:`NOTHING` where it is neither, or more than one."""
    values = loose_values(decode(body, content_type)[0])
    return values[0] if len(values) == 1 else NOTHING


def every(value: Any, path: str) -> list[Any]:
    """Return what a path leads to; where that is a list, its elements. At most 5,000."""
    found = _search(value, path)
    if found is None:
        return []
    return found[:_MOST] if isinstance(found, list) else [found]


def at(value: Any, path: str) -> Any:
    """Return the value that a path leads to, of several the first; None where it leads nowhere."""
    found = _search(value, path)
    return next(iter(found), None) if isinstance(found, list) else found


def scalar(value: Any) -> str:
    """Return a text or a number as text; empty for everything else."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _search(value: Any, path: str) -> Any:
    try:
        return compile_path(path).search(value)
    except (JMESPathError, RecursionError):  # a function of JMESPath that gets what it cannot take
        return None
