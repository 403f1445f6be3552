"""What a page's scripts say of its article and nothing displays: who wrote it, who edited it, where it is from."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from crawler.extraction.fields.site_name import key as letters
from crawler.extraction.text.literals import find_tokens, first_told, key_before

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.parsing import Document

__all__ = ["is_account", "read_script_credits"]

_FIELDS = {
    "source": ("source", "sourcename", "source_name", "medianame", "media_name", "copyfrom", "laiyuan"),
    "authors": ("author", "authors", "authorname", "author_name", "writer", "reporter", "reporters", "zuozhe"),
    "editors": (
        "editor", "editors", "editorname", "editor_name", "dutyeditor", "responsibleeditor", "liabilityeditor",
        "zrbj", "bianji",
    ),
}  # fmt: skip
_TITLES = ("title", "newstitle", "articletitle", "headline", "doctitle")
_NAMES = ("name", "nickname", "nick", "realname")
_KEYS = frozenset(key for keys in (*_FIELDS.values(), _TITLES, _NAMES) for key in keys)
# What every script with such a value has, looked for one by one: that costs next to nothing.
_STEMS = ("uthor", "ditor", "riter", "eporter", "zrbj", "bianji", "zuozhe")
_TOLD_BY_VARIABLES = {name: told for told in ("authors", "editors") for name in _FIELDS[told]}
_VARIABLE = re.compile(
    r"(?P<name>\w{2,30})\s{0,3}=\s{0,3}(?P<quote>[\"'])(?P<value>[^\"'\n<>]{2,60})(?P=quote)"
)
_BEGINS = re.compile(r"(?:^|[;\n{,]|\bvar|\blet|\bconst|\bwindow\.)\s{0,8}$")
_MANY = 50  # places of a script where such a word stands
# Whether the reader follows an account: what platforms keep beside its name.
_FOLLOWED = re.compile(
    r"(?:\b|_)(?:is_?)?(?:follow(?:ed|ing|ers?|_?status|_?count)?|fans(?:_?count|_?num)?)[\"']?\s{0,3}:",
    re.IGNORECASE,
)
_NAMED = re.compile(r"(?:name|nick)[\"']?\s{0,3}:\s{0,3}[\"']$", re.IGNORECASE)
_QUOTES = frozenset("\"'")
_ACCOUNT = 400  # letters of an account's object on either side of its name
_PROBE = re.compile("[\u4e00-\u9fff]{4,8}")  # of the title
_BEFORE = 48
_LONGEST = 200
_MAX_SCRIPT = 2_000_000
_NOBODY = re.compile(r"[\w.@:/-]*\d[\w.@:/-]*|[a-z_]+|[A-Z_]{3,}", re.ASCII)


@dataclass(slots=True)
class _Open:
    """An object or list that is open: what its own object calls it, its short values, its strings without a key."""

    key: str
    values: dict[str, str] = field(default_factory=dict)
    strings: list[str] = field(default_factory=list)


def read_script_credits(doc: Document, title: str) -> dict[str, str]:
    """Return ``source``, ``authors`` and ``editors`` as far as a script says them of the article called ``title``.

    They stand in the object that has this title, or in variables (not the source).
    """
    found: dict[str, str] = {}
    if not any(stem in doc.text for stem in _STEMS):  # as in most pages
        return found
    wanted, probe = letters(title), _PROBE.search(title)
    written = _spellings(probe.group() if probe else title)
    for node in doc.tree.css("script:not([src])"):
        script = node.text()
        if len(script) > _MAX_SCRIPT or not any(stem in script for stem in _STEMS):
            continue
        if wanted and any(spelling in script for spelling in written):
            for values in _objects(script):
                if any(letters(values.get(name, "")) == wanted for name in _TITLES):
                    found = {**first_told(values, _FIELDS), **found}
        for name, value in _variables(script):
            found.setdefault(name, value)
    return {name: value for name, value in found.items() if value}


def is_account(doc: Document, name: str) -> bool:
    """Tell whether a script has an object of this name that one may follow: an account's, which wrote the page."""
    text, at = doc.text, -1
    for _ in range(_MANY):
        at = text.find(name, at + 1)
        if at < 0:
            return False
        if (
            _NAMED.search(text, max(0, at - _BEFORE), at) is None
            or text[at + len(name) : at + len(name) + 1] not in _QUOTES
        ):
            continue
        start = text.rfind("{", max(0, at - _ACCOUNT), at)
        end = text.find("}", at, at + _ACCOUNT)
        if 0 <= start < end and _FOLLOWED.search(text, start, end):
            return True
    return False


def _spellings(text: str) -> tuple[str, ...]:
    """Return a text as scripts may write it."""
    escaped = json.dumps(text)[1:-1]
    return text, escaped, escaped.upper().replace("\\U", "\\u")


def _variables(script: str) -> Iterator[tuple[str, str]]:
    """Yield the field and the value of each variable that is called as a field is."""
    for stem in _STEMS:
        at = script.find(stem)
        for _ in range(_MANY):
            if at < 0:
                break
            start = at
            while start and script[start - 1].isalpha() and at - start < _BEFORE:
                start -= 1
            match = _VARIABLE.match(script, start)
            if match and _BEGINS.search(script, max(0, start - _BEFORE), start):
                told = _TOLD_BY_VARIABLES.get(match.group("name").lower())
                if told and (value := _plain(f'"{match.group("value")}"')):
                    yield told, value
            at = script.find(stem, at + 1)


def _objects(script: str) -> Iterator[dict[str, str]]:
    """Yield the values of every object of a script, by small key; one pass."""
    stack: list[_Open] = []
    for match in find_tokens(script):
        piece = match.group()
        if piece in "{[":
            stack.append(_Open(key_before(script, match.start())))
        elif piece in "}]":
            if not stack:
                continue
            done = stack.pop()
            name = next((done.values[n] for n in _NAMES if n in done.values), "、".join(done.strings[:9]))
            if stack and name and len(name) <= _LONGEST:
                if done.key:
                    stack[-1].values.setdefault(done.key, name)
                else:
                    stack[-1].strings.append(name)
            if done.values:
                yield done.values
        elif stack and len(piece) <= _LONGEST:
            name = key_before(script, match.start())
            if name in _KEYS:
                stack[-1].values.setdefault(name, _plain(piece))
            elif not name and len(stack[-1].strings) < len(_KEYS):
                stack[-1].strings.append(_plain(piece))


def _plain(literal: str) -> str:
    """Return a literal's text; nothing if it is markup, an address, a number, an account's name, or broken."""
    try:
        text = str(json.loads(f'"{literal[1:-1]}"', strict=False))
    except ValueError:
        return ""
    return "" if "<" in text or _NOBODY.fullmatch(text) else " ".join(text.split())
