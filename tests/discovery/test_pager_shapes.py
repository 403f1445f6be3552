"""Pagers without words, without links, or with both in unusual places: what follows a list's page, and what does not."""

import pytest

from crawler.portals import parse_profile
from tests.discovery.conftest import HEAD

LIST = "http://www.test-news.cn/bdyw/list.html"
ENTRY = '<ul class="list"><li><a href="/2026/1128/1001.html">清屏县农村供水管网改造</a></li></ul>'


@pytest.fixture
def following(links_of, generic):
    """The next page of a list with this pager, as far as it is below the portal; and whether it leads astray."""

    def read(pager, url=LIST, profile=generic, channel=None):
        links = links_of(ENTRY + pager, url=url, profile=profile, channel=channel)
        return links.next.url.removeprefix("http://www.test-news.cn") if links.next else None

    return read


@pytest.mark.parametrize(
    "pager",
    [
        '<a href="?page=2"><img src="/next.gif" alt="下一页"></a>',
        '<a href="?page=2" title="下一页"><i class="icon"></i></a>',
        '<a href="?page=2" aria-label="Next">\ue600</a>',
        '<a href="?page=2"><img src="/images/next.png"></a>',
        '<a class="page-next" href="?page=2"><span class="arrow"></span></a>',
        '<map><area href="?page=1" alt="上一页"><area href="?page=2" alt="下一页"></map>',
        '<input type="button" value="下一页" onclick="location.href=\'?page=2\'">',
        "<button onclick=\"window.location.href='/bdyw/list.html?page=2';return false;\">下一页</button>",
        '<span onclick="goUrl(\'list.html?page=2\')">下一页</span>',
        '<a href="javascript:location=\'list.html?page=2\'">下一页</a>',
        '<a href="javascript:;" data-href="list.html?page=2">下一页</a>',
        '<a href="javascript:go(2)">2</a><a href="javascript:go(3)">3</a><script>function go(n){ if(n>0){ location.href="list.html?page="+n; } }</script>',
        '<a href="#" onclick="return go(2)">下一页</a><script>var go = function (p) { window.location.href = `list.html?page=${p}`; }</script>',
        "<select onchange=\"location=this.value\"><option value='list.html' selected>1</option><option value='list.html?page=2'>2</option></select>",
        "<select onchange=\"location='list.html?page='+this.value\"><option value='1'>第1页</option><option value='2'>第2页</option></select>",
        ("<select onchange=\"go(this.value)\"><option value='1'>1/9</option><option value='2'>2/9</option></select>"
        "<script>function go(n){location.href='?page='+n}</script>"),
        "<script>laypage({cont:'page', pages: 20, curr: 1, jump: function(e, first){ if(!first){ location.href = '?page='+e.curr; } }});</script>",
        "<script>layui.use('laypage', function(){ layui.laypage.render({elem:'p', count: 57, limit: 10, jump: function(obj, first){ if(!first) location.href='/bdyw/list.html?page='+obj.curr } }) })</script>",
        "<script>layui.laypage.render({elem:'p', count: 57, jump: function(obj, first){ if(!first) location.href='?page='+obj.curr } })</script>",
        "<script>$('#p').pagination({ pageCount: 20, callback: function(api){ location.href = '?page=' + api.getCurrent() } })</script>",
        "<select onchange=\"location=this.value\"><option value='list.html' selected>第1页/共9页</option><option value='list.html?page=2'>第2页/共9页</option></select>",
        "<script>$('#p').twbsPagination({totalPages: 35, visiblePages: 7, href: '?page={{number}}'});</script>",
        "<script>$('#p').pagination({ items: 57, itemsOnPage: 10, hrefTextPrefix: '?page=', hrefTextSuffix: '' });</script>",
        ("<script>kkpager.generPageHtml({ pno : 1, total : 20, totalRecords : 390, hrefFormer : 'list', hrefLatter : '.html',"
        ' getLink : function(n){ return this.hrefFormer + this.hrefLatter + "?page="+n; } });</script>'),
    ],
)  # fmt: skip
def test_what_leads_on(following, pager):
    assert following(f"<div class='page'>{pager}</div>") == "/bdyw/list.html?page=2"


@pytest.mark.parametrize(
    ("url", "pager", "expected"),
    [
        # libraries know which page this is by its address, or are told
        ("?page=3", "<script>laypage({pages: 4, curr: 1, jump: function(e){ location.href = '?page='+e.curr; }});</script>", "?page=4"),
        ("?page=4", "<script>laypage({pages: 4, jump: function(e){ location.href = '?page='+e.curr; }});</script>", None),
        ("?page=3", "<select onchange=\"location=this.value\"><option value='list.html'>1</option><option value='?page=2'>2</option><option value='?page=3' selected>3</option><option value='?page=4'>4</option></select>", "?page=4"),
        ("?page=2", '<a href="?page=1"><img alt="上一页"></a><a href="?page=3"><img alt="下一页"></a>', "?page=3"),
        ("", "<script>$('#p').pagination(57, {items_per_page: 10, link_to: '?page=__id__'});</script>", "?page=1"),
    ],
)  # fmt: skip
def test_pages_in_the_middle(following, url, pager, expected):
    found = following(pager, url=LIST + url)
    assert found == (f"/bdyw/list.html{expected}" if expected else None)


@pytest.mark.parametrize(
    "pager",
    [
        # arrows of a carousel, other people's selects and functions, addresses that only the reader's browser knows
        '<a class="next" href="javascript:;"></a><a class="next" href="#"><i></i></a>',
        "<select onchange=\"location=this.value\"><option value='http://www.test-news.cn/a/'>城东区</option><option value='/b/'>城西区</option></select>",
        "<select><option value='2026'>2026</option><option value='2025'>2025</option></select>",
        '<a href="javascript:load(2)">下一页</a><script>function load(n){ $.get("/api?page=" + n, show) }</script>',
        '<a href="javascript:go(2)">下一页</a><script>function go(n){ location.href = base() + "?page=" + n }</script>',
        '<a href="javascript:go(2)">下一页</a><script>function go(n){ location.href = "?key=" + word + "&page=" + n }</script>',
        '<a href="javascript:go(2)">2</a><script>function x(n){ } function go(){ location.href = "?page=" + n }</script>',
        '<span onclick="share(\'/bdyw/list.html?page=2\')">分享</span>',
        '<button onclick="location.href=\'http://b.example/list.html?page=2\'">下一页</button>',
        '<button onclick="location.href=\'/\'">下一页</button>',
        "<script>laypage({pages: 1, jump: function(e){ location.href = '?page='+e.curr; }});</script>",
        "<script>var pagination = {pages: 9}; if (old) location.href = root + '/old.html';</script>",
        "<script>laypage({pages: total, jump: function(e){ location.href = '?page='+e.curr; }});</script>",
        "<script>laypage({pages: 9, jump: function(e){ load(e.curr); }});</script>",
        '<a href="/2026/1128/1002.html"><img alt="下一页"></a>',
    ],
)  # fmt: skip
def test_what_leads_nowhere(following, pager):
    assert following(f"<div class='page'>{pager}</div>") is None


def links(*pairs):
    return " ".join(f'<a href="{href}">{text}</a>' for text, href in pairs)


@pytest.mark.parametrize(
    ("own", "pager", "expected"),
    [
        # counted down: page 2 has the highest number
        ("index.html", links(("2", "index_34.html"), ("3", "index_33.html"), ("下一页", "index_34.html")), "index_34.html"),
        ("index_34.html", links(("1", "index.html"), ("3", "index_33.html"), ("4", "index_32.html"), ("下一页", "index_33.html")), "index_33.html"),
        ("index_20.html", links(("上一页", "index_21.html"), ("下一页", "index_19.html")), "index_19.html"),
        ("index_34.html", links(("上一页", "index.html"), ("下一页", "index_33.html")), "index_33.html"),
        ("index_33.html", links(("1", "index.html"), ("2", "index_34.html"), ("4", "index_32.html"), ("5", "index_31.html")), "index_32.html"),
        ("index_1.html", links(("首页", "index.html"), ("上一页", "index_2.html")), None),
        # the last page leads back
        ("index_9.html", links(("上一页", "index_8.html"), ("下一页", "index_8.html")), None),
        ("index_9.html", links(("首页", "index.html"), ("上一页", "index_8.html"), ("下一页", "index_1.html")), None),
        ("index_9.html", links(("1", "index.html"), ("7", "index_7.html"), ("8", "index_8.html"), ("下一页", "index_2.html")), None),
        # in another folder
        ("index.html", links(("2", "/more/bdyw/2.html"), ("3", "/more/bdyw/3.html"), ("下一页", "/more/bdyw/2.html")), "/more/bdyw/2.html"),
        ("index.html", links(("下一页", "/system/more/10012/more_10012_0002.shtml")), "/system/more/10012/more_10012_0002.shtml"),
        ("index.html", links(("下一页", "/list/bdyw/page/2")), "/list/bdyw/page/2"),
        # another column, which its own words link to; a page of it; an article; another portal
        ("index.html", links(("社会民生", "/shms/list_2.html"), ("下一页", "/shms/list_2.html")), None),
        ("index_3.html", links(("上一页", "index_2.html"), ("下一页", "/shms/list_2.html")), None),
        ("index.html", links(("下一页", "/2026/1128/10012.html")), None),
        ("index.html", links(("下一页", "/shms/")), None),
        ("index.html", links(("下一页", "http://b.example/bdyw/2.html")), None),
    ],
)  # fmt: skip
def test_pagers_that_count_down_or_lead_to_another_folder(following, own, pager, expected):
    folder = "/bdyw/"
    found = following(pager, url=f"http://www.test-news.cn{folder}{own}")
    assert found == (None if expected is None else expected if expected[0] == "/" else folder + expected)


@pytest.mark.parametrize(
    ("own", "pager", "expected"),
    [
        ("list_1.html", links(("2", "list_2.html"), ("下一页", "list_2.html")), "list_2.html"),
        ("list-253-1.html", links(("下一页", "list-253-2.html")), "list-253-2.html"),
        ("list.php?cid=4&page=1", links(("下一页", "list.php?cid=4&amp;page=2")), "list.php?cid=4&page=2"),
        ("list_5.html", links(("下一页", "list_6.html")), None),
        ("node_1.html", links(("2", "node_2.html"), ("下一页", "node_2.html")), None),
    ],
)
def test_a_channel_that_is_page_one_by_its_address(following, own, pager, expected):
    channel = f"http://www.test-news.cn/{own}"
    profile = parse_profile(f'{HEAD}channels = [{{ url = "{channel}", name = "要闻" }}]\n', "test")
    found = following(pager, url=profile.channels[0].url, profile=profile, channel=profile.channels[0])
    assert found == (f"/{expected}" if expected else None)


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ('createPageHTML(34, 0, "index", "htm");', "/zwgk/index_1.htm"),
        ('createPageHTML("page", 34, 1, "list", "shtml");', "/zwgk/list_2.shtml"),
        ('createPageHTML(1, 0, "index", "htm");', None),
        ('createPageHTML(total, 0, "index", "htm");', None),
    ],
)
def test_a_pagers_call_needs_no_family(following, script, expected):
    assert following(f"<script>{script}</script>", url="http://www.test-news.cn/zwgk/") == expected
