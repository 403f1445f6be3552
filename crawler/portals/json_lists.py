"""``list`` tables of JSON lists: dotted paths, templates and cursors instead of CSS.

A path names keys from the outside in (``data.list``); ``*`` stands for every element of a list or value of a
table, ``$`` for the whole answer. A field is a path, or a template with paths in braces (``/p/{id}.html``),
with the filters of :mod:`crawler.portals.sources` behind it. The next page is asked for by parameters
(``set``: ``"+1"`` adds, ``"last:id"`` takes a field of the last entry, ``"next:data.cursor"`` a value of the
answer) or by its URL (``url`` with ``{n}``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from crawler.errors import ProfileError
from crawler.portals.layers import as_list
from crawler.portals.model import ListRules, Pager, Source
from crawler.portals.sources import parse_filters

if TYPE_CHECKING:
    from crawler.portals.layers import Layers

__all__ = ["JSON_TYPES", "PARTS", "json_rules", "parse_json_source"]

JSON_TYPES: Final = ("json", "jsonp")

PARTS = re.compile(r"\{([^{}]*)\}")
"""The paths in a template."""

_PATH = re.compile(r"\$|[\w$@*-]+(?:\.[\w$@*-]+)*")
_SET = re.compile(r"\+\d{1,6}|(?:last|next):(.+)")
_FIELDS: Final = {"url": "url", "title": "title", "date": "date", "published": "date"}
_EMPTY: Final = "empty"
_HTML_ONLY: Final = ("region", "skip")


def json_rules(layers: Layers) -> ListRules:
    """The rules of a JSON list: those of the channel, for the rest those of a portal whose lists are JSON.

    Raises:
        ProfileError: anything in them that cannot be used.
    """
    given = [
        (place, table)
        for place, table in layers.own_lists()
        if table.type in JSON_TYPES or (table.type is None and place != "list")
    ]
    kind = layers.one("list.type")
    if not given:
        raise layers.fail("list.type", f"{kind} lists belong to a portal, not to a family")
    for key in _HTML_ONLY:
        place, value = _first(given, key)
        if value is not None:
            raise layers.fail(f"{place}.{key}", f"a {kind} list has none")
    place, items = _first(given, "items")
    if not items:
        raise layers.fail(
            f"{given[0][0]}.items", 'missing; name the path of the entries, as in items = "data.list"'
        )
    for path in as_list(items):
        _check_path(path, layers, f"{place}.items")
    _, budget = _first(given, "budget")
    budget = 2000 if budget is None else budget
    if not 1 <= budget <= 1_000_000:
        raise layers.fail(f"{given[0][0]}.budget", f"{budget} is out of range; expected 1 to 1000000")
    return ListRules(
        type=kind,
        items=tuple(as_list(items)),
        fields=_fields(layers, given),
        pager=_pager(layers, given),
        budget=budget,
    )


def parse_json_source(text: str) -> Source:
    """A field of an entry: a path or a template, and filters.

    Raises:
        ValueError: one line: what is wrong with it.
    """
    head, filters = parse_filters(text)
    expression = head.removeprefix("json:").strip()
    paths = PARTS.findall(expression) if "{" in expression else [expression]
    for path in paths:
        if not _PATH.fullmatch(path):
            raise ValueError(f"{path!r} is no path; expected keys with dots between them, as in data.url")
    if not paths or "{" in PARTS.sub("", expression) or "}" in PARTS.sub("", expression):
        raise ValueError(f"{expression!r} is no template; expected paths in braces, as in /p/{{id}}.html")
    return Source("json", expression, filters=filters, text=text.strip())


def _first(given: list[tuple[str, Any]], key: str) -> tuple[str, Any]:
    for place, table in given:
        value = getattr(table, key)
        if value is not None:
            return place, value
    return "", None


def _fields(layers: Layers, given: list[tuple[str, Any]]) -> dict[str, tuple[Source, ...]]:
    place, table = _first(given, "fields")
    out: dict[str, tuple[Source, ...]] = {}
    for name, texts in (table or {}).items():
        if name not in _FIELDS:
            raise layers.fail(
                f"{place}.fields.{name}", f"unknown field; known are {', '.join(sorted(_FIELDS))}"
            )
        try:
            out[_FIELDS[name]] = tuple(map(parse_json_source, as_list(texts)))
        except ValueError as error:
            raise layers.fail(f"{place}.fields.{name}", str(error)) from error
    if not out.get("url"):
        where = place or given[0][0]
        raise layers.fail(f"{where}.fields.url", 'missing; name the entry\'s URL, as in url = "url"')
    return out


def _pager(layers: Layers, given: list[tuple[str, Any]]) -> Pager:
    place, pager = _first(given, "pager")
    if pager is None:
        return Pager()
    for key in ("next", "script"):
        if getattr(pager, key) is not None:
            raise layers.fail(f"{place}.pager.{key}", "belongs to HTML lists; a JSON list has set or url")
    if pager.set is not None and pager.url is not None:
        raise layers.fail(f"{place}.pager", "set and url exclude each other")
    for name, rule in (pager.set or {}).items():
        match = _SET.fullmatch(rule)
        if match is None or (match[1] and not _PATH.fullmatch(match[1])):
            raise layers.fail(
                f"{place}.pager.set.{name}",
                f"{rule!r}: expected +NUMBER, last:FIELD of the last entry, or next:PATH of the answer",
            )
    if pager.url is not None and set(PARTS.findall(pager.url)) != {"n"}:
        raise layers.fail(
            f"{place}.pager.url", f"{pager.url!r} is no page template; it needs {{n}}, and no more"
        )
    until = "" if pager.until in (None, _EMPTY) else pager.until
    if until:
        _check_path(until, layers, f"{place}.pager.until")
    return Pager(
        url=pager.url,
        first=2 if pager.first is None else pager.first,
        last=pager.last,
        set=dict(pager.set or {}),
        until=until,
    )


def _check_path(path: str, layers: Layers, key: str) -> None:
    if not _PATH.fullmatch(path):
        raise ProfileError(
            layers.profile.file,
            key,
            f"{path!r} is no path; expected keys with dots between them, as in data.list",
        )
