"""Who renders: what is told to other workers, what is left to them, and what is kept. Browsers: tests/rendering."""

from __future__ import annotations

import sys
from types import SimpleNamespace

import pytest
from scrapy import Request
from scrapy.settings import Settings
from scrapy.statscollectors import MemoryStatsCollector

from crawler.middlewares.refusals import Postponed, Refused
from crawler.middlewares.render import RenderMiddleware
from crawler.middlewares.subrequests import Subrequests
from crawler.rendering.network import Answer

LIST = "http://www.sample.example/node_1.htm"


class Worker:
    """A worker with the middleware; those of a test share a frontier."""

    def __init__(self, shared, profile, portals, browser):
        self.put_off = []
        frontier = SimpleNamespace(
            runs=dict.fromkeys(portals, 1),
            cache=shared.cache,
            cached=shared.cached,
            put_off=lambda request, seconds: self.put_off.append(seconds),
        )
        settings = Settings()
        settings.setmodule("crawler.settings")
        settings.set("PLAYWRIGHT_EXECUTABLE", browser)
        # a frontier knows more profiles than those of its runs
        self.spider = SimpleNamespace(profiles={"a": profile, "b": profile}, frontier=frontier)
        crawler = SimpleNamespace(spider=self.spider, settings=settings)
        crawler.stats = MemoryStatsCollector(SimpleNamespace(settings=settings))
        self.middleware = RenderMiddleware(crawler)

    async def __aenter__(self):
        await self.middleware.spider_opened(self.spider)
        return self

    async def __aexit__(self, *_):
        await self.middleware.spider_closed()

    async def ask(self, portal, why="profile"):
        meta = {"portal": portal, "kind": "channel", "render": why}
        await self.middleware.process_request(Request(LIST, meta=meta))


@pytest.fixture
def worker(shared, profile):
    # any program will do: none is started here
    return lambda *portals, browser="none": Worker(shared, profile, portals, browser)


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


async def test_what_is_told_is_forgotten_when_the_worker_is_gone(worker, shared):
    async with worker("a", browser=sys.executable):
        pass
    shared.pass_(91)
    async with worker("a") as without:
        with pytest.raises(Refused, match="no-browser"):
            await without.ask("a")


def test_a_script_that_is_kept_again_takes_no_more_room():
    kept = Subrequests(SimpleNamespace())
    for number in range(100):
        kept._keep("http://www.sample.example/a.js", Answer(200, {}, bytes(1_000_000 + number)))
    assert kept._kept_bytes == 1_000_099
    for number in range(20):
        kept._keep(f"http://www.sample.example/{number}.js", Answer(200, {}, bytes(1_000_000)))
    assert len(kept._kept) == 8
    assert kept._kept_bytes == 8_000_000
