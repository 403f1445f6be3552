"""The fields of a document of ``articles``: those of an Article, and those that the store adds to it."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from crawler.items import NO_CELL, SMALL, Article

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["BODY", "FIELDS", "MERGED", "Field", "fields_of"]


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its name, its type and its metadata, which :mod:`crawler.items` explains.

    ``kind`` is the type without None, and ``str`` for a choice of words.
    """

    name: str
    kind: Any
    about: Mapping[str, Any]

    @property
    def is_body(self) -> bool:
        """Whether it is the text in one of its forms."""
        return bool(self.about.get("body", False))

    @property
    def is_small(self) -> bool:
        """Whether it is an integer of 32 bits."""
        return self.about.get("bits") == SMALL["bits"]

    @property
    def record(self) -> Any:
        """The dataclass of which it holds any number; None where it does not."""
        kind, *_ = get_args(self.kind) or (None,)
        return kind if is_dataclass(kind) else None

    @property
    def is_column(self) -> bool:
        """Whether it is to be a column of CSV, if its values can be."""
        return bool(self.about.get("cell", True))


_ADDED: Final = {
    None: (Field("_id", str, {}),),
    "content_hash": (Field("cluster_id", str, {}), Field("leader", bool, {})),
    "found_on": (
        Field("revision", int, SMALL),
        Field("revised_at", datetime, NO_CELL),
        Field("status", str, {}),
        Field("gone_at", datetime, NO_CELL),
        Field("gone_reason", str, NO_CELL),
        Field("first_seen_at", datetime, {}),
        Field("last_seen_at", datetime, {}),
    ),
    "fetched_at": (Field("stored_at", datetime, {}),),
}
"""What the store adds, by the article's field behind which it stands in an export."""


def fields_of(cls: Any) -> Iterator[Field]:
    """Yield the fields of a dataclass of :mod:`crawler.items`."""
    types = get_type_hints(cls)
    for entry in fields(cls):
        yield Field(entry.name, _kind(types[entry.name]), entry.metadata)


def _kind(annotation: Any) -> Any:
    if isinstance(annotation, UnionType) or get_origin(annotation) is Union:
        (annotation,) = (kind for kind in get_args(annotation) if kind is not NoneType)
    return str if get_origin(annotation) is Literal else annotation


def _in_order() -> Iterator[Field]:
    yield from _ADDED[None]
    for entry in fields_of(Article):
        yield entry
        yield from _ADDED.get(entry.name, ())


FIELDS: Final = {entry.name: entry for entry in _in_order()}
"""All of them by name, in the order of the columns."""

BODY: Final = tuple(name for name, entry in FIELDS.items() if entry.is_body)
"""What an export without texts leaves out."""

MERGED: Final = tuple(name for name, entry in FIELDS.items() if entry.about.get("merged", False))
"""What the store merges with what is there; all else a newer fetch replaces as a whole."""
