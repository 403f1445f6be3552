"""Request <-> JSON, with a version and nothing that could run.

Kept are the URL, method, headers, body (base64), priority, and those keys of ``meta`` that :class:`Meta`
names. Callbacks are not stored: the spider's ``parse`` and ``failed`` serve every request, and ``parse``
finds its work by ``meta["kind"]``. Whatever Redis holds, decoding ends in a request, in :class:`Undecodable`
or in :class:`Newer`.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from typing import TYPE_CHECKING, Any, Final

import msgspec
from scrapy import Request

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["META", "VERSION", "Newer", "Undecodable", "decode", "encode", "peek"]

VERSION: Final = 1

_DROPPED_HEADERS: Final = frozenset({
    b"Accept-Encoding", b"Authorization", b"Content-Length", b"Cookie", b"Host", b"Proxy-Authorization",
    b"User-Agent",
})  # fmt: skip
_MAX_URL: Final = 8192
_BREAKS: Final = re.compile(rb"[\r\n\x00]")


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
    tags: dict[str, str] | None = None
    render: Any = None
    redirect_times: int | None = None
    redirect_urls: list[str] | None = None
    redirect_reasons: list[int | str] | None = None
    download_timeout: float | None = None
    run: Any = None
    vary: list[str] | None = None


class Stored(msgspec.Struct, omit_defaults=True):
    """The payload. Everything but ``v`` and ``u`` is left out where it says nothing."""

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

_ENCODER: Final = msgspec.json.Encoder()
_DECODER: Final = msgspec.json.Decoder(Stored)
_VERSIONS: Final = msgspec.json.Decoder(_Version)
_METHOD: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def encode(request: Request) -> bytes:
    """A request as JSON. Meta keys that are not in :data:`META` stay behind.

    Raises:
        TypeError, ValueError: a value of ``meta`` is not JSON, or the URL is longer than 8,192 characters.
    """
    if len(request.url) > _MAX_URL:
        raise ValueError("the URL is too long")
    stored: dict[str, Any] = {"v": VERSION, "u": request.url}
    if request.method != "GET":
        stored["m"] = request.method
    headers = {
        name.decode("latin-1"): [value.decode("latin-1") for value in values]
        for name, values in request.headers.items()
        if name not in _DROPPED_HEADERS and values
    }
    if headers:
        stored["h"] = headers
    if request.body:
        stored["b"] = b64encode(request.body).decode("ascii")
    if request.priority:
        stored["p"] = request.priority
    if request.dont_filter:
        stored["f"] = True
    meta = {key: value for key, value in request.meta.items() if key in META and value is not None}
    if meta:
        stored["meta"] = meta
    return _ENCODER.encode(stored)


def decode(
    payload: bytes,
    *,
    callback: Callable[..., Any] | None = None,
    errback: Callable[..., Any] | None = None,
) -> Request:
    """The request of a payload, whatever the payload is.

    Raises:
        Newer: it has a higher version.
        Undecodable: it is anything else that :func:`encode` did not write.
    """
    stored = peek(payload)
    try:
        if not stored.u.startswith(("http://", "https://")) or len(stored.u) > _MAX_URL:
            raise Undecodable("the URL is not one of ours")  # noqa: TRY301
        if not stored.m or not set(stored.m) <= _METHOD:
            raise Undecodable("the method is not one of HTTP")  # noqa: TRY301
        return Request(
            stored.u,
            callback=callback,
            errback=errback,
            method=stored.m,
            headers=_headers(stored.h or {}),
            body=b64decode(stored.b, validate=True) if stored.b else b"",
            priority=stored.p,
            dont_filter=stored.f,
            meta=_as_dict(stored.meta),
        )
    except Undecodable:
        raise
    except Exception as error:
        raise Undecodable(f"{type(error).__name__}: {error}") from error


def _headers(stored: dict[str, list[str]]) -> dict[bytes, list[bytes]]:
    headers = {
        name.encode("latin-1"): [value.encode("latin-1") for value in values]
        for name, values in stored.items()
    }
    if any(_BREAKS.search(part) for name, values in headers.items() for part in (name, *values)):
        raise Undecodable("a header has a line break")
    return headers


def peek(payload: bytes) -> Stored:
    """The parts of a payload, of which types and nothing else have been checked. Raises as :func:`decode`."""
    try:
        return _DECODER.decode(payload) if _version(payload) == VERSION else _refuse(payload)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise Undecodable(str(error)) from error


def _version(payload: bytes) -> int:
    return _VERSIONS.decode(payload).v


def _refuse(payload: bytes) -> Stored:
    version = _version(payload)
    if version > VERSION:
        raise Newer(f"version {version}; this program writes {VERSION}")
    raise Undecodable(f"version {version} was never written")


def _as_dict(meta: Meta) -> dict[str, Any]:
    fields = zip(Meta.__struct_encode_fields__, msgspec.structs.astuple(meta), strict=True)
    return {name: value for name, value in fields if value is not None}
