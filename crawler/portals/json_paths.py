"""Paths into JSON answers: JMESPath, with the dotted paths that profiles had before it.

A dotted path names keys from the outside in (``data.list``); in it ``*`` stands for every element of a list or
value of a table, a number for an element, and ``$`` for the whole answer. Everything else is JMESPath
(``data[?type=='news'].items[]``). Paths are data of a profile, never of a page, and nothing is executed.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final

import jmespath
from jmespath.exceptions import JMESPathError

from crawler.portals.model import Source
from crawler.portals.sources import parse_filters

__all__ = ["PARTS", "check_path", "compile_path", "parse_json_source"]

PARTS: Final = re.compile(r"\{([^{}]*)\}")
"""The paths in a template."""

_DOTTED: Final = re.compile(r"\$|[\w$@*-]+(?:\.[\w$@*-]+)*")


@lru_cache(maxsize=2048)
def compile_path(path: str) -> Any:
    """Return the compiled path (its ``search`` takes an answer).

    Raises:
        ValueError: one line: it is no path.
    """
    try:
        return jmespath.compile(_translated(path) if _DOTTED.fullmatch(path) and path != "@" else path)
    except JMESPathError:
        raise ValueError(
            f"{path!r} is no path; expected keys with dots between them, as in data.list, or JMESPath"
        ) from None


def check_path(path: str) -> str:
    """Return the path. Raises ValueError as :func:`compile_path`."""
    compile_path(path)
    return path


def parse_json_source(text: str) -> Source:
    """Return a field of an entry: a path, or a template with paths in braces (``/p/{id}.html``), and filters.

    Raises:
        ValueError: one line: what is wrong with it.
    """
    head, filters = parse_filters(text)
    expression = head.removeprefix("json:").strip()
    paths = PARTS.findall(expression) if "{" in expression else [expression]
    for path in paths:
        compile_path(path)
    rest = PARTS.sub("", expression)
    if not paths or "{" in rest or "}" in rest:
        raise ValueError(f"{expression!r} is no template; expected paths in braces, as in /p/{{id}}.html")
    return Source("json", expression, filters=filters, text=text.strip())


def _translated(path: str) -> str:
    """Return a dotted path as JMESPath, where ``*`` means lists alone or tables alone and names are ASCII."""
    if path == "$":
        return "@"
    steps: list[str] = []
    several = False
    keys = path.split(".")
    for key in keys:
        if key == "*":
            steps.append("not_null(*, [*])" + ("[]" if several else "[*]"))
            several = True
        elif key.isdecimal():
            steps.append(f'not_null("{key}", [{int(key)}])')
        else:
            steps.append(f'"{key}"')
    # the lists that several elements have are one list
    return ".".join(steps) + ("[]" if several and keys[-1] != "*" else "")
