"""The two addresses that everything else needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

__all__ = ["Addresses", "Announce", "public"]

Announce = Callable[[str], None]
"""Takes one line for a person."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """``redis://HOST:PORT/0``, and a MongoDB URI that names its replica set."""

    redis_url: str
    mongo_uri: str


def public(url: str) -> str:
    """Return the address as it may be shown: no user, password, path or options (``redis://HOST:PORT``)."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}" if parts.netloc else "(no address)"
