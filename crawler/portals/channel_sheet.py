"""A spreadsheet of channels (CSV) beside a profile."""

from __future__ import annotations

import csv
import io
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from crawler.errors import ProfileError
from crawler.portals.reading import check_tags
from crawler.portals.schema import ChannelTable

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["COLUMNS", "read_rows"]

COLUMNS: Final = ("id", "url", "name", "tags", "every", "enabled")

_ENABLED: Final = {"": True, "1": True, "true": True, "yes": True, "on": True, "是": True,
                   "0": False, "false": False, "no": False, "off": False, "否": False}  # fmt: skip


def read_rows(text: str, file: str) -> Iterable[tuple[str, ChannelTable]]:
    """Yield the rows of a CSV file with a header of :data:`COLUMNS` (any order, ``url`` needed): place, channel.

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
