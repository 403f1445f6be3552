"""Asking for a browser where a list came empty: when, how often, and what is remembered."""

from __future__ import annotations

from collections import Counter
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

URL = "http://fz.sample-news.test/node_191.htm"
EMPTY = '<ul id="list"></ul><script src="/list.js"></script>'
CHANNEL = Task(portal="sample", kind=PageKind.CHANNEL, list="channel", channel="node_191")


class Frontier:
    def __init__(self):
        self.memory = {}

    async def cached(self, key):
        return self.memory.get(key)

    def keep(self, request, key, value, ttl_s):
        assert 0 < ttl_s <= 7 * 86_400
        self.memory[key] = value


@pytest.fixture
def spider():
    stats = Counter()
    made = SimpleNamespace(
        frontier=Frontier(),
        stats=stats,
        crawler=SimpleNamespace(
            stats=SimpleNamespace(get_value=lambda name, default=0: stats.get(name, default))
        ),
        settings=SimpleNamespace(getfloat=lambda _: 0.05),
        count=lambda name: stats.update([name]),
        request=lambda url, task, priority: Request(url, meta=task.meta(), priority=priority),
    )
    made.lists = ScriptLists(made)
    return made


async def ask(spider, task=CHANNEL, html=EMPTY):
    if not await spider.lists.lacks(Request(URL), task, Document.from_text(html, URL)):
        return None
    return spider.lists.ask(Request(URL), task)


async def test_an_empty_list_is_asked_for_again_with_a_browser(spider):
    request = await ask(spider)
    assert (request.url, request.dont_filter) == (URL, True)
    assert Task.of(request) == Task(
        portal="sample", kind=PageKind.CHANNEL, list="channel", channel="node_191", render="empty"
    )
    assert spider.stats["render/asked"] == 1


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
async def test_it_is_asked_once_and_for_first_pages_of_lists_only(spider, changes):
    assert await ask(spider, replace(CHANNEL, **changes)) is None


async def test_plain_lists_and_those_that_a_browser_left_empty_are_left_alone(spider):
    assert await ask(spider, html="<p>暂无内容</p>") is None
    assert not await spider.lists.lacks(Request(URL), CHANNEL, None)
    spider.lists.learn(
        Request(URL),
        Task(portal="sample", kind=PageKind.CHANNEL, render="empty"),
        load_profile("sample"),
        [],
        new=False,
    )
    assert spider.frontier.memory == {memory_key("sample", URL): PLAIN}
    assert await ask(spider) is None


async def test_the_rendered_pages_stay_few(spider):
    spider.stats.update({"crawl/rendered/sample": 3, "crawl/fetched/sample": 60})
    assert await ask(spider) is None
    assert spider.stats["render/not-asked"] == 1
    spider.stats["crawl/fetched/sample"] = 61
    assert await ask(spider) is not None


def test_a_list_that_the_browser_filled_is_remembered_but_not_what_the_profile_says_anyway(spider):
    links = [SimpleNamespace(url="http://fz.sample-news.test/2022-11/03/content_1.htm")]
    profile = load_profile("sample")
    for render in ("", "profile"):
        spider.lists.learn(
            Request(URL),
            Task(portal="sample", kind=PageKind.CHANNEL, render=render),
            profile,
            links,
            new=True,
        )
        assert spider.frontier.memory == {}
    spider.lists.learn(
        Request(URL),
        Task(portal="sample", kind=PageKind.CHANNEL, render="remembered"),
        profile,
        links,
        new=False,
    )
    assert spider.frontier.memory == {memory_key("sample", URL): RENDER}
