"""The further pages of an article."""

import pytest

from crawler.discovery import article_pages, same_headline, whole_article_link
from crawler.parsing import Document
from crawler.portals import parse_profile
from tests.discovery.conftest import HEAD

BASE = "http://www.test-news.cn/2022-11/03/"


def pages(profile, url, body):
    found = article_pages(Document.from_text(f"<body>{body}</body>", url), profile).further
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


DAY = "http://www.test-news.cn/2026/1128/"


def told(profile, url, body, head=""):
    text = f"<html><head>{head}</head><body>{body}</body></html>"
    return article_pages(Document.from_text(text, url), profile)


@pytest.mark.parametrize(
    ("own", "pager", "further"),
    [
        ("1001.html", '<span>1</span><a href="1001_2.html">【2】</a><a href="1001_3.html">【3】</a>', ["1001_2.html", "1001_3.html"]),
        ("1001.html", '<a href="1001_2.html">[2]</a> <a href="1001_2.html">[下一页]</a>', ["1001_2.html"]),
        ("1001.html", '<a href="1001_2.html">第2页：水从哪里来</a><a href="1001_3.html">第3页：钱从哪里来</a><a href="1001_2.html">下一页</a>', ["1001_2.html", "1001_3.html"]),
        ("1001.html", '<a href="1001_2.html">2</a> … <a href="1001_8.html">尾页</a>', ["1001_2.html", "1001_8.html"]),
        ("1001.html", '<a href="1001-p2.html">第二页</a><a href="1001-p3.html">第三页</a>', ["1001-p2.html", "1001-p3.html"]),
        ("1001.html", '<a href="1001/2.html">2</a><a href="1001/3.html">3</a>', ["1001/2.html", "1001/3.html"]),
        ("1001.html", '<a href="1001_1.html">2</a><a href="1001_2.html">3</a>', ["1001_1.html", "1001_2.html"]),
        ("1001.html", '<a href="1001_2.html"><img src="/next.gif"></a>', ["1001_2.html"]),
        ("1001.html", "<select onchange='location=this.value'><option value='1001.html'>1</option><option value='1001_2.html'>2</option></select>", ["1001_2.html"]),
        ("1001.html", """<button onclick="location.href='1001_2.html'">下一页</button>""", ["1001_2.html"]),
        ("show.php?id=77", '<a href="show.php?id=77&amp;page=2">2</a>', ["show.php?id=77&page=2"]),
        ("1001_1.html", '<a href="1001_1.html">1</a><a href="1001_2.html">2</a><a href="1001_3.html">3</a>', ["1001_2.html", "1001_3.html"]),
    ],
)  # fmt: skip
def test_pagers_that_no_family_knows(generic, own, pager, further):
    found = told(generic, DAY + own, f"<p>{'水' * 40}</p><div class='pages'>{pager}</div>")
    assert (found.first, [url.removeprefix(DAY) for url in found.further]) == (None, further)


@pytest.mark.parametrize(
    ("own", "body"),
    [
        # the next article, whatever the link calls it; another article of the same number; channels; a list's pager
        ("123456.html", '<a href="123457.html">下一页</a><a href="123455.html">上一页</a>'),
        ("123456.html", '<a href="123457.html">下一篇</a>'),
        ("1.html", '<a href="2.html">2</a><a href="3.html">3</a><a href="2.html">下一页</a>'),
        ("1001.html", '<a href="1002_2.html">2</a><a href="1002_3.html">3</a>'),
        ("1001.html", '<div class="hot"><a href="2001.html">1</a><a href="2002.html">2</a></div>'),
        ("1001_1.html", '<a href="1001_5.html">2</a><a href="1001_9.html">3</a>'),
        ("1001.html", '<a href="/bdyw/">2</a><a href="/bdyw/index_2.html">2</a>'),
        ("1001.html", '<a href="http://b.cn/2026/1128/1001_2.html">2</a>'),
        ("1001.html", '<a href="1001_2022.html">2022</a>'),
        ("1001.html", '<a href="1002_2.html"><img src="/next.gif"></a>'),
        ("1001.html", """<button onclick="location.href='/search.html'">2</button>"""),
    ],
)
def test_links_that_are_no_pages_of_this_article(generic, own, body):
    found = told(generic, DAY + own, body)
    assert (found.first, found.further) == (None, ())


@pytest.mark.parametrize(
    ("own", "pager", "first", "further", "is_sure"),
    [
        ("1001_2.html", '<a href="1001.html">1</a><span>2</span><a href="1001_3.html">3</a>', "1001.html", ["1001_3.html"], True),
        ("1001_2.html", '<a href="1001.html">上一页</a>', "1001.html", [], True),
        ("1001/3.html", '<a href="../1001.html">1</a><a href="2.html">2</a>', "1001.html", [], True),
        ("1001_2.html", '<a href="1001_1.html">1</a><a href="1001_3.html">3</a>', "1001_1.html", ["1001_3.html"], False),
    ],
)  # fmt: skip
def test_a_later_page_says_which_is_the_first(generic, own, pager, first, further, is_sure):
    found = told(generic, DAY + own, f"<div>{pager}</div>")
    assert found.first == DAY + first
    assert [url.removeprefix(DAY) for url in found.further] == further
    assert found.is_sure is is_sure


def test_a_page_that_shows_only_the_next_is_asked_for_it(generic):
    found = article_pages(
        Document.from_text(
            '<a href="1001_2.html">上一页</a><a href="1001_4.html">下一页</a>', DAY + "1001_3.html"
        ),
        generic,
        first=DAY + "1001.html",
    )
    assert DAY + "1001_4.html" in found.further


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("<title>水管通了_清屏新闻网</title>", "<title>水管通了（2）_清屏新闻网</title>", True),
        ("<h1>水管通了</h1>", "<h1>水管通了【2】</h1>", True),
        ("<h1>水管通了</h1>", "<h1>水管通了 第二页</h1>", True),
        ("<h1>水管通了</h1>", "<h1>夜市开张了</h1>", False),
        ("<h1>水管通了（一）</h1>", "<h1>水管通了（二）</h1>", True),
        ("<p>", "<p>", False),
        ("<title>水管通了-清屏新闻网</title>", "<title>夜市开张了-清屏新闻网</title>", False),
    ],
)
def test_headlines_of_the_pages_of_one_article(one, other, expected):
    assert same_headline(Document.from_text(one, DAY), Document.from_text(other, DAY)) is expected
