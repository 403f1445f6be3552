"""Feeds as they are."""

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
