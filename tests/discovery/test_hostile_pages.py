"""Pages that mean harm: bounded in time and number, never an exception."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.discovery import (
    article_pages,
    page_kind,
    read_feed,
    read_links,
    read_sitemap,
    whole_article_link,
)
from crawler.parsing import Document
from crawler.portals import load_profile
from crawler.portals.page_kind import PageKind

SAMPLE = load_profile("sample")
URL = "http://fz.sample-news.test/node_176.htm"

_MARKUP = st.lists(
    st.sampled_from(
        ["<a href=", "'", '"', ">", "</a>", "<ul>", "<li>", "<div class=tit>", "</div>", "javascript:", "http://", "//", "..", "/", "?", "#",
         "node_1_2.htm", "2022-11/03/content_1.htm", "下一页", "2", "createPageHTML(3, 0, 'a', 'htm')", "<script>", "</script>", "%", "&#0;",
         "<base href=", "http://fz.sample-news.test", ":99999999999", "\x00", "\ud83d", "<table><td>", "2022-11-03", "99-99", "\\", "[::1]"]
    ),
    max_size=40,
).map("".join)  # fmt: skip


@given(_MARKUP, st.sampled_from([PageKind.CHANNEL, PageKind.ARTICLE, PageKind.HOME, PageKind.OTHER]))
@settings(max_examples=400, deadline=None)
def test_no_markup_raises(markup, page):
    doc = Document.from_text(markup, URL)
    links = read_links(doc, SAMPLE, page=page, channel=SAMPLE.channels[1])
    for link in (*links.articles, *links.channels, *links.around):
        assert link.url.startswith("http://")
        assert ".sample-news.test/" in link.url
        assert len(link.id) == 32
    article_pages(doc, SAMPLE)
    whole_article_link(doc, SAMPLE)
    page_kind(doc, SAMPLE)


@given(st.binary(max_size=400))
@settings(max_examples=200, deadline=None)
def test_no_bytes_raise(body):
    doc = Document.from_bytes(body, URL, "text/html; charset=utf-8")
    read_links(doc, SAMPLE, page=PageKind.CHANNEL)
    page_kind(doc, SAMPLE)
    read_sitemap(body, URL)
    read_feed(body, URL)
    read_sitemap(b"\x1f\x8b" + body, URL)


def seconds(body, page=PageKind.CHANNEL):
    doc = Document.from_text(body, URL)
    assert doc.tree.body is not None
    started = time.process_time()
    links = read_links(doc, SAMPLE, page=page)
    article_pages(doc, SAMPLE)
    page_kind(doc, SAMPLE)
    return time.process_time() - started, links


def test_fifty_thousand_links():
    body = (
        "<ul>"
        + "".join(f'<li><a href="/2022-11/03/content_{n}.htm">{n}</a></li>' for n in range(50_000))
        + "</ul>"
    )
    spent, links = seconds(body)
    assert len(links.articles) == 5000
    assert links.cut["limit"] == 45_000
    assert spent < 3


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 3000 + '<a href="content_1.htm">x</a>' * 3000,
        "<ul><li>" + "x" * 3_000_000 + '<a href="content_1.htm">x</a>' * 2000,
        '<div class="tit">' + "相关" * 500_000 + "</div>" + '<div><a href="content_1.htm">x</a></div>' * 3000,
        "".join(f'<span class="{n}">{n}</span>' for n in range(20_000)) + '<a href="content_1.htm">x</a>',
        '<a href="' + "/a" * 500_000 + '">x</a>' * 10,
        '<a href="/content_1.htm" title="' + "t" * 2_000_000 + '">x…</a>' * 3,
        "<script>" + "createPageHTML(" * 200_000 + "</script>",
        "<script>" + "countPage = " * 200_000 + "</script>" * 3,
        "<script>createPageHTML(1, 1, '" + "a" * 1_000_000 + "</script>",
        "".join(f"<script>countPage = x{n}</script>" for n in range(20_000)),
        '<div id="displaypagenum">' + '<a href="node_176_2.htm">下一页</a>' * 20_000 + "</div>",
        '<a href="' + "java" * 10 + '\n">' * 10_000,
        "<li>" + "1-" * 1_000_000 + '<a href="content_1.htm">x</a>',
        "<table>" + "<tr><td>" * 1000 + '<a href="content_1.htm">x</a>' * 1000,
    ],
    ids=range(14),
)
@pytest.mark.parametrize("page", [PageKind.CHANNEL, PageKind.ARTICLE])
def test_bounded_time(body, page):
    spent, _ = seconds(body, page)
    assert spent < 2.5
