"""An answer of the portal."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Reply"]


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer. ``etag`` is empty for what has no validators; ``location`` is set for redirects."""

    status: int
    body: bytes = b""
    content_type: str = "text/html"
    location: str = ""
    etag: str = ""
    last_modified: str = ""
