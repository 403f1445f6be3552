"""The two addresses that everything else needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["Addresses", "Announce"]

Announce = Callable[[str], None]
"""Takes one line for a person."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """``redis://HOST:PORT/0``, and a MongoDB URI that names its replica set."""

    redis_url: str
    mongo_uri: str
