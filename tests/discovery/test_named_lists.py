"""Lists that others name: dated ones, frames, areas of a picture, the original of a mobile twin."""

import pytest

from crawler.discovery import original_list
from crawler.parsing import Document
from crawler.portals import parse_profile
from crawler.portals.page_kind import PageKind
from tests.discovery.conftest import HEAD

BASE = "http://www.test-news.cn"
INDEX = f"{BASE}/wqhg/"
DAYS = "".join(f'<li><a href="/2026-11/{day}/node_2.htm">11月{day}日</a></li>' for day in (26, 27, 28))
ENTRY = '<ul class="list"><li><a href="/2026-11/28/content_1001.htm">清屏县农村供水管网改造</a></li></ul>'


def names(links):
    return [link.url.removeprefix(BASE) for link in links]


FOUR = ["/2026-11/26/node_2.htm", "/2026-11/27/node_2.htm", "/2026-11/28/node_2.htm"]


def test_a_list_of_nothing_but_dated_lists_names_them(links_of):
    links = links_of(f"<div class='list'><ul>{DAYS}</ul></div>", url=INDEX)
    assert names(links.channels) == FOUR
    assert links.cut == {}


@pytest.mark.parametrize(
    ("url", "body"),
    [
        (
            f"{BASE}/2026-11/25/node_2.htm",
            f"<ul>{DAYS}</ul>",
        ),  # one day names the others: a calendar has no end
        (INDEX, ENTRY + f"<div class='calendar'>{DAYS}</div>"),
        (INDEX, "".join(DAYS.partition("</li>")[:2])),
        (INDEX, f"<div class='hot'><h3>热点排行</h3><ul>{DAYS}</ul></div>"),
    ],
)
def test_calendars_are_cut_all_the_same(links_of, url, body):
    links = links_of(body, url=url)
    assert names(links.channels) == []
    assert links.cut["calendar"] in {1, 3}


def test_dated_lists_where_the_profile_has_its_list_are_entries(links_of):
    profile = parse_profile(HEAD + "family = 'founder'\n[list]\nregion = ['div.days']\n", "test")
    links = links_of(
        f"{ENTRY}<div class='days'><ul>{DAYS}</ul></div><p><a href='/2025-11/28/node_2.htm'>去年今日</a></p>",
        url=INDEX,
        profile=profile,
    )
    assert names(links.channels) == FOUR
    assert links.cut == {"calendar": 1}


@pytest.mark.parametrize(
    ("pattern", "is_followed"),
    [
        (r"/roll/\d{4}-\d{2}-\d{2}\.html$", True),
        (r"/roll/20\d\d-\d\d-\d\d\.html$", True),
        (r"/roll/(?:19|20)\d{2}-[\d-]+\.html$", True),
        (r"/roll/[\d-]+\.html$", False),
        (r"/roll/[\w-]+\.html$", False),
        (r"/other/\d{4}\.html$", False),
    ],
)
def test_a_pattern_that_spells_a_date_means_dated_lists(links_of, pattern, is_followed):
    profile = parse_profile(f"{HEAD}[list]\nurls = ['{pattern}', '/roll/']\n", "test")
    links = links_of(
        ENTRY + '<a href="/roll/2026-11-28.html">11月28日</a>', url=f"{BASE}/bdyw/", profile=profile
    )
    assert (names(links.channels) == ["/roll/2026-11-28.html"]) is is_followed
    assert links.cut == ({} if is_followed else {"calendar": 1})


def test_pages_of_a_dated_list_are_its_pages(links_of):
    profile = parse_profile(
        f"{HEAD}family = 'founder'\nchannels = [{{ url = '{BASE}/2026-11/28/node_2.htm' }}]\n", "test"
    )
    links = links_of(
        ENTRY + '<a href="node_2_2.htm">2</a><a href="node_2_2.htm">下一页</a>',
        url=f"{BASE}/2026-11/28/node_2.htm",
        profile=profile,
        channel=profile.channels[0],
    )
    assert links.next.url == f"{BASE}/2026-11/28/node_2_2.htm"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<iframe src="/list/bdyw.html"></iframe>', ["/list/bdyw.html"]),
        ('<iframe src="/inc/news.html"></iframe>', ["/inc/news.html"]),
        (ENTRY + '<iframe src="/inc/weather.html"></iframe><iframe src="/bdyw/list_2.html"></iframe>', ["/bdyw/list_2.html"]),
        ('<iframe src="http://ad.example/list.html"></iframe><iframe src="about:blank"></iframe><iframe></iframe>', []),
        ('<iframe src="/2026-11/28/content_1001.htm"></iframe><iframe src="/login.html"></iframe>', ["/login.html"]),
        ('<iframe src="/wqhg/"></iframe>', []),
        ("".join(f'<iframe src="/list/l{n}_list.html"></iframe>' for n in range(30)), [f"/list/l{n}_list.html" for n in range(10)]),
    ],
)  # fmt: skip
def test_frames_are_parts_of_their_list(links_of, body, expected):
    assert names(links_of(body, url=INDEX).frames) == expected


def test_a_frameset_is_a_list_of_its_frames(founder, links_of):
    doc = '<html><frameset cols="*,2*"><frame src="nav.html"><frame src="main.html"></frameset></html>'
    for page in (PageKind.HOME, PageKind.CHANNEL):
        links = links_of(doc.encode(), url=f"{BASE}/portal/", page=page)
        assert names(links.frames) == ["/portal/nav.html", "/portal/main.html"]
    assert links_of(doc.encode(), url=f"{BASE}/portal/", page=PageKind.ARTICLE).frames == ()


def test_areas_of_a_picture_are_links(links_of):
    body = (
        '<img usemap="#m"><map name="m"><area href="/2026-11/28/content_1001.htm" alt="清屏县农村供水管网改造">'
        '<area href="/2026-11/28/content_1002.htm" title="临溪镇夜市重新开业"><area href="/bdyw/index.html"></map>'
    )
    links = links_of(body, url=INDEX)
    assert [(link.url.rpartition("_")[2], link.title) for link in links.articles] == [
        ("1001.htm", "清屏县农村供水管网改造"),
        ("1002.htm", "临溪镇夜市重新开业"),
    ]
    assert len(links.channels) == 1


@pytest.mark.parametrize(
    "entry",
    [
        "<li onclick=\"window.open('/2026-11/28/content_1001.htm')\">清屏县农村供水管网改造</li>",
        "<li onclick=\"location.href='/2026-11/28/content_1001.htm'\"><b>清屏县农村供水管网改造</b></li>",
        "<a href=\"javascript:show(1001)\">清屏县农村供水管网改造</a><script>function show(id){ window.open('/2026-11/28/content_' + id + '.htm') }</script>",
        "<div data-href='/2026-11/28/content_1001.htm'>清屏县农村供水管网改造</div>",
    ],
)
def test_entries_that_are_no_links_are_read_where_there_is_none(links_of, entry):
    (link,) = links_of(f"<ul class='list'>{entry}</ul>", url=INDEX).articles
    assert (link.url.rpartition("_")[2], link.title, link.list) == (
        "1001.htm",
        "清屏县农村供水管网改造",
        "channel",
    )


@pytest.mark.parametrize(
    "body",
    [
        ENTRY + "<span onclick=\"share('/2026-11/28/content_1009.htm')\">分享</span>",
        "<li onclick=\"show('1001')\">清屏县</li><li onclick=\"open('http://b.example/2026-11/28/content_1.htm')\">外站</li>",
        "<li onclick=\"location.href='/about.html'\">关于我们</li>",
    ],
)
def test_other_handlers_are_no_entries(links_of, body):
    assert [link.url for link in links_of(body, url=INDEX).articles if "1001" not in link.url] == []


@pytest.mark.parametrize(
    ("url", "canonical", "expected"),
    [
        ("http://m.test-news.cn/bdyw/", "http://www.test-news.cn/bdyw/", "/bdyw/"),
        (
            "http://m.test-news.cn/list/12.html?from=app",
            "http://www.test-news.cn/node_12.htm",
            "/node_12.htm",
        ),
        ("http://wap.test-news.cn/bdyw/index.html", "//www.test-news.cn/bdyw/", "/bdyw/"),
        ("http://www.test-news.cn/wap/bdyw/", "/bdyw/", "/bdyw/"),
        ("http://test-news.cn/bdyw/", "http://www.test-news.cn/bdyw/", "/bdyw/"),
        # wrong ones: the home page, another list of the site, an article, another portal, itself, page 1 of page 2
        ("http://m.test-news.cn/bdyw/", "http://www.test-news.cn/", None),
        ("http://m.test-news.cn/bdyw/", "http://m.test-news.cn/list/", None),
        ("http://m.test-news.cn/bdyw/", "http://www.test-news.cn/2026-11/28/content_1001.htm", None),
        ("http://m.test-news.cn/bdyw/", "http://www.b.example/bdyw/", None),
        ("http://m.test-news.cn/bdyw/", "", None),
        ("http://m.test-news.cn/bdyw/", "http://[x", None),
        ("http://www.test-news.cn/bdyw/", "http://www.test-news.cn/bdyw/", None),
        ("http://www.test-news.cn/bdyw/index_2.html", "http://www.test-news.cn/bdyw/", None),
        ("http://fz.test-news.cn/bdyw/", "http://www.test-news.cn/yaowen/", None),
        ("http://www.test-news.cn/bdyw/", "http://m.test-news.cn/yaowen/", None),
    ],
)
def test_the_original_of_a_twin(founder, url, canonical, expected):
    doc = Document.from_text(
        f'<html><head><link rel="canonical" href="{canonical}"></head><body></body></html>', url
    )
    found = original_list(doc, founder)
    assert (found.url.removeprefix(BASE) if found else None) == expected
