"""Parquet, where pyarrow is installed: typed columns for dataframes."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from crawler.errors import UsageError

if TYPE_CHECKING:
    from typing import BinaryIO

__all__ = ["Parquet"]

Document = dict[str, Any]

ROWS: Final = 500
"""Rows that are held back and written as one group."""

STRINGS: Final = (
    *("_id", "url", "portal", "type", "title", "subtitle", "summary", "published_precision", "published"),
    *(
        "source",
        "source_url",
        "text",
        "text_raw",
        "html",
        "content_hash",
        "cluster_id",
        "status",
        "gone_reason",
    ),
)
LISTS: Final = ("breadcrumb", "channels", "keywords", "editors", "proofreaders", "cleaning", "pages")
TIMES: Final = (
    *("published_at", "revised_at", "gone_at", "first_seen_at", "last_seen_at", "fetched_at", "stored_at"),
)
BODY: Final = ("text", "text_raw", "html")


class Parquet:
    """Rows with the fields of the data model but ``extraction``. Raises UsageError without pyarrow."""

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
        pa = self._arrow
        string, moment = pa.string(), pa.timestamp("ms", tz="UTC")

        def records(**fields: Any) -> Any:
            return pa.list_(pa.struct(list(fields.items())))

        medium = records(url=string, caption=string, after=pa.int32())
        columns = {
            **{name: string for name in STRINGS if text or name not in BODY},
            **dict.fromkeys(LISTS, pa.list_(string)),
            **dict.fromkeys(TIMES, moment),
            "tags": pa.map_(string, string),
            "authors": records(name=string, role=string),
            "images": medium,
            "videos": medium,
            "related": records(title=string, url=string, date=string, list=string),
            "found_on": records(portal=string, channel=string, list=string, at=moment),
            "leader": pa.bool_(),
            "revision": pa.int32(),
            "comment_count": pa.int64(),
        }
        return pa.schema(list(columns.items()))
