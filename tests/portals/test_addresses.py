"""URLs of a portal: one spelling, allowed or not, and of which kind."""

import time

import pytest

from crawler.portals import load_profile, parse_profile
from crawler.portals.addresses import allowed, article_url, is_continuation, kind_of
from crawler.portals.page_kind import PageKind
from crawler.portals.url_shapes import Shape, is_calendar, shape_of
from crawler.urls import url_id

FJSEN = load_profile("fjsen")
ONE = "http://fz.fjsen.com/2019-06/21/content_22434567.htm"


@pytest.mark.parametrize(
    "url",
    [
        ONE,
        "https://fz.fjsen.com/2019-06/21/content_22434567.htm",
        "http://FZ.fjsen.com:80/2019-06/21/content_22434567.htm#comment",
        "http://fz.fjsen.com/2019-06/21/content_22434567_2.htm",
        "http://fz.fjsen.com/wap/2019-06/21/content_22434567.htm",
        "http://fz.fjsen.com/wap/2019-06/21/content_22434567_3.htm?from=timeline",
        "http://fz.fjsen.com/2019-06/21/content_22434567.htm?t=1561072166&x=y",
        "http://fz.fjsen.com/2019-06/21/content_22434567.htm;jsessionid=AB?spm=1",
        "http://fz.fjsen.com/2019-06//21/content_22434567_all.htm",
    ],
)
def test_one_article_has_one_url(url):
    assert article_url(url, FJSEN) == ONE
    assert kind_of(article_url(url, FJSEN), FJSEN) is PageKind.ARTICLE
    assert url_id(article_url(url, FJSEN)) == url_id(ONE)


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("http://www.fjsen.com/", PageKind.HOME),
        ("http://fz.fjsen.com/node_176.htm", PageKind.CHANNEL),
        ("http://fz.fjsen.com/node_176_2.htm", PageKind.CHANNEL),
        ("http://www.fjsen.com/C_Society.htm", PageKind.CHANNEL),
        ("http://www.fjsen.com/C_Society_2.htm", PageKind.CHANNEL),
        ("http://www.fjsen.com/HotFinance.htm", PageKind.CHANNEL),
        ("http://www.fjsen.com/Cross-strait.htm", PageKind.CHANNEL),
        ("http://www.fjsen.com/e_news.htm", PageKind.CHANNEL),
        ("http://www.fjsen.com/wap/zhuanti/node_500.htm", PageKind.CHANNEL),
        (ONE, PageKind.ARTICLE),
        ("http://fz.fjsen.com/2019-06/21/content_22434567_2.htm", PageKind.CONTINUATION),
        ("http://www.fjsen.com/about.htm", PageKind.OTHER),
        ("http://www.fjsen.com/search?q=x", PageKind.OTHER),
        ("http://www.fjsen.com/rss.xml", PageKind.FEED),
        ("http://www.fjsen.com/sitemap.xml.gz", PageKind.SITEMAP),
        ("http://www.fjsen.com/" + "a" * 3000, PageKind.OTHER),
    ],
)
def test_kinds_on_fjsen(url, kind):
    assert kind_of(url, FJSEN) is kind


def test_kinds_of_the_profile_come_first(profile_of):
    profile = profile_of("""
        sitemaps = ["http://www.test-news.cn/map"]
        feeds = ["http://www.test-news.cn/new"]
        [list]
        urls = ['/all/\\d+$']
        [article]
        urls = ['/read/', '/photo/']
        deny = ['/read/ad']
        [[article.template]]
        type = "gallery"
        urls = ['/photo/']
        [[channels]]
        url = "http://www.test-news.cn/read/index.html"
    """)
    base = "http://www.test-news.cn"
    assert kind_of(f"{base}/map", profile) is PageKind.SITEMAP
    assert kind_of(f"{base}/new", profile) is PageKind.FEED
    assert kind_of(f"{base}/read/", profile) is PageKind.CHANNEL
    assert kind_of(f"{base}/read/x", profile) is PageKind.ARTICLE
    assert kind_of(f"{base}/read/ad1", profile) is PageKind.OTHER
    assert kind_of(f"{base}/photo/1", profile) is PageKind.GALLERY
    assert kind_of(f"{base}/all/3", profile) is PageKind.CHANNEL
    assert kind_of(f"{base}/2019/06/21/123456.html", profile) is PageKind.ARTICLE


def test_allowed():
    profile = parse_profile(
        "title = 'x'\ndomains = ['a.cn', 'localhost']\nhome = 'http://a.cn/'\nexclude = ['^bbs\\.', '/ads/']\n",
        "x",
    )
    assert allowed("http://a.cn/x", profile)
    assert allowed("https://www.a.cn/x", profile)
    for url in (
        "http://bbs.a.cn/x", "http://www.a.cn/ads/1", "http://b.cn/", "http://a.cn.b.cn/", "http://localhost/", "ftp://a.cn/",
        "http://127.0.0.1/", "/x", "", "http://a.cn@b.cn/", "http://b.cn\\.a.cn/", "http://a.cn/" + "x" * 3000,
    ):  # fmt: skip
        assert not allowed(url, profile), url


def test_private_addresses_need_leave():
    lines = "title = 'x'\ndomains = ['127.0.0.1', 'localhost']\nhome = 'http://127.0.0.1/'\n"
    assert not allowed("http://127.0.0.1/x", parse_profile(lines, "x"))
    assert allowed("http://127.0.0.1:8080/x", parse_profile(lines + "private = true\n", "x"))
    assert not allowed("http://127.0.0.2/x", parse_profile(lines + "private = true\n", "x"))


def test_rewrites_end_and_keep_the_url_sound(profile_of):
    growing = profile_of("[article]\ncanonical = ['s|/a|/a/a|']\n")
    assert len(article_url("http://www.test-news.cn/a", growing)) < 100
    leaving = profile_of("[article]\ncanonical = ['s|^www.test-news.cn|other.cn|']\n")
    assert not allowed(article_url("http://www.test-news.cn/a", leaving), leaving)
    broken = profile_of("[article]\ncanonical = ['s|^www.test-news.cn|a b|']\n")
    assert article_url("http://www.test-news.cn/a", broken) == "http://www.test-news.cn/a"
    https = profile_of("scheme = 'https'\n")
    assert article_url("http://www.test-news.cn/a", https) == "https://www.test-news.cn/a"
    with pytest.raises(ValueError, match="not an http"):
        article_url("javascript:void(0)", https)


def test_is_continuation():
    assert is_continuation("http://fz.fjsen.com/2019-06/21/content_22434567_2.htm", FJSEN)
    assert not is_continuation(ONE, FJSEN)


@pytest.mark.parametrize(
    ("target", "shape"),
    [
        # articles of well-known portals
        ("news.163.com/19/0907/15/EOFTN5IG0001899O.html", Shape.ARTICLE),
        ("www.cmse.gov.cn/ztbd/xwfbh/201206/t20120624_43188.html", Shape.ARTICLE),
        ("www.guancha.cn/politics/2019_09_09_517162.shtml", Shape.ARTICLE),
        ("fgw.zj.gov.cn/art/2016/11/22/art_1621004_30332664.html", Shape.ARTICLE),
        ("3w.huanqiu.com/a/d80b1f/3yWyyCuSR4w", Shape.ARTICLE),
        ("news.ifeng.com/c/7rtKNyg6PU9", Shape.ARTICLE),
        ("culture.people.com.cn/n1/2019/0615/c1013-31153719.html", Shape.ARTICLE),
        ("finance.qq.com/a/20190923/000843.htm", Shape.ARTICLE),
        ("news.sina.com.cn/c/2019-11-25/doc-iihnzahi3275702.shtml", Shape.ARTICLE),
        ("www.thepaper.cn/newsDetail_forward_4506347", Shape.ARTICLE),
        ("www.toutiao.com/a6734577895106150924/", Shape.ARTICLE),
        ("www.gansudaily.com.cn/system/2019/06/21/017218812.shtml", Shape.ARTICLE),
        ("baijiahao.baidu.com/s?id=1646796218135408573", Shape.ARTICLE),
        ("a.cn/show.php?contentid=123", Shape.ARTICLE),
        ("a.cn/index.php?m=content&c=index&a=show&catid=6&id=1234", Shape.ARTICLE),
        # lists
        ("a.cn/news/", Shape.LIST),
        ("a.cn/news", Shape.LIST),
        ("a.cn/GB/1024/index.html", Shape.LIST),
        ("a.cn/index_3.shtml", Shape.LIST),
        ("a.cn/node_176.htm", Shape.LIST),
        ("a.cn/list-253-1.html", Shape.LIST),
        ("a.cn/more_list_column_43_1.html", Shape.LIST),
        ("a.cn/list.php?catid=3", Shape.LIST),
        # neither
        ("a.cn/", Shape.OTHER),
        ("a.cn", Shape.OTHER),
        ("a.cn/about.html", Shape.OTHER),
        ("a.cn/login", Shape.OTHER),
        ("a.cn/search?q=1", Shape.OTHER),
        ("a.cn/files/2019/06/21/report.pdf", Shape.OTHER),
        ("a.cn/2019/06/21/photo.jpg", Shape.OTHER),
        ("bbs.a.cn/forum/thread-12345.html", Shape.OTHER),
        ("a.cn/feed.xml", Shape.FEED),
        ("a.cn/sitemap_index.xml", Shape.SITEMAP),
    ],
)
def test_shapes(target, shape):
    assert shape_of(target) is shape


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("a.cn/riqi/node_20221103.htm", True),
        ("a.cn/2019/06/21/", True),
        ("a.cn/html/2019-06/21/node_22.htm", True),
        ("a.cn/archive/2019-06/", True),
        ("a.cn/list.php?date=2019-06-21", True),
        ("a.cn/list.php?year=2019&month=6", True),
        ("a.cn/calendar/next", True),
        ("a.cn/node_176.htm", False),
        ("a.cn/list.php?page=2", False),
        ("a.cn/zt/2019lianghui/", False),
        ("a.cn/node_20229999.htm", False),
    ],
)
def test_calendars(target, expected):
    assert is_calendar(target) is expected


def test_judging_a_url_takes_linear_time():
    for target in (
        "a.cn/" + "a/" * 990,
        "a.cn/" + "-" * 1900,
        "a.cn/" + "2019-" * 390,
        "a.cn/?" + "id=1&" * 390,
        "a.cn/" + "list-" * 390,
    ):
        started = time.perf_counter()
        shape_of(target)
        is_calendar(target)
        assert time.perf_counter() - started < 0.1
