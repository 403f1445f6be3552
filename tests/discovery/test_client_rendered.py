"""Lists that a script fills, told from empty lists and from pages that are something else."""

from __future__ import annotations

import pytest

from crawler.discovery import is_client_rendered
from crawler.parsing import Document

URL = "http://www.a.cn/roll/"


def judge(html, **about):
    return is_client_rendered(Document.from_text(f"<html><body>{html}</body></html>", URL), **about)


@pytest.mark.parametrize(
    "html",
    [
        '<ul id="list"></ul><script src="/js/list.js"></script>',
        '<div class="news-list"> 加载中... </div><script src="/js/list.js"></script>',
        '<ul class="m-newslist"><!-- 列表 --></ul><script>$.ajax({ url: "/api" })</script>',
        '<div id="app"></div><script src="/static/js/app.3f2a.js"></script>',
        "<div id=x></div><noscript>We're sorry but this needs JavaScript enabled.</noscript><script src=a.js></script>",
        '<h1>滚动</h1><p id="k"></p><script>fetch("/api/roll").then(show)</script>',
        # JSONP comes by a script that a script inserts
        "<ul id='newslist'></ul><script>var s=document.createElement('script');s.src='/api?callback=show';document.body.appendChild(s)</script>",
        "<ul id='newslist'></ul><script>document.write('<script src=\"/api?t=' + Date.now() + '\"><\\/script>')</script>",
        "<ul id='newslist'></ul><script>$.ajax({ url: u, dataType: 'jsonp' })</script>",
        # templates, skeletons and pictures that turn
        "<ul class='list'><li v-for='n in list'><a :href='n.url'>{{ n.title }}</a></li></ul><script src='/vue.js'></script>",
        "<ul class='list'><li ng-repeat='n in list'><a href='{{n.url}}'></a></li></ul><script src='/a.js'></script>",
        "<ul class='list'><li><a href='#'></a></li><li><a href='javascript:;'></a></li></ul><script src='/a.js'></script>",
        "<div class='news-list'><img src='/images/loading.gif'>正在加载，请稍候…</div><script src='/a.js'></script>",
        '<tbody id="data_list"></tbody><table><tbody class="dataList"></tbody></table><script>axios.get("/x")</script>',
    ],
)
def test_these_are(html):
    assert judge(html)


@pytest.mark.parametrize(
    "html",
    [
        "",
        '<ul class="list"></ul>',
        "<p>本栏目暂无内容</p><script src='http://stat.counter.example/c.js'></script>",
        '<ul class="list"><li>暂无内容</li></ul><script src="/a.js"></script>',
        '<ul class="list"><li><a href="/x/">子栏目</a></li></ul><script src="/a.js"></script>',
        '<div class="content"><form><input name="q"></form></div><script src="/a.js"></script>',
        "<script>var _stat=_stat||[];_stat.push(['page',location.href]);</script><ul class='list'></ul>",
        "<p>" + "关于我们是一个综合性新闻网站。" * 60 + "</p><script>fetch('/stat')</script>",
    ],
)
def test_these_are_not(html):
    assert not judge(html)


@pytest.mark.parametrize(
    "html",
    [
        "<div class=list>" * 5000,
        "<script>" + "fetch(" * 100_000,
        "\x00<ul id=list>",
        "<ul id='" + "list-" * 50_000 + "'></ul><script src=x></script>",
    ],
)
def test_hostile_pages_raise_nothing(html):
    judge(html)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            '<ul id="list"></ul><script src="/js/list.js"></script><div class="foot"><a href="/2026/1128/1.html">举报</a></div>',
            True,
        ),
        (
            '<ul id="list"></ul><div class="page"><a href="?page=2">下一页</a></div><script>fetch("/api")</script>',
            True,
        ),
        ("<p>少少几个字</p><script>fetch('/api')</script>", False),
        ("<div id=x></div><noscript>needs JavaScript</noscript><script src=a.js></script>", False),
        (
            '<ul class="list"><li><a href="/2026/1128/1.html">唯一的一条</a></li></ul><script src="/a.js"></script>',
            False,
        ),
    ],
)
def test_a_page_with_next_to_no_entries_needs_a_place_for_a_list(html, expected):
    assert judge(html, has_entries=True) is expected
