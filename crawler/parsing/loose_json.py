"""JSON as pages and interfaces really send it. Nothing is ever executed.

Around a value may stand what hands it to a script (``cb({…});``, ``/**/ typeof cb === 'function' && cb({…});``,
``var data = {…};``, ``try{cb({…})}catch(e){}``), what keeps scripts from it (``)]}',``, ``while(1);``), comments and
CDATA. Inside may be comments, commas before a closing bracket, names without quotes, single quotes. What would have
to be computed (a name, a sum, a call) is no value, and makes what holds it none.
"""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any, Final

__all__ = ["loose_values"]

_STRING = r""""(?:[^"\\]++|\\.)*+"|'(?:[^'\\]++|\\.)*+'"""
_COMMENT = r"/\*.*?\*/|//[^\n]*+"
# What hides a script from old programs, and the marks of CDATA with the comments around them.
_HIDING = re.compile(
    r"(?>(?:[\s\ufeff]++|/\*\s*(?:<!\[CDATA\[|\]\]>)\s*\*/|//\s*+(?=<!|-->|\]\])|<!\[CDATA\[|\]\]>|<!--|-->)+)"
)
_GUARD = re.compile(r"\)\]\}'?,?\s|\{\}\s*&&")
_TOKEN = re.compile(rf"{_COMMENT}|{_STRING}|[\w$]++|\s++|.", re.DOTALL)
_BETWEEN = re.compile(rf"(?>(?:[\s,;]++|{_COMMENT})+)", re.DOTALL)
_BEHIND = re.compile(
    rf"(?>(?:[\s)\]}};\ufeff]|catch|finally|,\s*(?:{_STRING}|[\w.$-]+)|\(\s*\w*\s*\)|\{{[^{{}}:]*\}}|{_COMMENT}|-->)*)",
    re.DOTALL,
)
_ESCAPE = re.compile(r"""\\(?:x([0-9A-Fa-f]{2})|(["\\/bfnrt]|u[0-9A-Fa-f]{4})|(.))|(")""", re.DOTALL)
_BEFORE: Final = frozenset(["", *"(=,;&|?:"])
"""What may stand before a value; behind a name, ``[`` asks for an element; behind a bracket, ``{`` begins a block."""
_NAMES: Final = frozenset(["return", "default"])
_NOTHING: Final = frozenset(["undefined", "NaN"])
_MOST_BEFORE: Final = 60
"""Tokens."""
_MOST_BEHIND: Final = 300
_TRIES: Final = 4
_MOST_LOOSE: Final = 1_000_000
"""Letters of a value that is not JSON as it should be; of a longer one nothing is read."""
_MOST_VALUES: Final = 100
_DECODER = json.JSONDecoder(strict=False)


def loose_values(text: str) -> list[Any]:
    """Return the objects and lists that a text is made of; none where it is something else, or says too much beside.

    Several stand directly behind one another. Empty ones count where there is no other. Never raises; in time linear
    in the text.
    """
    start = _behind(_HIDING, text, 0)
    start = _behind(_GUARD, text, start)
    if text[start : start + 1] in {"{", "["} and "&quot;" in text and '"' not in text:
        text = unescape(text)
    values: list[Any] = []
    found = _first(text, start)
    position = start
    while found is not None and len(values) < _MOST_VALUES:
        value, position = found
        values.append(value)
        position = _behind(_HIDING, text, position)
        found = _value(text, _behind(_BETWEEN, text, position))
    position = _behind(_HIDING, text, position)
    if len(text) - position > _MOST_BEHIND or _BEHIND.fullmatch(text, position) is None:
        return []
    return [value for value in values if value] or values[:1]


def _behind(pattern: re.Pattern[str], text: str, position: int) -> int:
    match = pattern.match(text, position)
    return match.end() if match is not None else position


def _first(text: str, start: int) -> tuple[Any, int] | None:
    """Return the first value behind the few words of a script, and where it ends."""
    before, read, tries = "", 0, 0
    for token in _TOKEN.finditer(text, start):
        piece = token[0]
        if piece.isspace() or piece.startswith(("/*", "//")):
            continue
        if piece in {"{", "["} and before in _BEFORE:
            found = _value(text, token.start())
            tries += 1
            if found is not None or tries == _TRIES:
                return found
        read += 1
        if read == _MOST_BEFORE or piece == "<":
            break
        before = "" if piece in _NAMES else piece
    return None


def _value(text: str, start: int) -> tuple[Any, int] | None:
    """Return the object or list at ``start``, and where it ends."""
    if text[start : start + 1] not in {"{", "["}:
        return None
    try:
        return _DECODER.raw_decode(text, start)
    except (ValueError, RecursionError):
        pass
    written, end = _written(text, start)
    try:
        return json.loads(written, strict=False), end
    except (ValueError, RecursionError):
        return None


def _written(text: str, start: int) -> tuple[str, int]:
    """Return the literal at ``start`` as JSON would have it, and where it ends; empty where nothing ends it."""
    out: list[str] = []
    depth, before, comma = 0, "", False
    for token in _TOKEN.finditer(text, start, start + _MOST_LOOSE):
        piece = token[0]
        if piece.isspace() or piece.startswith(("/*", "//")):
            out.append(" ")
            continue
        if piece == ",":
            if comma:
                return "", start
            comma = True
            continue
        if comma and piece not in {"}", "]"}:
            out.append(",")
        if piece[0] in "\"'":
            out.append('"' + _ESCAPE.sub(_escape, piece[1:-1]) + '"')
        elif (
            (piece[0].isalpha() or piece[0] in "_$")
            and (comma or before == "{")
            and _is_key(text, token.end())
        ):
            out.append(f'"{piece}"')
        else:
            out.append("null" if piece in _NOTHING else piece)
            depth += (piece in {"{", "["}) - (piece in {"}", "]"})
            if depth == 0:
                return "".join(out), token.end()
        comma, before = False, piece
    return "", start


def _is_key(text: str, position: int) -> bool:
    return text[position : position + 9].lstrip().startswith(":")


def _escape(match: re.Match[str]) -> str:
    """Return a character of a literal as JSON has it."""
    code, valid, other, quote = match.groups()
    if code:
        return f"\\u00{code}"
    if valid:
        return f"\\{valid}"
    return '\\"' if quote else other if other != "\n" else ""
