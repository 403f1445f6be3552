"""Articles that a page keeps in a script's state or a text area, for a script to show."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import TYPE_CHECKING

from crawler.extraction.body import Body, body_of
from crawler.extraction.flow import Flow, read_flow
from crawler.parsing import Document

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["find_embedded"]

_LITERAL = re.compile(r'"((?:[^"\\\n]++|\\.)*+)"|\'((?:[^\'\\\n]++|\\.)*+)\'|`((?:[^`\\]++|\\.)*+)`')
_LETTER = re.compile(r"[\u4e00-\u9fff]|\\u[4-9][0-9a-fA-F]{3}")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_PLAIN = {"n": "\n", "r": "\n", "t": " ", "b": "", "f": ""}
_CODE = re.compile(r"function\s*\(|=>|\bvar\s|\breturn\b|\{[^{}]{0,80}:[^{}]{0,80};")
_MIN_LITERAL = 150
_MIN_LETTERS = 60
_MAX_SCRIPT = 2_000_000
_CANDIDATES = 4


def find_embedded(doc: Document) -> tuple[Flow, Body] | None:
    """The longest text that reads like an article among the page's literals, as a flow of its own."""
    candidates = sorted(_literals(doc), key=_letters, reverse=True)[:_CANDIDATES]
    best: tuple[int, Flow, Body] | None = None
    for source in candidates:
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
            best = size, flow, body
    return (best[1], best[2]) if best else None


def _literals(doc: Document) -> Iterator[str]:
    tree = doc.tree
    for node in tree.css("textarea"):
        text = node.text()
        if len(text) >= _MIN_LITERAL and _letters(text) >= _MIN_LETTERS:
            yield text
    for node in tree.css("script"):
        if node.attributes.get("src"):
            continue
        source = node.text()[:_MAX_SCRIPT]
        if len(source) < _MIN_LITERAL or _LETTER.search(source) is None:
            continue
        for match in _LITERAL.finditer(source):
            raw = match.group(match.lastindex or 0)
            if len(raw) >= _MIN_LITERAL and _letters(raw) >= _MIN_LETTERS:
                text = _unescaped(raw)
                if not _CODE.search(text):
                    yield text


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
