"""The next page of a list."""

import pytest

from crawler.discovery.page_numbers import Step, file_parts, first_pages, step
from crawler.portals import parse_profile
from tests.discovery.conftest import HEAD

BASE = "http://www.test-news.cn"
ENTRY = '<ul class="list_page"><li><a href="/2022-11/03/content_1.htm">一篇</a></li></ul>'


@pytest.mark.parametrize(
    ("here", "there", "expected"),
    [
        ("node_176.htm", "node_176_2.htm", Step(None, 2)),
        ("node_176_2.htm", "node_176_3.htm", Step(2, 3)),
        ("node_176_2.htm", "node_176.htm", None),
        ("node_176.htm", "node_177.htm", Step(176, 177)),
        ("node_176.htm", "node_177_2.htm", None),
        ("zwgk/", "zwgk/index_1.htm", Step(None, 1)),
        ("zwgk/index_1.htm", "zwgk/index_2.htm", Step(1, 2)),
        ("zwgk/", "xwdt/index_1.htm", None),
        ("", "index2.html", Step(None, 2)),
        ("index2.html", "index3.html", Step(2, 3)),
        ("33168.shtml", "33168-1.shtml", Step(None, 1)),
        ("list-253-1.html", "list-253-2.html", Step(1, 2)),
        ("list-253-1.html", "list-254-1.html", None),
        ("more_list_column_43_1.html", "more_list_column_43_2.html", Step(1, 2)),
        ("list.php?cid=3", "list.php?cid=3&page=2", Step(None, 2)),
        ("list.php?cid=3&page=2", "list.php?page=3&cid=3", Step(2, 3)),
        ("list.php?cid=3", "list.php?cid=4&page=2", None),
        ("list.htm", "list.htm?page=2", Step(None, 2)),
        ("list/43/", "list/43/2/", Step(None, 2)),
        ("list/43/2/", "list/43/3/", Step(2, 3)),
        ("news", "news/page/2", Step(None, 2)),
        ("news/page/2/", "news/page/3/", Step(2, 3)),
        ("1001.html", "1001/2.html", Step(None, 2)),
        ("1001/2.html", "1001/3.html", Step(2, 3)),
        ("1001.html", "1001_p2.html", Step(None, 2)),
        ("1001.html", "1001p2.html", Step(None, 2)),
        ("a.html", "a_page_2.html", Step(None, 2)),
        ("list.php?cid=3", "list.php?cid=3&currentPage=2", Step(None, 2)),
        ("list.php?cid=3", "list.php?cid=3&pid=2", None),
        ("1001.html", "10012.html", Step(1001, 10012)),
        ("node_176.htm", "node_176_2.html", None),
        ("node_176.htm", "about.htm", None),
        ("node_176.htm", "", None),
    ],
)
def test_pages_of_one_list(here, there, expected):
    assert step(f"{BASE}/{here}", f"{BASE}/{there}") == expected


@pytest.mark.parametrize(
    ("later", "first"),
    [
        ("1001_2.html", "1001.html"),
        ("1001-p2.html", "1001.html"),
        ("1001/2.html", "1001.html"),
        ("show.php?id=7&page=2", "show.php?id=7"),
        ("a/1001/2", "a/1001"),
        ("news.html", None),
        ("show.php?id=7", None),
    ],
)
def test_first_pages_of_later_ones(later, first):
    found = first_pages(f"{BASE}/{later}")
    assert (f"{BASE}/{first}" in found) if first else not found
    for url in found:
        there = step(url, f"{BASE}/{later}")
        assert there is None or there.here is None


def test_file_parts():
    assert file_parts(f"{BASE}/a/index_1.shtml?x=1") == (f"{BASE}/a/", "index_1", "shtml")
    assert file_parts(f"{BASE}/a/") == (f"{BASE}/a/", "", "")
    assert file_parts(f"{BASE}/a") == (f"{BASE}/", "a", "")


@pytest.mark.parametrize(
    "word",
    [
        "下一页",
        "下页",
        "下一頁",
        "后一页",
        "[下一页]",
        "下一页>>",
        "Next",
        "next page",
        ">",
        "»",
        " 下一页\n",
    ],
)
def test_words_for_next(links_of, word):
    links = links_of(f'{ENTRY}<p><a href="node_1_2.htm">{word}</a></p>')
    assert links.next is not None
    assert links.next.url == f"{BASE}/node_1_2.htm"
    assert str(links.next.kind) == "channel"
    assert links.next.url not in [link.url for link in links.channels]


def pager(*links):
    anchors = " ".join(f'<a href="{href}">{text}</a>' for text, href in links)
    return f'{ENTRY}<div id="displaypagenum"><center>{anchors}</center></div>'


def test_numbers_alone(links_of):
    first = links_of(pager(("2", "node_1_2.htm"), ("3", "node_1_3.htm"), ("尾页", "node_1_9.htm")))
    assert first.next.url.endswith("node_1_2.htm")
    middle = links_of(
        pager(("1", "node_1.htm"), ("2", "node_1_2.htm"), ("4", "node_1_4.htm"), ("5", "node_1_5.htm")),
        url=f"{BASE}/node_1_3.htm",
    )
    assert middle.next.url.endswith("node_1_4.htm")
    last = links_of(pager(("1", "node_1.htm"), ("2", "node_1_2.htm")), url=f"{BASE}/node_1_3.htm")
    assert last.next is None
    trs_like = links_of(
        pager(("1", "index.htm"), ("2", "index_1.htm"), ("4", "index_3.htm")), url=f"{BASE}/x/index_2.htm"
    )
    assert trs_like.next.url.endswith("/x/index_3.htm")


@pytest.mark.parametrize(
    "href",
    ["http://www.test-news.cn/", "/index.htm", "javascript:showAd()", "node_1.htm", "node_1_2.htm", "node_1_1.htm",
     "/2022-11/03/content_5.htm", "http://other.example/node_1_4.htm", "/riqi/node_20221103.htm", "/x/node_9.htm"],
)  # fmt: skip
def test_the_last_next_leads_astray(links_of, href):
    links = links_of(pager(("上一页", "node_1_2.htm"), ("下一页", href)), url=f"{BASE}/node_1_3.htm")
    assert links.next is None
    assert links.cut.get("astray") == 1


def test_the_next_channel_is_not_the_next_page(links_of):
    profile = parse_profile(
        HEAD + "family = 'founder'\n[[channels]]\nurl = 'http://www.test-news.cn/node_1.htm'\n"
        "[[channels]]\nurl = 'http://www.test-news.cn/node_5.htm'\n",
        "test",
    )
    channel = profile.channels[0]
    for href in ("node_2.htm", "node_5.htm"):
        links = links_of(pager(("2", href), ("下一页", href)), profile=profile, channel=channel)
        assert links.next is None, href


@pytest.mark.parametrize(
    ("url", "script", "following"),
    [
        ("zwgk/", 'createPageHTML(34, 0, "index", "htm");', "zwgk/index_1.htm"),
        ("zwgk/", "createPageHTML( 34 ,0,'index','shtml',510)", "zwgk/index_1.shtml"),
        ("zwgk/index_1.htm", 'createPageHTML(34, 1, "index", "htm");', "zwgk/index_2.htm"),
        ("zwgk/index_33.htm", 'createPageHTML(34, 33, "index", "htm");', None),
        ("zwgk/", 'createPageHTML(1, 0, "index", "htm");', None),
        ("zwgk/", "createPageHTML('page_div',34, 1,'index','shtml',510);", "zwgk/index_2.shtml"),
        ("zwgk/index_2.shtml", "createPageHTML('page_div',34, 2,'index','shtml',510);", "zwgk/index_3.shtml"),
        ("zwgk/", "var currentPage = 0;//所在页从0开始\nvar prevPage = currentPage-1\nvar countPage = 34//共多少页\n", "zwgk/index_1.html"),
        ("zwgk/index_2.htm", "var currentPage = 2; var countPage = 34;", "zwgk/index_3.htm"),
        ("zwgk/index_2.htm", "var countPage = 34;", "zwgk/index_3.htm"),
        ("zwgk/", 'var countPage = 3; document.write("<a href=\\"index_" + n + ".shtml\\">"); x(".shtml")', "zwgk/index_1.shtml"),
        ("zwgk/", "createPageHTML(nPageCount, 0, 'index', 'htm');", None),
        ("zwgk/", "createPageHTML(99999999999999, 0, 'index', 'htm');", None),
        ("zwgk/", "eval('createPageHTML')", None),
    ],
)  # fmt: skip
def test_trs_calls_are_read_not_run(links_of, trs, url, script, following):
    links = links_of(
        f"<ul><li><a href='t20221103_1.htm'>一</a></li></ul><script>{script}</script>",
        url=f"{BASE}/{url}",
        profile=trs,
    )
    assert (links.next.url if links.next else None) == (f"{BASE}/{following}" if following else None)


def test_templates_end_where_nothing_is_listed(links_of):
    profile = parse_profile(
        HEAD + "family = 'founder'\n[[channels]]\nurl = 'http://www.test-news.cn/list.htm'\n"
        "list = { pager = { url = '{stem}_{n}.{ext}', first = 1, last = 4 } }\n",
        "test",
    )
    channel = profile.channels[0]

    def following(url, body=ENTRY):
        links = links_of(body, url=f"{BASE}/{url}", profile=profile, channel=channel)
        return links.next.url.rpartition("/")[2] if links.next else None, links.cut

    assert following("list.htm") == ("list_1.htm", {})
    assert following("list_1.htm") == ("list_2.htm", {})
    assert following("list_3.htm") == (None, {"budget": 1})
    assert following("list_1.htm", "<p>没有了</p>") == (None, {})


def test_a_list_has_a_budget(links_of):
    profile = parse_profile(HEAD + "family = 'founder'\n[list]\nbudget = 3\n", "test")
    body = pager(("下一页", "node_1_4.htm"))
    assert links_of(body, url=f"{BASE}/node_1_3.htm", profile=profile).cut == {"budget": 1}
    assert (
        links_of(pager(("下一页", "node_1_3.htm")), url=f"{BASE}/node_1_2.htm", profile=profile).next
        is not None
    )


def test_relations_name_the_next_page(links_of, generic):
    links = links_of(f'<link rel="next" href="/news/page/2">{ENTRY}', url=f"{BASE}/news", profile=generic)
    assert links.next.url == f"{BASE}/news/page/2"
