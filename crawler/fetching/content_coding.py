"""Content codings: a compressed body unpacked, within a bound, and whether all of it came.

Scrapy's own decompression hands over what there is of a stream that was cut, and overlooks its checksum: half an
article would be stored as one. Formats with a checksum (gzip, zlib, zstd where the sender added it) are held to it.
"""

from __future__ import annotations

import sys
import zlib
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

import brotli

from crawler.errors import GiveUp

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["ACCEPTED", "CorruptBodyError", "Unpacked", "coding_names", "unpack"]

ACCEPTED: Final = ("gzip", "deflate", "br", "zstd")
"""What this crawler asks for, as ``Accept-Encoding`` has it."""

_NO_CODING: Final = frozenset({"", "identity", "none", "utf-8", "utf8", "binary", "7bit", "8bit", "chunked"})
_PIECE: Final = 16_384  # bytes fed at a time: what stands behind a member is copied, once for each of them
_GZIP: Final = b"\x1f\x8b"
_ZSTD: Final = b"\x28\xb5\x2f\xfd"
_ZSTD_SKIPPED: Final = b"\x2a\x4d\x18"  # behind one byte from 50 to 5f
_ZSTD_OPTIONS: Final[dict[int, int]] = {zstd.DecompressionParameter.window_log_max: 23}  # 8 MB: RFC 9659


class CorruptBodyError(Exception):
    """A body is no valid stream of the coding that its headers name, or its checksum is wrong."""


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A body without its codings; ``is_whole`` is False where the stream ended before its end.

    ``left`` are the codings that were not undone, since nobody here knows one of them.
    """

    body: bytes
    is_whole: bool
    left: tuple[str, ...] = ()


class _Decoder(Protocol):
    """What the decompressors of zlib and zstd have in common."""

    @property
    def eof(self) -> bool:
        """Whether the stream came to its end."""
        ...

    @property
    def unused_data(self) -> bytes:
        """What was fed behind the end."""
        ...

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        """Return what comes out, of at most so many bytes."""
        ...


def coding_names(*headers: str) -> tuple[str, ...]:
    """Return the codings of ``Content-Encoding`` headers in the order they were applied, without those that are none.

    ``identity`` is none, nor are ``utf-8`` and ``none``, which servers write there by mistake.
    """
    names = (name.strip().lower() for header in headers for name in header.split(","))
    return tuple(name for name in names if name not in _NO_CODING)


def unpack(body: bytes, codings: tuple[str, ...], *, most: int) -> Unpacked:
    """Undo codings, the last one first.

    What stands behind the end of a stream (padding, a newline) is dropped, unless it is one more member of it.

    Args:
        body: as it came; an empty one is empty in every coding.
        codings: as of :func:`coding_names`.
        most: bytes that may come out of each of them; 0 for no bound.

    Raises:
        CorruptBodyError: see there.
        GiveUp: ``too-large``: more than ``most`` comes out.
    """
    is_whole = True
    left = list(codings)
    while left and body:
        decode = _CODINGS.get(left[-1])
        if decode is None:
            break
        try:
            body, complete = decode(body, most or _UNBOUNDED)
        except (zlib.error, zstd.ZstdError, brotli.error, EOFError) as error:
            raise CorruptBodyError(f"{left[-1]}: {error}") from error
        is_whole = is_whole and complete
        left.pop()
    return Unpacked(body, is_whole, tuple(left) if body else ())


def _members(
    data: bytes, decoder_of: Callable[[], _Decoder], begins: Callable[[bytes], bool], most: int
) -> tuple[bytes, bool]:
    """Return what one stream after the other holds, and whether the last of them came to its end."""
    out = bytearray()
    decoder, position = decoder_of(), 0
    while position < len(data):
        piece = data[position : position + _PIECE]
        out += decoder.decompress(piece, most - len(out) + 1)
        if len(out) > most:
            raise GiveUp("too-large", f"more than {most} bytes when decompressed")
        position += len(piece)
        if decoder.eof:
            position -= len(decoder.unused_data)
            rest = data[position : position + 4]
            if not rest or not begins(rest):
                return bytes(out), True
            decoder = decoder_of()
    return bytes(out), False


def _gzip(data: bytes, most: int) -> tuple[bytes, bool]:
    return _members(data, lambda: zlib.decompressobj(31), lambda rest: rest[:2] in {_GZIP, _GZIP[:1]}, most)


def _deflate(data: bytes, most: int) -> tuple[bytes, bool]:
    """Undo deflate: zlib's format as the standard has it, or the bare stream that some servers send."""
    if data[0] & 15 != zlib.DEFLATED or int.from_bytes(data[:2]) % 31:
        return _bare(data, most)
    try:
        return _members(data, zlib.decompressobj, lambda _: False, most)
    except zlib.error:
        with suppress(zlib.error):
            body, is_whole = _bare(data, most)
            if is_whole:
                return body, True
        raise


def _bare(data: bytes, most: int) -> tuple[bytes, bool]:
    return _members(data, lambda: zlib.decompressobj(-zlib.MAX_WBITS), lambda _: False, most)


def _brotli(data: bytes, most: int) -> tuple[bytes, bool]:
    decoder = brotli.Decompressor()
    out = bytearray()
    piece = data
    while True:
        found = decoder.process(piece, output_buffer_limit=min(most - len(out) + 1, 65_536))
        out += found
        if len(out) > most:
            raise GiveUp("too-large", f"more than {most} bytes when decompressed")
        if decoder.is_finished() or not found:
            return bytes(out), bool(decoder.is_finished())
        piece = b""


def _zstd(data: bytes, most: int) -> tuple[bytes, bool]:
    def begins(rest: bytes) -> bool:
        return _ZSTD.startswith(rest) or (0x50 <= rest[0] <= 0x5F and _ZSTD_SKIPPED.startswith(rest[1:]))

    return _members(data, lambda: zstd.ZstdDecompressor(options=_ZSTD_OPTIONS), begins, most)


_UNBOUNDED: Final = 1 << 40
_CODINGS: Final = {
    "gzip": _gzip, "x-gzip": _gzip, "deflate": _deflate, "br": _brotli, "zstd": _zstd,
}  # fmt: skip
