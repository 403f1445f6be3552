"""The hostile set, as data: what the server does, and the word under which the crawler must report it.

Every case has a host of its own, named like it, so that what one does to its host is not done to another.

``expect`` is ``done`` where the wire has nothing to complain of (what such a page contains is the parser's business,
and it must survive it), else ``retry:REASON`` or ``give-up:REASON``.
"""

from __future__ import annotations

import asyncio
import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

import brotli
from backports import zstd
from hostile_wire import Answer, Wire

DOMAIN = "hostile.example"
BOMB = 300_000_000
DAY = "/2026-01/10/"

PAGE = (
    "<html><head><title>福州新闻 - 样报</title></head><body><h1>福州新闻</h1>"
    "<div>2026-01-10 08:30 来源：样报</div>"
    "<div class='content'><p>昨日上午，记者从市政府新闻发布会上获悉，全市的公园今年将新增步道四十公里。</p>"
    "<p>据介绍，这些步道将把江边、山上和老城连接起来，市民出门五分钟就可以走进绿地。</p></div></body></html>"
).encode()


@dataclass(frozen=True)
class Case:
    name: str
    answer: Answer
    expect: str
    kind: str = "article"

    @property
    def host(self) -> str:
        return f"{self.name}.{DOMAIN}"

    @property
    def path(self) -> str:
        if self.kind == "article":
            return f"{DAY}content_1.htm"
        return "/map.xml" if self.kind == "sitemap" else "/node_1.htm"

    @property
    def url(self) -> str:
        return f"http://{self.host}{self.path}"


def _zeros(size: int) -> Iterator[bytes]:
    block = b"<p>" + b"0" * 999_997
    for _ in range(size // 1_000_000):
        yield block


@cache
def _gzip_bomb() -> bytes:
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", compresslevel=1) as file:
        for block in _zeros(BOMB):
            file.write(block)
    return out.getvalue()


@cache
def _gzip_bomb_in_gzip() -> bytes:
    return gzip.compress(_gzip_bomb(), 1)


@cache
def _deflate_bomb() -> bytes:
    packer = zlib.compressobj(1)
    return b"".join(packer.compress(block) for block in _zeros(BOMB)) + packer.flush()


@cache
def _brotli_bomb() -> bytes:
    packer = brotli.Compressor(quality=1)
    return b"".join(packer.process(block) for block in _zeros(BOMB)) + packer.finish()


@cache
def _zstd_bomb() -> bytes:
    packer = zstd.ZstdCompressor(level=1)
    return b"".join(packer.compress(block) for block in _zeros(BOMB)) + packer.flush()


MADE: list[Callable[[], bytes]] = []


def prepare() -> None:
    """Make the heavy bodies, so that no answer waits for its making."""
    for make in MADE:
        make()


def body(data: bytes, status: str = "200 OK", **headers: str) -> Answer:
    async def answer(wire: Wire) -> None:
        await wire.send(data, status, **headers)

    return answer


def made(make, **headers: str) -> Answer:
    """A body that is made once, when the server starts (:func:`prepare`)."""
    MADE.append(make)

    async def answer(wire: Wire) -> None:
        await wire.send(make(), **headers)

    return answer


def redirect(pattern: str, status: str = "302 Found") -> Answer:
    async def answer(wire: Wire) -> None:
        target = pattern
        given = {"PORT": str(wire.port), "SELF": wire.path, "HOST": wire.host}
        for name, value in given.items():
            target = target.replace(name, value)
        await wire.redirect(target, status)

    return answer


def head(data: bytes) -> Answer:
    async def answer(wire: Wire) -> None:
        await wire.raw(data)

    return answer


async def long_with_length(wire: Wire) -> None:
    await wire.raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000000\r\n\r\n")
    for _ in range(100):
        await wire.raw(b"a" * 1_000_000)


async def long_in_chunks(wire: Wire) -> None:
    await wire.raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n")
    for _ in range(100):
        await wire.raw(b"f4240\r\n" + b"a" * 1_000_000 + b"\r\n")
    await wire.raw(b"0\r\n\r\n")


async def one_byte_a_second(wire: Wire) -> None:
    await wire.raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 10000\r\n\r\n")
    for _ in range(50):
        await wire.raw(b"a")
        await asyncio.sleep(1)


async def one_header_a_second(wire: Wire) -> None:
    await wire.raw(b"HTTP/1.1 200 OK\r\n")
    for number in range(50):
        await wire.raw(f"X-{number}: a\r\n".encode())
        await asyncio.sleep(1)


async def endless_headers(wire: Wire) -> None:
    await wire.raw(b"HTTP/1.1 200 OK\r\n")
    for block in range(2000):
        await wire.raw(b"".join(b"X-%d-%d: %s\r\n" % (block, n, b"a" * 1000) for n in range(200)))


async def endless_continuation(wire: Wire) -> None:
    await wire.raw(b"HTTP/1.1 200 OK\r\nX-A: a\r\n")
    for _ in range(4000):
        await wire.raw((b" " + b"a" * 1000 + b"\r\n") * 100)


async def endless_informational(wire: Wire) -> None:
    for _ in range(4000):
        await wire.raw(
            (b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n" + b"X: " + b"a" * 900 + b"\r\n\r\n") * 100
        )


async def endless_header_line(wire: Wire) -> None:
    await wire.raw(b"HTTP/1.1 200 OK\r\nX-A: ")
    for _ in range(400):
        await wire.raw(b"a" * 1_000_000)


async def silence(wire: Wire) -> None:
    await asyncio.sleep(50)


async def reset(wire: Wire) -> None:
    await wire.raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 10000\r\n\r\n<html>")
    await asyncio.sleep(0.05)
    wire.reset()


async def endless_robots(wire: Wire) -> None:
    await wire.raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nUser-agent: *\nDisallow: /2026-01/\n")
    for _ in range(4000):
        await wire.raw(b"Disallow: /x\n" * 8000)


async def robots_in_circles(wire: Wire) -> None:
    await wire.redirect(f"http://{wire.host}/robots.txt?{len(wire.query)}{wire.query}")


@cache
def nested(depth: int = 200_000) -> bytes:
    return b"<html><body>" + b"<div>" * depth + "正文".encode() + b"</div>" * depth


@cache
def links(count: int = 50_000) -> bytes:
    """Of which all but three lead elsewhere: a crawl of the set must end."""
    hosts = (["", "", ""] + ["//e.example"] * count)[:count]
    items = "".join(
        f'<li><a href="{host}/2026-01/{n % 28 + 1:02}/content_{n}.htm">新闻{n}</a></li>'
        for n, host in enumerate(hosts)
    )
    return f"<html><body><ul class='list_page'>{items}</ul></body></html>".encode()


@cache
def long_links() -> bytes:
    items = "".join(f'<a href="/2026-01/10/content_{n}.htm?q={"x" * 3000}">{n}</a>' for n in range(1000))
    return f"<html><body>{items}</body></html>".encode()


@cache
def many_entries(count: int = 1_000_000) -> bytes:
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", compresslevel=1) as file:
        file.write(b'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">')
        for start in range(0, count, 10_000):
            file.write(
                b"".join(
                    b"<url><loc>http://www.elsewhere.example/2026-01/10/content_%d.htm</loc></url>" % n
                    for n in range(start, start + 10_000)
                )
            )
        file.write(b"</urlset>")
    return out.getvalue()


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE z [<!ENTITY a "lollollollollollollollollollol">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]><urlset><url><loc>http://www.hostile.example/&j;</loc></url></urlset>"
)
OUTSIDE = (
    b'<?xml version="1.0"?><!DOCTYPE z [<!ENTITY x SYSTEM "file:///etc/passwd">'
    b'<!ENTITY % y SYSTEM "http://www.hostile.example/dtd"> %y;]>'
    b"<urlset><url><loc>http://www.hostile.example/&x;</loc></url></urlset>"
)
XML = "application/xml"

CASES: tuple[Case, ...] = (
    # decompression
    Case("gzip-bomb", made(_gzip_bomb, Content_Encoding="gzip"), "give-up:too-large"),
    Case("deflate-bomb", made(_deflate_bomb, Content_Encoding="deflate"), "give-up:too-large"),
    Case("brotli-bomb", made(_brotli_bomb, Content_Encoding="br"), "give-up:too-large"),
    Case("zstd-bomb", made(_zstd_bomb, Content_Encoding="zstd"), "give-up:too-large"),
    Case(
        "bomb-in-a-bomb",
        made(_gzip_bomb_in_gzip, Content_Encoding="gzip, gzip"),
        "give-up:too-large",
    ),
    Case(
        "a-thousand-layers",
        body(PAGE, Content_Encoding=", ".join(["gzip"] * 1000)),
        "give-up:too-many-encodings",
    ),
    Case(
        "unknown-encoding", body(b"\x1f\x8b" + b"\x00" * 90, Content_Encoding="x-unknown"), "give-up:not-text"
    ),
    Case("not-gzip", body(PAGE, Content_Encoding="gzip"), "retry:bad-encoding"),
    # sizes and time
    Case("100-mb", long_with_length, "give-up:too-large"),
    Case("100-mb-in-chunks", long_in_chunks, "give-up:too-large"),
    Case("endless-headers", endless_headers, "give-up:headers-too-large"),
    Case("endless-continuation", endless_continuation, "give-up:headers-too-large"),
    Case("endless-informational", endless_informational, "give-up:headers-too-large"),
    Case("endless-header-line", endless_header_line, "give-up:headers-too-large"),
    # lies and breakage
    Case("cut-short", head(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n<html>cut"), "retry:truncated"),
    Case(
        "cut-in-a-chunk",
        head(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1000\r\n<html>cut"),
        "retry:truncated",
    ),
    Case("reset", reset, "retry:truncated"),
    Case("no-http", head(b"\x00\x01\x02 hello\r\n\r\n"), "retry:connection"),
    Case("nothing", head(b""), "retry:connection"),
    Case(
        "two-lengths",
        head(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\nContent-Length: 5\r\n\r\n<html>cut"),
        "retry:connection",
    ),
    Case(
        "negative-length", head(b"HTTP/1.1 200 OK\r\nContent-Length: -9\r\n\r\n<html>cut"), "retry:connection"
    ),
    Case("odd-status", head(b"HTTP/1.1 999 Odd\r\nContent-Length: 3\r\n\r\nodd"), "give-up:http-999"),
    Case("a-picture-as-html", body(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 50), "give-up:not-text"),
    Case("html-as-a-picture", body(PAGE, Content_Type="image/png"), "done"),
    Case("html-as-anything", body(PAGE, Content_Type="application/octet-stream"), "done"),
    Case("no-type", body(PAGE, Content_Type=""), "done"),
    Case("odd-type", body(PAGE, Content_Type="text/html; charset=" + "\xff" * 500), "done"),
    Case("nul-bytes", body(PAGE.replace("，".encode(), b"\x00\x00")), "done"),
    Case("only-nul-bytes", body(b"\x00" * 50_000), "give-up:not-text"),
    Case("invalid-utf-8", body(PAGE.replace("闻".encode(), b"\xff\xfe\x80\xc0")), "done"),
    Case("empty", body(b""), "retry:empty-body"),
    Case(
        "a-firewall", body(b"<script>document.cookie='acw_sc__v2=1';location.reload()</script>"), "retry:wall"
    ),
    Case("overload", body(b"busy", "503 Busy", Retry_After="99999999999"), "retry:http-503"),
    # redirects
    Case("to-itself", redirect("http://HOSTSELF"), "give-up:redirect-loop"),
    Case("to-a-file", redirect("file:///etc/passwd"), "give-up:unsupported-scheme"),
    Case("to-a-script", redirect("javascript:alert(1)"), "give-up:unsupported-scheme"),
    Case("to-data", redirect("data:text/html,<h1>x</h1>"), "give-up:unsupported-scheme"),
    Case("to-loopback", redirect("http://127.0.0.1:PORT/secret"), "give-up:private-address"),
    Case("to-loopback-in-numbers", redirect("http://2130706433:PORT/secret"), "give-up:private-address"),
    Case("to-localhost", redirect("http://localhost:PORT/secret"), "give-up:private-address"),
    Case("to-metadata", redirect("http://169.254.169.254/latest/meta-data/"), "give-up:private-address"),
    Case("to-a-private-address", redirect("//10.0.0.1/secret"), "give-up:private-address"),
    Case("to-another-portal", redirect("http://www.elsewhere.example/secret"), "give-up:offsite-redirect"),
    Case("to-a-look-alike", redirect("http://HOST@www.elsewhere.example/secret"), "give-up:offsite-redirect"),
    Case("to-a-long-url", redirect("http://HOST/" + "x" * 3000), "give-up:url-too-long"),
    Case("to-nowhere", body(b"", "302 Found"), "give-up:bad-redirect"),
    Case("to-nonsense", redirect("http://[::1/\xff"), "give-up:bad-redirect"),
    Case("to-home", redirect("http://HOST/"), "give-up:gone-redirect"),
    Case(
        "refresh-to-another-portal",
        body(b'<meta http-equiv="refresh" content="0;url=http://www.elsewhere.example/secret">'),
        "give-up:offsite-redirect",
    ),
    Case(
        "refresh-to-loopback",
        body(b'<meta http-equiv="Refresh" content="0;url=http://127.0.0.1/secret">'),
        "give-up:private-address",
    ),
    # pages that are whole, and heavy
    Case("200000-elements-deep", made(nested), "done"),
    Case("50000-links", made(links), "done", kind="channel"),
    Case("links-of-3000-characters", made(long_links), "done", kind="channel"),
    Case("a-billion-laughs", body(LAUGHS, Content_Type=XML), "done", kind="sitemap"),
    Case("external-entities", body(OUTSIDE, Content_Type=XML), "done", kind="sitemap"),
    Case("a-million-entries", made(many_entries, Content_Type="application/gzip"), "done", kind="sitemap"),
    Case("a-sitemap-bomb", made(_gzip_bomb, Content_Type="application/gzip"), "done", kind="sitemap"),
    # robots.txt
    Case("disallowed", body(PAGE), "give-up:robots"),
    Case("robots-fails", body(PAGE), "retry:robots-unreachable"),
    Case("robots-is-endless", body(PAGE), "give-up:robots"),
    Case("robots-runs-in-circles", body(PAGE), "done"),
    Case("robots-leads-out", body(PAGE), "done"),
    Case("robots-leads-within", body(PAGE), "give-up:robots"),
    Case("robots-is-a-bomb", body(PAGE), "retry:robots-unreachable"),
    # the rest of the world goes on
    Case("an-honest-page", body(PAGE), "done"),
)

SLOW: tuple[Case, ...] = (
    Case("one-byte-a-second", one_byte_a_second, "retry:timeout"),
    Case("one-header-a-second", one_header_a_second, "retry:timeout"),
    Case("silence", silence, "retry:timeout"),
    Case("robots-is-silent", body(PAGE), "retry:robots-unreachable"),
    Case("an-honest-page", body(PAGE), "done"),
)
"""Cases that end by the time-out alone: to be crawled with a short one."""

_UNITS = (
    b"<p>",
    b"<li>1",
    b"<a href=/2026-01/10/content_1.htm>x</a>",
    b"<br a b c d e f g h>",
    "正文，".encode(),
    b"<table><tr><td>1",
    b"<b>x<i>y",
    b"&amp;&lt;x ",
)
_HEAVY = 3_900_000


def heavy(unit: bytes) -> Callable[[], bytes]:
    """As much of one thing as a page may hold."""

    @cache
    def make() -> bytes:
        return PAGE[: PAGE.index(b"</body>")] + unit * ((_HEAVY - len(PAGE)) // len(unit))

    return make


@cache
def long_sitemap() -> bytes:
    entry = b"<url><loc>http://www.elsewhere.example/2026-01/10/content_1.htm</loc></url>"
    return b"<urlset>" + entry * (15_500_000 // len(entry)) + b"</urlset>"


HEAVY: tuple[Case, ...] = tuple(
    Case(f"heavy-{number}", made(heavy(_UNITS[number % len(_UNITS)])), "done") for number in range(16)
) + tuple(
    Case(f"map-{number}", made(long_sitemap, Content_Type=XML), "done", kind="sitemap") for number in range(3)
)
"""All that may be in a worker at a time, each as large as it may be."""

CHAINS: tuple[Case, ...] = (
    Case("a-circle-of-three", redirect("http://HOST/2"), "give-up:redirect-loop"),
    Case("a-long-chain", redirect("http://HOST/1"), "give-up:too-many-redirects"),
    Case("a-short-chain", redirect("http://HOST/1", "301 Moved"), "done"),
    Case("a-cookie", body(b"", "302 Found", Set_Cookie="id=1; Path=/", Location="/1"), "done"),
)

_NO_ROBOTS: Answer = body(b"", "404 Not Found")
_ROBOTS: dict[str, Answer] = {
    "disallowed": body(b"User-agent: *\nDisallow: /2026-01/\n", Content_Type="text/plain"),
    "robots-fails": body(b"", "500 Oops"),
    "robots-is-silent": silence,
    "robots-is-endless": endless_robots,
    "robots-runs-in-circles": robots_in_circles,
    "robots-leads-out": redirect("http://www.elsewhere.example/robots.txt"),
    "robots-leads-within": redirect(f"http://disallowed.{DOMAIN}/robots.txt", "301 Moved"),
    "robots-is-a-bomb": made(_gzip_bomb, Content_Type="text/plain", Content_Encoding="gzip"),
}


def answers(cases: tuple[Case, ...] = CASES + SLOW + HEAVY + CHAINS) -> dict[tuple[str, str], Answer]:
    """What the server needs: the cases, what they lead to, and robots.txt for their hosts."""
    table = {(case.host, case.path): case.answer for case in cases}
    for case in cases:
        table.setdefault((case.host, "/robots.txt"), _ROBOTS.get(case.name, _NO_ROBOTS))
    chain = f"a-circle-of-three.{DOMAIN}"
    table[chain, "/2"], table[chain, "/3"] = redirect("/3"), redirect(f"{DAY}content_1.htm")
    for number in range(1, 12):
        table[f"a-long-chain.{DOMAIN}", f"/{number}"] = redirect(f"/{number + 1}")
    for name in ("a-short-chain", "a-cookie"):
        table[f"{name}.{DOMAIN}", "/1"] = body(PAGE)
    table["*", "/secret"] = body(b"<h1>secret</h1>")
    return table


def front_page(cases: tuple[Case, ...]) -> bytes:
    """A home page that links to every article of the set, for a crawl that finds its own way."""
    items = "".join(
        f"<li><a href='{case.url}'>福州新闻之{number}：{case.name}</a><span>2026-01-10</span></li>"
        for number, case in enumerate(cases)
        if case.kind == "article"
    )
    return f"<html><head><title>样报</title></head><body><ul>{items}</ul></body></html>".encode()


def profile(cases: tuple[Case, ...]) -> str:
    """The portal of the set, as TOML."""
    channels = ", ".join(
        f'{{ id = "{case.name}", url = "{case.url}" }}' for case in cases if case.kind == "channel"
    )
    sitemaps = ", ".join(f'"{case.url}"' for case in cases if case.kind == "sitemap")
    return (
        f'schema = 1\ntitle = "样报"\nhome = "http://www.{DOMAIN}/"\ndomains = ["{DOMAIN}"]\n'
        f"channels = [{channels}]\nsitemaps = [{sitemaps}]\n"
    )
