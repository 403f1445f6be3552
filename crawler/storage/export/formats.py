"""Documents of ``articles`` as lines of a file. Each format takes one document at a time and keeps none."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, Protocol

from crawler.items import Author, Image, Video
from crawler.storage.fields import FIELDS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import BinaryIO

__all__ = ["COLUMNS", "Csv", "Format", "JsonLines"]

Document = dict[str, Any]


class Format(Protocol):
    """Writes documents to a binary file."""

    def write(self, document: Document) -> None:
        """Add one document. Raises OSError where the file cannot take it."""

    def close(self) -> None:
        """Write what is held back; the file itself stays open."""


class JsonLines:
    """One JSON object a line, UTF-8; times as ISO 8601 in UTC."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def write(self, document: Document) -> None:
        """Add a line."""
        ordered = {name: document[name] for name in FIELDS if name in document}
        line = json.dumps({**ordered, **document}, ensure_ascii=False, default=_iso, separators=(",", ":"))
        # Valid in JSON, but line ends to many programs that read a file by lines.
        line = line.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("\u0085", "\\u0085")
        self._file.write(line.encode() + b"\n")

    def close(self) -> None:
        """Do nothing: nothing is held back."""


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _time(value: datetime | None) -> str:
    return "" if value is None else value.isoformat()


def _list(value: list[str] | None) -> str:
    return "; ".join(value or ())


def _urls(value: list[Document] | None) -> str:
    return " ".join(entry["url"] for entry in value or ())


def _people(value: list[Document] | None) -> str:
    return "; ".join(f"{entry['name']} ({entry['role']})" for entry in value or ())


def _pairs(value: dict[str, str] | None) -> str:
    return "; ".join(f"{key}={name}" for key, name in (value or {}).items())


_CELLS: Final[Mapping[Any, Callable[[Any], str]]] = {
    datetime: _time,
    dict[str, str]: _pairs,
    tuple[str, ...]: _list,
    tuple[Author, ...]: _people,
    tuple[Image, ...]: _urls,
    tuple[Video, ...]: _urls,
    **dict.fromkeys((str, int, bool), _text),
}


COLUMNS: Final = {
    field.name: cell
    for field in FIELDS.values()
    if field.is_column and (cell := _CELLS.get(field.kind)) is not None
}
"""The columns of a CSV file, and how a cell is written. What is nested deeper is in JSON lines only."""

FORMULAS: Final = ("=", "+", "-", "@", "\t", "\r")
BOM: Final = b"\xef\xbb\xbf"


class Csv:
    """Comma-separated, UTF-8, a header line; lists joined by ``"; "``, URLs by spaces.

    ``excel`` begins the file with a byte order mark, without which Excel takes UTF-8 for a local encoding,
    and puts an apostrophe before a cell that Excel would run as a formula: pages are written by others.
    """

    def __init__(self, file: BinaryIO, *, excel: bool = False, text: bool = True) -> None:
        self._file = file
        self._excel = excel
        self._columns = {name: cell for name, cell in COLUMNS.items() if text or not FIELDS[name].is_body}
        if excel:
            file.write(BOM)
        self._row(list(self._columns))

    def write(self, document: Document) -> None:
        """Add a row."""
        self._row([cell(document.get(name)) for name, cell in self._columns.items()])

    def close(self) -> None:
        """Do nothing: nothing is held back."""

    def _row(self, cells: list[str]) -> None:
        if self._excel:
            cells = [f"'{cell}" if cell.startswith(FORMULAS) else cell for cell in cells]
        line = io.StringIO(newline="")
        csv.writer(line).writerow(cells)
        self._file.write(line.getvalue().encode())


def _iso(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in an article")
