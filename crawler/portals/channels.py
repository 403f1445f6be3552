"""The channels of a portal: from its profile, and from a spreadsheet beside it."""

from __future__ import annotations

import csv
import io
import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from crawler.errors import ProfileError
from crawler.portals.schema import ChannelTable, check_tags

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["COLUMNS", "default_id", "read_every", "read_rows"]

COLUMNS: Final = ("id", "url", "name", "tags", "every", "enabled")

_EVERY = re.compile(r"(\d{1,6})\s*(s|m|h|d)?")
_UNITS: Final = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86_400}
_ENABLED: Final = {"": True, "1": True, "true": True, "yes": True, "on": True, "是": True,
                   "0": False, "false": False, "no": False, "off": False, "否": False}  # fmt: skip


def read_rows(text: str, file: str) -> Iterable[tuple[str, ChannelTable]]:
    """The rows of a CSV file with a header of :data:`COLUMNS` (any order, ``url`` needed): place and channel.

    ``tags`` are written ``province=浙江;city=330100``, ``every`` as in a profile, ``enabled`` as 1 or 0.

    Raises:
        ProfileError: with the line as its key.
    """
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff")), strict=True)
    try:
        header = [name.strip().lower() for name in next(reader, [])]
        _check_header(header, file)
        for row in reader:
            if not any(cell.strip() for cell in row):
                continue
            place = f"line {reader.line_num}"
            if len(row) != len(header):
                raise ProfileError(file, place, f"{len(row)} cells, but the header has {len(header)}")
            yield place, _channel(dict(zip(header, map(str.strip, row), strict=True)), file, place)
    except csv.Error as error:
        raise ProfileError(file, f"line {reader.line_num}", f"bad CSV: {error}") from error


def read_every(value: int | str) -> int:
    """A revisit interval in seconds: a number, or ``30s``, ``10m``, ``2h``, ``1d``.

    Raises:
        ValueError: it is none of these, or not positive.
    """
    match = _EVERY.fullmatch(str(value).strip())
    seconds = int(match[1]) * _UNITS[match[2] or ""] if match else 0
    if seconds <= 0:
        raise ValueError(f"{value!r} is no interval; expected seconds, or a text like 30s, 10m, 2h, 1d")
    return seconds


def default_id(url: str) -> str:
    """The id of a channel that names none: the last part of its path, else of its host."""
    host, _, path = url.partition("://")[2].partition("/")
    parts = [part for part in path.partition("?")[0].split("/") if part]
    if parts and not path.partition("?")[0].endswith("/"):
        return parts[-1].rpartition(".")[0] or parts[-1]
    return parts[-1] if parts else host.partition(".")[0]


def _check_header(header: list[str], file: str) -> None:
    if "url" not in header:
        raise ProfileError(file, "line 1", f"the header has no column url; columns: {', '.join(COLUMNS)}")
    for name in header:
        if name not in COLUMNS:
            near = get_close_matches(name, COLUMNS, n=1)
            hint = f"did you mean {near[0]}?" if near else f"columns: {', '.join(COLUMNS)}"
            raise ProfileError(file, "line 1", f"unknown column {name!r}; {hint}")
        if header.count(name) > 1:
            raise ProfileError(file, "line 1", f"the column {name} twice")


def _channel(cells: dict[str, str], file: str, place: str) -> ChannelTable:
    enabled = cells.get("enabled", "").lower()
    if enabled not in _ENABLED:
        raise ProfileError(file, place, f"enabled: {enabled!r} is neither 1 nor 0")
    tags: dict[str, str] = {}
    for tag in filter(None, map(str.strip, cells.get("tags", "").split(";"))):
        key, equals, value = tag.partition("=")
        if not equals or not key.strip():
            raise ProfileError(file, place, f"tags: {tag!r}; expected key=value;key=value")
        tags[key.strip()] = value.strip()
    check_tags(tags, f"{place}.tags", file)
    return ChannelTable(
        url=cells["url"],
        id=cells.get("id") or None,
        name=cells.get("name", ""),
        tags=tags,
        every=cells.get("every") or None,
        enabled=_ENABLED[enabled],
    )
