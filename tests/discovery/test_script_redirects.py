"""Pages that only lead on, by a script: followed where the address is literal and the same for every reader."""

import pytest

from crawler.discovery.script_redirects import script_redirect


def page(script, body="", attributes=""):
    return f"<html><head><title>清屏新闻网</title><script>{script}</script></head><body{attributes}>{body}</body></html>"


@pytest.mark.parametrize(
    "html",
    [
        page('window.location.href="/xw/list.html";'),
        page("location = '/xw/list.html'"),
        page("top.location.replace('/xw/list.html');"),
        page('self.location.assign ( "/xw/list.html" )'),
        page("document.location.href = '/xw/list.html'", "<p>正在跳转，请稍候……<a href='/xw/list.html'>点击这里</a></p>"),
        page("setTimeout(\"location.href='/xw/list.html'\", 1000);"),
        page("setTimeout(function () { location.href = '/xw/list.html'; }, 1000)"),
        page("setTimeout(() => { location.href = '/xw/list.html'; }, 1000)"),
        page("window.onload = function () { window.location = '/xw/list.html' }"),
        page("(function(){ // 首页\n location.href='/xw/list.html'; })();"),
        page("$(document).ready(function(){ location.replace('/xw/list.html') });"),
        page("function go(){ location.href='/xw/list.html'; }", attributes=' onload="go()"'),
        page("function go() { location.href = '/xw/list.html' }\nsetTimeout(go, 500);"),
        page("", attributes=" onload=\"location.href='/xw/list.html'\""),
        page("if(/Android|iPhone/i.test(navigator.userAgent)){location.href='http://m.a.cn/';}else{location.href='/xw/list.html';}"),
        page("if (isMobile()) location.href='/wap/'; else location.href='/xw/list.html';"),
        page("location.href = '/xw/list.html' + location.search;"),
        page("var url = '/xw/list.html'; location.href = url;"),
        page("var to='list.html';\nwindow.location.replace('/xw/' + to)"),
        "<script>location.href=`/xw/list.html`</script>",
        "<!-- 清屏 --><SCRIPT LANGUAGE=JavaScript>\n<!--\nlocation.href='/xw/list.html';\n//-->\n</SCRIPT>",
    ],
)  # fmt: skip
def test_literal_addresses_are_followed(html):
    assert script_redirect(html) == "/xw/list.html"


@pytest.mark.parametrize(
    "html",
    [
        # of the reader's device, of what they do, of what they typed
        page("if(/Android|iPhone/i.test(navigator.userAgent)){ window.location.href='http://m.a.cn/'; }"),
        page("if (screen.width < 800) location.href='http://m.a.cn/';"),
        page("navigator.userAgent.match(/mobile/i) && (location.href = 'http://m.a.cn/');"),
        page("var u = isMobile() ? location.href='/wap/' : 0;"),
        page("function search(){ location.href='/search.html'; }", '<a onclick="search()">搜索</a>'),
        page("document.getElementById('b').onclick = function(){ location.href='/login.html' }"),
        page("$('#go').click(function(){ location.href='/login.html' })"),
        page("location.href = '/list?k=' + word;"),
        page("location.href = base() + '/xw/';"),
        page("var url = '/wap/'; if (pc) url = '/xw/'; location.href = url;"),
        page("var url = '/xw/'; url += word; location.href = url;"),
        page("location.href = atob('L3h3Lw==');"),
        page("// location.href='/xw/list.html'"),
        page("/* location.href='/xw/list.html' */"),
        page("var hint = \"location.href='/xw/list.html'\";"),
        page("if (location.href == '/xw/list.html') { report(); }"),
        page("if (getCookie('seen')) { location.href='/xw/list.html' } else { show() }"),
        page("var location_href='/xw/list.html';"),
        page("location.reload();"),
        # a page that says something
        page("location.href='/xw/list.html'", "<p>" + "清屏县水利局昨天在临溪镇召开现场会。" * 12 + "</p>"),
        page("location.href='/xw/list.html'", "".join(f"<a href='/{n}/'>栏目</a>" for n in range(9))),
        page(""),
        "",
    ],
)
def test_what_depends_on_the_reader_is_not(html):
    assert script_redirect(html) is None


@pytest.mark.parametrize(
    "html",
    [
        page("{" * 30000),
        page("(function(){" * 2500),
        page("'" * 30000),
        page("location.href=" * 2000),
        "<script>" * 4000,
    ],
)
def test_hostile_pages_take_no_time(html):
    assert script_redirect(html) is None
