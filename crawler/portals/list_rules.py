"""``[list]`` and a channel's own ``list``: how lists are read, by their type.

Every type has the same layers (channel, portal, families, generic). Of these only such tables count as are of the
list's own kind: what a family says of HTML pages means nothing to an API.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from crawler.portals.json_paths import PARTS, check_path, parse_json_source
from crawler.portals.layers import JSON_TYPES
from crawler.portals.model import ListRules, Pager
from crawler.portals.pagers import first_number, number, page_template, script_patterns
from crawler.portals.sources import parse_source

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from crawler.portals.layers import Layers
    from crawler.portals.model import Source

__all__ = ["list_rules"]

_HTML_FIELDS: Final = {"url": "url", "title": "title", "date": "date"}
_JSON_FIELDS: Final = {**_HTML_FIELDS, "published": "date"}
_JSON_ONLY: Final = ("list.pager.set", "list.pager.until")
_HTML_ONLY: Final = ("list.region", "list.skip")
_HTML_PAGER: Final = ("list.pager.next", "list.pager.script")
_SET: Final = re.compile(r"\+\d{1,6}|(?:last|next):(.+)")
_EMPTY: Final = "empty"


def list_rules(layers: Layers) -> ListRules:
    """Return the rules of a list.

    Raises:
        ProfileError: anything in them that cannot be used, or a type that is for later.
    """
    if layers.list_type in JSON_TYPES:
        return _json_rules(layers)
    if layers.list_type != "html":
        raise layers.fail("list.type", f"{layers.list_type} lists are not supported by this version")
    layers.refuse(_JSON_ONLY, 'belongs to JSON lists; say type = "json" as well')
    return ListRules(
        region=layers.selectors("list.region"),
        items=layers.selectors("list.items"),
        fields=_fields(layers, _HTML_FIELDS, _parse_inner),
        skip=layers.selectors("list.skip"),
        pager=Pager(
            next=layers.sources("list.pager.next"),
            scripts=script_patterns(layers, "list.pager.script"),
            url=page_template(layers, "list.pager.url"),
            first=first_number(layers, "list.pager.first"),
            last=layers.one("list.pager.last"),
        ),
        budget=number(layers, "list.budget", 2000, least=1),
    )


def _json_rules(layers: Layers) -> ListRules:
    kind = layers.list_type
    layers.refuse(_HTML_ONLY, f"a {kind} list has none")
    layers.refuse(_HTML_PAGER, "belongs to HTML lists; a JSON list has set or url")
    items = layers.in_order("list.items", check_path)
    if not items:
        raise layers.fail("list.items", 'missing; name the path of the entries, as in items = "data.list"')
    fields = _fields(layers, _JSON_FIELDS, parse_json_source)
    if not fields.get("url"):
        raise layers.fail("list.fields.url", 'missing; name the entry\'s URL, as in url = "url"')
    return ListRules(
        type=kind,
        items=items,
        fields=fields,
        pager=_json_pager(layers),
        budget=number(layers, "list.budget", 2000, least=1),
    )


def _fields(
    layers: Layers, names: Mapping[str, str], parse: Callable[[str], Source]
) -> dict[str, tuple[Source, ...]]:
    out: dict[str, tuple[Source, ...]] = {}
    for name in layers.keys("list.fields"):
        key = f"list.fields.{name}"
        if name not in names:
            raise layers.fail(key, f"unknown field; known are {', '.join(sorted(names))}")
        out[names[name]] = (*out.get(names[name], ()), *layers.sources(key, parse))
    return out


def _parse_inner(text: str) -> Source:
    source = parse_source(text)
    if source.kind != "css":
        raise ValueError(f"{source.text!r}: inside an item only CSS can look")
    return source


def _json_pager(layers: Layers) -> Pager:
    parameters: dict[str, str] = layers.one("list.pager.set", {})
    url: str | None = layers.one("list.pager.url")
    if parameters and url is not None:
        above = (layers.depth("list.pager.url") or 0) - (layers.depth("list.pager.set") or 0)
        if not above:
            raise layers.fail("list.pager", "set and url exclude each other")
        parameters, url = (parameters, None) if above > 0 else ({}, url)
    for name, rule in parameters.items():
        _check_rule(layers, f"list.pager.set.{name}", rule)
    if url is not None and set(PARTS.findall(url)) != {"n"}:
        raise layers.fail("list.pager.url", f"{url!r} is no page template; it needs {{n}}, and no more")
    until: Any = layers.one("list.pager.until", _EMPTY)
    return Pager(
        url=url,
        first=first_number(layers, "list.pager.first"),
        last=layers.one("list.pager.last"),
        set=dict(parameters),
        until="" if until == _EMPTY else layers.in_order("list.pager.until", check_path)[0],
    )


def _check_rule(layers: Layers, key: str, rule: str) -> None:
    match = _SET.fullmatch(rule)
    try:
        if match is not None and match[1]:
            check_path(match[1])
    except ValueError:
        match = None
    if match is None:
        raise layers.fail(
            key, f"{rule!r}: expected +NUMBER, last:FIELD of the last entry, or next:PATH of the answer"
        )
