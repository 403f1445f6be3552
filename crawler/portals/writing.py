"""A resolved profile written back as TOML: what a portal's rules come to, ready to be copied from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import tomlkit
from tomlkit.items import AoT

from crawler.portals.schema import ARTICLE_FIELDS, ChannelTable, PortalTable, TemplateTable
from crawler.portals.show import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tomlkit.items import Item, Table

    from crawler.portals.model import Profile

__all__ = ["as_toml"]

_FAMILIES: Final = frozenset({"schema", "family", "channels_from"})
"""What the rules of the families have come to."""

_RENAMED: Final = {"scripts": "script", "templates": "template"}
"""What the model calls in the plural."""

_TABLES: Final = frozenset({"list", "pager", "article", "pages", "related"})
"""What is written as ``[table]``; other tables are written in their line."""

_CHANNEL: Final = tuple(sorted(ChannelTable.__struct_fields__, key="id".__ne__))
_TEMPLATE: Final = tuple(sorted(TemplateTable.__struct_fields__, key=ARTICLE_FIELDS.__contains__))
_WIDTH: Final = 100


def as_toml(profile: Profile) -> str:
    """Return the profile with everything that its families gave it; read again, without a family, it is the same."""
    document = tomlkit.document()
    document["schema"] = 1
    data = _renamed(plain(profile))
    data["list"]["urls"] = data.pop("channel_urls")
    _fill(document, data, [key for key in PortalTable.__struct_fields__ if key not in _FAMILIES])
    return tomlkit.dumps(document)


def _renamed(value: Any) -> Any:
    """Return the model's data by the keys of the schema, without what says nothing."""
    if isinstance(value, list):
        return [_renamed(item) for item in value]
    if not isinstance(value, dict):
        return value
    value = {**value, **value.pop("fields")} if "remove" in value else value
    return {_RENAMED.get(key, key): _renamed(item) for key, item in value.items()}


def _fill(table: Any, data: Mapping[str, Any], keys: Iterable[str]) -> None:
    """Write what is not empty: values first, then tables."""
    given = {key: data[key] for key in keys if data.get(key) not in (None, [], {}, "")}
    for key, value in given.items():
        if key not in _TABLES and key not in {"channels", "template"}:
            table.add(key, _item(value))
    for key, value in given.items():
        if key in {"channels", "template"}:
            columns = _CHANNEL if key == "channels" else _TEMPLATE
            table.add(key, AoT([_table(entry, columns) for entry in value]))
        elif key in _TABLES:
            table.add(key, _table(value, value))


def _table(data: Mapping[str, Any], keys: Iterable[str]) -> Table:
    table = tomlkit.table()
    _fill(table, data, keys)
    return table


def _item(value: Any) -> Item:
    """Return a value: patterns as literal strings, long lists a line an entry, tables in their line."""
    if isinstance(value, str):
        literal = "'" not in value and value.isprintable() and ("\\" in value or '"' in value)
        return tomlkit.string(value, literal=literal)
    if isinstance(value, list):
        array = tomlkit.array()
        for entry in value:
            array.append(_item(entry))
        return array.multiline(len(array.as_string()) > _WIDTH)
    if isinstance(value, dict):
        table = tomlkit.inline_table()
        for key, entry in value.items():
            if entry not in (None, [], {}):
                table.add(key, _item(entry))
        return table
    item: Item = tomlkit.item(value)
    return item
