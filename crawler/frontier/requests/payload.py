"""The JSON of a queued request: its version, its parts, and what may be wrong with it. Without Scrapy."""

from __future__ import annotations

from typing import Any, Final

import msgspec

__all__ = ["META", "VERSION", "Meta", "Newer", "Payload", "Undecodable", "read_payload"]

VERSION: Final = 1


class Undecodable(Exception):
    """The payload is not a request of ours: it is set aside."""


class Newer(Exception):
    """The payload was written by a newer version of this program: it is left alone."""


class Meta(msgspec.Struct, omit_defaults=True):
    """What survives of ``Request.meta``. Values that Scrapy acts on have their types checked."""

    portal: str | None = None
    kind: str | None = None
    channel: str | None = None
    list_: str | None = msgspec.field(default=None, name="list")
    hint: dict[str, Any] | None = None
    page: int | None = None
    depth: int | None = None
    render: Any = None
    redirect_times: int | None = None
    redirect_urls: list[str] | None = None
    redirect_reasons: list[int | str] | None = None
    download_timeout: float | None = None
    vary: list[str] | None = None
    group: str | None = None


class Payload(msgspec.Struct, omit_defaults=True):
    """Everything but ``v`` and ``u`` is left out where it says nothing."""

    v: int
    u: str
    m: str = "GET"
    h: dict[str, list[str]] | None = None
    b: str | None = None
    p: int = 0
    f: bool = False
    meta: Meta = msgspec.field(default_factory=Meta)


class _Version(msgspec.Struct):
    v: int


META: Final = frozenset(Meta.__struct_encode_fields__)
"""The keys of ``meta`` that survive."""

_DECODER: Final = msgspec.json.Decoder(Payload)
_VERSIONS: Final = msgspec.json.Decoder(_Version)


def read_payload(payload: bytes) -> Payload:
    """Return the parts of a payload, of which types and nothing else have been checked.

    Raises:
        Newer: it has a higher version.
        Undecodable: it is no JSON of ours.
    """
    try:
        found = _DECODER.decode(payload)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        _refuse_version(payload)
        raise Undecodable(str(error)) from error
    if found.v != VERSION:
        _refuse_version(payload)
    return found


def _refuse_version(payload: bytes) -> None:
    """Raise where the version says that this program cannot know the rest."""
    try:
        version = _VERSIONS.decode(payload).v
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise Undecodable(str(error)) from error
    if version > VERSION:
        raise Newer(f"version {version}; this program writes {VERSION}")
    if version != VERSION:
        raise Undecodable(f"version {version} was never written")
