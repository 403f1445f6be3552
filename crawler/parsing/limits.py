"""Markup that would cost the parser more than linear time, made harmless before it is parsed.

lexbor is quadratic in the depth of elements, in the attributes of one tag, in unclosed options, and in
unclosed formatting elements (it copies those with different attributes into every following paragraph). A few
counts tell that a page can hold none of these; only a page that might is read tag by tag here, in one linear
pass, and loses the tags (never the text) past the limits.
"""

from __future__ import annotations

import re

__all__ = ["MAX_DEPTH", "MAX_SIZE", "tame"]

MAX_SIZE = 16_000_000
"""Bytes of a page that are parsed; the rest is cut."""

MAX_DEPTH = 800
"""Nested elements that are kept; tags below are dropped, their text stays."""

_MAX_FORMATTING = 64
_MAX_OPTIONS = 2_000
_MAX_ATTRIBUTES = 200
_FEW_TAGS = 8_000
_FEW_UNCLOSED = 200
_WINDOW = 8_000  # bytes: a tag twice as long has a whole window without markup in it

_COMMON_VOID = (b"<!--", b"<br", b"<img", b"<p", b"<li", b"<meta", b"<link", b"<input")
_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
# Their end is implied by the next of them: many of them unclosed are siblings, not a chain.
_SIBLINGS = frozenset(["p", "li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "tfoot"])
_FORMATTING = frozenset(
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"]
)
_RAW = frozenset(["script", "style", "textarea", "title", "iframe", "xmp", "noembed", "noframes"])

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,60}+)")
# To a tag's end; a quote counts only behind "=", as in the tokenizer.
_REST = re.compile(r"""(?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+)*+>""")
_NAME = re.compile(r"[^\s/>]*+")
_ATTRIBUTE = re.compile(r"""[\s/]++[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+""")


def tame(source: bytes) -> bytes:
    """The page (UTF-8) with its markup inside the limits; the same object where it is so already."""
    if len(source) > MAX_SIZE:
        source = source[:MAX_SIZE]
    if _is_harmless(source):
        return source
    return _within_limits(source.decode("utf-8", "replace")).encode("utf-8", "replace")


def _is_harmless(source: bytes) -> bool:
    tags = source.count(b"<")
    if tags > _FEW_TAGS:
        return False
    unclosed = tags - 2 * source.count(b"</")
    if unclosed > _FEW_UNCLOSED and unclosed - sum(map(source.count, _COMMON_VOID)) > _FEW_UNCLOSED:
        return False
    return not any(
        source.find(mark, start, start + _WINDOW) < 0 and _is_crowded(source, start)
        for start in range(0, len(source) - _WINDOW, _WINDOW)
        for mark in (b"<", b">")
    )


def _is_crowded(source: bytes, start: int) -> bool:
    """Whether the long run without markup around ``start`` may be inside a tag of very many attributes."""
    opening = source.rfind(b"<", 0, start + _WINDOW)
    if opening < 0 or not source[opening + 1 : opening + 2].isalpha():
        return False
    text = source[opening + 1 : start + 2 * _WINDOW].decode("utf-8", "replace")
    return _few_attributes(text, 0, len(text)) < len(text)


def _within_limits(text: str) -> str:
    """One pass over the tags; ``open_`` counts, by name, the elements that are open now."""
    out: list[str] = []
    open_: dict[str, int] = {}
    depth = formatting = options = 0
    done = position = 0
    while tag := _TAG.search(text, position):
        closing, name = tag.group(1), tag.group(2).lower()
        rest = _REST.match(text, tag.end())
        if rest is None:  # the tokenizer drops an unfinished tag and all behind it
            text = text[: tag.start()]
            break
        position = rest.end()
        if name in _RAW and not closing:
            position = text.find("</" + tag.group(2), position)
            if position < 0:  # raw text to the end of the page
                break
            continue
        keep = True
        if name in _VOID or name in _SIBLINGS:
            pass
        elif name in {"option", "optgroup"}:
            options += not closing
            keep = options <= _MAX_OPTIONS
        elif closing:
            if open_.get(name, 0) > 0:
                open_[name] -= 1
                depth -= 1
                formatting -= name in _FORMATTING
        elif depth >= MAX_DEPTH or (name in _FORMATTING and formatting >= _MAX_FORMATTING):
            keep = False
        else:
            open_[name] = open_.get(name, 0) + 1
            depth += 1
            formatting += name in _FORMATTING
        if not keep:
            out.append(text[done : tag.start()])
            done = position
        elif position - tag.end() > _MAX_ATTRIBUTES * 2:
            kept = _few_attributes(text, tag.end(), position)
            if kept < position - 1:
                out.append(text[done:kept] + ">")
                done = position
    if not out:
        return text
    out.append(text[done:])
    return "".join(out)


def _few_attributes(text: str, start: int, end: int) -> int:
    """Where to end the tag so that it keeps its first attributes only; ``end`` where it has few."""
    name = _NAME.match(text, start)
    position = name.end() if name else start
    for _ in range(_MAX_ATTRIBUTES):
        attribute = _ATTRIBUTE.match(text, position, end)
        if attribute is None:
            return end
        position = attribute.end()
    return position
