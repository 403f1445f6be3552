"""Replies of servers that mean no harm: cut, part of a page, or not quite HTTP. As data, like the hostile set."""

from __future__ import annotations

import asyncio
import gzip
import zlib

import brotli
from backports import zstd
from hostile_cases import PAGE, Case, head, redirect
from hostile_wire import Answer, Wire

NOISE = b"".join(b"<!-- %d -->" % (n * 7919 % 100_003) for n in range(2000))
LONG = PAGE.replace(b"<p>", NOISE + b"<p>", 1)
"""A page that no coding makes so short that a cut would lose nothing."""
HALF = LONG[: LONG.index("据介绍".encode())]


def packed(coding: str, data: bytes = LONG) -> bytes:
    if coding in {"gzip", "x-gzip"}:
        return gzip.compress(data)
    if coding == "deflate":
        return zlib.compress(data)
    if coding == "bare-deflate":
        packer = zlib.compressobj(wbits=-15)
        return packer.compress(data) + packer.flush()
    if coding == "br":
        return brotli.compress(data)
    if coding == "zstd":
        return zstd.compress(data, options={zstd.CompressionParameter.checksum_flag: 1})
    raise AssertionError(coding)


def header_of(coding: str) -> str:
    return coding.removeprefix("bare-")


def reply(*lines: bytes, data: bytes = b"", length: int | None = None, ends: str = "length") -> Answer:
    """A reply with these header lines, whose body ends by its ``length``, in ``chunks``, ``closed`` or ``reset``."""

    async def answer(wire: Wire) -> None:
        given = [b"HTTP/1.1 200 OK", *lines]
        if ends == "length":
            given.append(b"Content-Length: %d" % (len(data) if length is None else length))
        if ends == "chunks":
            given.append(b"Transfer-Encoding: chunked")
        await wire.raw(b"\r\n".join([*given, b"Connection: close", b"", b""]))
        if ends == "chunks":
            for start in range(0, len(data), 5000):
                piece = data[start : start + 5000]
                await wire.raw(b"%x\r\n%b\r\n" % (len(piece), piece))
            await wire.raw(b"0\r\n\r\n")
        else:
            await wire.raw(data)
        if ends == "reset":
            await asyncio.sleep(0.2)
            wire.reset()

    return answer


HTML = b"Content-Type: text/html; charset=utf-8"
CODINGS = ("gzip", "x-gzip", "deflate", "bare-deflate", "br", "zstd")


def cut_by(coding: str, ends: str, left: int) -> Case:
    """A compressed page without its end, of which the line itself has nothing to say."""
    data = packed(coding)
    lines = (HTML, b"Content-Encoding: " + header_of(coding).encode())
    return Case(
        f"{coding}-{ends}-{left}",
        reply(*lines, data=data[: len(data) * left // 100], ends=ends),
        "retry:truncated",
    )


def flipped(coding: str) -> Case:
    """One bit of the checksum is another."""
    data = bytearray(packed(coding))
    data[-6 if coding == "gzip" else -1] ^= 4
    lines = (HTML, b"Content-Encoding: " + coding.encode())
    return Case(f"{coding}-flipped", reply(*lines, data=bytes(data)), "retry:bad-encoding")


CUT: tuple[Case, ...] = (
    *(cut_by(coding, ends, left) for coding in CODINGS for ends in ("length", "chunks", "closed") for left in (10, 60)),
    *(flipped(coding) for coding in ("gzip", "deflate", "zstd")),
    Case("gzip-without-trailer", reply(HTML, b"Content-Encoding: gzip", data=packed("gzip", HALF)[:-8]), "retry:truncated"),
    Case("gzip-of-two-cut", reply(HTML, b"Content-Encoding: gzip", data=gzip.compress(LONG[:9000]) + gzip.compress(LONG[9000:])[:-99]), "retry:truncated"),
    Case("gzip-in-br-cut", reply(HTML, b"Content-Encoding: gzip, br", data=brotli.compress(packed("gzip")[:900])), "retry:truncated"),
    Case("length-too-long", reply(HTML, data=HALF, length=len(LONG)), "retry:truncated"),
    Case("gzip-and-length-too-long", reply(HTML, b"Content-Encoding: gzip", data=packed("gzip")[:700], length=9000), "retry:truncated"),
    Case("closed-by-reset", reply(HTML, data=HALF, ends="reset"), "retry:truncated"),
    Case("a-cut-map", reply(b"Content-Type: application/gzip", data=gzip.compress(NOISE)[:-30], ends="closed"), "retry:truncated", kind="sitemap"),
    # whole, whatever it looks like
    *(Case(f"{coding}-whole-{ends}", reply(HTML, b"Content-Encoding: " + header_of(coding).encode(), data=packed(coding), ends=ends), "done") for coding in CODINGS for ends in ("length", "chunks", "closed")),
    Case("gzip-and-padding", reply(HTML, b"Content-Encoding: gzip", data=packed("gzip") + b"\0" * 20), "done"),
    Case("gzip-and-newline", reply(HTML, b"Content-Encoding: gzip", data=packed("gzip") + b"\r\n"), "done"),
    Case("zstd-and-newline", reply(HTML, b"Content-Encoding: zstd", data=packed("zstd") + b"\n"), "done"),
    Case("gzip-of-two", reply(HTML, b"Content-Encoding: gzip", data=gzip.compress(LONG[:9000]) + gzip.compress(LONG[9000:])), "done"),
    Case("zstd-of-two", reply(HTML, b"Content-Encoding: zstd", data=zstd.compress(LONG[:9000]) + b"\x50\x2a\x4d\x18\x02\0\0\0ab" + zstd.compress(LONG[9000:])), "done"),
    Case("zstd-unchecked", reply(HTML, b"Content-Encoding: zstd", data=zstd.compress(LONG)), "done"),
    Case("gzip-in-br", reply(HTML, b"Content-Encoding: gzip, br", data=brotli.compress(packed("gzip"))), "done"),
    Case("identity", reply(HTML, b"Content-Encoding: identity", data=LONG), "done"),
    Case("coding-utf-8", reply(HTML, b"Content-Encoding: UTF-8", data=LONG), "done"),
    Case("gzip-utf-8", reply(HTML, b"Content-Encoding: gzip, utf-8", data=packed("gzip")), "done"),
    Case("closed-without-end", reply(HTML, data=HALF, ends="closed"), "done"),  # nobody can know
    Case("a-whole-map", reply(b"Content-Type: application/gzip", data=gzip.compress(NOISE)), "done", kind="sitemap"),
    Case("gzip-of-another-length", reply(HTML, b"Content-Encoding: gzip", data=packed("gzip"), length=len(LONG)), "done"),
    Case("br-of-another-length", reply(HTML, b"Content-Encoding: br", data=packed("br"), length=len(LONG)), "done"),
    Case("gzip-without-last-chunk", head(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%b\r\n" % (len(packed("gzip")), packed("gzip"))), "done"),
    Case("not-found-in-gzip", head(b"HTTP/1.1 404 Not Found\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\noops"), "give-up:http-404"),
    Case("gone-and-cut", head(b"HTTP/1.1 410 Gone\r\nContent-Length: 400\r\n\r\ngone"), "give-up:http-410"),
    # taken at the last attempt, which each of these is
    Case("a-byte-short", reply(HTML, data=LONG, length=len(LONG) + 1), "done"),
    Case("gzip-whole-but-for-its-trailer", reply(HTML, b"Content-Encoding: gzip", data=packed("gzip")[:-8]), "done"),
    Case("short-behind-its-end", reply(HTML, data=LONG + b"\n<!-- 0.2 s --><script>a('</html>')</script>\n", length=99_999), "done"),
    Case("short-inside-a-script", reply(HTML, data=LONG[:-20] + b"<script>w('</body></html>", length=99_999), "retry:truncated"),
    Case("short-without-a-beginning", reply(HTML, data=LONG[9000:], length=99_999), "retry:truncated"),
)  # fmt: skip


def part(lines: bytes, data: bytes) -> Answer:
    return head(
        b"HTTP/1.1 206 Partial Content\r\nContent-Length: %d\r\n%b\r\n\r\n" % (len(data), lines) + data
    )


PARTS: tuple[Case, ...] = (
    Case("206-first-half", part(b"Content-Range: bytes 0-%d/%d" % (len(HALF) - 1, len(LONG)), HALF), "retry:truncated"),
    Case("206-second-half", part(b"Content-Range: bytes 9000-%d/%d" % (len(LONG) - 1, len(LONG)), LONG[9000:]), "retry:truncated"),
    Case("206-of-unknown-length", part(b"Content-Range: bytes 0-%d/*" % (len(HALF) - 1), HALF), "retry:truncated"),
    Case("206-without-range", part(b"X: y", HALF), "retry:truncated"),
    Case("206-in-gzip", part(b"Content-Encoding: gzip\r\nContent-Range: bytes 50-849/9999", packed("gzip")[50:850]), "retry:truncated"),
    Case("206-of-several", part(b"Content-Type: multipart/byteranges; boundary=x", b"--x\r\n\r\n" + HALF + b"\r\n--x--"), "retry:truncated"),
    Case("206-of-everything", part(b"Content-Range: bytes 0-%d/%d" % (len(LONG) - 1, len(LONG)), LONG), "done"),
    Case("206-that-shows-its-end", part(b"X: y", LONG), "done"),  # at the last attempt
    Case("201-with-a-page", head(b"HTTP/1.1 201 Created\r\nContent-Length: %d\r\n\r\n" % len(LONG) + LONG), "done"),
)  # fmt: skip


def odd(
    name: str, *lines: bytes, data: bytes = PAGE, status: bytes = b"HTTP/1.1 200 OK", expect: str = "done"
) -> Case:
    return Case(name, head(b"\r\n".join([status, *lines, b"", b""]) + data), expect)


SIZE = b"Content-Length: %d" % len(PAGE)
CHUNKED = b"%x\r\n%b\r\n0\r\n\r\n" % (len(PAGE), PAGE)
ODD: tuple[Case, ...] = (
    odd("te-identity", b"Transfer-Encoding: identity", SIZE),
    odd("te-identity-closed", b"Transfer-Encoding: identity"),
    odd("te-empty", b"Transfer-Encoding:", SIZE),
    odd("te-binary", b"Transfer-Encoding: binary", SIZE),
    odd("te-twice", b"Transfer-Encoding: chunked", b"Transfer-Encoding: chunked", data=CHUNKED),
    odd("te-list", b"Transfer-Encoding: identity, Chunked", data=CHUNKED),
    odd("te-and-length", b"Content-Length: 3", b"transfer-encoding: chunked", data=CHUNKED),
    odd("te-gzip-chunked", b"Transfer-Encoding: gzip, chunked", data=b"%x\r\n%b\r\n0\r\n\r\n" % (len(packed("gzip")), packed("gzip"))),
    odd("te-gzip-closed", b"Transfer-Encoding: gzip", data=packed("gzip")),
    odd("te-gzip-cut", b"Transfer-Encoding: gzip", data=packed("gzip")[:900], expect="retry:truncated"),
    odd("space-before-colon", b"Content-Type : text/html", b"Content-Length : %d" % len(PAGE)),
    odd("tab-before-colon", b"Content-Type\t: text/html", b"Content-Length \t: %d" % len(PAGE)),
    odd("space-before-colon-of-gzip", b"Content-Encoding : gzip", b"Content-Length: %d" % len(packed("gzip")), data=packed("gzip")),
    odd("space-before-colon-cut", b"Content-Length : 99999", data=HALF, expect="retry:truncated"),
    odd("name-in-utf-8", "作者: 样报".encode(), SIZE),
    odd("name-in-gbk", "作者: 样报".encode("gbk"), SIZE),
    odd("name-with-spaces", b"Powered by: x", SIZE),
    odd("no-name", b": x", SIZE),
    odd("value-in-utf-8", "X-Title: 福州新闻".encode(), SIZE),
    odd("value-in-gbk", "X-Title: 福州新闻".encode("gbk"), SIZE),
    odd("type-in-utf-8", "Content-Type: text/html; charset=utf-8; 标题=福州".encode(), SIZE),
    odd("type-of-nonsense", "Content-Type: 网页".encode(), SIZE),
    odd("disposition-in-utf-8", 'Content-Disposition: inline; filename="新闻.html"'.encode(), SIZE),
    odd("disposition-in-gbk", "Content-Disposition: attachment; filename=新闻.html".encode("gbk"), SIZE),
    odd("server-in-utf-8", "Server: 样报服务器".encode(), "Set-Cookie: 用户=甲; Path=/".encode(), SIZE),
    odd("etag-in-utf-8", 'ETag: "福州"'.encode(), "Last-Modified: 昨天".encode(), SIZE),
    odd("retry-in-utf-8", "Retry-After: 明天".encode(), b"Content-Length: 0", data=b"", status=b"HTTP/1.1 503 Busy", expect="retry:http-503"),
    odd("coding-in-utf-8", "Content-Encoding: 无".encode(), SIZE),
    odd("a-line-of-17-kb", b"X-Policy: " + b"a" * 17_000, SIZE),
    odd("a-line-of-200-kb", b"X-Policy: " + b"a" * 200_000, SIZE),
    odd("a-line-of-300-kb", b"X-Policy: " + b"a" * 300_000, SIZE, expect="give-up:headers-too-large"),
    odd("many-lines", *(b"X-%d: %b" % (n, b"a" * 900) for n in range(200)), SIZE),
    odd("phrase-in-utf-8", SIZE, status="HTTP/1.1 200 成功".encode()),
    odd("no-phrase", SIZE, status=b"HTTP/1.1 200"),
    odd("two-spaces", SIZE, status=b"HTTP/1.1  200  OK"),
    odd("blank-lines-first", SIZE, status=b"\r\n\r\nHTTP/1.1 200 OK"),
    odd("http-1.0", SIZE, status=b"HTTP/1.0 200 OK"),
    odd("an-empty-length", b"Content-Length:"),
    odd("the-same-length-twice", SIZE, SIZE),
    odd("a-continuation-of-nothing", b" X: y", SIZE),
    odd("a-folded-line", b"X-A: a", b"\tb", SIZE),
    odd("no-colon", b"nonsense", SIZE),
    Case("bare-newlines", head(b"HTTP/1.1 200 OK\nContent-Type: text/html\n" + SIZE + b"\n\n" + PAGE), "done"),
    Case("early-hints", head(b"HTTP/1.1 103 Early Hints\r\nLink : </a>\r\n\r\nHTTP/1.1 200 OK\r\n" + SIZE + b"\r\n\r\n" + PAGE), "done"),
    # what stays an error: two programs would see two bodies
    odd("lengths-that-disagree", b"Content-Length : 9", b"Content-Length: 5", expect="retry:connection"),
    odd("a-length-of-letters", b"Content-Length: many", expect="retry:connection"),
    odd("no-status", SIZE, status=b"HTTP/1.1 OK", expect="retry:connection"),
)  # fmt: skip

TO: dict[str, str] = {
    "backslashes": r"\2026-01\x.htm",
    "one-slash": "http:/HOST/2026-01/x.htm",
    "three-slashes": "http:///HOST/2026-01/x.htm",
    "no-slash-relative": "../x.htm",
    "userinfo": "http://me:secret@HOST/2026-01/x.htm",
    "two-backslashes": r"\\HOST\2026-01\x.htm",
    "scheme-in-capitals": "HTTP://HOST/2026-01/x.htm",
    "host-in-capitals-with-dot": "http://HOST./2026-01/x.htm",
    "default-port": "http://HOST:80/2026-01/x.htm",
    "dots": "/2026-01/10/.././x.htm",
    "spaces-around": " /2026-01/x.htm \t",
    "fragment": "/2026-01/x.htm#top",
}
SPELT: tuple[Case, ...] = tuple(Case(name, redirect(to), "done") for name, to in TO.items())
