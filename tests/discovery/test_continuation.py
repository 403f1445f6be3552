"""The further pages of an article."""

import pytest

from crawler.discovery import continuation_links, whole_article_link
from crawler.parsing import Document
from crawler.portals import parse_profile
from tests.discovery.conftest import HEAD

BASE = "http://www.test-news.cn/2022-11/03/"


def pages(profile, url, body):
    found = continuation_links(Document.from_text(f"<body>{body}</body>", url), profile)
    return [link.rpartition("/")[2] for link in found]


def test_founder(founder):
    body = (
        '<div id="displaypagenum"><center><font>1</font> <a href="content_5_2.htm">2</a> <a href="content_5_10.htm">10</a>'
        '<a href="content_5_3.htm">3</a> <a href="content_5_2.htm">下一页</a> <a href="javascript:x()">x</a></center></div>'
        '<a href="content_6_2.htm">别的文章的第二页</a>'
    )
    assert pages(founder, BASE + "content_5.htm", body) == [
        "content_5_2.htm",
        "content_5_3.htm",
        "content_5_10.htm",
    ]


def test_links_of_a_later_page_do_not_name_itself(founder):
    body = '<div id="displaypagenum"><a href="content_5.htm">1</a><a href="content_5_2.htm">2</a><a href="content_5_3.htm">3</a></div>'
    assert pages(founder, BASE + "content_5_2.htm", body) == ["content_5_3.htm"]


def test_pages_without_the_familys_pager(founder):
    assert pages(founder, BASE + "content_5.htm", '<p><a href="content_5_2.htm">下一页</a></p>') == [
        "content_5_2.htm"
    ]


@pytest.mark.parametrize("body", ["", '<div id="displaypagenum"><a href="/">1</a><a href="/node_1_2.htm">2</a></div>',
                                  '<div id="displaypagenum"><a href="http://[x">1</a><a href="http://b.cn/content_5_2.htm">2</a></div>'])  # fmt: skip
def test_an_article_of_one_page(founder, body):
    assert pages(founder, BASE + "content_5.htm", body) == []


def test_trs(trs):
    body = '<script>createPageHTML(3, 0, "t20221103_7", "htm");</script>'
    assert pages(trs, BASE + "t20221103_7.htm", body) == ["t20221103_7_1.htm", "t20221103_7_2.htm"]
    assert (
        pages(trs, BASE + "t20221103_7.htm", '<script>createPageHTML(1, 0, "t20221103_7", "htm");</script>')
        == []
    )
    assert (
        pages(trs, BASE + "t20221103_7.htm", '<script>createPageHTML(3, 0, "index", "htm");</script>') == []
    )


def test_an_unknown_cms(generic):
    url = "http://www.test-news.cn/2022/11/03/123456.html"
    body = '<a href="123456_2.html">2</a><a href="123456_3.html">3</a><a href="123457.html">下一篇</a><a href="123456_2.html">下一页</a>'
    assert pages(generic, url, body) == ["123456_2.html", "123456_3.html"]
    assert pages(generic, url, '<a href="123457.html">2</a><a href="/list_2.html">2</a>') == []


def test_pages_are_bounded(founder):
    body = (
        '<div id="displaypagenum">'
        + "".join(f'<a href="content_5_{n}.htm">{n}</a>' for n in range(2, 400))
        + "</div>"
    )
    assert len(pages(founder, BASE + "content_5.htm", body)) == 49


def test_all_on_one_page():
    profile = parse_profile(HEAD + "[article]\npages = { all = 'li.page-all a' }\n", "test")
    url = "http://www.test-news.cn/2022/11/03/123456.html"
    doc = Document.from_text('<ul><li class="page-all"><a href="123456_all.html">全文</a></li></ul>', url)
    assert whole_article_link(doc, profile) == "http://www.test-news.cn/2022/11/03/123456_all.html"
    assert whole_article_link(Document.from_text("<p>", url), profile) is None
    assert (
        whole_article_link(
            Document.from_text('<li class="page-all"><a href="http://b.cn/">全文</a>', url), profile
        )
        is None
    )
