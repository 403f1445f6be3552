"""Columns that scripts fill, each in its way: all of them get a browser, and all that it shows is read."""

from __future__ import annotations

import json

from tests.integration.small_sites import article, page, small_site

__all__ = ["small_site"]

NAV = "<div class='nav'><a href='/'>首页</a></div>"
FOOT = "<div class='bottom'><a href='/2026/1128/9001.html'>违法和不良信息举报</a> 清屏新闻网 版权所有 闽ICP备1号</div>"
SHOW = "function show(d){ list.innerHTML += d.rows.map(r => `<li><a href=\"${r.u}\">清屏县的一条新闻</a></li>`).join('') }"

COLUMNS = {
    # a pager that replaces the entries
    "a": "<ul id='list'></ul><div id='pager'></div><script>" + SHOW + """
      function load(p) { fetch('/api/a?p=' + p).then(r => r.json()).then(d => { list.innerHTML = ''; show(d);
        pager.innerHTML = `<a href='javascript:load(${p + 1})'>下一页</a>` }) } load(1)</script>""",
    # JSONP by an inserted script, and a static pager
    "b": "<ul id='list'></ul><div class='page'><a href='/col/b/?page=2'>下一页</a></div><script>" + SHOW + """
      var s = document.createElement('script'); s.src = '/api/b?p=1&callback=show'; document.body.appendChild(s)</script>""",
    # a POST behind 加载更多
    "c": "<ul id='list'></ul><a id='more' href='javascript:;' onclick='load()'>加载更多</a><script>" + SHOW + """
      var p = 0; function load() { p++; var x = new XMLHttpRequest(); x.open('POST', '/api/c');
        x.setRequestHeader('Content-Type', 'application/x-www-form-urlencoded');
        x.onload = function () { show(JSON.parse(x.responseText)) }; x.send('cid=7&p=' + p) } load()</script>""",
    "d": "<ul id='list'></ul><script>" + SHOW + "fetch('/api/d?p=1').then(r => r.json()).then(show)</script>",
    "e": "<ul id='list'></ul><script>" + SHOW + "fetch('/api/e?p=1').then(r => r.json()).then(show)</script>",
}  # fmt: skip


def numbers(column, number):
    first = 1000 * (1 + "abcde".index(column)) + 2 * number
    return [first, first + 1] if number <= 3 else []


def rows(column, number):
    return {"rows": [{"u": f"/2026/1128/{n}.html", "t": f"清屏县新闻{n}"} for n in numbers(column, number)]}


def answer(url):
    path = url.removeprefix("city.test")
    if path.startswith("/2026/"):
        return article(int(path[11:-5]))
    if path == "/":
        return page(NAV + "".join(f"<a href='/col/{name}/'>栏目{name}</a>" for name in COLUMNS))
    if path.startswith("/col/") and "?" not in path:
        return page(NAV + COLUMNS[path[5]] + FOOT)
    if path.startswith("/api/c"):
        return lambda body: json.dumps(rows("c", int(body.rpartition("=")[2])))
    if path.startswith("/api/b"):
        return f"show({json.dumps(rows('b', 1))})"
    if path.startswith("/api/"):
        return json.dumps(rows(path[5], int(path.rpartition("=")[2])))
    return None


def test_every_column_is_filled_once_and_read_to_its_end(small_site, browser):
    done = small_site("", answer, browser=browser)

    wanted = {
        n
        for column in "abc"
        for number in (1, 2, 3)
        for n in numbers(column, number)
        if column != "b" or number == 1
    }
    wanted |= {n for column in "de" for n in numbers(column, 1)} | {9001}
    assert {int(url[-9:-5]) for url in done.urls} == wanted
    # a step that brings nothing new is the last
    assert [done.asked[f"city.test/api/a?p={p}"] for p in range(1, 7)] == [1, 1, 1, 1, 0, 0]
    assert done.asked["city.test/api/c"] == 4
    line = next(line for line in done.log.splitlines() if "/col/c/ needs no browser" in line)
    assert 'request = { url = "http://city.test/api/c", form = { cid = "7", p = "1" } }' in line
    assert done.failures == {} or set(done.failures.values()) == {"http-404"}


def test_what_stands_there_already_is_followed_where_no_browser_is(small_site):
    done = small_site("", answer)

    assert done.urls == ["http://city.test/2026/1128/9001.html"]
    assert {url: reason for url, reason in done.failures.items() if "?" not in url} == {
        f"/col/{name}/": "no-browser" for name in COLUMNS
    }
