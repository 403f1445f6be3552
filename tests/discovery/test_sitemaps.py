"""Sitemaps: what they say, and what they must not do."""

import gzip
import resource
import subprocess
import sys
import time

import pytest

from crawler.discovery import Entry, entry_links, read_sitemap
from crawler.portals import load_profile

URL = "http://www.sample-news.test/sitemap.xml"
HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n'
SITEMAP = (
    HEAD
    + b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">'
    b"<url><loc> http://www.sample-news.test/2022-11/03/content_1.htm?a=1&amp;b=2 </loc><lastmod>2022-11-03</lastmod></url>"
    b"<url><loc><![CDATA[http://www.sample-news.test/2022-11/03/content_2.htm]]></loc><lastmod>2022-11-04T00:00:00+08:00</lastmod>"
    b"<news:news><news:publication_date>2022-11-03T07:29:26+08:00</news:publication_date><news:title>"
    + "福州".encode()
    + b"</news:title></news:news></url>"
    b"<url><loc>/relative.htm</loc></url><url><lastmod>2022</lastmod></url><url><loc></loc></url></urlset>"
)
ENTRIES = (
    Entry("http://www.sample-news.test/2022-11/03/content_1.htm?a=1&b=2", "", "2022-11-03", modified=True),
    Entry(
        "http://www.sample-news.test/2022-11/03/content_2.htm",
        "福州",
        "2022-11-03T07:29:26+08:00",
        modified=False,
    ),
    Entry("http://www.sample-news.test/relative.htm", "", None, modified=True),
)


@pytest.mark.parametrize(
    "body",
    [
        SITEMAP,
        gzip.compress(SITEMAP),
        gzip.compress(gzip.compress(SITEMAP)),
        gzip.compress(SITEMAP[:300]) + gzip.compress(SITEMAP[300:]),
        b"\xef\xbb\xbf" + SITEMAP,
        SITEMAP.decode().replace("UTF-8", "gb2312").encode("gb18030"),
        SITEMAP.decode().replace('encoding="UTF-8"', 'encoding="utf-16"').encode("utf-16"),
        b"\n\n"
        + SITEMAP.replace(b"&amp;", b"&").replace(
            b' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"', b""
        ),
        SITEMAP.replace(b"urlset", b"URLSET", 1).replace(b"</urlset>", b""),
    ],
    ids=["plain", "gzip", "twice", "two members", "bom", "gb2312", "utf-16", "sloppy", "unclosed"],
)
def test_a_sitemap(body):
    sitemap = read_sitemap(body, URL)
    assert sitemap.urls == ENTRIES
    assert (sitemap.children, sitemap.cut, sitemap.truncated) == ((), 0, False)


def test_an_index():
    body = (
        HEAD
        + b'<sitemapindex xmlns="x"><sitemap><loc>http://a.cn/1.xml.gz</loc><lastmod>2022-11-03</lastmod></sitemap></sitemapindex>'
    )
    assert read_sitemap(body, URL).children == (
        Entry("http://a.cn/1.xml.gz", "", "2022-11-03", modified=True),
    )


def test_a_list_of_lines():
    sitemap = read_sitemap(
        b"\xef\xbb\xbfhttp://a.cn/1\r\nhttp://a.cn/2\n\nnonsense\n" + b"http://a.cn/" + b"x" * 3000, URL
    )
    assert [entry.url for entry in sitemap.urls] == ["http://a.cn/1", "http://a.cn/2"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<",
        b"<html><body>404</body></html>",
        b"\x1f\x8b",
        b"\x1f\x8bnonsense",
        gzip.compress(SITEMAP)[:-40],
        b"<urlset",
        b"\x00" * 100,
    ],
)
def test_what_is_none(body):
    sitemap = read_sitemap(body, URL)
    assert sitemap.children == ()
    assert len(sitemap.urls) <= len(ENTRIES)


def test_a_broken_gzip_says_so():
    assert read_sitemap(gzip.compress(SITEMAP)[:-40], URL).truncated


def test_links():
    profile = load_profile("sample")
    entries = [*ENTRIES, Entry("http://other.example/2022-11/03/content_1.htm"), Entry("http://fz.sample-news.test/node_1.htm"),
               Entry("javascript:x"), Entry("http://127.0.0.1/content_2.htm")]  # fmt: skip
    links = entry_links(entries, profile, list="sitemap")
    assert [(link.url, link.list, link.title, link.date) for link in links.articles] == [
        ("http://www.sample-news.test/2022-11/03/content_1.htm", "sitemap", "", "2022-11-03"),
        (
            "http://www.sample-news.test/2022-11/03/content_2.htm",
            "sitemap",
            "福州",
            "2022-11-03T07:29:26+08:00",
        ),
    ]
    assert [link.url for link in links.channels] == ["http://fz.sample-news.test/node_1.htm"]
    assert links.cut == {"private": 1}


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY l0 "lol"><!ENTITY file SYSTEM "file:///etc/passwd">'
    + b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 12))
    + b"]><urlset><url><loc>http://a.cn/&l11;&file;</loc></url><url><loc>http://a.cn/2</loc></url></urlset>"
)


def test_entities_are_never_expanded():
    started = time.process_time()
    urls = [entry.url for entry in read_sitemap(LAUGHS, URL).urls]
    assert time.process_time() - started < 0.5
    assert urls[-1] == "http://a.cn/2"
    assert not any("root:" in url or "lollol" in url for url in urls)


def test_a_document_type_is_never_loaded(tmp_path):
    (tmp_path / "x.dtd").write_text('<!ENTITY x "stolen">')
    body = f'<!DOCTYPE urlset SYSTEM "file://{tmp_path}/x.dtd"><urlset><url><loc>http://a.cn/&x;</loc></url></urlset>'.encode()
    assert "stolen" not in repr(read_sitemap(body, URL))


def test_a_million_entries():
    entry = b"<url><loc>http://www.sample-news.test/2022-11/03/content_1.htm</loc></url>"
    started = time.process_time()
    sitemap = read_sitemap(b"<urlset>" + entry * 400_000 + b"</urlset>", URL)
    assert (len(sitemap.urls), sitemap.cut, sitemap.truncated) == (50_000, 350_000, False)
    assert time.process_time() - started < 5


BOMB = """
import resource, sys, zlib
from crawler.discovery import read_sitemap
from crawler.discovery.lists.inflate import MAX_BYTES
pack = zlib.compressobj(9, zlib.DEFLATED, 31)
bomb = b"".join(pack.compress(chunk) for chunk in [b"<urlset>", *[b" " * 1_000_000] * 1000]) + pack.flush()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
assert read_sitemap(bomb, "http://a.cn/").truncated
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


def test_a_gzip_bomb_is_bounded():
    result = subprocess.run(
        [sys.executable, "-c", BOMB], capture_output=True, text=True, timeout=60, check=True
    )
    assert int(result.stdout) < 250  # MB
    assert resource.getpagesize()


def sitemap_of(*urls):
    entries = "".join(f"<url><loc>{url}</loc><lastmod>2022-11-03</lastmod></url>" for url in urls)
    return (
        f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'
    )


SOME = [f"http://a.cn/{number}.htm" for number in range(10, 19)]


def test_a_sitemap_that_is_cut_anywhere_gives_no_cut_address():
    body = sitemap_of(*SOME).encode()
    for end in range(len(body)):
        sitemap = read_sitemap(body[:end], URL)
        assert [entry.url for entry in sitemap.urls] == SOME[: len(sitemap.urls)]
    cut = read_sitemap(body[: body.index(b"18.htm") + 3], URL)
    assert (len(cut.urls), cut.unread, cut.truncated) == (8, 1, True)
    lines = gzip.compress("\n".join(SOME).encode())
    sitemap = read_sitemap(lines[:-9], URL)
    assert sitemap.truncated
    assert [entry.url for entry in sitemap.urls] == SOME[: len(sitemap.urls)]


@pytest.mark.parametrize(
    "dirty",
    [
        "<url><loc>http://a.cn/x.htm?a=1&b=<2</loc></url>",
        "<url><loc>http://a.cn/x.htm<br></loc></url>",
        "<url><loc><![CDATA[http://a.cn/x.htm</loc></url>",
        "<url><loc>http://a.cn/x.htm<lastmod>2022-11-03</lastmod></url>",
        "<url><loc>http://a.cn/x.htm</loc>",
        "<url><changefreq>daily<priority>0.5<loc>http://a.cn/x.htm</loc></url>",
        "<url><loc></loc></url>",
        "<url><lastmod>2022 < 2023</lastmod></url>",
        "<url></p></url>",
    ],
)
def test_a_dirty_entry_costs_no_other(dirty):
    body = sitemap_of(*SOME).replace("<url><loc>http://a.cn/14", dirty + "<url><loc>http://a.cn/14")
    sitemap = read_sitemap(body.encode(), URL)
    assert [entry.url for entry in sitemap.urls if entry.url in SOME] == SOME
    assert len(sitemap.urls) + sitemap.unread == len(SOME) + 1


def test_pictures_and_films_of_an_entry_are_not_it():
    body = (
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
        ' xmlns:video="http://www.google.com/schemas/sitemap-video/1.1"><url><image:image><image:loc>http://a.cn/1.jpg</image:loc>'
        "<image:title>图</image:title></image:image><video:video><video:title>片</video:title><video:publication_date>2001-01-01"
        "</video:publication_date></video:video><loc>http://a.cn/1.htm</loc></url></urlset>"
    )
    assert read_sitemap(body.encode(), URL).urls == (Entry("http://a.cn/1.htm", "", None, modified=True),)


def test_prefixed_names():
    body = (
        '<s:urlset xmlns:s="http://www.sitemaps.org/schemas/sitemap/0.9"><s:url><s:loc>http://a.cn/1.htm</s:loc>'
        "<s:lastmod>2022-11-03</s:lastmod></s:url></s:urlset>"
    )
    assert read_sitemap(body.encode(), URL).urls == (
        Entry("http://a.cn/1.htm", "", "2022-11-03", modified=True),
    )
