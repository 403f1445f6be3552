"""The links of one page."""

import pytest

from crawler.portals import parse_profile
from crawler.portals.page_kind import PageKind
from crawler.urls import url_id
from tests.discovery.conftest import HEAD

BASE = "http://www.test-news.cn"
ONE = f"{BASE}/2022-11/03/content_1.htm"
TWO = f"{BASE}/2022-11/03/content_2.htm"


def urls(links):
    return [link.url for link in links]


def test_a_list_of_the_family(links_of):
    links = links_of(
        '<div class="nav"><a href="/node_7.htm">福州</a><a href="/about.htm">关于我们</a></div>'
        '<div class="cont-left"><ul class="list_page">'
        '<li><span>2022-11-03 07:29</span><a href="2022-11/03/content_1.htm">第一条</a></li>'
        f'<li><span>2022-11-02</span><a href="{TWO}?spm=1" title="第二条的全部标题">第二条的…</a></li>'
        "</ul></div>"
        '<div class="tit">24小时排行</div><ul class="rank"><li><a href="/2022-10/01/content_3.htm">热的</a></li></ul>'
        '<div class="foot"><a href="/2022-09/01/content_4.htm">脚注里的文章</a></div>'
    )
    assert [(link.url, link.list, link.title, link.date) for link in links.articles] == [
        (ONE, "channel", "第一条", "2022-11-03T07:29"),
        (TWO, "channel", "第二条的全部标题", "2022-11-02"),
        (f"{BASE}/2022-10/01/content_3.htm", "hot", "热的", None),
        (f"{BASE}/2022-09/01/content_4.htm", "related", "脚注里的文章", None),
    ]
    assert all(link.id == url_id(link.url) and link.kind is PageKind.ARTICLE for link in links.articles)
    assert urls(links.channels) == [f"{BASE}/node_7.htm"]
    assert links.around == ()
    assert links.next is None
    assert links.cut == {}


def test_one_article_is_one_link(links_of):
    links = links_of(
        f'<ul class="list_page"><li><a href="{ONE}"><img src="x.jpg" alt="图片说明"></a><a href="{ONE}#c">标题在这里</a>'
        f'<a href="https://WWW.test-news.cn/wap/2022-11/03/content_1.htm">更多</a> <b>11-03</b></li></ul>'
    )
    (link,) = links.articles
    assert (link.url, link.title, link.date) == (ONE, "标题在这里", "11-03")


def test_an_entry_that_stands_in_two_lists(links_of):
    body = (
        f'<div class="tit">一周热点新闻</div><ul><li><a href="{ONE}">同一篇文章</a></li></ul>'
        f'<div class="tit">相关新闻</div><ul><li><a href="{ONE}">同一篇文章</a></li></ul>'
    )
    links = links_of(body, url=TWO, page=PageKind.ARTICLE)
    assert urls(links.articles) == [ONE]
    assert [(link.url, link.list) for link in links.around] == [(ONE, "hot"), (ONE, "related")]
    assert links.next is None
    main = links_of(f'{body}<ul class="list_page"><li><a href="{ONE}">同一篇文章</a></li></ul>')
    assert [link.list for link in main.articles] == ["channel"]


def test_an_articles_own_page_is_no_link_but_an_entry_around_it(links_of):
    body = (
        f'<a href="{ONE}">本页的标题文字</a><a href="{ONE}#comment">评论</a><a href="content_1_2.htm">2</a>'
        f'<div class="tit">最新福州新闻 频道推荐</div><ul><li><a href="{ONE}">本页的标题文字</a></li></ul>'
    )
    links = links_of(body, url=ONE, page=PageKind.ARTICLE)
    assert links.articles == ()
    assert [(link.url, link.list) for link in links.around] == [(ONE, "channel")]


def test_everything_on_the_home_page_is_home(links_of):
    links = links_of(
        f'<h3>热点排行</h3><ul><li><a href="{ONE}">一</a></li></ul>', url=f"{BASE}/", page=PageKind.HOME
    )
    assert [link.list for link in links.articles] == ["home"]


@pytest.mark.parametrize(
    "href",
    ["", "#", "#top", " # ", "javascript:void(0)", "JavaScript:go()", "java\nscript:x", "javascript :alert(1)", "mailto:a@test-news.cn",
     "tel:0591", "data:text/html,x", "about:blank", "weixin://dl/x", "http://other.example/2022-11/03/content_1.htm",
     "ftp://www.test-news.cn/2022-11/03/content_1.htm", "//other.example/content_1.htm", "/2022-11/03/content_1.pdf",
     "/about.htm", "/login", "http://test-news.cn.evil.example/content_1.htm", "http://test-news.cn@evil.example/content_1.htm"],
)  # fmt: skip
def test_what_leads_nowhere_is_left_out_in_silence(links_of, href):
    links = links_of(f'<a href="{href}">一</a>')
    assert (links.articles, links.channels, links.next, links.cut) == ((), (), None, {})


@pytest.mark.parametrize(
    ("href", "reason"),
    [
        ("http://[bad", "malformed"),
        ("http://www.test-news.cn:99999/content_1.htm", "malformed"),
        ("http://", "malformed"),
        ("http://%zz/", "malformed"),
        ("http://www.test-news.cn\\@other.example/content_5.htm", "malformed"),
        ("ht!tp://www.test-news.cn/content_1.htm", "malformed"),
        ("http://127.0.0.1:9/2022-11/03/content_3.htm", "private"),
        ("http://169.254.169.254/content_3.htm", "private"),
        ("/" + "a" * 3000 + "/content_3.htm", "too-long"),
        ("/zt/zt/zt/node_3.htm", "repeating"),
        ("/a/b/a/b/content_3.htm", "repeating"),
        ("/riqi/node_20221103.htm", "calendar"),
        ("/epaper/2022-11/03/node_3.htm", "calendar"),
    ],
)
def test_traps_are_cut_and_counted(links_of, href, reason):
    links = links_of(f'<a href="{href}">一</a>')
    assert links.articles == links.channels == ()
    assert links.cut == {reason: 1}


def test_what_the_profile_excludes_is_counted(links_of):
    profile = parse_profile(HEAD + "family = 'founder'\nexclude = ['^bbs\\.']\n", "test")
    links = links_of('<a href="http://bbs.test-news.cn/2022-11/03/content_1.htm">一</a>', profile=profile)
    assert (links.articles, links.cut) == ((), {"excluded": 1})


def test_numbers_may_repeat_in_a_path(links_of):
    links = links_of(
        '<a href="/2022/11/11/11/2022-11/03/content_3.htm">一</a><a href="/news/news/content_4.htm">二</a>'
    )
    assert len(links.articles) == 2
    assert links.cut == {}


def test_a_named_channel_is_no_trap(links_of):
    profile = parse_profile(
        HEAD + "family = 'founder'\n[[channels]]\nurl = 'http://www.test-news.cn/20221103/node_1.htm'\n",
        "test",
    )
    links = links_of(
        '<a href="/20221103/node_1.htm">特刊</a><a href="/20221104/node_1.htm">次日</a>', profile=profile
    )
    assert urls(links.channels) == ["http://www.test-news.cn/20221103/node_1.htm"]
    assert links.cut == {"calendar": 1}


def test_variations_of_one_page_are_bounded(links_of, generic):
    body = "".join(f'<a href="/list.php?catid={number}">列表</a>' for number in range(100))
    links = links_of(body, profile=generic, page=PageKind.HOME)
    assert len(links.channels) == 40
    assert links.cut == {"query": 60}


def test_channels_are_followed_only_if_the_profile_says_so(links_of):
    closed = parse_profile(HEAD + "family = 'founder'\nfollow_channels = false\n", "test")
    body = '<link rel="alternate" type="application/rss+xml" href="/rss.xml"><a href="/node_2.htm">二</a>'
    assert urls(links_of(body, profile=closed).channels) == []
    assert [(link.url, str(link.kind)) for link in links_of(body).channels] == [
        (f"{BASE}/node_2.htm", "channel"),
        (f"{BASE}/rss.xml", "feed"),
    ]


def test_regions_items_and_skipped_parts(links_of):
    body = (
        f'<div id="left"><p class="ad"><a href="{BASE}/content_9.htm">广告</a></p><div><a class="t" href="{ONE}">一</a>'
        f'<a class="s" href="{BASE}/content_8.htm">旁</a></div></div><div id="right"><a href="{TWO}">二</a></div>'
    )
    region = parse_profile(HEAD + "family = 'founder'\n[list]\nregion = '#left'\nskip = ['p.ad a']\n", "test")
    assert [(link.title, link.list) for link in links_of(body, profile=region).articles] == [
        ("一", "channel"), ("旁", "channel"), ("二", "related"),
    ]  # fmt: skip
    items = parse_profile(
        HEAD + "family = 'founder'\n[list]\nregion = '#left'\nitems = 'div'\nfields = { url = 'a.t' }\n",
        "test",
    )
    listed = {link.title: link.list for link in links_of(body, profile=items).articles}
    assert listed == {"广告": "related", "一": "channel", "旁": "related", "二": "related"}


def test_fields_of_an_item(links_of):
    profile = parse_profile(
        HEAD
        + "family = 'founder'\n[list]\nitems = 'div.i'\nfields = { title = 'h3', date = ['i | re:于(.+)', 'b@title'] }\n",
        "test",
    )
    body = (
        f'<div class="i"><h3>真正的标题</h3><a href="{ONE}">阅读全文</a><i>发布于2022年11月3日</i></div>'
        f'<div class="i"><a href="{TWO}">只有链接</a><b title="前年"></b></div><p><a href="/2022-11/03/content_3.htm">旁的</a>2022-01-01</p>'
    )
    assert [(link.title, link.date) for link in links_of(body, profile=profile).articles] == [
        ("真正的标题", "2022-11-03"), ("只有链接", "前年"), ("旁的", "2022-01-01"),
    ]  # fmt: skip


def test_a_base_and_an_encoding(links_of):
    body = '<html><head><meta charset="gb2312"><base href="http://www.test-news.cn/deep/"></head><body><a href="show.php?id=9&q=福州">文</a></body>'
    links = links_of(body.encode("gb18030"), profile=parse_profile(HEAD, "test"))
    assert urls(links.articles) == ["http://www.test-news.cn/deep/show.php?id=9&q=%B8%A3%D6%DD"]


def test_areas_of_an_image_map_are_links(links_of):
    assert len(links_of(f'<map><area shape="rect" href="{ONE}"></map>').articles) == 1


@pytest.mark.parametrize("page", list(PageKind))
def test_any_kind_of_page_can_be_read(links_of, page):
    assert len(links_of(f'<a href="{ONE}">一</a>', page=page).articles) == 1


@pytest.mark.parametrize(
    "footer",
    [
        "<footer>{}</footer>",
        "<div class='footer'><p>{}</p></div>",
        "<div id='foot'><ul><li>{}</li></ul></div>",
        "<div class='copyright'>{}</div>",
        "<div class='bottom'>{} 闽ICP备1号</div>",
    ],
)
def test_links_of_the_footer_are_no_entries(links_of, generic, footer):
    link = '<a href="/2019/0101/1.html">违法和不良信息举报</a>'
    body = '<ul><li><a href="/2026/1128/1001.html">清屏县农村供水管网改造</a></li></ul>' + footer.format(link)
    for page, own in ((PageKind.CHANNEL, "channel"), (PageKind.HOME, "home")):
        links = links_of(body, url="http://www.test-news.cn/bdyw/", profile=generic, page=page)
        assert [link.list for link in links.articles] == [own, "related"]
    article = links_of(
        body, url="http://www.test-news.cn/2026/1128/9.html", profile=generic, page=PageKind.ARTICLE
    )
    assert article.around == (), "nor related articles"


def test_a_list_at_the_bottom_is_a_list(links_of, generic):
    body = '<div class="bottom"><ul><li><a href="/2026/1128/1001.html">清屏县农村供水管网改造</a></li></ul></div>'
    (link,) = links_of(body, url="http://www.test-news.cn/bdyw/", profile=generic).articles
    assert link.list == "channel"


def test_later_pages_beside_an_entry_of_a_list_are_no_entries(links_of, generic):
    body = (
        '<ul><li><a href="/2026/1128/1001.html">清屏县农村供水管网改造惠及十一万人</a>'
        '<a href="/2026/1128/1001_2.html">[2]</a><a href="/2026/1128/1001_3.html">[3]</a></li>'
        '<li><a href="/2026/1128/2002_2.html">2</a></li></ul>'
    )
    links = links_of(body, url="http://www.test-news.cn/bdyw/", profile=generic)
    assert [link.url.rpartition("/")[2] for link in links.articles] == ["1001.html", "2002_2.html"]
