"""What the spider makes of its readers' outcomes: everything in the order in which a crash does no harm."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse

from crawler.context import CrawlScope, PortalSelection
from crawler.errors import GiveUp
from crawler.items import Article, Failure, ListedArticles, Listing, Move, Reached
from crawler.portals import load_profile
from crawler.portals.page_kind import PageKind
from crawler.spiders.outcomes import ArticleOutcome, Kept, Listed, ListOutcome, Skipped, Walked, Walking
from crawler.spiders.portal import PortalSpider
from crawler.spiders.requests import Task
from crawler.urls import url_id
from tests.contexts import make_context

NOW = datetime(2022, 11, 3, 8, tzinfo=UTC)
URL = "http://fz.fjsen.com/node_176.htm"
OLD = "http://fz.fjsen.com/2022-11/03/content_30000009.htm"


class Frontier:
    """Notes what it is told, and of which request's page."""

    clock = SimpleNamespace(now=lambda: NOW)

    def __init__(self):
        self.told = []
        self.lists = self.parking = self

    def attempt(self, request):
        return 2

    def release(self, request):
        self.told.append(("release", request.url))

    def keep(self, request, key, value, ttl_s):
        self.told.append(("keep", key, value, ttl_s, request.url))

    def park(self, link, *, request):
        self.told.append(("park", link.url, request.url))

    def note_outcome(self, request, *, dead):
        """Take it: what it comes to is the frontier's."""

    def __getattr__(self, name):
        return lambda *what, request: self.told.append((name, *what, request.url))


class Reader:
    def __init__(self, outcome):
        self.outcome = outcome

    async def read(self, *_):
        return self.outcome


@pytest.fixture
def carry_out():
    async def carry_out(outcome, url=URL, **meta):
        frontier = Frontier()
        profiles = {"fjsen": load_profile("fjsen")}
        context = make_context(frontier, profiles=profiles)
        reader = Reader(outcome)
        selection = PortalSelection(CrawlScope(), profiles)
        spider = PortalSpider(context=context, selection=selection, lists=reader, articles=reader)
        kind = PageKind.CHANNEL if isinstance(outcome, ListOutcome) else PageKind.ARTICLE
        request = Request(url, meta={**Task(portal="fjsen", kind=kind, list="channel").meta(), **meta})
        output = await spider.parse(HtmlResponse(url, body=b"<p>x</p>", encoding="utf-8", request=request))
        return list(output), frontier.told, context.counters

    return carry_out


ONE, TWO = Request("http://fz.fjsen.com/1"), Request("http://fz.fjsen.com/2")
ASIDE = Request("http://fz.fjsen.com/3")
LISTING = ListedArticles(Listing("fjsen", None, "channel", NOW), ("0" * 32,), {})
ARTICLE = Article(url=OLD, title="题")


async def test_a_lists_links_come_before_what_it_showed_and_that_it_was_read(carry_out):
    marks = [Listed("k", ("0" * 32,)), Walking("k"), Walked("k"), Kept("v", b"1", 9.0)]
    output, told, _ = await carry_out(
        ListOutcome(requests=iter([ONE, TWO]), parked=[ASIDE], marks=marks, listing=LISTING),
        redirect_urls=[OLD],
    )

    assert output == [ONE, TWO, LISTING, Reached((url_id(URL), url_id(OLD)), NOW)]
    assert told == [
        ("mark_listed", "fjsen", "k", ("0" * 32,), URL),
        ("mark_walking", "fjsen", "k", URL),
        ("mark_walked", "fjsen", "k", URL),
        ("keep", "v", b"1", 9.0, URL),
        ("park", ASIDE.url, URL),
    ], "all of it with the acknowledgement of this request"


async def test_a_list_that_waits_for_a_browser_was_not_read(carry_out):
    assert (await carry_out(ListOutcome(requests=[ONE], is_read=False)))[0] == [ONE]


async def test_an_article_comes_last(carry_out):
    move = Move(("1" * 32,), "0" * 32)
    output, told, _ = await carry_out(ArticleOutcome(requests=[ONE], article=ARTICLE, move=move))

    assert output == [ONE, move, Reached((url_id(URL),), NOW), ARTICLE]
    assert told == []
    assert (await carry_out(ArticleOutcome(requests=[ONE], article=ARTICLE)))[0] == [ONE, ARTICLE]


async def test_what_was_not_asked_for_is_counted_and_parked(carry_out):
    outcome = ArticleOutcome(skipped="out-of-range", marks=[Skipped("0" * 32)], parked=[ASIDE])
    output, told, counters = await carry_out(outcome)

    assert output == []
    assert told == [
        ("mark_skipped", "fjsen", "0" * 32, URL),
        ("park", ASIDE.url, URL),
    ], "the frontier parks no article that it has for read, so the mark comes first"
    assert counters.value("crawl/skipped", "fjsen") == counters.value("skipped/out-of-range") == 1


async def test_a_page_that_is_given_up_is_followed_all_the_same(carry_out):
    output, _, counters = await carry_out(ArticleOutcome(requests=[ONE], failure=GiveUp("no-body")))

    followed, failure = output
    assert followed is ONE
    assert isinstance(failure, Failure)
    assert (failure.reason, failure.tries, failure.url) == ("no-body", 2, URL)
    assert counters.value("crawl/failed", "fjsen") == 1


async def test_what_is_for_the_next_run_goes_back_and_nothing_is_said_of_it(carry_out):
    output, told, _ = await carry_out(ArticleOutcome(released=True))

    assert output == []
    assert told == [("release", URL)]
