"""The seam: what takes part in a crawl gets its context, whatever spider there is."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from scrapy import Request, Spider

from crawler.context import CrawlContext, CrawlScope, context_of
from crawler.context.local_state import LocalState
from crawler.portals.model import Profile
from tests.contexts import Counting, make_context

PROFILE = Profile(name="a", title="", home="http://a.example/", domains=("a.example",))


def test_a_spiders_context_is_what_all_get():
    context = make_context(profiles={"a": PROFILE}, scope=CrawlScope(full=True))
    assert context_of(SimpleNamespace(spider=SimpleNamespace(context=context))) is context


@pytest.mark.parametrize("spider", [None, Spider("shell"), SimpleNamespace(context="of another kind")])
async def test_a_spider_without_one_shares_nothing(spider):
    crawler = Counting()
    crawler.spider = spider
    context = context_of(crawler)

    assert isinstance(context, CrawlContext)
    assert (dict(context.profiles), context.scope) == ({}, CrawlScope())
    assert context.frontier.runs == {}
    assert not context.frontier.put_off(Request("http://a.example/"), 1.0)
    assert await context.frontier.hold("x", 1.0)
    context.counters.add("x", 2)
    assert crawler.stats.get_value("x") == 2


def test_a_request_finds_its_portals_profile():
    context = make_context(profiles={"a": PROFILE})
    assert context.profile_of(Request("http://a.example/", meta={"portal": "a"})) is PROFILE
    assert context.profile_of(Request("http://a.example/", meta={"portal": "b"})) is None
    assert context.profile_of(Request("http://a.example/")) is None


def test_counters_count_for_a_portal_too():
    counters = make_context().counters
    counters.add("crawl/fetched", portal="a")
    counters.add("crawl/fetched", 2, portal="b")
    counters.add("crawl/fetched", portal="")
    assert [counters.value("crawl/fetched", portal) for portal in (None, "a", "b", "c")] == [4, 1, 2, 0]
    counters.put("run/crawl/fetched", 9)
    assert counters.value("run/crawl/fetched") == 9


async def test_local_state_keeps_for_a_while_and_a_bounded_number(monkeypatch):
    state = LocalState()
    for number in range(300):
        await state.cache(str(number), b"x", 60.0)
    assert await state.cached("0") is None
    assert await state.cached("299") == b"x"
    monkeypatch.setattr("crawler.context.local_state.monotonic", lambda: float("inf"))
    assert await state.cached("299") is None
