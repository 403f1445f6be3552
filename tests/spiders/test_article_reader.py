"""What is told to the frontier of an article that is not stored: only what later crawls may rely on."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from scrapy import Request

from crawler.context import CrawlScope
from crawler.frontier.requests.specs import request_of
from crawler.items import Article, Failure, Move, Reached
from crawler.parsing import Document
from crawler.portals import load_profile
from crawler.portals.page_kind import PageKind
from crawler.spiders.articles import ArticleReader
from crawler.spiders.requests import Task
from crawler.urls import url_id

NOW = datetime(2022, 11, 3, 8, tzinfo=UTC)
URL = "http://fz.fjsen.com/2022-11/03/content_30000001.htm"
BODY = (
    "<p>新华社福州11月3日电，记者从市博物馆获悉，一株古榕有了身份证，市民可以扫码了解它的来历和故事。</p>" * 3
)
PAGE = (
    "<html><body>{title}<span id='pubtime_baidu'>2022-11-03 07:29:26</span>"
    "<div class='cont-news'>{body}</div></body></html>"
)


class Orders:
    """A spider, as far as the reader knows it; ``skipped_ids`` is what the frontier was told."""

    def __init__(self, **given: str) -> None:
        self.scope = CrawlScope.read({"portal": "fjsen", **given})
        self.profiles = {"fjsen": load_profile("fjsen")}
        self.skipped_ids: list[str] = []
        self.parked: list[str] = []
        self.frontier = SimpleNamespace(
            clock=SimpleNamespace(now=lambda: NOW),
            is_known=lambda *_: False,
            is_visited=lambda *_: False,
            claim=self._claim,
            mark_skipped=lambda _, identifier, request: self.skipped_ids.append(identifier),
            park=lambda link, request: self.parked.append(link.url),
        )

    async def _claim(self, *_: str) -> bool:
        return True

    def request(self, asked, task, priority=0) -> Request:
        return request_of(asked, meta=task.meta(), priority=priority)

    def too_old(self, *_: object) -> bool:
        return False

    def reached(self, request) -> Reached:
        return Reached((request.url,), NOW)

    def skipped(self, *_: object) -> None:
        pass

    def failure(self, request, task, error, status=None) -> Failure:
        return Failure(url=request.url, portal=task.portal, reason=error.reason, at=NOW)


async def read(spider: Orders, title: str, **meta: object) -> list[object]:
    task = Task(portal="fjsen", kind=PageKind.ARTICLE, list="channel", channel="node_176")
    page = Document.from_text(PAGE.format(title=title, body=BODY), URL)
    return [*await ArticleReader(spider).read(Request(URL, meta={**task.meta(), **meta}), task, page)]


TITLE = "<div class='cont-head'><h1>榕城一株古榕有了身份证</h1></div>"


@pytest.mark.parametrize("days", [{"since": "2022-11-04"}, {"until": "2022-11-02"}])
async def test_an_article_of_another_day_stays_for_the_crawl_that_asks_for_it(days):
    spider = Orders(**days)
    old = "http://fz.fjsen.com/2022-11/03/content_30000009.htm"

    assert await read(spider, TITLE, redirect_urls=[old]) == []

    assert spider.skipped_ids == [url_id(URL), url_id(old)]
    assert spider.parked == [URL]


async def test_an_article_that_was_asked_for_is_read_for_good():
    spider = Orders(since="2022-11-03", until="2022-11-03")

    (article,) = await read(spider, TITLE)

    assert isinstance(article, Article)
    assert spider.skipped_ids == []


async def test_an_address_that_leads_to_an_article_has_not_failed():
    old = "http://fz.fjsen.com/2022-11/03/content_30000009.htm"

    move, reached, article = await read(Orders(), TITLE, redirect_urls=[old])

    assert move == Move((url_id(old),), url_id(URL))
    assert reached == Reached((URL,), NOW)
    assert isinstance(article, Article)


async def test_a_page_with_a_text_and_no_title_is_a_failure_that_can_be_found():
    (failure,) = await read(Orders(), "")

    assert isinstance(failure, Failure)
    assert failure.reason == "no-title"
