"""What is told to the frontier of an article that is not stored: only what later crawls may rely on."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse

from crawler.context import CrawlScope
from crawler.discovery.missing_pages import HARD
from crawler.items import Article, Move
from crawler.parsing import Document
from crawler.portals import load_profile, parse_profile
from crawler.portals.page_kind import PageKind
from crawler.spiders.articles import ArticleReader
from crawler.spiders.assembly import ArticleAssembler
from crawler.spiders.learning import ParameterLearner
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

    async def cached(self, _: str) -> bytes:
        return HARD

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
    reader = ArticleReader(context, ArticleAssembler(context, None), ParameterLearner(context))
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


CITY = parse_profile(
    'title = "清屏新闻网"\nhome = "http://www.qingping.test/"\ndomains = ["qingping.test"]\n', "city"
)
DAY = "http://www.qingping.test/2026/1128/"
STORY = "据县水利局介绍，改造工程分三期实施，第{}期覆盖沿溪各镇，将在明年春天开工，村民们说水比以前清了许多。"


def page_of_city(headline: str, number: int, pager: str) -> str:
    text = "".join(f"<p>{STORY.format(n)}{number}</p>" for n in range(4))
    return (
        f"<html><head><title>{headline}_清屏新闻网</title></head><body><h1>{headline}</h1>"
        f"<div>2026-11-28 09:15 来源：清屏新闻网</div><div class='content'>{text}</div><div class='pages'>{pager}</div>"
        "<ul><li><a href='/2026/1127/2001.html'>石井村百年榕树挂牌保护</a></li></ul></body></html>"
    )


async def read_city(name: str, pages: dict[str, str]) -> tuple[ArticleOutcome, list[str]]:
    """What the page of this name comes to where these are to be had, and which were fetched for it."""
    fetched: list[str] = []

    async def download(request: Request) -> HtmlResponse:
        fetched.append(request.url.removeprefix(DAY))
        body = pages.get(request.url.removeprefix(DAY))
        return HtmlResponse(
            request.url, status=200 if body else 404, body=(body or "").encode(), request=request
        )

    context = make_context(CityFrontier(), profiles={"city": CITY}, scope=CrawlScope.read({"portal": "city"}))
    task = Task(portal="city", kind=PageKind.ARTICLE, list="channel", channel="bdyw")
    doc = Document.from_text(pages[name], DAY + name)
    reader = ArticleReader(context, ArticleAssembler(context, download), ParameterLearner(context))
    return await reader.read(Request(DAY + name, meta=task.meta()), task, doc), fetched


class CityFrontier(Frontier):
    async def reserve_slot(self, *_):
        pass


def asked_of(outcome: ArticleOutcome) -> list[str]:
    return sorted(request.url.removeprefix("http://www.qingping.test") for request in outcome.requests)


THREE = {
    "1001.html": page_of_city("水管通了", 1, '<a href="1001_2.html">【2】</a><a href="1001_3.html">尾页</a>'),
    "1001_2.html": page_of_city("水管通了", 2, '<a href="1001.html">1</a><a href="1001_3.html">下一页</a>'),
    "1001_3.html": page_of_city("水管通了", 3, '<a href="1001_2.html">上一页</a>'),
}


async def test_the_pages_of_an_article_of_no_known_family_are_no_articles_besides():
    outcome, fetched = await read_city("1001.html", THREE)

    assert outcome.article.pages == tuple(DAY + name for name in THREE)
    assert asked_of(outcome) == ["/2026/1127/2001.html"]
    assert fetched == ["1001_2.html", "1001_3.html"]


async def test_what_leads_to_a_later_page_leads_to_the_article():
    outcome, fetched = await read_city("1001_2.html", THREE)

    assert (outcome.article, outcome.skipped, fetched) == (None, "later-page", [])
    assert outcome.move == Move((url_id(DAY + "1001_2.html"),), url_id(DAY + "1001.html"))
    first = next(request for request in outcome.requests if request.url == DAY + "1001.html")
    assert Task.of(first).channel == "bdyw"


NUMBERED = '<a href="1001_1.html">1</a><a href="1001_2.html">2</a>'


@pytest.mark.parametrize(
    ("second", "pages"), [("水管通了（2）", ["1001_1.html", "1001_2.html"]), ("夜市开张了", ["1001_1.html"])]
)
async def test_files_that_are_only_numbered_are_one_article_where_their_headline_is_the_same(second, pages):
    served = {
        "1001_1.html": page_of_city("水管通了", 1, NUMBERED),
        "1001_2.html": page_of_city(second, 2, NUMBERED),
    }
    first, _ = await read_city("1001_1.html", served)
    assert first.article.pages == tuple(DAY + name for name in pages)
    assert ("/2026/1128/1001_2.html" in asked_of(first)) is (len(pages) == 1)

    other, _ = await read_city("1001_2.html", served)
    assert (other.skipped == "later-page") is (len(pages) == 2)
    assert (other.article is None) is (len(pages) == 2)
