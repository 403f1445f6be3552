"""An explanation of a page as a person reads it: on a terminal in colours, elsewhere plain; and as JSON."""

from __future__ import annotations

import unicodedata
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from crawler.extraction import to_json
from crawler.extraction.explanation import ABOVE, BELOW, TITLE
from crawler.extraction.fields.table import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.extraction.explanation import ExplainedLine, Explanation
    from crawler.items import Article

__all__ = ["as_json", "as_lines"]

_FIELDS: Final = (*(field.name for field in FIELDS), "text")
_OUTSIDE: Final = frozenset([ABOVE, BELOW])
_SHOWN: Final = 4  # lines at both ends of a run outside the text's element
_NARROW, _WIDE = 60, 200
_LABELS: Final = 26  # columns
_FEW_LABELS: Final = 12  # … where there is little room
_WHY: Final = 16  # columns of the rule of the value, where there is room for it
_ROOM: Final = 110
_SOME_ROOM: Final = 90
_LEAST: Final = 8  # columns of a line's text
_MANY: Final = 12  # lines outside the text's element: a run of more is folded
# Labels that most lines have: told last, and not at all where another says more.
_COMMON: Final = ("heading", "link", "sentence", "promotion")
_GREEN, _RED, _YELLOW, _CYAN, _DIM, _BOLD = "32", "31", "33", "36", "2", "1"


def as_json(explanation: Explanation) -> dict[str, Any]:
    """Return the explanation as an object of JSON: the article's fields, each with its origin, and every line."""
    article = to_json(explanation.article)
    origins = article["extraction"]["from"]
    return {
        "url": article["url"],
        "fields": {
            name: {"value": article[name], "from": origins.get(name, "")}
            for name in _FIELDS
            if article[name] not in (None, "", [])
        },
        "text": {"from": explanation.origin, "element": explanation.element},
        "lines": [{**asdict(line), "kept": line.kept} for line in explanation.lines],
        "more_lines": explanation.more,
    }


def as_lines(explanation: Explanation, *, width: int, colours: bool) -> Iterator[str]:
    """Yield the explanation line by line, each at most ``width`` columns wide."""
    width = min(max(width, _NARROW), _WIDE)
    paint = _painted if colours else _plain
    yield paint(_fit(explanation.article.url or "(no address)", width), _BOLD)
    where = f"text: {explanation.origin} in {explanation.element}" if explanation.origin else "no text"
    yield paint(_fit(where, width), _BOLD)
    yield paint(
        _fit("+ text   = headline   - cut out of it, by [rule]   the rest stands outside of it", width), _DIM
    )
    yield ""
    why = f"{'by':<{_WHY}} " if width >= _ROOM else ""
    yield paint(
        _fit(f" {'line':>5} {'counts':>6}  {why}{'labels':<{_labels_width(width)}} text", width), _DIM
    )
    for outside, run in groupby(explanation.lines, key=lambda line: line.cut in _OUTSIDE):
        lines = list(run)
        if not outside or len(lines) <= _MANY:
            yield from (_row(line, width, colours=colours) for line in lines)
            continue
        yield from (_row(line, width, colours=colours) for line in lines[:_SHOWN])
        yield paint(f"{'':14} … {len(lines) - 2 * _SHOWN} lines {lines[0].cut}", _DIM)
        yield from (_row(line, width, colours=colours) for line in lines[-_SHOWN:])
    if explanation.more:
        yield paint(f"{'':14} … {explanation.more} more lines", _DIM)
    yield ""
    yield from _fields(explanation.article, width, colours=colours)


def _row(line: ExplainedLine, width: int, *, colours: bool) -> str:
    """Return one line: kept ones begin with +, the headline with =, cut ones with - and end in the cutting rule."""
    mark, colour = "-", _RED
    if line.kept:
        mark, colour = "+", _GREEN
    elif line.cut == TITLE:
        mark, colour = "=", _CYAN
    elif line.cut in _OUTSIDE:
        mark, colour = " ", _DIM
    why = f"{_fit(line.why, _WHY, pad=True)} " if width >= _ROOM else ""
    left = f"{line.number:>5} {line.value:>6.0f}  {why}{_fit(_labels(line), _labels_width(width), pad=True)} "
    room = width - _columns(left) - 1
    reason = f"  [{_fit(line.cut, max(room - _LEAST - 4, 1))}]" if mark == "-" else ""
    text = _fit(line.text, max(room - _columns(reason), _LEAST))
    if not colours:
        return f"{mark}{left}{text}{reason}"
    return "".join((_painted(mark + left, colour), _painted(text, colour), _painted(reason, _YELLOW)))


def _labels_width(width: int) -> int:
    return _LABELS if width >= _SOME_ROOM else _FEW_LABELS


def _labels(line: ExplainedLine) -> str:
    """Say what a line is: what few lines are first, with the rule that says so."""
    telling = [label for label in line.labels if label not in _COMMON]
    shown = [f"{label} ({line.labels[label]})" for label in telling[:1] if line.labels[label] != label]
    shown = (shown or telling[:1]) + telling[1:]
    return ", ".join(shown or [label for label in _COMMON if label in line.labels][:1]) or "·"


def _fields(article: Article, width: int, *, colours: bool) -> Iterator[str]:
    values = to_json(article)
    origins = values["extraction"]["from"]
    longest = max([_columns(_shown(origins.get(name, ""))) for name in _FIELDS], default=0)
    origin_width = min(max(longest, 4), 40)
    paint = _painted if colours else _plain
    for name in _FIELDS:
        value = values[name]
        if value in (None, "", []):
            continue
        origin = _fit(origins.get(name, ""), origin_width, pad=True)
        left = f"{name:<13} "
        shown = _fit(_value(name, value), max(width - len(left) - origin_width - 2, 8))
        yield f"{paint(left, _BOLD)}{paint(origin, _YELLOW)}  {shown}"


def _value(name: str, value: Any) -> str:
    if name == "text":
        return f"{len(value)} letters, {value.count(chr(10)) + 1} lines"
    if isinstance(value, list):
        return ", ".join(_item(item) for item in value)
    return str(value)


def _item(item: Any) -> str:
    if not isinstance(item, dict):
        return str(item)
    if "role" in item:
        return f"{item['name']} ({item['role']})"
    return str(item.get("url", ""))


def _shown(text: str) -> str:
    """Return a page's text without what would command a terminal: control characters, directions, broken ones."""
    return text if text.isprintable() else "".join(c if c.isprintable() else "·" for c in text)


def _columns(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(map(_width, text))


def _width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _fit(text: str, width: int, *, pad: bool = False) -> str:
    """Return a text of at most ``width`` columns, filled up to them where asked for."""
    text = _shown(text[: 2 * width])
    if _columns(text) > width:
        used, end = 1, 0
        for end, character in enumerate(text):  # noqa: B007 - where it stops is what is asked for
            used += _width(character)
            if used > width:
                break
        text = f"{text[:end]}…"
    return text + " " * (width - _columns(text)) if pad else text


def _painted(text: str, colour: str) -> str:
    return f"\033[{colour}m{text}\033[0m" if text else ""


def _plain(text: str, _: str) -> str:
    return text
