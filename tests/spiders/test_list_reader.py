"""What a list page leaves behind for the next walk: no more than what was read."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse

from crawler.context import CrawlScope
from crawler.frontier.requests.specs import request_of
from crawler.items import Reached
from crawler.parsing import Document
from crawler.portals import load_profile
from crawler.portals.page_kind import PageKind
from crawler.spiders.lists import ListReader
from crawler.spiders.requests import Task

NOW = datetime(2022, 11, 3, 8, tzinfo=UTC)
URL = "http://fz.fjsen.com/node_176.htm"
PAGE = """<html><body><div class="cont-left"><ul class="list_page">
<li><span>2022-11-03</span><a href="/2022-11/03/content_30000001.htm">榕城一株古榕有了身份证</a></li>
<li><span>2022-11-02</span><a href="/2022-11/02/content_30000002.htm">闽江两岸秋色渐浓引客来</a></li>
</ul></div><div id="displaypagenum"><a href="/node_176_2.htm">2</a><a href="/node_176_2.htm">下一页</a></div></body></html>"""


class Orders:
    """A spider, as far as the reader knows it; ``marks`` is what the frontier was told, in order."""

    def __init__(self, *, new: bool, walked: bool, **given: str) -> None:
        self.scope = CrawlScope.read({"portal": "fjsen", **given})
        self.profiles = {"fjsen": load_profile("fjsen")}
        self.marks: list[tuple[str, str]] = []

        async def unlisted(_, memory, ids):
            return set(ids) if new else set()

        async def is_walked(*_):
            return walked

        def mark(name):
            return lambda _, memory, *rest, request: self.marks.append((name, memory))

        self.frontier = SimpleNamespace(
            clock=SimpleNamespace(now=lambda: NOW),
            epoch=0,
            is_known=lambda *_: False,
            is_visited=lambda *_: False,
            range=lambda _: 7,
            unlisted=unlisted,
            walked=is_walked,
            mark_listed=mark("listed"),
            mark_walking=mark("walking"),
            mark_walked=mark("walked"),
            keep=lambda request, key, *_: self.marks.append(("validators", "")),
        )

    def too_old(self, *_: object) -> bool:
        return False

    def count(self, *_: object) -> None:
        pass

    def reached(self, request) -> Reached:
        return Reached((request.url,), NOW)

    def request(self, asked, task, priority=0) -> Request:
        return request_of(asked, meta=task.meta())


async def read(spider: Orders) -> list[str]:
    return [item.url for item in await items_of(spider) if isinstance(item, Request)]


async def items_of(spider: Orders, page: str = PAGE) -> list[Any]:
    task = Task(portal="fjsen", kind=PageKind.CHANNEL, list="channel", channel="node_176")
    request = Request(URL, meta=task.meta())
    response = HtmlResponse(
        URL, headers={"ETag": '"1"'}, body=page.encode(), encoding="utf-8", request=request
    )
    return [*await ListReader(spider).read(request, response, task, Document.from_text(page, URL))]


async def test_whoever_walks_on_says_so_first():
    spider = Orders(new=True, walked=True)

    urls = await read(spider)

    assert urls[0] == "http://fz.fjsen.com/node_176_2.htm"
    assert spider.marks == [("listed", "node_176"), ("walking", "node_176")]


async def test_a_walk_that_broke_off_is_followed_by_one_to_the_end():
    assert "http://fz.fjsen.com/node_176_2.htm" in await read(Orders(new=False, walked=False))


async def test_a_page_with_nothing_new_ends_a_walk():
    spider = Orders(new=False, walked=True)

    assert "http://fz.fjsen.com/node_176_2.htm" not in await read(spider)
    assert spider.marks == [("walked", "node_176"), ("validators", "")]


@pytest.mark.parametrize("days", [{"since": "2022-11-01"}, {"until": "2022-11-02"}])
async def test_a_crawl_of_some_days_has_a_memory_of_its_own(days):
    spider = Orders(new=False, walked=True, **days)

    await read(spider)

    assert spider.marks == [("walked", "node_176@7")], "a 304 would hide the other days"


async def test_a_crawl_of_some_channels_leaves_the_boxes_around_them_to_others():
    spider = Orders(new=False, walked=True, channels="node_176")

    await read(spider)

    assert spider.marks == [("walked", "node_176")], "a 304 would hide the boxes"


async def test_a_page_that_was_read_ends_its_failure_and_one_that_waits_for_a_browser_does_not():
    spider = Orders(new=False, walked=True)
    assert (await items_of(spider))[-1] == Reached((URL,), NOW)

    async def cached(_):
        return None

    spider.frontier.cached = cached
    empty = '<ul id="list"></ul><script src="/list.js"></script>'
    for rendered in (0, 99):
        spider.crawler = SimpleNamespace(stats=SimpleNamespace(get_value=lambda *_, n=rendered: n))
        spider.settings = SimpleNamespace(getfloat=lambda _: 0.05)
        items = await items_of(spider, empty)
        assert [Task.of(item).render for item in items] == ([] if rendered else ["empty"])
