"""What BSON can hold: documents that the server will take, times cut to the millisecond."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Any, Final

import bson
from bson.errors import BSONError
from bson.raw_bson import RawBSONDocument

from crawler.errors import GiveUp

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["milliseconds", "raw"]

LARGEST: Final = 16 * 1024 * 1024 - 256 * 1024
"""Bytes of a document: the server's 16 MiB less room for what lists will add to it."""


def raw(document: dict[str, Any]) -> RawBSONDocument:
    """Return the document in BSON, so that what cannot be stored is found before it is in anybody's batch.

    Raises GiveUp (``unstorable``): over 16 MB, a lone surrogate in a string, a NUL in a key, a number past 64
    bits.
    """
    try:
        encoded = bson.encode(document)
    except (BSONError, UnicodeError, OverflowError, TypeError, ValueError) as error:
        raise GiveUp("unstorable", str(error).replace("\n", " ")[:200]) from error
    if len(encoded) > LARGEST:
        raise GiveUp("unstorable", f"{len(encoded):,} bytes are more than MongoDB's 16 MB a document")
    return RawBSONDocument(encoded)


def milliseconds(moment: datetime) -> datetime:
    """Return the moment as BSON keeps it: UTC, cut to the millisecond. Two times are compared only after this."""
    utc = moment.astimezone(UTC)
    return utc.replace(microsecond=utc.microsecond // 1000 * 1000)
