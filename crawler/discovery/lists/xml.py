"""XML of strangers: bounded, without entities, document types or the network, and forgiving.

libxml2 in recovery mode reads what feeds really contain (bare ampersands, stray bytes, tags of another
case). Entities are never expanded and a document type is never loaded, so that neither a billion laughs nor
``file:`` does anything; compressed files are decompressed only up to a limit.
"""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING, Any, Final

from lxml import etree

from crawler.parsing import decode

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["MAX_BYTES", "MAX_ENTRIES", "elements", "from_root", "inflate", "local_name"]

MAX_BYTES: Final = 32_000_000
"""Of a sitemap or feed after decompression: 640 a page where it lists 50,000. The protocol allows 50 MB."""

MAX_ENTRIES: Final = 50_000
"""Entries of one file, the protocol's own limit; what is beyond is counted and left out."""

_CHUNK: Final = 65_536
_CDATA: Final = b"<![CDATA["
_BARE = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});)")
_ENCODING = re.compile(rb"""<\?xml[^>]{0,150}encoding\s*=\s*["']([A-Za-z0-9_-]{1,40})["']""", re.IGNORECASE)


def inflate(body: bytes) -> tuple[bytes, bool]:
    """Return the body, decompressed if it is gzip (also twice, as some servers send it), and whether it was cut."""
    cut = False
    for _ in range(2):
        if body[:2] != b"\x1f\x8b":
            break
        body, short = _gunzip(body)
        cut = cut or short
    return body[:MAX_BYTES], cut or len(body) > MAX_BYTES


def elements(body: bytes, names: frozenset[str]) -> Iterator[Any]:
    """Yield the elements of these local names (lower case), in order.

    Each is forgotten once the caller asks for the next. Ends silently where the file is beyond repair.
    ``body`` is UTF-8, and begins with its root element (see :func:`from_root`).
    """
    parser = etree.XMLPullParser(
        events=("end",),
        recover=True,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    position, done = 0, False
    while not done:
        chunk = body[position : position + _CHUNK]
        position += _CHUNK
        try:
            if chunk:
                parser.feed(chunk)
            else:
                done = True
                parser.close()
        except etree.XMLSyntaxError:
            done = True
        for _, element in parser.read_events():
            if local_name(element) in names:
                yield element
                _forget(element)


def from_root(body: bytes, root: re.Pattern[bytes]) -> bytes:
    """Return an XML file as UTF-8 from its root element on: without declaration and document type.

    What the declaration or a byte-order mark says of the encoding is heeded; bytes that are wrong in it
    become U+FFFD. Empty if there is no such root in the first 100,000 bytes.
    """
    head = body[:200]
    declared = _ENCODING.search(head)
    name = declared[1].lower() if declared is not None else b"utf-8"
    if head[:2] in {b"\xfe\xff", b"\xff\xfe"} or name not in {b"utf-8", b"utf8", b"us-ascii", b"ascii"}:
        hint = f"text/xml; charset={name.decode('ascii')}" if declared is not None else None
        body = decode(body, hint)[0].encode("utf-8", "replace")
    elif not body.isascii():
        body = body.decode("utf-8", "replace").encode()
    found = root.search(body[:100_000])
    return _escaped(body[found.start() :]) if found is not None else b""


def _escaped(body: bytes) -> bytes:
    """Return the file with ``&amp;`` for every ampersand that begins no entity of XML's own.

    Feeds hold bare ampersands in URLs and HTML's entities in titles; libxml2 would drop what follows them.
    What stands in CDATA is left as it is.
    """
    if b"&" not in body:
        return body
    first, *rest = body.split(_CDATA)
    out = [_BARE.sub(b"&amp;", first)]
    for piece in rest:
        inside, end, behind = piece.partition(b"]]>")
        out += (_CDATA, inside, end, _BARE.sub(b"&amp;", behind))
    return b"".join(out)


def local_name(element: Any) -> str:
    """Return an element's name in lower case, without namespace or prefix; empty for comments and the like."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    return tag.rpartition("}")[2].rpartition(":")[2].lower()


def _forget(element: Any) -> None:
    """Free what was read: the element's content, and the siblings before it."""
    element.clear(keep_tail=False)
    parent = element.getparent()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]


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
