"""Parquet, where pyarrow is installed: typed columns for dataframes."""

from __future__ import annotations

from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from crawler.errors import UsageError
from crawler.storage.fields import FIELDS, Field, fields_of

if TYPE_CHECKING:
    from typing import BinaryIO

__all__ = ["Parquet"]

Document = dict[str, Any]

ROWS: Final = 500
"""Rows that are held back and written as one group."""


class Parquet:
    """Rows with the fields that a column can hold: all but ``extraction``. Raises UsageError without pyarrow."""

    def __init__(self, file: BinaryIO, *, text: bool = True) -> None:
        try:
            self._arrow = import_module("pyarrow")
            parquet = import_module("pyarrow.parquet")
        except ImportError as error:
            raise UsageError(
                "parquet needs pyarrow: pip install pyarrow, or export to .jsonl or .csv"
            ) from error
        self._rows: list[Document] = []
        self._schema = self._build_schema(text=text)
        self._writer = parquet.ParquetWriter(file, self._schema, compression="zstd")

    def write(self, document: Document) -> None:
        """Add a row."""
        row = {name: document.get(name) for name in self._schema.names}
        row["tags"] = list((document.get("tags") or {}).items())
        self._rows.append(row)
        if len(self._rows) >= ROWS:
            self._flush()

    def close(self) -> None:
        """Write the last rows and the footer."""
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        if self._rows:
            self._writer.write_table(self._arrow.Table.from_pylist(self._rows, schema=self._schema))
            self._rows = []

    def _build_schema(self, *, text: bool) -> Any:
        columns = {
            name: column
            for name, field in FIELDS.items()
            if (text or not field.is_body) and (column := self._type(field)) is not None
        }
        return self._arrow.schema(list(columns.items()))

    def _type(self, field: Field) -> Any:
        """Return Arrow's type for the values of a field; None where there is no column for them."""
        pa = self._arrow
        types = {
            str: pa.string(),
            bool: pa.bool_(),
            int: pa.int32() if field.is_small else pa.int64(),
            datetime: pa.timestamp("ms", tz="UTC"),
            dict[str, str]: pa.map_(pa.string(), pa.string()),
            tuple[str, ...]: pa.list_(pa.string()),
        }
        if field.record is None:
            return types.get(field.kind)
        return pa.list_(pa.struct([(entry.name, self._type(entry)) for entry in fields_of(field.record)]))
