"""Feeds as they are."""

import time

import pytest

from crawler.discovery import Entry, entry_links, read_feed
from crawler.portals import load_profile

URL = "http://www.sample-news.test/rss.xml"

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>示例</title><link>http://www.sample-news.test/</link>
<item><title><![CDATA[<b>福州</b>新闻]]></title><link>http://www.sample-news.test/1.htm?a=1&amp;b=2</link><pubDate>Thu, 03 Nov 2022 07:29:26 +0800</pubDate></item>
<item><title>A &amp; B</title><guid>http://www.sample-news.test/2.htm</guid><dc:date>2022-11-03</dc:date></item>
<item><title>无链接</title></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>示例</title><link href="/"/>
<entry><title>福州</title><link rel="self" href="/self"/><link href="/e.htm"/><updated>2022-11-04T00:00:00Z</updated>
<published>2022-11-03T07:29:26+08:00</published></entry></feed>"""

RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<channel rdf:about="x"/><item rdf:about="http://www.sample-news.test/9.htm"><title>九</title></item></rdf:RDF>"""

FIRST = Entry("http://www.sample-news.test/1.htm?a=1&b=2", "福州新闻", "2022-11-03T07:29:26+08:00")
SECOND = Entry("http://www.sample-news.test/2.htm", "A & B", "2022-11-03")


@pytest.mark.parametrize(
    "body",
    [
        RSS.encode(),
        RSS.replace("utf-8", "gb2312").encode("gb18030"),
        RSS.replace(' encoding="utf-8"', "").encode("gb18030"),
        RSS.replace("&amp;", "&").encode(),
        RSS.replace(' xmlns:dc="http://purl.org/dc/elements/1.1/"', "").encode(),
        RSS.replace("</channel></rss>", "").encode(),
        b"\n \n" + RSS.encode(),
        RSS.replace("<rss", '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss').encode(),
        RSS.replace("utf-8", "utf-16").encode("utf-16"),
    ],
    ids=["utf-8", "gb2312", "undeclared", "ampersands", "prefix", "unclosed", "blank", "doctype", "utf-16"],
)
def test_rss(body):
    assert read_feed(body, URL).entries == (FIRST, SECOND)


def test_the_header_names_the_encoding():
    body = RSS.replace(' encoding="utf-8"', "").encode("big5", "replace")
    assert read_feed(body, URL, "text/xml; charset=big5").entries[1] == SECOND


def test_atom():
    assert read_feed(ATOM.encode(), URL).entries == (
        Entry("http://www.sample-news.test/e.htm", "福州", "2022-11-03T07:29:26+08:00"),
    )


def test_rdf():
    assert read_feed(RDF.encode(), URL).entries == (Entry("http://www.sample-news.test/9.htm", "九", None),)


def test_html_entities_do_not_end_a_feed():
    body = "<rss><channel><item><title>A&nbsp;B &ldquo;C&rdquo;</title><link>/1.htm</link></item></channel></rss>"
    (entry,) = read_feed(body.encode(), URL).entries
    assert entry.url == "http://www.sample-news.test/1.htm"
    assert entry.title.startswith("A")


@pytest.mark.parametrize("body", [b"", b"<html><body>x</body></html>", b"{}", b"<rss", b"\xff\xfe\x00"])
def test_what_is_none(body):
    assert read_feed(body, URL).entries == ()


def test_links_of_a_feed():
    links = entry_links(
        [Entry(f"{URL}/../2022-11/03/content_1.htm?utm_source=rss", "一", "2022-11-03")],
        load_profile("sample"),
        list="feed",
    )
    assert [(link.url, link.list, link.title) for link in links.articles] == [
        ("http://www.sample-news.test/rss.xml/2022-11/03/content_1.htm".replace("/rss.xml", ""), "feed", "一")
    ]


def rss(*items):
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/" '
        'xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>示例</title><link>http://www.sample-news.test/</link>'
        f"{''.join(items)}</channel></rss>"
    )


def item(number, title="题", more=""):
    return (
        f"<item><title>{title}</title><link>http://www.sample-news.test/{number}.htm</link>{more}"
        "<pubDate>Thu, 03 Nov 2022 07:29:26 +0800</pubDate></item>"
    )


ALL = [f"http://www.sample-news.test/{number}.htm" for number in range(8)]


@pytest.mark.parametrize(
    ("title", "read"),
    [
        ("气温 < 5 度", "气温 < 5 度"),
        ("<", "<"),
        ("3<b", "3<b"),
        ("5<6>4", "5<6>4"),
        ("《<中国>》", "《<中国>》"),
        ("甲</ 乙", "甲</ 乙"),
        ("甲]]>乙", "甲]]>乙"),
        ("甲<br>乙", "甲乙"),
        ("<b>甲</b>乙", "甲乙"),
        ("<b>甲", "甲"),
        ("甲</p>乙", "甲乙"),
        ("甲</titel>", "甲"),
        ('甲<a href="x>乙', "甲乙"),
        ("甲<!-- 乙", "甲 乙"),
        ("甲<?乙", "甲"),
        ("甲\x0b乙", "甲 乙"),
        ("A & B&nbsp;C &ldquo;D&rdquo;", "A & B C “D”"),
        ("A &amp;nbsp; B", "A B"),
        ("&lt;b&gt;甲&lt;/b&gt;乙", "甲乙"),
        ("1 &lt; 2 &gt; 0", "1 < 2 > 0"),
        ("<![CDATA[甲 &amp; 乙 &lt; 丙]]>", "甲 & 乙 < 丙"),
        ("<![CDATA[甲", "甲"),
        ("甲<script>alert(1)</script>", "甲"),
        ("<![CDATA[甲<script>alert(1)</script>]]>", "甲"),
    ],
)
def test_what_is_wrong_in_a_title_costs_no_entry(title, read):
    feed = read_feed(rss(*map(item, range(3)), item(3, title), *map(item, range(4, 8))).encode(), URL)
    assert [entry.url for entry in feed.entries] == ALL
    assert feed.entries[3].title == read
    assert (feed.unread, feed.truncated) == (0, False)


@pytest.mark.parametrize(
    "more",
    [
        "<description>甲<br>乙</description>",
        "<description><p>甲<p>乙</description>",
        "<description>甲<p>乙",
        "<description>a < b</description>",
        "<description><![CDATA[甲</description>",
        '<description><img src=x><a href="a.htm?x=1&y=2">乙</description>',
        "<description></div></description>",
        "<content:encoded><![CDATA[<a><![CDATA[b]]></content:encoded>",
        '<link rel="enclosure" href="/x.mp3"/>',
        "<media:thumbnail url='x'><media:title>图</media:title>",
    ],
)
def test_what_is_left_open_costs_no_entry(more):
    feed = read_feed(rss(*map(item, range(3)), item(3, more=more), *map(item, range(4, 8))).encode(), URL)
    assert [entry.url for entry in feed.entries] == ALL
    assert {(entry.title, entry.date) for entry in feed.entries} == {("题", "2022-11-03T07:29:26+08:00")}


@pytest.mark.parametrize(
    "missing",
    [
        "</title>",
        "</link>",
        "</pubDate>",
        "</item>",
        "<pubDate>Thu, 03 Nov 2022 07:29:26 +0800</pubDate></item>",
    ],
)
def test_an_end_tag_that_is_missing_costs_no_entry(missing):
    dirty = item(3).replace(missing, "")
    feed = read_feed(rss(*map(item, range(3)), dirty, *map(item, range(4, 8))).encode(), URL)
    assert [entry.url for entry in feed.entries] == ALL


def test_a_feed_that_is_cut_anywhere_gives_no_cut_address():
    whole = rss(*map(item, range(8))).encode()
    atom = "".join(f'<entry><link href="{url}"/><title>题</title></entry>' for url in ALL)
    for body in (whole, f"<feed>{atom}</feed>".encode()):
        for end in range(len(body)):
            feed = read_feed(body[:end], URL)
            assert [entry.url for entry in feed.entries] == ALL[: len(feed.entries)]


def test_what_is_not_read_is_counted():
    cut = rss(item(0), "<item><title>无链接</title></item>", item(1), item(2))
    feed = read_feed(cut[: cut.index("2.htm</link>")].encode(), URL)
    assert [entry.url for entry in feed.entries] == ALL[:2]
    assert (feed.unread, feed.truncated) == (2, True)


@pytest.mark.parametrize(
    ("body", "url", "title"),
    [
        (
            ('<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://other.test/a/"><entry xml:base="b/"><title>甲</title>'
            '<link href="c.htm"/></entry></feed>'),
            "http://other.test/a/b/c.htm",
            "甲",
        ),
        (
            ('<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:title>甲</a:title><a:link href="/c.htm"/></a:entry>'
            "</a:feed>"),
            "http://www.sample-news.test/c.htm",
            "甲",
        ),
        (
            rss("<item><media:title>图</media:title><title>甲</title><link>/c.htm</link></item>"),
            "http://www.sample-news.test/c.htm",
            "甲",
        ),
        (
            rss("<item><media:content><media:title>图</media:title></media:content><link>/c.htm</link></item>"),
            "http://www.sample-news.test/c.htm",
            "",
        ),
        (
            rss('<item><atom:link rel="self" href="/self"/><atom:link href="/x.htm"/><title>甲</title><link>/c.htm</link>'
                "</item>"),
            "http://www.sample-news.test/c.htm",
            "甲",
        ),
        (
            ('<feed xmlns="http://www.w3.org/2005/Atom"><entry><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">'
            'A <b>B</b></div></title><link rel="alternate" href="/c.htm"/></entry></feed>'),
            "http://www.sample-news.test/c.htm",
            "A B",
        ),
        (
            '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>如何用 &lt;b&gt;</title><link href="/c.htm"/></entry></feed>',
            "http://www.sample-news.test/c.htm",
            "如何用 <b>",
        ),
        (
            ('<feed xmlns="http://www.w3.org/2005/Atom"><entry><title type="html">&lt;b&gt;甲&lt;/b&gt;&amp;nbsp;乙</title>'
            '<link href="/c.htm"/></entry></feed>'),
            "http://www.sample-news.test/c.htm",
            "甲 乙",
        ),
        (
            rss('<item><title>甲</title><guid isPermaLink="false">HTTP://www.sample-news.test/c.htm</guid></item>'),
            "HTTP://www.sample-news.test/c.htm",
            "甲",
        ),
    ],
)  # fmt: skip
def test_names_of_elements_are_read_with_their_namespace(body, url, title):
    assert [(entry.url, entry.title) for entry in read_feed(body.encode(), URL).entries] == [(url, title)]


@pytest.mark.parametrize(
    "body",
    [
        rss(item(0, "福州新闻")).encode("gb18030"),  # what its declaration says is not so
        rss(item(0, "福州新闻")).replace("utf-8", "gb2312").encode(),
        rss(item(0, "福州\u3000新闻"))
        .replace("utf-8", "gbk")
        .encode("gb18030")
        .replace(b"\xa1\xa1", b"\xa3\xa0"),
        rss(item(0, "福州新闻")).replace("utf-8", "big5").encode("big5", "replace"),
        rss(item(0, "福州新闻")).encode("utf-8-sig"),
    ],
    ids=["gbk as utf-8", "utf-8 as gb2312", "A3A0", "big5", "mark"],
)
def test_feeds_are_decoded_as_pages_are(body):
    (entry,) = read_feed(body, URL).entries
    assert entry.title.replace(" ", "").startswith("福州新")
    assert "\ue5e5" not in entry.title


@pytest.mark.parametrize(
    "body",
    [
        "<rss><channel>" + "<item>" * 100_000,
        "<rss><item>" + "<p>" * 200_000 + "</x>" * 100_000,
        "<rss><item><title>" + "<" * 2_000_000,
        "<rss><item><title>" + '<a x="' * 300_000,
        "<rss><item>" + "<![CDATA[" * 200_000,
        "<rss><item>" + "<title>" * 100_000,
        "<rss><item>" + "<!--" * 500_000,
    ],
)
def test_time_is_linear(body):
    started = time.process_time()
    read_feed(body.encode(), URL)
    assert time.process_time() - started < 8
