"""A portal's TOML file as tables, or one line that names the key and says what is wrong with it."""

from __future__ import annotations

import re
import tomllib
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, get_args, get_origin

import msgspec

from crawler.errors import ProfileError
from crawler.portals.schema import LATER, PortalTable, Table

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["check_tags", "read_tables"]

_MISSING = re.compile(r"Object missing required field `(\w+)`")
_TYPE = re.compile(r"\b(?:str|int|float|bool|object|array)\b")
_WORDS = {
    "str": "a text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "object": "a table",
    "array": "a list",
}
_INDEX = re.compile(r"\[\d+\]")
_AT = re.compile(r"(.*?)(?: - at `(.*)`)?", re.DOTALL)


def read_tables(text: str, file: str) -> PortalTable:
    """Read a TOML file's text as tables.

    Raises:
        ProfileError: no TOML, an unknown key, a key for a later version, or a value of the wrong type.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ProfileError(file, "", f"not valid TOML: {error}") from error
    except RecursionError as error:
        raise ProfileError(file, "", "not valid TOML: nested too deep") from error
    if isinstance(data.get("schema"), int) and data["schema"] != 1:
        raise ProfileError(
            file, "schema", f"version {data['schema']} is not known; this crawler reads version 1"
        )
    _check_keys(data, PortalTable, "", file)
    try:
        return msgspec.convert(data, PortalTable)
    except msgspec.ValidationError as error:
        raise ProfileError(file, *_plainly(str(error))) from error


def _plainly(message: str) -> tuple[str, str]:
    """Return key and reason of msgspec's message, in words of TOML."""
    match = _AT.fullmatch(message)
    assert match is not None
    key = (match[2] or "$").removeprefix("$").removeprefix(".")
    missing = _MISSING.fullmatch(match[1])
    if missing is not None:
        return f"{key}.{missing[1]}", "missing"
    reason = match[1][:1].lower() + match[1][1:]
    return key, _TYPE.sub(lambda found: _WORDS[found[0]], reason.replace(" | null", "")).replace(
        "`", ""
    ).replace(" | ", " or ")


def _check_keys(data: dict[str, Any], struct: type[Table], path: str, file: str) -> None:
    """Check for unknown keys and those of a later version, at any depth; types are msgspec's business."""
    fields = {field.encode_name: field.type for field in msgspec.structs.fields(struct)}
    for key, value in data.items():
        here = f"{path}.{_shown(key)}" if path else _shown(key)
        if _INDEX.sub("", here).removeprefix("channels.") in LATER:
            raise ProfileError(file, here, "not supported by this version")
        if key not in fields:
            near = get_close_matches(key, fields, n=1)
            raise ProfileError(file, here, f"unknown key; did you mean {near[0]}?" if near else "unknown key")
        nested = _table_of(fields[key])
        if nested is None:
            _check_values(value, fields[key], here, file)
            if key == "tags" and isinstance(value, dict):
                check_tags(value, here, file)
            continue
        if isinstance(value, dict):
            _check_keys(value, nested, here, file)
        elif isinstance(value, list):
            for index, item in enumerate(value):
                if isinstance(item, dict):
                    _check_keys(item, nested, f"{here}[{index}]", file)


def check_tags(names: Iterable[str], key: str, file: str) -> None:
    """Raise ProfileError for a tag whose name MongoDB could not store, or would take for a path."""
    for name in names:
        if not name or set("\0.$") & set(name):
            here = f"{key}.{_shown(name)}" if name else key
            raise ProfileError(file, here, f"{name!r} is no name for a tag: one without dots and $")


def _check_values(value: Any, annotation: Any, path: str, file: str) -> None:
    """Check the values under keys that a profile may choose itself: msgspec would not name the key."""
    kind = next((found for found in (annotation, *get_args(annotation)) if get_origin(found) is dict), None)
    if kind is None or not isinstance(value, dict):
        return
    for name, item in value.items():
        try:
            msgspec.convert(item, get_args(kind)[1])
        except msgspec.ValidationError as error:
            key, reason = _plainly(str(error))
            raise ProfileError(file, f"{path}.{_shown(name)}{key}", reason) from error


def _shown(key: str) -> str:
    """Return a key of a file in a message of one line."""
    return key if key.isprintable() else repr(key)[1:-1]


def _table_of(annotation: Any) -> type[Table] | None:
    """Return the table type inside ``X | None`` or ``list[X] | None``."""
    if isinstance(annotation, type) and issubclass(annotation, Table):
        return annotation
    return next((found for found in map(_table_of, get_args(annotation)) if found is not None), None)
