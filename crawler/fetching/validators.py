"""What a server gave us to ask later whether a page has changed (RFC 9110, 8.8 and 13.1)."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any, Final

__all__ = ["TTL_S", "Validators"]

TTL_S: Final = 6 * 3600.0
"""How long validators are used. A server that says 304 by mistake hides its news no longer than this."""

_LONGEST: Final = 256
_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Validators:
    """The ``ETag`` and the ``Last-Modified`` of a page, as they were sent; at least one is there.

    ``epoch`` is the frontier's when they were kept: what was cleared since makes them worthless.
    """

    etag: str | None
    modified: str | None
    epoch: int = 0

    @classmethod
    def of(cls, etag: str | None, modified: str | None, epoch: int = 0) -> Validators | None:
        """Return them from the headers of a response; None where neither can be sent back."""
        etag = etag.strip() if etag else None
        if etag is None or not etag.removeprefix("W/").startswith('"') or not _is_sound(etag):
            etag = None
        modified = modified.strip() if modified else None
        if modified is None or not modified.endswith("GMT") or not _is_sound(modified):
            modified = None
        return cls(etag, modified, epoch) if etag or modified else None

    def headers(self) -> dict[str, str]:
        """Return the conditions of a request."""
        given = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in given.items() if value is not None}

    def to_bytes(self) -> bytes:
        """Return them as JSON, in ASCII."""
        return json.dumps({"v": _VERSION, **asdict(self)}).encode()

    @classmethod
    def from_bytes(cls, data: bytes | None) -> Validators | None:
        """Return what :meth:`to_bytes` wrote; None for anything else."""
        try:
            value: Any = json.loads(data or b"null")
            if not isinstance(value, dict) or value.get("v") != _VERSION:
                return None
            return cls.of(value["etag"], value["modified"], int(value["epoch"]))
        except (ValueError, TypeError, KeyError, AttributeError):
            return None


def _is_sound(value: str) -> bool:
    return len(value) <= _LONGEST and value.isascii() and value.isprintable()
