"""The channels of a portal: from its profile, and from the sheet beside it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from crawler.errors import ProfileError
from crawler.portals.layers import JSON_TYPES, Layers, as_list, attempt
from crawler.portals.list_rules import list_rules
from crawler.portals.model import Channel, Render
from crawler.portals.requests import read_request
from crawler.portals.sources import check_css
from crawler.urls import canonical_url

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from crawler.portals.model import ListRules
    from crawler.portals.schema import ChannelTable, ListTable, RenderTable, RequestTable
    from crawler.urls import RequestSpec

__all__ = ["default_id", "read_every", "resolve_channels"]

_EVERY: Final = re.compile(r"(\d{1,6})\s*(s|m|h|d)?")
_UNITS: Final = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86_400}
_MAX_STEPS: Final = 1000


def resolve_channels(
    layers: Layers,
    given: Sequence[tuple[str, str, ChannelTable]],
    address: Callable[[str, str, str], str],
) -> tuple[Channel, ...]:
    """Return the channels, each with an id and a URL of its own.

    Args:
        layers: the portal's.
        given: file, place in it, and table of each channel.
        address: spells a URL as it is asked for; it gets file and key for its errors.

    Raises:
        ProfileError: anything in them that cannot be used.
    """
    ids: dict[str, str] = {}
    urls: dict[str, str] = {}
    out: list[Channel] = []
    for file, place, table in given:
        url = address(table.url, file, f"{place}.url")
        page = canonical_url(url, scheme=None)
        channel_id = table.id or default_id(page)
        if channel_id in ids:
            hint = "" if table.id else "; give the channels ids of their own"
            raise ProfileError(
                file, f"{place}.id", f"{channel_id!r} is the id of {ids[channel_id]} too{hint}"
            )
        if page in urls:
            raise ProfileError(file, f"{place}.url", f"{url} is the URL of {urls[page]} too")
        ids[channel_id] = urls[page] = place
        if table.request is not None:
            address(table.request.url, file, f"{place}.request.url")
        channel = Channel(
            id=channel_id,
            url=url,
            name=table.name,
            tags=dict(table.tags or {}),
            every=None
            if table.every is None
            else attempt(read_every, str(table.every), file, f"{place}.every"),
            enabled=table.enabled,
            list=None if table.list is None else _own_list(layers, table.list, file, place),
            render=_render(table.render, file, f"{place}.render"),
            request=None if table.request is None else _request(table.request, file, f"{place}.request"),
        )
        _check(channel, file, place, layers.list_type)
        out.append(channel)
    return tuple(out)


def read_every(value: str) -> int:
    """Return a revisit interval in seconds: of a number, or ``30s``, ``10m``, ``2h``, ``1d``.

    Raises:
        ValueError: it is none of these, or not positive.
    """
    match = _EVERY.fullmatch(value.strip())
    seconds = int(match[1]) * _UNITS[match[2] or ""] if match else 0
    if seconds <= 0:
        raise ValueError(f"{value!r} is no interval; expected seconds, or a text like 30s, 10m, 2h, 1d")
    return seconds


def default_id(url: str) -> str:
    """Return the id of a channel that names none: the last part of its path, else of its host."""
    host, _, path = url.partition("://")[2].partition("/")
    parts = [part for part in path.partition("?")[0].split("/") if part]
    if parts and not path.partition("?")[0].endswith("/"):
        return parts[-1].rpartition(".")[0] or parts[-1]
    return parts[-1] if parts else host.partition(".")[0]


def _own_list(layers: Layers, table: ListTable, file: str, place: str) -> ListRules:
    if table.urls is not None:
        raise ProfileError(file, f"{place}.list.urls", "belongs to the portal's [list]")
    return list_rules(Layers(layers.profile, layers.families, layers.family_names, top=(place, table)))


def _request(table: RequestTable, file: str, key: str) -> RequestSpec:
    try:
        return read_request(table)
    except ValueError as error:
        name, _, reason = str(error).partition(": ")
        raise ProfileError(file, f"{key}.{name}", reason) from error


def _render(given: RenderTable | bool | None, file: str, key: str) -> Render | None:  # noqa: FBT001
    if given is None or given is False:
        return None
    if given is True:
        return Render()
    steps = Render().steps if given.steps is None else given.steps
    if not 0 <= steps <= _MAX_STEPS:
        raise ProfileError(file, f"{key}.steps", f"{steps} is out of range; expected 0 to {_MAX_STEPS}")
    return Render(
        more=tuple(attempt(check_css, text, file, f"{key}.more") for text in as_list(given.more or [])),
        scroll=given.more is None if given.scroll is None else given.scroll,
        wait=None if given.wait is None else attempt(check_css, given.wait, file, f"{key}.wait"),
        steps=steps,
    )


def _check(channel: Channel, file: str, place: str, portal_type: str) -> None:
    """Render and request exclude each other: what a request brings is data, and needs no browser."""
    kind = portal_type if channel.list is None else channel.list.type
    if channel.request is not None and kind not in JSON_TYPES:
        raise ProfileError(
            file, f"{place}.request", 'needs rules for what it brings: list = { type = "json", … }'
        )
    if channel.render is not None and kind in JSON_TYPES:
        raise ProfileError(file, f"{place}.render", f"a {kind} list needs no browser")
