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
"""Characters of a page that are read; the rest is cut."""

MAX_DEPTH = 800
"""Nested elements that are kept; tags below are dropped, their text stays."""

_MAX_FORMATTING = 64
_MAX_OPTIONS = 2_000
_MAX_ATTRIBUTES = 200
_FEW_TAGS = 8_000
_FEW_UNCLOSED = 200
_STRAY_ENDS = 1_500
_LONG_TAG = 16_000

_COMMON_VOID = ("<!--", "<br", "<img", "<p", "<li", "<meta", "<link", "<input")
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
_ATTRIBUTE = re.compile(r"""[\s/]++[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+""")


def tame(text: str) -> str:
    """The page with its markup inside the limits; the same object where it already is (nearly always)."""
    if len(text) > MAX_SIZE:
        text = text[:MAX_SIZE]
    return text if _is_harmless(text) else _within_limits(text)


def _is_harmless(text: str) -> bool:
    tags = text.count("<")
    if tags > _FEW_TAGS or text.count(">") > tags + _STRAY_ENDS:
        return False
    known = (
        2 * text.count("</") + text.count("<!--") + text.count("<br") + text.count("<img") + text.count("<p")
    )
    if tags - known > _FEW_UNCLOSED or text.count("<font") - text.count("</font") > _MAX_FORMATTING:
        return False
    return max(map(len, text.split(">"))) < _LONG_TAG or not any(map(_is_crowded, text.split(">")))


def _is_crowded(chunk: str) -> bool:
    """Whether a piece between two ``>`` may be a tag of very many attributes."""
    if len(chunk) < _LONG_TAG:
        return False
    start = chunk.rfind("<")
    return (
        start >= 0
        and len(chunk) - start >= _LONG_TAG
        and _ATTRIBUTE.subn("", chunk[start:])[1] > _MAX_ATTRIBUTES
    )


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
    """Where to end the tag so that it keeps its first attributes only."""
    position = start
    for _ in range(_MAX_ATTRIBUTES):
        attribute = _ATTRIBUTE.match(text, position, end)
        if attribute is None:
            return end
        position = attribute.end()
    return position
