"""Request <-> JSON, with a version and nothing that could run.

Kept are the URL, method, headers, body (base64), priority, and those keys of ``meta`` that
:class:`~crawler.frontier.requests.payload.Meta` names. Callbacks are not stored: the spider's ``parse`` and ``failed``
serve every request, and ``parse`` finds its work by ``meta["kind"]``. Whatever Redis holds, decoding ends in a
request, in ``Undecodable`` or in ``Newer``.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from typing import TYPE_CHECKING, Any, Final

import msgspec
from scrapy import Request

from crawler.frontier.requests.payload import META, VERSION, Meta, Undecodable, read_payload

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["PORTAL_HEADERS", "decode", "encode"]

PORTAL_HEADERS: Final = "portal_headers"
"""The key of ``meta`` that names the headers of a profile: they may be secrets, and each fetch adds them anew."""

_DROPPED_HEADERS: Final = frozenset({
    b"Accept-Encoding", b"Authorization", b"Content-Length", b"Cookie", b"Host", b"Proxy-Authorization",
    b"User-Agent",
})  # fmt: skip
_MAX_URL: Final = 8192
_BREAKS: Final = re.compile(rb"[\r\n\x00]")
_ENCODER: Final = msgspec.json.Encoder()
_METHOD: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def encode(request: Request) -> bytes:
    """Write a request as JSON. Keys of ``meta`` that are not in ``META`` stay behind.

    Raises:
        TypeError, ValueError: a value of ``meta`` is not JSON, or the URL is longer than 8,192 characters.
    """
    if len(request.url) > _MAX_URL:
        raise ValueError("the URL is too long")
    stored: dict[str, Any] = {"v": VERSION, "u": request.url}
    if request.method != "GET":
        stored["m"] = request.method
    added = {name.encode("latin-1").title() for name in request.meta.get(PORTAL_HEADERS) or ()}
    headers = {
        name.decode("latin-1"): [value.decode("latin-1") for value in values]
        for name, values in request.headers.items()
        if name not in _DROPPED_HEADERS and name not in added and values
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
    """Return the request of a payload, whatever the payload is.

    Raises:
        Newer: it has a higher version.
        Undecodable: it is anything else that :func:`encode` did not write.
    """
    stored = read_payload(payload)
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
            headers=_headers(stored.h) if stored.h else None,
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


def _as_dict(meta: Meta) -> dict[str, Any]:
    fields = zip(Meta.__struct_encode_fields__, msgspec.structs.astuple(meta), strict=True)
    return {name: value for name, value in fields if value is not None}
