"""What a list page leaves behind for the next walk: no more than what was read."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse

from crawler.context import CrawlScope
from crawler.parsing import Document
from crawler.portals import load_profile
from crawler.portals.page_kind import PageKind
from crawler.spiders.learning import ParameterLearner
from crawler.spiders.lists import ListReader
from crawler.spiders.outcomes import Kept, Listed, ListOutcome, Shown, Walked, Walking
from crawler.spiders.requests import Task
from crawler.spiders.walks import ListWalks
from crawler.urls import url_id
from tests.contexts import make_context

NOW = datetime(2022, 11, 3, 8, tzinfo=UTC)
URL = "http://fz.fjsen.com/node_176.htm"
PAGE = """<html><body><div class="cont-left"><ul class="list_page">
<li><span>2022-11-03</span><a href="/2022-11/03/content_30000001.htm">榕城一株古榕有了身份证</a></li>
<li><span>2022-11-02</span><a href="/2022-11/02/content_30000002.htm">闽江两岸秋色渐浓引客来</a></li>
</ul></div><div id="displaypagenum"><a href="/node_176_2.htm">2</a><a href="/node_176_2.htm">下一页</a></div></body></html>"""


TASK = Task(portal="fjsen", kind=PageKind.CHANNEL, list="channel", channel="node_176")


class Frontier:
    """What the reader asks of the frontier; nothing that it could tell it."""

    epoch = 0
    clock = SimpleNamespace(now=lambda: NOW)

    def __init__(self, *, new: bool, walked: bool):
        self._new, self._walked = new, walked
        self.shown = set()

    @property
    def lists(self):
        return self

    def is_seen(self, *_):
        return False

    is_visited = is_seen

    def range(self, _):
        return 7

    async def unlisted(self, _, memory, ids):
        return set(ids) if self._new else set()

    async def walked(self, *_):
        return self._walked

    def has_shown(self, portal, list_key, ids):
        return False

    async def has_unshown(self, portal, list_key, ids):
        return not set(ids) <= self.shown

    async def cached(self, _):
        return None


class Crawl:
    """A reader of lists in a crawl that is asked for ``given``."""

    def __init__(self, *, new: bool, walked: bool, **given: str) -> None:
        scope = CrawlScope.read({"portal": "fjsen", **given})
        profiles = {"fjsen": load_profile("fjsen")}
        self.frontier = frontier = Frontier(new=new, walked=walked)
        self.context = make_context(frontier, profiles=profiles, scope=scope)
        self.reader = ListReader(
            self.context,
            ListWalks(frontier, scope, profiles),
            ParameterLearner(self.context),
            render_share=0.05,
        )

    async def read(self, page: str = PAGE, task: Task = TASK) -> ListOutcome:
        request = Request(URL, meta=task.meta())
        response = HtmlResponse(
            URL, headers={"ETag": '"1"'}, body=page.encode(), encoding="utf-8", request=request
        )
        return await self.reader.read(request, response, task, Document.from_text(page, URL))


NEXT = "http://fz.fjsen.com/node_176_2.htm"
NEW = tuple(sorted(url_id(f"http://fz.fjsen.com/2022-11/0{n}/content_3000000{4 - n}.htm") for n in (2, 3)))


BOTH = tuple(url_id(f"http://fz.fjsen.com/2022-11/0{n}/content_3000000{4 - n}.htm") for n in (3, 2))


def urls_of(outcome: ListOutcome) -> list[str]:
    return [request.url for request in outcome.requests]


async def test_whoever_walks_on_says_so_first():
    outcome = await Crawl(new=True, walked=True).read()

    assert outcome.marks == [Listed("node_176", NEW), Shown("node_176", BOTH), Walking("node_176")]
    assert sorted(outcome.listing.articles) == list(NEW)
    assert urls_of(outcome)[0] == NEXT


async def test_a_walk_that_broke_off_is_followed_by_one_to_the_end():
    assert NEXT in urls_of(await Crawl(new=False, walked=False).read())


@pytest.mark.parametrize(
    ("barren", "shown", "new", "asks"),
    [
        (0, BOTH, False, "1"),
        (1, BOTH, False, "2"),
        (2, BOTH, False, None),  # the third in a row
        (2, BOTH[:1], False, ""),  # one entry is new to the walk, though not to the list
        (2, (), True, ""),
        (7, BOTH, False, None),
    ],
)
@pytest.mark.parametrize("given", [{"full": "1"}, {}])
async def test_three_pages_in_a_row_with_nothing_new_to_the_walk_end_it(barren, shown, new, asks, given):
    crawl = Crawl(new=new, walked=False, **given)
    crawl.frontier.shown = set(shown)
    before = {"barren": str(barren)} if barren else {}
    outcome = await crawl.read(task=replace(TASK, page=9, hint={"key": "node_176", **before}))

    following = [request for request in outcome.requests if request.url == NEXT]
    if asks is None:
        assert not following
        assert Walked("node_176") in outcome.marks
        assert crawl.context.counters.value("cut/endless") == 1
    else:
        (request,) = following
        assert request.meta["hint"].get("barren", "") == asks
        assert Shown("node_176", BOTH) in outcome.marks


async def test_a_page_that_lists_lists_shows_them():
    topics = """<html><body><div class="cont-left"><ul class="list_page"><li><a href="/node_901.htm">山海协作专题</a></li>
    <li><a href="/node_902.htm">古城保护专题</a></li></ul></div>
    <div id="displaypagenum"><a href="/node_176_2.htm">2</a><a href="/node_176_2.htm">下一页</a></div></body></html>"""
    crawl = Crawl(new=False, walked=False)
    last = replace(TASK, page=9, hint={"key": "node_176", "barren": "2"})

    assert NEXT in urls_of(await crawl.read(topics, task=last))
    crawl.frontier.shown = {url_id(f"http://fz.fjsen.com/node_{n}.htm") for n in (901, 902)}
    assert NEXT not in urls_of(await crawl.read(topics, task=last))


async def test_empty_pages_end_a_walk():
    empty = (
        """<html><body><div id="displaypagenum"><a href="/node_176_2.htm">下一页</a></div></body></html>"""
    )
    crawl = Crawl(new=False, walked=False)

    assert NEXT in urls_of(await crawl.read(empty, task=replace(TASK, page=8, hint={"barren": "1"})))
    assert NEXT not in urls_of(await crawl.read(empty, task=replace(TASK, page=9, hint={"barren": "2"})))


async def test_a_page_with_nothing_new_ends_a_walk():
    outcome = await Crawl(new=False, walked=True).read()

    assert NEXT not in urls_of(outcome)
    walked, validators = outcome.marks
    assert walked == Walked("node_176")
    assert isinstance(validators, Kept)
    assert validators.key.startswith("validators:fjsen:")
    assert outcome.listing is None


@pytest.mark.parametrize("days", [{"since": "2022-11-01"}, {"until": "2022-11-02"}])
async def test_a_crawl_of_some_days_has_a_memory_of_its_own(days):
    outcome = await Crawl(new=False, walked=True, **days).read()

    assert outcome.marks == [Walked("node_176@7")], "a 304 would hide the other days"


async def test_a_crawl_of_some_channels_leaves_the_boxes_around_them_to_others():
    outcome = await Crawl(new=False, walked=True, channels="node_176").read()

    assert outcome.marks == [Walked("node_176")], "a 304 would hide the boxes"


BOXED = PAGE.replace(
    "</body>",
    '<div class="hot"><h3>热点排行</h3><ul><li><a href="/2022-11/01/content_30000003.htm">三坊七巷夜游迎来新线路</a></li>'
    '<li><a href="/node_180.htm">更多</a></li></ul></div></body>',
)


async def test_what_stands_beside_the_channels_asked_for_is_parked():
    every = await Crawl(new=True, walked=True).read(BOXED)
    narrow = await Crawl(new=True, walked=True, channels="node_176").read(BOXED)

    beside = {"http://fz.fjsen.com/2022-11/01/content_30000003.htm", "http://fz.fjsen.com/node_180.htm"}
    urls = set(urls_of(every))
    assert beside <= urls
    assert list(every.parked) == []
    assert set(urls_of(narrow)) == urls - beside
    assert {request.url for request in narrow.parked} == beside


async def test_days_leave_older_entries_of_the_list_and_park_those_of_boxes():
    outcome = await Crawl(new=True, walked=True, since="2022-11-05").read(
        BOXED.replace('30000003.htm">', '30000003.htm">2022-11-01 ')
    )

    urls = urls_of(outcome)
    assert not [url for url in urls if "content_" in url and "30000003" not in url]


async def test_a_page_that_was_read_ends_its_failure_and_one_that_waits_for_a_browser_does_not():
    assert (await Crawl(new=False, walked=True).read()).is_read

    empty = '<ul id="list"></ul><script src="/list.js"></script>'
    for rendered in (0, 99):
        crawl = Crawl(new=False, walked=True)
        crawl.context.counters.put("crawl/rendered/fjsen", rendered)
        # a column is tried whatever was rendered before
        outcome = await crawl.read(empty, task=replace(TASK, depth=2 if rendered else 0))
        assert not outcome.is_read
        assert [Task.of(request).render for request in outcome.requests] == ([] if rendered else ["empty"])
