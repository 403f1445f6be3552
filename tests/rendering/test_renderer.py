"""One page in real Chromium, with a network that is a table of answers."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
from collections import Counter

import pytest

from crawler.errors import GiveUp, Retry
from crawler.portals import parse_profile
from crawler.portals.model import Render
from crawler.rendering.browser import Browser, BrowserOptions
from crawler.rendering.driver import Limits
from crawler.rendering.network import Answer
from crawler.rendering.program import NoBrowser
from crawler.rendering.renderer import render
from tests.rendering.processes import alive, browsers

PAGE = "http://www.a-news.cn/roll/"
PROFILE = parse_profile('title = "x"\nhome = "http://www.a-news.cn/"\ndomains = ["a-news.cn"]\n', "x")
ENVIRONMENT = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/tmp")}


class Site:
    """Answers by URL; an answer may be an exception. What was asked is kept."""

    def __init__(self, answers=None):
        self.answers = answers or {}
        self.asked = []

    async def __call__(self, wanted):
        self.asked.append(wanted)
        await asyncio.sleep(0)
        found = self.answers.get(wanted.url.partition("#")[0], Answer(404, {}, b""))
        if isinstance(found, list):
            found = found.pop(0) if len(found) > 1 else found[0]
        if isinstance(found, Exception):
            raise found
        return found


def script(text):
    return Answer(200, {"Content-Type": "application/javascript; charset=utf-8"}, text.encode())


def page(body):
    return Answer(
        200,
        {"Content-Type": "text/html; charset=gb2312"},
        f"<html><body>{body}</body></html>".encode("gb18030"),
    )


@pytest.fixture
async def chromium(browser):
    counts = Counter()
    running = Browser(
        BrowserOptions(ENVIRONMENT, program=browser, user_agent="news/1"), lambda what: counts.update([what])
    )
    running.counts = counts
    yield running
    await running.discard()


async def always(_):
    return True


async def shown(chromium, body, site=None, *, rules=None, goes_on=always, seconds=20.0, profile=PROFILE):
    return await render(
        PAGE,
        page(body),
        browser=chromium,
        fetch=site or Site(),
        profile=profile,
        rules=rules or Render(),
        limits=Limits(seconds),
        goes_on=goes_on,
    )


async def test_a_script_fills_the_list_from_the_portals_own_hosts(chromium):
    site = Site({
        "http://js.a-news.cn/list.js": script(
            "fetch('/api').then(a => a.json()).then(d => d.forEach(one => {"
            "const a = document.createElement('a'); a.href = one; a.textContent = '新闻'; document.body.append(a) }))"
        ),
        "http://www.a-news.cn/api": Answer(200, {"content-type": "application/json"}, b'["/2022-11/03/content_1.htm"]'),
    })  # fmt: skip
    result = await shown(chromium, '福州<script src="http://js.a-news.cn/list.js"></script>', site)
    assert 'href="/2022-11/03/content_1.htm">新闻</a>' in result.html
    assert "福州" in result.html
    assert result.complete
    assert [wanted.url for wanted, _ in result.data] == ["http://www.a-news.cn/api"]
    assert site.asked[0].kept
    assert site.asked[1].headers["referer"] == PAGE
    assert "user-agent" not in site.asked[1].headers


async def test_only_what_a_list_needs_is_asked_for_and_only_of_the_portal(chromium):
    body = """
    <img src="/a.png"><video src="/v.mp4"></video><iframe src="/frame.htm"></iframe>
    <link rel="stylesheet" href="/s.css"><link rel="icon" href="/f.ico">
    <script src="http://stat.counter.example/c.js"></script>
    <script src="http://127.0.0.1:9/c.js"></script><script src="http://169.254.169.254/c.js"></script>
    <script src="/gone.js"></script><script src="/robots.js"></script><script src="/lure.js"></script>
    <script>
      fetch('http://weather.example/'); fetch('http://a-news.cn.evil.example/'); navigator.sendBeacon('/beacon');
      new WebSocket('ws://www.a-news.cn/socket'); new EventSource('/events'); fetch('/put', { method: 'PUT' });
      window.open('http://www.a-news.cn/popup'); fetch('file:///etc/passwd').catch(() => 0);
      setTimeout(() => { location.href = 'http://www.a-news.cn/elsewhere' }, 50);
      fetch('/post', { method: 'POST', body: 'page=1', headers: { 'X-Requested-With': 'XMLHttpRequest' } });
    </script><a href="/2022-11/03/content_1.htm">x</a>"""
    site = Site({
        "http://www.a-news.cn/robots.js": GiveUp("robots"),
        # a redirect that reached the browser would lead to a host that nobody may ask
        "http://www.a-news.cn/lure.js": Answer(302, {"location": "http://evil.example/x.js"}, b""),
    })  # fmt: skip
    result = await shown(chromium, body, site)
    assert sorted({wanted.url for wanted in site.asked}) == [
        f"http://www.a-news.cn/{name}" for name in ("gone.js", "lure.js", "post", "robots.js", "s.css")
    ]
    posted = next(wanted for wanted in site.asked if wanted.method == "POST")
    assert (posted.body, posted.headers["x-requested-with"]) == (b"page=1", "XMLHttpRequest")
    assert result.refused["offsite"] >= 3
    assert result.refused["private-address"] == 2
    assert result.refused["robots"] == 1
    assert {"document", "eventsource", "method"} <= result.refused.keys()
    assert "content_1.htm" in result.html


async def test_a_button_is_known_by_its_words_and_clicked_until_it_is_gone(chromium):
    body = """<ul></ul><a href="/more/">更多</a><div class="btn" onclick="add()">点击加载更多</div><script>
    let n = 0; function add() { const li = document.createElement('li'); n += 1;
      li.innerHTML = `<a href="/2022-11/03/content_${n}.htm">n</a>`; document.querySelector('ul').append(li);
      if (n === 7) document.querySelector('.btn').remove() }</script>"""
    result = await shown(chromium, body)
    assert result.html.count("content_") - 1 == 7
    assert result.complete
    limited = await shown(chromium, body, rules=Render(steps=3))
    assert (limited.html.count("content_") - 1, limited.cut, limited.complete) == (3, "steps", True)


async def test_the_profiles_button_alone_is_clicked(chromium):
    body = """<p onclick="this.id = 'wrong'">加载更多</p><button id="next">&gt;</button><script>
    let n = 0; next.onclick = () => { n += 1; next.insertAdjacentHTML('beforebegin', `<a href="/2022-11/03/content_${n}.htm">n</a>`);
      next.disabled = n === 4 }</script>"""
    result = await shown(chromium, body, rules=Render(more=("#nothing", "#next"), scroll=False))
    assert result.html.count('<a href="/2022') == 4 + 1  # the script has one of them
    assert 'id="wrong"' not in result.html


async def test_endless_scrolling_ends_when_nothing_new_comes_or_nothing_new_is_wanted(chromium):
    body = """<div style="height:3000px"></div><ul></ul><script>let n = 0; onscroll = () => {
      if (n < 60 && innerHeight + scrollY >= document.documentElement.scrollHeight - 10) { n += 20;
      for (let i = n - 19; i <= n; i++) document.querySelector('ul').insertAdjacentHTML('beforeend',
        `<li style="height:90px"><a href="/2022-11/03/content_${i}.htm">${i}</a></li>`) } }</script>"""
    assert (await shown(chromium, body)).html.count("<li style") == 61  # the script has one of them

    async def enough(html):
        return html.count("<li style") < 40

    assert (await shown(chromium, body, goes_on=enough)).html.count("<li style") == 41


def rolled(pages, pager):
    """A page whose pager replaces the entries: of ``pages`` pages, and none behind them."""
    return """<ul id="list"></ul><div class="page" id="pager"></div><script>
      function load(p) { fetch('/api?p=' + p).then(a => a.json()).then(rows => {
        list.innerHTML = rows.map(one => `<li><a href="${one}">新闻</a></li>`).join('');
        pager.innerHTML = PAGER; }) }
      load(1)</script>""".replace("PAGER", pager), Site({
        f"http://www.a-news.cn/api?p={p}": Answer(200, {"content-type": "application/json"},
            json.dumps([f"/2022-11/03/content_{2 * p + n}.htm" for n in (0, 1)] if p <= pages else []).encode())
        for p in range(1, 60)
    })  # fmt: skip


@pytest.mark.parametrize(
    "pager",
    [
        "`<a href='javascript:load(${p + 1})'>下一页</a>`",
        "`<a href='javascript:load(1)'>首页</a> <button onclick='load(${p + 1})'>&gt;</button>`",
        "`<a href='#' onclick='load(${p + 1});return false' title='下一页'></a><style>a{display:inline-block;width:9px;height:9px}</style>`",
        "`<a class='page-next' href='javascript:load(${p + 1})'><i></i></a><style>a{display:inline-block;width:9px;height:9px}</style>`",
        "[1, 2, 3, 4, 5].map(n => n === p ? `<span>${n}</span>` : `<a href='javascript:load(${n})'>${n}</a>`).join(' ')",
        "[1, 2, 3, 4, 5].map(n => `<li onclick='load(${n})' class='${n === p ? 'active' : ''}'>${n}</li>`).join(' ')",
    ],
)
async def test_what_every_step_shows_is_kept_where_a_pager_replaces_the_entries(chromium, pager):
    body, site = rolled(3, pager)
    result = await shown(chromium, body, site)
    shown_at = [set(re.findall(r"content_(\d+)", html)) for html in (*result.earlier, result.html)]
    assert set().union(*shown_at) == {str(number) for number in range(2, 8)}
    assert len(site.asked) == 4, "the first click that brings nothing is the last"
    assert result.complete


async def test_a_list_that_only_grows_is_kept_once(chromium):
    body = """<ul></ul><div onclick="add()">加载更多</div><script>let n = 0; function add() { n += 1;
      document.querySelector('ul').insertAdjacentHTML('beforeend', n < 5 ? `<a href="/2022-11/03/content_${n}.htm">n</a>` : '') }</script>"""
    result = await shown(chromium, body)
    assert list(result.earlier) == []
    assert result.html.count("content_") - 1 == 4


async def test_a_disabled_next_page_is_not_clicked(chromium):
    body = """<a href="/2022-11/03/content_1.htm">x</a><ul><li class="disabled"><a href="javascript:go()">下一页</a></li></ul>
      <a class="next layui-disabled" href="javascript:go()">下一页</a><script>function go() { document.body.id = 'clicked' }</script>"""
    assert 'id="clicked"' not in (await shown(chromium, body)).html


async def test_all_that_was_replaced_is_bounded(chromium):
    body, site = rolled(40, "`<a href='javascript:load(${p + 1})'>下一页</a>` + 'x'.repeat(20000)")
    result = await render(
        PAGE, page(body), browser=chromium, fetch=site, profile=PROFILE, rules=Render(),
        limits=Limits(20.0, size=30_000), goes_on=always,
    )  # fmt: skip
    assert result.cut == "size"
    assert sum(map(len, result.earlier)) < 6 * 30_000


async def test_an_answer_that_calls_back_is_data_and_never_kept(chromium):
    site = Site({
        "http://www.a-news.cn/api?p=1&callback=show": script('show(["/2022-11/03/content_1.htm"])'),
        "http://www.a-news.cn/a.js": script("1"),
    })  # fmt: skip
    body = """<ul id="list"></ul><script src="/a.js"></script><script>
      function show(rows) { list.innerHTML = rows.map(one => `<a href="${one}">新闻</a>`).join('') }
      const s = document.createElement('script'); s.src = '/api?p=1&callback=show'; document.body.appendChild(s)</script>"""
    result = await shown(chromium, body, site)
    assert 'href="/2022-11/03/content_1.htm"' in result.html
    assert [wanted.url for wanted, _ in result.data] == ["http://www.a-news.cn/api?p=1&callback=show"]
    assert {wanted.url.partition("cn")[2]: wanted.kept for wanted in site.asked} == {
        "/a.js": True,
        "/api?p=1&callback=show": False,
    }


async def test_a_page_that_never_ends_is_cut_by_time_and_not_taken_for_complete(chromium):
    body = """<ul></ul><script>let n = 0; onscroll = () => { n += 1; document.querySelector('ul').insertAdjacentHTML(
      'beforeend', `<li style="height:2000px"><a href="/2022-11/03/content_${n}.htm">${n}</a></li>`) }</script>"""
    result = await shown(chromium, body, rules=Render(steps=1000), seconds=4)
    assert (result.cut, result.complete) == ("time", False)
    assert result.html.count("<li style") > 3


async def test_what_fails_for_now_is_tried_again_and_else_the_list_is_incomplete(chromium):
    body = "<script>fetch('/api').then(a => a.text()).then(t => { document.body.append(t) })</script>"
    good = Answer(200, {"content-type": "text/plain"}, b"got it")
    site = Site({"http://www.a-news.cn/api": [Answer(503, {}, b""), Retry("timeout"), good]})
    result = await shown(chromium, body, site)
    assert "got it" in result.html
    assert result.complete
    for trouble in (Answer(503, {}, b""), Retry("timeout")):
        assert not (await shown(chromium, body, Site({"http://www.a-news.cn/api": trouble}))).complete
    for final in (Answer(404, {}, b""), GiveUp("robots")):
        assert (await shown(chromium, body, Site({"http://www.a-news.cn/api": final}))).complete


@pytest.mark.parametrize(
    "body",
    [
        "<script>while (true) {}</script>",
        "<script>setTimeout(() => { while (true) {} }, 100)</script>",
        "<script>onscroll = () => { while (true) {} }</script>",
    ],
)
async def test_a_page_that_hangs_costs_itself_a_try_and_the_browser_goes_on(chromium, body, monkeypatch):
    monkeypatch.setattr("crawler.rendering.driver._ANSWERS_S", 2.0)
    with pytest.raises(Retry, match="browser-hung"):
        await shown(chromium, body, seconds=6)
    assert "fine" in (await shown(chromium, "fine")).html


async def test_a_page_that_eats_all_memory_dies_alone(chromium):
    with pytest.raises(Retry, match=r"browser-(crashed|hung)"):
        await shown(
            chromium, "<script>const a = []; while (true) a.push(new Array(1e6).fill(Math.random()))</script>"
        )
    assert "fine" in (await shown(chromium, "fine")).html


async def test_a_killed_browser_costs_a_try_and_another_is_started(chromium):
    assert "one" in (await shown(chromium, "one")).html
    for _ in range(3):
        (pid,) = browsers(os.getpid())
        waiting = asyncio.create_task(shown(chromium, "<script>setInterval(() => fetch('/x'), 50)</script>"))
        await asyncio.sleep(1.0)
        os.kill(pid, signal.SIGKILL)
        with pytest.raises(Retry, match="browser-crashed"):
            await waiting
        assert "again" in (await shown(chromium, "again")).html
    assert chromium.counts["started"] == 4


async def test_a_browser_that_dies_between_two_pages_is_not_noticed(chromium):
    await shown(chromium, "one")
    (pid,) = browsers(os.getpid())
    os.kill(pid, signal.SIGKILL)
    await asyncio.sleep(0.5)
    assert "two" in (await shown(chromium, "two")).html


async def test_a_browser_that_is_stopped_between_two_pages_costs_a_try_and_another_is_started(
    chromium, monkeypatch
):
    monkeypatch.setattr("crawler.rendering.browser._OPENS_S", 2.0)
    monkeypatch.setattr("crawler.rendering.browser._CLOSE_S", 1.0)
    await shown(chromium, "one")
    (pid,) = browsers(os.getpid())
    os.kill(pid, signal.SIGSTOP)
    hung = await asyncio.wait_for(
        asyncio.gather(*(shown(chromium, "two") for _ in range(2)), return_exceptions=True), 30
    )
    assert {getattr(error, "reason", error) for error in hung} <= {"browser-hung", "browser-crashed"}
    assert any(getattr(error, "reason", "") == "browser-hung" for error in hung)
    assert "again" in (await asyncio.wait_for(shown(chromium, "again"), 30)).html
    assert not alive(pid)
    assert chromium.counts["started"] == 2


async def test_a_browser_that_is_stopped_on_a_page_is_killed_and_another_is_started(chromium, monkeypatch):
    monkeypatch.setattr("crawler.rendering.driver._ANSWERS_S", 2.0)
    monkeypatch.setattr("crawler.rendering.browser._CLOSE_S", 1.0)
    waiting = asyncio.create_task(shown(chromium, "<script>setInterval(() => fetch('/x'), 50)</script>"))
    for _ in range(300):  # the first one of a busy machine takes its time
        if browsers(os.getpid()):
            break
        await asyncio.sleep(0.1)
    await asyncio.sleep(2.0)
    (pid,) = browsers(os.getpid())
    os.kill(pid, signal.SIGSTOP)
    with pytest.raises(Retry, match="browser-hung"):
        await asyncio.wait_for(waiting, 40)
    assert "again" in (await asyncio.wait_for(shown(chromium, "again"), 30)).html
    assert not alive(pid)


async def test_the_browser_is_renewed_and_nothing_is_left_of_it(browser):
    counts = Counter()
    options = BrowserOptions(ENVIRONMENT, program=browser, pages=2, lifetime=3)
    running = Browser(options, lambda what: counts.update([what]))
    for _ in range(4):
        results = await asyncio.gather(*(shown(running, f"page {number}") for number in range(2)))
        assert [f"page {number}" in result.html for number, result in enumerate(results)] == [True, True]
    assert counts["started"] in {2, 3}
    assert len(browsers(os.getpid())) == 1
    await running.discard()
    await asyncio.sleep(0.5)
    assert browsers(os.getpid()) == []


async def test_pages_know_nothing_of_each_other_nor_of_the_worker(chromium):
    await shown(chromium, "<script>document.cookie = 'a=1; path=/'; localStorage.setItem('b', '2')</script>")
    body = "<script>document.body.append(`[${document.cookie}${localStorage.getItem('b')}${navigator.userAgent}]`)</script>"
    assert "[nullnews/1]" in (await shown(chromium, body)).html


async def test_a_page_of_any_charset_and_an_https_page_are_shown(chromium):
    result = await render(
        "https://www.a-news.cn/列表/?页=1#top", page("福州"), browser=chromium, fetch=Site(), profile=PROFILE,
        rules=Render(wait="body"), limits=Limits(10), goes_on=always,
    )  # fmt: skip
    assert "福州" in result.html


async def test_no_browser_is_one_line_that_says_what_to_do(browser, tmp_path):
    for program in ("none", str(tmp_path / "nothing")):
        with pytest.raises(NoBrowser, match="PLAYWRIGHT_EXECUTABLE") as caught:
            await shown(Browser(BrowserOptions(ENVIRONMENT, program=program), lambda _: None), "x")
        assert "\n" not in str(caught.value)
    bad = tmp_path / "chromium"
    bad.write_text("#!/bin/sh\nexit 1\n")
    bad.chmod(0o755)
    with pytest.raises(Retry, match="browser-crashed"):
        await shown(Browser(BrowserOptions(ENVIRONMENT, program=str(bad)), lambda _: None), "x")
