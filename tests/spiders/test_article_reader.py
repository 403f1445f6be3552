"""What is told to the frontier of an article that is not stored: only what later crawls may rely on."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from scrapy import Request

from crawler.context import CrawlScope
from crawler.items import Article, Move
from crawler.parsing import Document
from crawler.portals import load_profile
from crawler.portals.page_kind import PageKind
from crawler.spiders.articles import ArticleReader
from crawler.spiders.assembly import ArticleAssembler
from crawler.spiders.outcomes import ArticleOutcome, Skipped
from crawler.spiders.requests import Task
from crawler.urls import url_id
from tests.contexts import make_context

NOW = datetime(2022, 11, 3, 8, tzinfo=UTC)
URL = "http://fz.fjsen.com/2022-11/03/content_30000001.htm"
BODY = (
    "<p>新华社福州11月3日电，记者从市博物馆获悉，一株古榕有了身份证，市民可以扫码了解它的来历和故事。</p>" * 3
)
PAGE = (
    "<html><body>{title}<span id='pubtime_baidu'>2022-11-03 07:29:26</span>"
    "<div class='cont-news'>{body}</div></body></html>"
)


class Frontier:
    """What the reader asks of the frontier; nothing that it could tell it."""

    clock = SimpleNamespace(now=lambda: NOW)

    def __init__(self, *, may_store: bool = True):
        self._may_store = may_store

    @property
    def lists(self):
        return self

    def is_seen(self, *_):
        return False

    is_visited = is_seen

    async def claim(self, *_: str) -> bool:
        return self._may_store


async def read(
    title: str, *, may_store: bool = True, meta: dict | None = None, **given: str
) -> ArticleOutcome:
    """What a page with this title comes to in a crawl that is asked for ``given``."""
    context = make_context(
        Frontier(may_store=may_store),
        profiles={"fjsen": load_profile("fjsen")},
        scope=CrawlScope.read({"portal": "fjsen", **given}),
    )
    task = Task(portal="fjsen", kind=PageKind.ARTICLE, list="channel", channel="node_176")
    page = Document.from_text(PAGE.format(title=title, body=BODY), URL)
    reader = ArticleReader(context, ArticleAssembler(context, None))
    return await reader.read(Request(URL, meta={**task.meta(), **(meta or {})}), task, page)


TITLE = "<div class='cont-head'><h1>榕城一株古榕有了身份证</h1></div>"


OLD = "http://fz.fjsen.com/2022-11/03/content_30000009.htm"


@pytest.mark.parametrize("days", [{"since": "2022-11-04"}, {"until": "2022-11-02"}])
async def test_an_article_of_another_day_stays_for_the_crawl_that_asks_for_it(days):
    outcome = await read(TITLE, meta={"redirect_urls": [OLD]}, **days)

    assert outcome.skipped == "out-of-range"
    assert (outcome.article, outcome.move, outcome.failure, list(outcome.requests)) == (None, None, None, [])
    assert outcome.marks == [Skipped(url_id(URL)), Skipped(url_id(OLD))]
    (parked,) = outcome.parked
    assert (parked.url, parked.meta["hint"]["published"]) == (URL, "2022-11-03T07:29:26+08:00")


async def test_an_article_that_was_asked_for_is_read_for_good():
    outcome = await read(TITLE, since="2022-11-03", until="2022-11-03")

    assert isinstance(outcome.article, Article)
    assert (outcome.skipped, outcome.move, list(outcome.marks)) == (None, None, [])


async def test_an_address_that_leads_to_an_article_has_not_failed():
    outcome = await read(TITLE, meta={"redirect_urls": [OLD]})

    assert outcome.move == Move((url_id(OLD),), url_id(URL))
    assert isinstance(outcome.article, Article)


async def test_a_page_with_a_text_and_no_title_is_a_failure_that_can_be_found():
    outcome = await read("")

    assert outcome.failure.reason == "no-title"
    assert outcome.article is None


async def test_an_article_beyond_the_limit_is_for_the_next_run():
    assert await read(TITLE, may_store=False, limit="1") == ArticleOutcome(released=True)
