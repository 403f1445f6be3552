"""Who renders: what is told to other workers, what is left to them, and what is kept. Browsers: tests/rendering."""

from __future__ import annotations

import sys
from datetime import timedelta

import pytest
from scrapy import Request
from scrapy.http import Response

from crawler.fetching.rendering import RENDER, memory_key
from crawler.middlewares.refusals import Postponed, Refused
from crawler.middlewares.render import RenderMiddleware
from crawler.middlewares.subrequests import Subrequests, answer_of
from crawler.rendering.network import Answer
from tests.contexts import make_context

LIST = "http://www.sample.example/node_1.htm"


class Frontier:
    """A worker's access to the frontier that all workers of a test share."""

    def __init__(self, shared, portals):
        self.runs = dict.fromkeys(portals, 1)
        self.cache, self.cached = shared.cache, shared.cached
        self.put_offs = []

    def put_off(self, request, seconds):
        self.put_offs.append(seconds)
        return True


class Worker:
    """A worker with the middleware; those of a test share a frontier."""

    def __init__(self, shared, profile, portals, settings):
        self.frontier = Frontier(shared, portals)
        # a worker knows more profiles than those of its runs
        context = make_context(self.frontier, profiles={"a": profile, "b": profile})
        self.middleware = RenderMiddleware(context, settings, Subrequests(None))

    @property
    def put_off(self):
        return self.frontier.put_offs

    async def __aenter__(self):
        await self.middleware.spider_opened()
        return self

    async def __aexit__(self, *_):
        await self.middleware.spider_closed()

    async def ask(self, portal, why="profile"):
        meta = {"portal": portal, "kind": "channel", "render": why}
        await self.middleware.process_request(Request(LIST, meta=meta))


@pytest.fixture
def worker(shared, profile, settings):
    def make(*portals, browser="none"):
        # any program will do: none is started here
        own = settings.copy()
        own.set("PLAYWRIGHT_EXECUTABLE", browser)
        return Worker(shared, profile, portals, own)

    return make


@pytest.mark.parametrize("why", ["profile", "empty"])
async def test_lists_are_left_to_a_worker_with_a_browser_of_the_same_portal_alone(worker, why):
    async with worker("a", browser=sys.executable), worker("a", "b") as without:
        with pytest.raises(Postponed, match="no-browser"):
            await without.ask("a", why)
        assert len(without.put_off) == 1
        with pytest.raises(Refused, match="no-browser"):
            await without.ask("b", why)
        assert len(without.put_off) == 1


async def test_a_list_that_nobody_takes_is_not_left_for_ever(worker):
    async with worker("a", browser=sys.executable), worker("a") as without:
        for _ in range(40):
            with pytest.raises(Postponed):
                await without.ask("a")
        with pytest.raises(Refused, match="no-browser"):
            await without.ask("a")
    assert sorted(without.put_off) == without.put_off
    assert (without.put_off[0], without.put_off[-1], sum(without.put_off)) == (3, 15, 360)


async def test_what_is_remembered_of_a_page_says_nothing_of_the_form_at_its_address(worker, shared):
    shared.store[memory_key("a", LIST)] = (RENDER, shared.moment + timedelta(days=1))
    meta = {"portal": "a", "kind": "channel"}
    async with worker("a", browser=sys.executable) as renderer:
        page, form = Request(LIST, meta=meta), Request(LIST, method="POST", body=b"tid=1", meta=meta)
        for request in (page, form):
            await renderer.middleware.process_request(request)
    assert page.meta["render"] == "remembered"
    assert "render" not in form.meta


async def test_what_is_told_is_forgotten_when_the_worker_is_gone(worker, shared):
    async with worker("a", browser=sys.executable):
        pass
    shared.pass_(91)
    async with worker("a") as without:
        with pytest.raises(Refused, match="no-browser"):
            await without.ask("a")


def test_headers_in_any_encoding_reach_the_browser_as_far_as_they_are_ascii():
    headers = {"X-Title": "福州".encode("gbk"), "Content-Type": "text/html; 标题=x", "Vary": ["a", "b"]}
    answer = answer_of(Response(LIST, headers=headers, body=b"x"))
    assert (answer.status, answer.body) == (200, b"x")
    assert answer.headers["Content-Type"] == "text/html; =x"
    assert answer.headers["Vary"] == "a, b"
    assert answer.headers["X-Title"].isascii()


def test_a_script_that_is_kept_again_takes_no_more_room():
    kept = Subrequests(None)
    for number in range(100):
        kept._keep("http://www.sample.example/a.js", Answer(200, {}, bytes(1_000_000 + number)))
    assert kept._kept_bytes == 1_000_099
    for number in range(20):
        kept._keep(f"http://www.sample.example/{number}.js", Answer(200, {}, bytes(1_000_000)))
    assert len(kept._kept) == 8
    assert kept._kept_bytes == 8_000_000
