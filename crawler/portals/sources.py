"""The little language of a field's sources: ``"div.title h1 | before:_"``.

A source is CSS, or begins with a word: ``css:`` ``xpath:`` ``meta:`` ``comment:`` ``list:`` ``const:``
(``json:`` and ``issue:`` belong to the JSON and epaper parts of the schema). After it stand filters, each
behind `` | ``: ``re:PATTERN`` (group 1, or all of the match), ``before:MARK`` (the text up to the mark; all
of it where there is none), ``after:MARK`` (the text behind it), ``cut:WORDS`` (the text without these
words), ``base64``.
"""

from __future__ import annotations

import re
from base64 import b64decode
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final, cast

from lxml import etree
from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from crawler.portals.model import Filter, Source
from crawler.portals.patterns import MAX_TEXT_INPUT, compile_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["check_css", "filtered", "parse_filters", "parse_source"]

_KINDS: Final = ("css", "xpath", "meta", "comment", "list", "const", "json", "issue")
_LATER: Final = ("json", "issue")
_FILTERS: Final = ("re", "before", "after", "cut", "base64")
_KIND = re.compile(r"([a-z]+):(?!:)")
_FILTER = re.compile(r" \| (?=(?:re|before|after|cut):|base64(?: \| |$))")
_ATTRIBUTE = re.compile(r"@([A-Za-z_][\w:.-]*)\Z")
_META = re.compile(r"[\w:.-]+")
_COMMENT = re.compile(r"[\w-]+/[\w-]+")
_LIST_FIELDS = ("title", "published")
_PSEUDO = ("not", "is", "where", "has", "nth", "first", "last", "only", "empty", "root", "link")
_MARKUP = LexborHTMLParser("<p>")


def parse_source(text: str) -> Source:
    """Parse a source as it stands in a profile.

    Raises:
        ValueError: one line: what is wrong with it.
    """
    head, filters = parse_filters(text)
    kind, expression = _kind(head)
    if kind in _LATER:
        raise ValueError(f"{kind}: sources are not supported by this version")
    if kind != "const" and not expression:
        raise ValueError("an empty source")
    attribute = None
    if kind == "css":
        expression, attribute = _css(expression)
    elif kind == "xpath":
        _check_xpath(expression)
    elif kind == "meta" and not _META.fullmatch(expression):
        raise ValueError(f"meta:{expression}: expected the name of a <meta>, as in meta:publishdate")
    elif kind == "comment" and not _COMMENT.fullmatch(expression):
        raise ValueError(f"comment:{expression}: expected comment:MARK/TAG, as in comment:enpproperty/date")
    elif kind == "list" and expression not in _LIST_FIELDS:
        raise ValueError(f"list:{expression}: a list knows {', '.join(_LIST_FIELDS)}")
    return Source(
        kind=cast("Any", kind), expression=expression, attribute=attribute, filters=filters, text=text.strip()
    )


def parse_filters(text: str) -> tuple[str, tuple[Filter, ...]]:
    """Return what stands before the filters, and the filters. Raises ValueError as :func:`parse_source`."""
    head, *tail = _FILTER.split(text.strip())
    return head.strip(), tuple(_filter(part) for part in tail)


def check_css(selector: str) -> str:
    """Return the selector, if the parser understands it.

    Raises:
        ValueError: it does not.
    """
    stray = re.search(r" \| *([a-z]*):?", selector)
    if stray is not None:
        near = get_close_matches(stray[1], _FILTERS, n=1)
        hint = f"did you mean {near[0]}:" if near else f"known are {' '.join(_FILTERS)}"
        raise ValueError(f"{selector!r}: {stray[1] or '|'} is not a filter; {hint}")
    try:
        _MARKUP.css_first(selector)
    except SelectolaxError as error:
        raise ValueError(f"bad CSS selector {selector!r}") from error
    return selector


def filtered(text: str, filters: Iterable[Filter]) -> str:
    """Return a field's text after its filters; empty where one finds nothing. Never raises, bounded time."""
    for step in filters:
        if step.name == "re":
            match = step.pattern.search(text[:MAX_TEXT_INPUT]) if step.pattern else None
            text = (match[1] if match.re.groups else match[0]) or "" if match else ""
        elif step.name == "before":
            text = text.partition(step.argument)[0]
        elif step.name == "after":
            text = text.partition(step.argument)[2]
        elif step.name == "cut":
            text = text.replace(step.argument, "")
        else:
            text = _unbased(text)
    return text.strip()


def _kind(head: str) -> tuple[str, str]:
    match = _KIND.match(head)
    if match is None:
        return "css", head
    if match[1] in _KINDS:
        return match[1], head[match.end() :].strip()
    rest = head[match.end() :]
    if rest.startswith(_PSEUDO):  # a:not(.more), li:nth-child(2)
        return "css", head
    near = get_close_matches(match[1], _KINDS, n=1)
    hint = f"did you mean {near[0]}:" if near else f"known are {' '.join(kind + ':' for kind in _KINDS)}"
    raise ValueError(f"unknown kind of source {match[1]}: in {head!r}; {hint}")


def _css(expression: str) -> tuple[str, str | None]:
    match = _ATTRIBUTE.search(expression)
    if match is None:
        return check_css(expression), None
    return check_css(expression[: match.start()].rstrip()), match[1].lower()


def _check_xpath(expression: str) -> None:
    try:
        etree.XPath(expression)
    except etree.XPathError as error:
        raise ValueError(f"bad XPath {expression!r}: {error}") from error


def _filter(text: str) -> Filter:
    name, _, argument = text.strip().partition(":")
    if name == "base64":
        return Filter("base64")
    if not argument:
        raise ValueError(f"the filter {name}: needs an argument")
    if name == "re":
        return Filter("re", argument, compile_pattern(argument))
    return Filter(cast("Any", name), argument)


def _unbased(text: str) -> str:
    compact = re.sub(r"\s+", "", text)
    try:
        return b64decode(compact + "=" * (-len(compact) % 4)).decode("utf-8", "replace")
    except ValueError:
        return ""
