"""The shape of a portal's TOML file: which keys there are, and of which types.

Everything is optional here; what must be there, and what it means, is decided in
:mod:`crawler.portals.resolve`. Keys of ``LATER`` belong to the schema, so that profiles may be written for
them, but this version cannot honour them and says so.
"""

from __future__ import annotations

import re
import tomllib
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, ClassVar, Literal, get_args, get_origin

import msgspec

from crawler.errors import ProfileError

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["ArticleTable", "ChannelTable", "ListTable", "PagerTable", "PagesTable", "PortalTable",
"RenderTable", "RequestTable", "TemplateTable", "check_tags", "read"]  # fmt: skip

Texts = str | list[str]
"""One text, or several in order."""

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
_AT = re.compile(r"(.*?)(?: - at `(.*)`)?", re.DOTALL)


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A TOML table. ``LATER`` names the keys that this version cannot honour."""

    LATER: ClassVar[tuple[str, ...]] = ()


class PagerTable(Table, frozen=True):
    """``[list.pager]``: how a list goes on."""

    next: Texts | None = None
    script: Texts | None = None
    url: str | None = None
    first: int | None = None
    last: int | None = None
    set: dict[str, str] | None = None
    until: str | None = None


class ListTable(Table, frozen=True):
    """``[list]``, and a channel's own ``list``: how a channel page is read."""

    LATER: ClassVar[tuple[str, ...]] = ("nested", "inline", "lax")

    type: Literal["html", "json", "jsonp", "script", "feed"] | None = None
    urls: Texts | None = None
    region: Texts | None = None
    items: Texts | None = None
    fields: dict[str, Texts] | None = None
    skip: Texts | None = None
    pager: PagerTable | None = None
    budget: int | None = None
    nested: Any = None
    inline: Any = None
    lax: Any = None


class RenderTable(Table, frozen=True):
    """A channel's ``render``: how a browser fills the list."""

    more: Texts | None = None
    scroll: bool | None = None
    wait: str | None = None
    steps: int | None = None


class RequestTable(Table, frozen=True):
    """A channel's ``request``: what brings the list, where that is not the channel's page."""

    url: str
    method: Literal["GET", "POST"] | None = None
    form: dict[str, str] | None = None
    json: dict[str, Any] | None = None


class ChannelTable(Table, frozen=True):
    """``[[channels]]``: a list that the portal offers."""

    url: str
    id: str | None = None
    name: str = ""
    tags: dict[str, str] | None = None
    every: int | str | None = None
    enabled: bool = True
    list: ListTable | None = None
    render: bool | RenderTable | None = None
    request: RequestTable | None = None


class PagesTable(Table, frozen=True):
    """``[article.pages]``: how a long article goes on."""

    LATER: ClassVar[tuple[str, ...]] = ("count",)

    next: Texts | None = None
    all: Texts | None = None
    script: Texts | None = None
    url: str | None = None
    first: int | None = None
    limit: int | None = None
    count: Any = None


class TemplateTable(Table, frozen=True):
    """``[[article.template]]``: one way to read an article."""

    LATER: ClassVar[tuple[str, ...]] = ("from", "until", "place", "then")

    name: str | None = None
    type: Literal["news", "gallery", "video", "paper"] | None = None
    when: str | None = None
    urls: Texts | None = None
    title: Texts | None = None
    subtitle: Texts | None = None
    summary: Texts | None = None
    keywords: Texts | None = None
    published: Texts | None = None
    source: Texts | None = None
    byline: Texts | None = None
    authors: Texts | None = None
    editors: Texts | None = None
    breadcrumb: Texts | None = None
    body: Texts | None = None
    images: Texts | None = None
    captions: Texts | None = None
    videos: Texts | None = None
    remove: Texts | None = None
    cut: Texts | None = None
    from_: Any = msgspec.field(name="from", default=None)
    until: Any = None
    place: Any = None
    then: Any = None


class ArticleTable(Table, frozen=True):
    """``[article]``: which URLs are articles, and how articles are read."""

    LATER: ClassVar[tuple[str, ...]] = ("fetch", "moved")

    type: Literal["html", "json"] | None = None
    urls: Texts | None = None
    deny: Texts | None = None
    canonical: Texts | None = None
    continuation: Texts | None = None
    gone: Texts | None = None
    pages: PagesTable | None = None
    template: list[TemplateTable] | None = None
    fetch: Any = None
    moved: Any = None


class RelatedTable(Table, frozen=True):
    """``[related]``: where the lists around an article stand, by kind."""

    related: Texts | None = None
    channel: Texts | None = None
    photo: Texts | None = None
    video: Texts | None = None
    hot: Texts | None = None


# Under other names, since the tables below have a key "list".
Names = list[str]
Channels = list[ChannelTable]
Templates = list[TemplateTable]


class PortalTable(Table, frozen=True):
    """The whole file. A family's file has the same shape."""

    LATER: ClassVar[tuple[str, ...]] = ("tls", "proxy_env", "cookies", "twin_of", "epaper")

    schema: int = 1
    title: str | None = None
    family: Texts | None = None
    home: str | None = None
    scheme: Literal["http", "https"] | None = None
    domains: Names | None = None
    exclude: Texts | None = None
    private: bool | None = None
    tags: dict[str, str] | None = None
    channels: Channels | None = None
    channels_from: str | None = None
    follow_channels: bool | None = None
    sitemaps: Texts | None = None
    feeds: Texts | None = None
    rate: float | None = None
    site_rate: float | None = None
    robots: bool | None = None
    headers: dict[str, str] | None = None
    timezone: str | None = None
    characters: Literal["as-is", "simplified"] | None = None
    list: ListTable | None = None
    article: ArticleTable | None = None
    related: RelatedTable | None = None
    tls: Any = None
    proxy_env: Any = None
    cookies: Any = None
    twin_of: Any = None
    epaper: Any = None


def read(text: str, file: str) -> PortalTable:
    """A TOML file's text as tables.

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
    """Key and reason of msgspec's message, in words of TOML."""
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
    """Unknown keys and those of a later version, at any depth; types are msgspec's business."""
    fields = {field.encode_name: field.type for field in msgspec.structs.fields(struct)}
    for key, value in data.items():
        here = f"{path}.{_shown(key)}" if path else _shown(key)
        if key not in fields:
            near = get_close_matches(key, fields, n=1)
            raise ProfileError(file, here, f"unknown key; did you mean {near[0]}?" if near else "unknown key")
        if key in struct.LATER:
            raise ProfileError(file, here, "not supported by this version")
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
    """The values under keys that a profile may choose itself: msgspec would not name the key."""
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
    """A key of a file in a message of one line."""
    return key if key.isprintable() else repr(key)[1:-1]


def _table_of(annotation: Any) -> type[Table] | None:
    """The table type inside ``X | None`` or ``list[X] | None``."""
    if isinstance(annotation, type) and issubclass(annotation, Table):
        return annotation
    return next((found for found in map(_table_of, get_args(annotation)) if found is not None), None)
