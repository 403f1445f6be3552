"""Asking for a browser where a list came empty: when, how often, and what is remembered."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest
from scrapy import Request

from crawler.fetching.rendering import PLAIN, RENDER, memory_key
from crawler.parsing import Document
from crawler.portals import load_profile
from crawler.portals.page_kind import PageKind
from crawler.spiders.requests import Task
from crawler.spiders.script_lists import ScriptLists
from tests.contexts import make_context

URL = "http://fz.sample-news.test/node_191.htm"
EMPTY = '<ul id="list"></ul><script src="/list.js"></script>'
CHANNEL = Task(portal="sample", kind=PageKind.CHANNEL, list="channel", channel="node_191")


class Frontier:
    def __init__(self):
        self.memory = {}

    async def cached(self, key):
        return self.memory.get(key)


class Crawl:
    """Script lists, and what they are told of."""

    def __init__(self):
        self.frontier = Frontier()
        self.context = make_context(self.frontier)
        self.lists = ScriptLists(self.context, 0.05)

    def count(self, **counts):
        for name, number in counts.items():
            self.context.counters.put(f"crawl/{name}/sample", number)

    def learn(self, render, links, *, new):
        """What is remembered once a list was read."""
        task = Task(portal="sample", kind=PageKind.CHANNEL, render=render)
        marks = self.lists.learn(Request(URL), task, load_profile("sample"), links, new=new)
        assert all(0 < mark.ttl_s <= 7 * 86_400 for mark in marks)
        self.frontier.memory.update({mark.key: mark.value for mark in marks})


@pytest.fixture
def crawl():
    return Crawl()


async def ask(crawl, task=CHANNEL, html=EMPTY, own=()):
    if not await crawl.lists.lacks(Request(URL), task, Document.from_text(html, URL), own):
        return None
    return crawl.lists.rendering(Request(URL), task, own)


async def test_an_empty_list_is_asked_for_again_with_a_browser(crawl):
    request = await ask(crawl)
    assert (request.url, request.dont_filter) == (URL, True)
    assert Task.of(request) == Task(
        portal="sample", kind=PageKind.CHANNEL, list="channel", channel="node_191", render="empty",
        hint={"plain": "0"},
    )  # fmt: skip
    assert crawl.context.counters.value("render/asked") == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"page": 2},
        {"kind": PageKind.ARTICLE},
        {"render": "empty"},
        {"render": "profile"},
        {"render": "remembered"},
    ],
)
async def test_it_is_asked_once_and_for_first_pages_of_lists_only(crawl, changes):
    assert await ask(crawl, replace(CHANNEL, **changes)) is None


async def test_a_list_behind_a_form_is_none_of_a_browsers_business(crawl):
    form = Request(URL, method="POST", body=b"tid=1")
    assert not await crawl.lists.lacks(form, CHANNEL, Document.from_text(EMPTY, URL), ())


async def test_plain_lists_and_those_that_a_browser_left_empty_are_left_alone(crawl):
    assert await ask(crawl, html="<p>暂无内容</p>") is None
    assert not await crawl.lists.lacks(Request(URL), CHANNEL, None, ())
    crawl.learn("empty", [], new=False)
    assert crawl.frontier.memory == {memory_key("sample", URL): PLAIN}
    assert await ask(crawl) is None


async def test_the_rendered_pages_stay_few_but_every_column_is_tried_once(crawl):
    deep = replace(CHANNEL, channel=None, depth=2)
    crawl.count(rendered=3, fetched=60)
    assert await ask(crawl, deep) is None
    assert crawl.context.counters.value("render/not-asked") == 1
    crawl.count(fetched=61)
    assert await ask(crawl, deep) is not None

    crawl.count(rendered=30, fetched=31)
    for depth in (0, 1):
        assert await ask(crawl, replace(CHANNEL, depth=depth)) is not None
        assert await ask(crawl, replace(CHANNEL, channel=None, depth=depth)) is not None
    crawl.learn("empty", [], new=False)
    assert await ask(crawl) is None, "it was tried"


LINK = SimpleNamespace(url="http://fz.sample-news.test/2022-11/03/content_1.htm")


@pytest.mark.parametrize(
    ("html", "count", "expected"),
    [
        (EMPTY, 1, True),
        (EMPTY, 2, True),
        (EMPTY, 3, False),
        ("<p>暂无</p><script>fetch('/api')</script>", 0, True),
        ("<p>两条新闻</p><script>fetch('/stat')</script>", 1, False),
    ],
)
async def test_a_link_in_a_footer_makes_no_list_of_a_page(crawl, html, count, expected):
    request = await ask(crawl, html=html, own=[LINK] * count)
    assert (request is not None) is expected
    if request is not None:
        assert Task.of(request).hint == {"plain": str(count)}


def test_a_browser_that_shows_no_more_than_the_page_has_not_helped(crawl):
    task = replace(CHANNEL, render="empty", hint={"plain": "1"})
    for links, expected in (([LINK], PLAIN), ([LINK, LINK], RENDER)):
        (mark,) = crawl.lists.learn(Request(URL), task, load_profile("sample"), links, new=True)
        assert mark.value == expected


def test_a_list_that_the_browser_filled_is_remembered_but_not_what_the_profile_says_anyway(crawl):
    links = [SimpleNamespace(url="http://fz.sample-news.test/2022-11/03/content_1.htm")]
    for render in ("", "profile"):
        crawl.learn(render, links, new=True)
        assert crawl.frontier.memory == {}
    crawl.learn("remembered", links, new=False)
    assert crawl.frontier.memory == {memory_key("sample", URL): RENDER}
