"""Articles that a page keeps in a script's state or a text area, for a script to show."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING

from crawler.extraction.page.walk import read_flow
from crawler.extraction.text.body import Body, body_of
from crawler.extraction.text.literals import find_tokens
from crawler.extraction.text.script_state import values_beside
from crawler.parsing import Document

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from crawler.extraction.page.flow import Flow

__all__ = ["Embedded", "find_embedded"]

_LETTER = re.compile(r"[\u4e00-\u9fff]|\\u[4-9][0-9a-fA-F]{3}")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_PLAIN = {"n": "\n", "r": "\n", "t": " ", "b": "", "f": ""}
_CODE = re.compile(r"function\s*\(|=>|\bvar\s|\breturn\b|\{[^{}]{0,80}:[^{}]{0,80};")
_MIN_LITERAL = 150
_MIN_LETTERS = 60
_MAX_SCRIPT = 2_000_000
_CANDIDATES = 4


@dataclass(frozen=True, slots=True)
class Embedded:
    """A text as a flow of its own, and what stands beside it in the script's state (see :mod:`.state`)."""

    flow: Flow
    body: Body
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Literal:
    """``at`` is its offset in the script, which is empty for a text area."""

    text: str
    script: str = ""
    at: int = -1


def find_embedded(doc: Document) -> Embedded | None:
    """Return the longest text that reads like an article among the page's literals."""
    candidates = sorted(_literals(doc), key=lambda found: _letters(found.text), reverse=True)[:_CANDIDATES]
    best: tuple[int, Flow, Body, _Literal] | None = None
    for literal in candidates:
        source = literal.text
        flow = read_flow(Document.from_text(_as_html(source), doc.url).tree.body)
        if not flow.tags:
            continue
        body = body_of(flow, 0)
        size = sum(
            len(flow.lines[i].text)
            for i in body.lines
            if "，" in flow.lines[i].text or "。" in flow.lines[i].text
        )
        if size >= _MIN_LETTERS and (best is None or size > best[0]):
            best = size, flow, body, literal
    if best is None:
        return None
    _, flow, body, literal = best
    return Embedded(flow, body, values_beside(literal.script, literal.at) if literal.script else {})


def _literals(doc: Document) -> Iterator[_Literal]:
    tree = doc.tree
    for node in tree.css("textarea"):
        text = node.text()
        if len(text) >= _MIN_LITERAL and _letters(text) >= _MIN_LETTERS:
            yield _Literal(text)
    for node in tree.css("script"):
        if node.attributes.get("src"):
            continue
        source = node.text()[:_MAX_SCRIPT]
        if len(source) < _MIN_LITERAL or _LETTER.search(source) is None:
            continue
        for match in find_tokens(source):
            raw = match.group(match.lastindex or 0)
            if len(raw) >= _MIN_LITERAL and _letters(raw) >= _MIN_LETTERS:
                text = _unescaped(raw)
                if not _CODE.search(text):
                    yield _Literal(text, source, match.start())


def _letters(text: str) -> int:
    return sum(1 for _ in _LETTER.finditer(text))


def _unescaped(raw: str) -> str:
    if "\\" not in raw:
        return raw
    try:
        return str(json.loads(f'"{raw}"', strict=False))
    except ValueError:
        return _ESCAPE.sub(_character, raw)


def _character(match: re.Match[str]) -> str:
    code = match.group(1) or match.group(2)
    if code:
        return chr(int(code, 16))
    return _PLAIN.get(match.group(3), match.group(3))


def _as_html(text: str) -> str:
    if "<" not in text and "&lt;" in text:
        text = unescape(text)
    if "<" not in text:
        return "".join(f"<p>{line}</p>" for line in text.split("\n"))
    return f"<div>{text}</div>"
