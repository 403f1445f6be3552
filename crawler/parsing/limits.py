"""Markup that would cost the parser more than linear time, made harmless before it is parsed.

lexbor is quadratic in the depth of elements, in the attributes of one tag, in unclosed options, and in
unclosed formatting elements (it copies those with different attributes into every following paragraph). A few
counts tell that a page can hold none of these; only a page that might is read tag by tag here, in one linear
pass, and loses the tags (never the text) past the limits.
"""

from __future__ import annotations

import re
from operator import itemgetter

__all__ = ["MAX_DEPTH", "MAX_SIZE", "tame"]

MAX_SIZE = 4_000_000
"""Bytes of a page that are parsed; the rest is cut."""

MAX_TAGS = 120_000
"""Elements of a page that are kept; further tags are dropped, their text stays. An element costs some 200 bytes
of memory, so that a page of nothing else would cost 60 times its size."""

MAX_ATTRIBUTES = 200_000
"""Attributes of a page that are kept, all tags together; they cost as much as elements, and may be as short."""

MAX_DEPTH = 800
"""Nested elements that are kept; tags below are dropped, their text stays."""

_MAX_FORMATTING = 64
_MAX_OPTIONS = 2_000
_MAX_OF_ONE = 200
_FEW_TAGS = 8_000
_FEW_UNCLOSED = 200
_WINDOW = 8_000  # bytes: a tag twice as long has a whole window without markup in it

_LONG_TAG = 262_144  # bytes: attributes so long that fewer than _MAX_OF_ONE fit are too few to matter

_MOST_READ = 4 * MAX_TAGS  # tags that are looked at, kept or not; the rest of the page is cut
_BEFORE_ATTRIBUTES = b" \n\t\r\f/="

_COMMON_VOID = (b"<img", b"<br", b"<meta", b"<link", b"<!--", b"<inpu", b"<li", b"<p")
_HEAD = itemgetter(slice(4))
_END = re.compile(b"</")
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
_REST = re.compile(r"""(?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?)*+>""")
_REST_BYTES = re.compile(_REST.pattern.encode())
_NAME = re.compile(r"[^\s/>]*+")
_ATTRIBUTE = re.compile(r"""[\s/]++[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?""")


def tame(source: bytes) -> bytes:
    """Return the page (UTF-8) with its markup inside the limits; the same object where it is so already."""
    if len(source) > MAX_SIZE:
        source = source[:MAX_SIZE]
    if len(source) > _MOST_READ and source.count(b"<") > _MOST_READ:
        source = source[: _position(source, _MOST_READ)]
    if _is_harmless(source):
        return source
    text = source.decode("utf-8", "replace")
    return _within_limits(text, counted=_may_be_full(source)).encode("utf-8", "replace")


def _is_harmless(source: bytes) -> bool:
    tags = source.count(b"<")
    if tags > _FEW_TAGS:
        return False
    if tags > 2 * _FEW_UNCLOSED and not _is_closed(source, tags):
        return False
    if _may_be_full(source):
        return False
    last = -1
    for start in range(0, len(source) - _WINDOW, _WINDOW):
        if source.find(b"<", start, start + _WINDOW) < 0 or source.find(b">", start, start + _WINDOW) < 0:
            # a tag that began earlier has shown itself in an earlier window
            opening = source.rfind(b"<", max(0, start - _WINDOW), start + _WINDOW)
            # a run without markup has many windows, and one tag before it
            if opening != last and _is_crowded(source, opening):
                return False
            last = opening
    return True


def _is_closed(source: bytes, tags: int) -> bool:
    """Say whether all but a few of the elements are closed, or need not be."""
    unclosed = tags - 2 * len(_END.findall(source))  # faster than to count two letters
    if unclosed <= _FEW_UNCLOSED:
        return True
    # Counting in the beginnings of the tags is ten times as fast as in the page.
    pieces = source.split(b"<")
    pieces[0] = b""
    heads = b"<".join(map(_HEAD, pieces))
    for mark in _COMMON_VOID:
        unclosed -= heads.count(mark)
        if unclosed <= _FEW_UNCLOSED:
            return True
    return False


def _is_crowded(source: bytes, opening: int) -> bool:
    """Say whether at ``opening`` there may be a tag of very many attributes."""
    if opening < 0 or not source[opening + 1 : opening + 2].isalpha():
        return False
    end = _REST_BYTES.match(source, opening + 1, opening + _LONG_TAG)
    if (
        end is not None and end.end() - opening <= 2 * _MAX_OF_ONE
    ):  # an attribute has a letter and one before it
        return False
    text = source[opening + 1 : opening + _LONG_TAG].decode("utf-8", "replace")
    return _few_attributes(text, 0, len(text)) < len(text)


def _may_be_full(source: bytes) -> bool:
    """Say whether the page has room for more than :data:`MAX_ATTRIBUTES`: no attribute without one of these.

    An attribute has a letter beside.
    """
    return len(source) > 2 * MAX_ATTRIBUTES and (
        len(source) - len(source.translate(None, _BEFORE_ATTRIBUTES)) > MAX_ATTRIBUTES
    )


def _position(source: bytes, tags: int) -> int:
    """Say where the tag after the first ``tags`` begins; there are more."""
    low, high = 0, len(source)
    while high - low > 1:
        middle = (low + high) // 2
        if source.count(b"<", 0, middle) > tags:
            high = middle
        else:
            low = middle
    return low


def _within_limits(text: str, *, counted: bool) -> str:
    """Pass over the tags once; ``open_`` counts, by name, the elements that are open now.

    ``counted``: attributes are counted too.
    """
    out: list[str] = []
    open_: dict[str, int] = {}
    depth = formatting = options = attributes = elements = 0
    done = position = 0
    while tag := _TAG.search(text, position):
        closing, name = tag.group(1), tag.group(2).lower()
        rest = _REST.match(text, tag.end())
        if rest is None:  # the tokenizer drops an unfinished tag and all behind it
            text = text[: tag.start()]
            break
        position = rest.end()
        if counted and position - tag.end() > 2:
            attributes += min(_count_attributes(text, tag.end(), position), _MAX_OF_ONE)
        if name in _RAW and not closing:
            position = text.find("</" + tag.group(2), position)
            if position < 0:  # raw text to the end of the page
                break
            continue
        keep = bool(closing) or elements < MAX_TAGS
        if name in _VOID or name in _SIBLINGS:
            pass
        elif name in {"option", "optgroup"}:
            options += not closing
            keep = keep and options <= _MAX_OPTIONS
        elif closing:
            if open_.get(name, 0) > 0:
                open_[name] -= 1
                depth -= 1
                formatting -= name in _FORMATTING
        elif not keep or depth >= MAX_DEPTH or (name in _FORMATTING and formatting >= _MAX_FORMATTING):
            keep = False
        else:
            open_[name] = open_.get(name, 0) + 1
            depth += 1
            formatting += name in _FORMATTING
        elements += keep and not closing
        if not keep:
            out.append(text[done : tag.start()])
            done = position
        elif attributes > MAX_ATTRIBUTES:
            out.append(text[done : tag.end()] + ">")
            done = position
        elif position - tag.end() > _MAX_OF_ONE * 2:
            kept = _few_attributes(text, tag.end(), position)
            if kept < position - 1:
                out.append(text[done:kept] + ">")
                done = position
    if not out:
        return text
    out.append(text[done:])
    return "".join(out)


def _count_attributes(text: str, start: int, end: int) -> int:
    return max(sum(1 for _ in _ATTRIBUTE.finditer(text, start, end)), text.count("=", start, end))


def _few_attributes(text: str, start: int, end: int) -> int:
    """Say where to end the tag so that it keeps its first attributes only; ``end`` where it has few."""
    name = _NAME.match(text, start)
    position = name.end() if name else start
    for _ in range(_MAX_OF_ONE):
        attribute = _ATTRIBUTE.match(text, position, end)
        if attribute is None:
            return end
        position = attribute.end()
    return position
