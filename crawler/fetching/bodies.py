"""What the first bytes of a body say, whatever the headers claim."""

from __future__ import annotations

import json
import re
from typing import Final

__all__ = ["is_binary", "is_wall", "is_whole", "range_is_whole"]

_HEAD: Final = 2048
_MAX_CONTROLS: Final = 0.1
_WALL_LENGTH: Final = 65_536
_WALL_HEAD: Final = 512  # there is nothing before the script

_MAGIC: Final = (
    b"\x89PNG\r\n",
    b"\xff\xd8\xff",
    b"GIF87a",
    b"GIF89a",
    b"%PDF-",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ",
    b"\x28\xb5\x2f\xfd",
    b"Rar!\x1a",
    b"7z\xbc\xaf\x27\x1c",
    b"\x7fELF",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"OggS",
    b"ID3\x02",
    b"ID3\x03",
    b"ID3\x04",
    b"FLV\x01",
    b"wOFF",
    b"wOF2",
    b"\x00\x00\x01\x00",
    b"SQLite format 3\x00",
)
_CONTROLS: Final = bytes(set(range(32)) - set(b"\t\n\r\f\x1b"))  # ESC opens the shifts of ISO-2022 and HZ
_TAIL: Final = 4096
_HTML: Final = re.compile(rb"<!doctype\s{1,9}html|<html[\s>]")
_END_OF_HTML: Final = re.compile(
    rb"</html\s*>(?=(?:\s|<!--(?:(?!-->).)*-->|<script\b(?:(?!</script).)*</script\s*>)*\Z)", re.DOTALL
)
_ROOT: Final = re.compile(rb"<([a-z_][\w:.-]{0,60})")
_XML_END: Final = re.compile(rb"\s*>\s*\Z")
_RANGE: Final = re.compile(rb"bytes\s{1,9}0-(\d{1,18})/(\d{1,18})")
_UNICODE_BOMS: Final = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_WALLS: Final = (b"__jsl_clearance", b"acw_sc__v2", b"/_guard/auto.js", b"_waf_bd8ce2ce37")


def is_binary(body: bytes) -> bool:
    """Say whether a body is a picture, a film, an archive or another thing that has no text to read.

    Judged by the signatures of common formats, and by control characters: more than a tenth of the first
    2,048 bytes. A few NUL bytes in a page do not count, nor does UTF-16 or UTF-32.
    """
    head = body[:_HEAD]
    if head.startswith(_MAGIC) or (head[4:8] == b"ftyp") or (head[:4] == b"RIFF" and head[8:12] in _RIFF):
        return True
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if controls <= len(head) * _MAX_CONTROLS:
        return False
    return not (head.startswith(_UNICODE_BOMS) or _is_utf16(head))


_RIFF: Final = (b"WEBP", b"WAVE", b"AVI ")


def is_wall(body: bytes) -> bool:
    """Say whether a small page is a firewall's script that wants a cookie computed, not the page asked for.

    The names are those of the common Chinese ones (Jiasule, Alibaba Cloud's WAF).
    """
    if len(body) > _WALL_LENGTH or b"<script" not in body[:_WALL_HEAD].lower():
        return False
    return any(mark in body for mark in _WALLS)


def is_whole(body: bytes) -> bool:
    """Say whether a text shows its own end, so that nothing of it is missing whatever a header has counted.

    A page begins as HTML and has its ``</html>`` behind everything but comments and whole scripts; an XML file
    closes the element that it opened first; a JSON answer can be read.
    """
    text = body.replace(b"\x00", b"").lower()  # a page in UTF-16 has a zero beside each letter
    if _HTML.search(text, 0, _HEAD) is not None:
        ends = _END_OF_HTML.finditer(text, max(0, len(text) - _TAIL))
        return any(
            text.rfind(b"<script", 0, end.start()) <= text.rfind(b"</script", 0, end.start()) for end in ends
        )
    root = _ROOT.search(text, 0, _HEAD)
    if root is not None:
        return _XML_END.sub(b"", text[-_TAIL:]).endswith(b"</" + root[1])
    try:
        return isinstance(json.loads(body), dict | list)
    except (ValueError, RecursionError):
        return False


def range_is_whole(content_range: bytes | None) -> bool:
    """Say whether the ``Content-Range`` of a 206 that nobody asked for covers all that there is."""
    found = _RANGE.fullmatch((content_range or b"").strip().lower())
    return found is not None and int(found[1]) + 1 == int(found[2])


def _is_utf16(head: bytes) -> bool:
    """Say whether it is ASCII markup in UTF-16 without a mark: one byte of two is NUL, always the same one."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    return (even > half * 0.3 and odd == 0) or (odd > half * 0.3 and even == 0)
