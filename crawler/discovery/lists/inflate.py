"""Files that are sent compressed, decompressed up to a limit."""

from __future__ import annotations

import zlib
from typing import Final

__all__ = ["MAX_BYTES", "inflate"]

MAX_BYTES: Final = 32_000_000
"""Of a sitemap or feed after decompression: 640 a page where it lists 50,000. The protocol allows 50 MB."""


def inflate(body: bytes) -> tuple[bytes, bool]:
    """Return the body, decompressed if it is gzip (also twice, as some servers send it), and whether it was cut."""
    cut = False
    for _ in range(2):
        if body[:2] != b"\x1f\x8b":
            break
        body, short = _gunzip(body)
        cut = cut or short
    return body[:MAX_BYTES], cut or len(body) > MAX_BYTES


def _gunzip(body: bytes) -> tuple[bytes, bool]:
    out = bytearray()
    data = body
    while data[:2] == b"\x1f\x8b":
        member = zlib.decompressobj(31)
        try:
            out += member.decompress(data, MAX_BYTES - len(out) + 1)
        except zlib.error:
            return bytes(out), True
        if len(out) > MAX_BYTES:
            return bytes(out[:MAX_BYTES]), True
        if not member.eof:
            return bytes(out), True
        data = member.unused_data
    return bytes(out), False
