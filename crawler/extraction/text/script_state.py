"""What a script's state says of the article whose text it holds: the values beside the text, in its object."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from crawler.extraction.text.literals import find_tokens, first_told, key_before

__all__ = ["values_beside"]

_OPENING = frozenset("{[")
_CLOSING = frozenset("}]")
_LONGEST = 200
_OUTWARD = 3
"""Objects around the text that may be the article's: a paragraph may have one of its own."""
_FIELDS = {
    "title": ("title", "newstitle", "articletitle", "headline"),
    "source": ("source", "sourcename", "source_name", "medianame", "media_name", "copyfrom"),
    "authors": ("author", "authorname", "author_name", "writer", "reporter"),
    "editors": ("editor", "editorname", "editor_name", "dutyeditor", "responsibleeditor"),
}
_NUMBER = "0123456789.,-: "
_NAMES = ("name", "nickname", "nick")


@dataclass(slots=True)
class _Object:
    """One that is open, with the short values read so far; ``key`` is what its own object calls it."""

    key: str
    holds_text: bool
    values: dict[str, str] = field(default_factory=dict)


def values_beside(script: str, at: int) -> dict[str, str]:
    """Return ``title``, ``source``, ``authors``, ``editors`` of the object with the literal at offset ``at``.

    Those it has. One pass; stops where that object ends.
    """
    stack: list[_Object] = []
    around = 0
    for match in find_tokens(script):
        piece = match.group()
        if piece in _OPENING:
            stack.append(_Object(key_before(script, match.start()), holds_text=False))
        elif piece in _CLOSING:
            if not stack:
                continue
            done = stack.pop()
            if done.holds_text:
                around += piece == "}"
                if "title" in (found := first_told(done.values, _FIELDS)):
                    return found
                if around == _OUTWARD:
                    break
            elif (
                stack
                and done.key
                and (name := next((done.values[n] for n in _NAMES if n in done.values), ""))
            ):
                stack[-1].values.setdefault(done.key, name)
        elif match.start() <= at < match.end():
            for opened in stack:
                opened.holds_text = True
        elif stack and len(piece) <= _LONGEST and (key := key_before(script, match.start())):
            stack[-1].values.setdefault(key, _plain(piece))
    return {}


def _plain(literal: str) -> str:
    """Return a literal's text; nothing if it is markup, an address, a number, an account's name, or broken."""
    try:
        text = json.loads(f'"{literal[1:-1]}"', strict=False)
    except ValueError:
        return ""
    if "<" in text or "://" in text or (text.isascii() and (text.islower() or not text.strip(_NUMBER))):
        return ""
    return " ".join(text.split())
