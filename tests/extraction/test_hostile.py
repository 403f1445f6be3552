"""Whatever the bytes: no exception, bounded time."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kinds import KINDS, LINKS, P

from crawler.cleaning import clean_article
from crawler.extraction import extract, to_json
from crawler.parsing import Document

NOW = datetime(2022, 11, 3, tzinfo=UTC)
BODY = "".join(f"<p>{p}</p>" for p in P)

BIG = {
    "deep": "<div>" * 200_000 + BODY,
    "deep inline": "<b><i>" * 50_000 + BODY,
    "ten megabytes of paragraphs": f"<p>{P[0]}</p>" * 60_000,
    "ten megabytes in one paragraph": "<p>" + P[0] * 60_000,
    "ten megabytes of letters": "云" * 3_000_000,
    "ten megabytes of digits": "1" * 5_000_000,
    "many links": "".join(f'<a href="/{i}.html">{LINKS[i % 6][1]}</a>' for i in range(50_000)) + BODY,
    "many lines": "<br>".join("短句" for _ in range(100_000)) + BODY,
    "many pictures": BODY + "<div>" + f"<p>{P[0]}</p>" + "<img src=/a.jpg>" * 20_000 + f"<p>{P[1]}</p></div>",
    "many hidden": '<div style="display:none">a</div>' * 30_000 + BODY,
    "many comments": "<!--正文开始-->" * 30_000 + BODY,
    "many labels": "<p>来源：云水日报 作者：张三 责任编辑：李四 2022-11-03</p>" * 20_000,
    "many scripts": '<script>var a="' + "云" * 200 + '";</script>' * 3_000,
    "one long literal": '<script>var a="' + "云水县，" * 400_000 + '"</script>',
    "unclosed literal": "<script>var a='" + "云水\\" * 400_000 + "</script>",
    "quotes": "<script>" + "\"'`云" * 300_000 + "</script>",
    "many names": "<p>" + "publishtime=" * 100_000 + "</p>",
    "NUL": BODY + "\0" * 3_000_000,
    "many headings of comments": "<p>网友评论（1）</p>" * 60_000 + BODY,
    "many comments in boxes": f'<div class="player"><p>{P[0]}</p></div>' * 20_000,
    "many streams": (f"<h3><a href=/a.html>{LINKS[0][1]}</a></h3><p>{P[0]}</p>" * 3 + BODY) * 3_000,
    "many credits": BODY * 400 + "<p>编辑：方志远</p>" * 40_000 + "<p>短句</p>" * 40_000 + f"<p>{P[0]}</p>",
    "many rows down": f"<div>2022-11-03 07:29 来源：云水日报<div><p>{P[0]}</p>" * 700 + BODY,
    "many cells": "<table>" + "<tr><td>一</td><td>二</td></tr>" * 40_000 + "</table>" + BODY,
    "many short lines": f"<p>{P[0]}</p>" + "<li>短句</li>" * 100_000 + BODY,
    "many notices": f"<p>{P[0]}</p>" * 500 + "<p>声明：凡本网注明来源的作品，转载请联系本网。</p>" * 20_000,
    "many signatures": "<p>□ 方志远</p>" * 60_000 + BODY,
    "many bars": "<p>编辑 方志远 | 审核 罗小满 | 校对 丁一</p>" * 30_000 + BODY,
    "bad JSON": '<script type="application/ld+json">' + "[" * 100_000 + "</script>" + BODY,
}


@pytest.mark.parametrize("name", BIG)
def test_time_is_bounded(name):
    started = time.process_time()
    article = clean_article(
        extract(Document.from_bytes(BIG[name].encode(), "http://a.test/"), fetched_at=NOW)
    )
    to_json(article)
    assert time.process_time() - started < 20


FRAGMENTS = st.sampled_from([
    "<div>", "</div>", "<p>", "</p>", "<br>", "<table><tr><td>", "</table>", "<h1>", "</h1>", "<a href=/x>", "</a>", "<b>", "<span style='display:none'>", "<script>", "</script>",
    "<title>", "</title>", "<!--", "-->", "<!--enpcontent-->", "<!--/enpcontent-->", "<textarea>", "</textarea>", "<img src=1.jpg>", "<meta name=PubDate content=2022-11-03>",
    "来源：", "责任编辑：", "作者：", "2022-11-03 07:29", "昨天", "1/10 ", "相关新闻", "（记者 张三）", P[0], P[1], "发(fā)", "&nbsp;", "\x00", "\ud800",
    '"publishTime":"2022-11-03 07:29:26"', "<style>", "</html>", "<body>", "<select><option>", "<svg>", "<template>", "<noscript>", "<form>", "<li>", "<ul>", "<base href='http://['>",
])  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(FRAGMENTS | st.text(max_size=20), max_size=40))
def test_any_markup(parts):
    article = clean_article(extract(Document.from_text("".join(parts), "http://a.test/x"), fetched_at=NOW))
    to_json(article)
    assert clean_article(article) == article
    assert all(-1 <= image.after < max(1, article.text.count("\n") + 1) for image in article.images)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=2000))
def test_any_bytes(body):
    to_json(clean_article(extract(Document.from_bytes(body, "http://a.test/"))))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(KINDS), st.data())
def test_damaged_pages(kind, data):
    body = bytearray(kind.html.encode(kind.encoding))
    for _ in range(data.draw(st.integers(1, 8))):
        start = data.draw(st.integers(0, len(body)))
        del body[start : start + data.draw(st.integers(0, 200))]
    to_json(clean_article(extract(Document.from_bytes(bytes(body), kind.url), fetched_at=NOW)))


def test_a_page_without_an_article_has_no_text():
    for html in (
        "",
        "<html></html>",
        "<p>404 Not Found</p>",
        "".join(f"<li><a href={u}>{t}</a></li>" for u, t in LINKS),
    ):
        assert extract(Document.from_text(html, "http://a.test/")).text == ""
