"""A list that shows no entry is an outcome of its own; a page that only leads on, by a script, is followed."""

from __future__ import annotations

import json

from tests.integration.small_sites import article, entries, page, small_site

__all__ = ["small_site"]

NEWS = {f"city.test/2026/1128/{number}.html": article(number) for number in (1001, 1002)}
NAV = "<div class='nav'><a href='/'>首页</a><a href='/gd/'>滚动</a><a href='/about/'>关于我们</a></div>"


def serving(pages):
    named = {**NEWS, **{f"city.test{path}": text for path, text in pages.items()}}
    return named.get


FILLED = {
    "json": json.dumps({"data": {"list": [{"url": "/2026/1128/1001.html", "title": "一"}]}}),
    "html": page(entries(1001)),
}
EMPTY = {
    "/api/1": ({"code": 401, "msg": "签名错误", "data": None}, "code=401 msg=签名错误"),
    "/api/2": ({"data": {"list": []}}, "nothing at data.list"),
    "/api/3": (
        {"data": {"list": [{"link": "/2026/1128/1001.html"}]}},
        "the 1 entries at data.list have no link",
    ),
    "/gd/4/": (NAV + "<p>本栏目暂无内容</p>", "暂无内容"),
    "/gd/5/": (NAV + "<ul><li onclick='show(1001)'>清屏县第1001篇报道</li></ul>", "links, none of which"),
    "/gd/6/": (NAV + "<div class='hot'><h3>热点</h3></div>", "links, none of which"),
}
API = """request = { url = "http://city.test%s" }, list = { type = "json", items = "data.list", fields = { url = "url", title = "title" } }"""


def channel_of(path):
    keys = ", " + API % path if path.startswith("/api") else ""
    return f'{{ url = "http://city.test{path.replace("api", "gd")}", id = "c{path.strip("/")[-1]}"{keys} }}'


CHANNELS = f"follow_channels = false\nchannels = [{', '.join(map(channel_of, EMPTY))}]"


def test_nothing_found_is_said(small_site):
    answers = {
        path: json.dumps(answer, ensure_ascii=False) if isinstance(answer, dict) else page(answer)
        for path, (answer, _) in EMPTY.items()
    }
    done = small_site(CHANNELS, serving(answers), home=False)

    assert done.failures == dict.fromkeys(EMPTY, "empty-list")
    warnings = [line for line in done.log.splitlines() if "WARNING" in line and "shows no entry" in line]
    for path, (_, said) in EMPTY.items():
        assert said in done.details[path]
        assert len([line for line in warnings if f"http://city.test{path} " in line and said in line]) == 1
    assert "failed=0" in done.log
    assert done.code == 3, "nothing was found at all"

    filled = {path: FILLED["json" if "api" in path else "html"] for path in EMPTY if path != "/gd/6/"}
    done = small_site(CHANNELS, serving({**answers, **filled}), home=False)
    assert (done.code, done.urls) == (0, ["http://city.test/2026/1128/1001.html"])
    assert done.failures == {"/gd/6/": "empty-list"}, "the others show an entry now"


def test_a_home_page_that_leads_to_lists_is_not_empty_and_no_list_that_was_only_found(small_site):
    pages = {
        "/": page("<a href='/gd/'>滚动</a><a href='/sh/'>社会</a>"),
        "/gd/": page(entries(1001)),
        "/sh/": page(NAV),
    }
    done = small_site("", serving(pages))

    assert (done.code, len(done.articles), done.failures.get("/"), done.failures.get("/sh/")) == (
        0,
        1,
        None,
        None,
    )


def test_a_home_page_that_only_leads_on_is_followed(small_site):
    script = "setTimeout(\"location.replace('/xw/list.html')\", 100)"
    pages = {
        "/": f"<html><head><script>{script}</script></head></html>",
        "/xw/list.html": page(entries(1001, 1002)),
    }
    done = small_site("", serving(pages))

    assert (done.code, len(done.articles), done.failures) == (0, 2, {})


def test_an_article_that_only_leads_on_is_the_article_that_it_leads_to(small_site):
    moved = "<script>location.href='/2026/1128/1002.html'</script>"
    done = small_site("", serving({"/": page(entries(1001, 1002)), "/2026/1128/1001.html": moved}))

    assert done.urls == ["http://city.test/2026/1128/1002.html"]
