"""Reading one article, and the lists around it."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from crawler.discovery import article_pages, is_soft404, read_links
from crawler.errors import GiveUp
from crawler.frontier.requests.specs import request_of, spec_of
from crawler.items import Move
from crawler.portals.addresses import article_url
from crawler.portals.page_kind import PageKind
from crawler.spiders.links import LinkRequests
from crawler.spiders.outcomes import ArticleOutcome, Seen, Skipped
from crawler.urls import RequestSpec, url_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrapy import Request

    from crawler.context import CrawlContext
    from crawler.discovery import PageLinks
    from crawler.frontier.client import FrontierClient
    from crawler.items import Article
    from crawler.parsing import Document
    from crawler.portals import Profile
    from crawler.spiders.assembly import ArticleAssembler
    from crawler.spiders.learning import ParameterLearner
    from crawler.spiders.requests import Task

__all__ = ["ArticleReader", "move_to"]


class ArticleReader:
    """Turns an article's page into the article, and into requests for what the lists around it show."""

    def __init__(
        self, context: CrawlContext[FrontierClient], assembler: ArticleAssembler, learner: ParameterLearner
    ) -> None:
        self._context = context
        self._assembler = assembler
        self._learner = learner
        self._links = LinkRequests(context)

    async def read(self, request: Request, task: Task, doc: Document) -> ArticleOutcome:
        """Return what an article's page comes to.

        Raises:
            GiveUp: the page says that there is no article.
            Retry: one of its further pages cannot be had now.
        """
        profile = self._context.profiles[task.portal]
        if is_soft404(doc, profile):
            raise GiveUp("soft-404")
        pages = article_pages(doc, profile)
        links = read_links(doc, profile, page=PageKind.ARTICLE)
        if pages.first is not None and await self._assembler.is_later_page(doc, pages, task):
            return self._of_later_page(request, task, profile, pages.first, links.without(pages.urls))
        article = await self._assembler.assemble(doc, task, profile, links)
        stitched = article.pages if article is not None else ()
        links = links.without({*stitched, *(pages.urls if pages.is_sure else ())})
        around = ArticleOutcome(
            requests=self._requests(task, profile, links), parked=list(self._parked(task, profile, links))
        )
        if article is None or not article.title:
            reason = "no-title" if article else "no-body"
            # a page that was only taken for an article is skipped
            if task.kind.is_article:
                return replace(around, failure=GiveUp(reason))
            return replace(around, skipped="no-article")
        if await self._assembler.is_missing(article, doc.url, profile):
            raise GiveUp("soft-404", "the host answers so where there is no page")
        await self._learner.article(task.portal, doc.url, article)
        profile = self._context.profiles[task.portal]  # perhaps it knows more of addresses than before
        article = replace(article, url=article_url(article.url, profile))
        if not self._context.scope.wants(article.published_at, profile.timezone):
            return self._of_another_day(around, request, task, profile, article)
        if not await self._context.frontier.claim(task.portal, url_id(article.url)):
            return ArticleOutcome(released=True)
        move = move_to(article.url, request, profile)
        # queued before the crawl had learnt that its address is one of many
        marks = [Seen(url_id(article.url))] if profile.learnt else []
        return replace(around, article=article, move=move if move.ids else None, marks=marks)

    def _of_later_page(
        self, request: Request, task: Task, profile: Profile, first: str, links: PageLinks
    ) -> ArticleOutcome:
        """Return the outcome of page 2 or later of an article: whatever led here is led to page 1."""
        own = request_of(RequestSpec(first), meta=task.meta(), priority=request.priority)
        return ArticleOutcome(
            requests=chain([own], self._requests(task, profile, links)),
            parked=list(self._parked(task, profile, links)),
            skipped="later-page",
            move=move_to(first, request, profile),
        )

    def _of_another_day(
        self, around: ArticleOutcome, request: Request, task: Task, profile: Profile, article: Article
    ) -> ArticleOutcome:
        """Return the outcome of an article that is left to a run that asks for its day."""
        # perhaps no list leads here any more when that day is asked for
        dated = replace(task, hint={**task.hint, "published": article.published or ""})
        own = request_of(spec_of(request), meta=dated.meta(), priority=request.priority)
        urls = (request.url, *request.meta.get("redirect_urls", ()))
        return replace(
            around,
            skipped="out-of-range",
            marks=[Skipped(url_id(article_url(url, profile))) for url in urls],
            parked=[*around.parked, own],
        )

    def _requests(self, task: Task, profile: Profile, links: PageLinks) -> Iterator[Request]:
        """Yield what to follow from here."""
        if self._context.scope.channels:
            return
        for link in self._links.new(task, links.articles):
            if not self._links.is_too_old(link, profile):
                yield self._links.article(task, link)
        yield from self._links.lists(task, links.channels)

    def _parked(self, task: Task, profile: Profile, links: PageLinks) -> Iterator[Request]:
        """Yield what is beside the channels or days that were asked for: a run that wants it will not see it here."""
        scope = self._context.scope
        if scope.since is None and not scope.channels:
            return
        for link in self._links.new(task, links.articles):
            if scope.channels or self._links.is_too_old(link, profile):
                yield self._links.article(task, link)
        if scope.channels:
            yield from self._links.lists(task, links.channels)


def move_to(url: str, request: Request, profile: Profile) -> Move:
    """Return what a request and those before it tell of an article: which addresses lead to it, if others do."""
    requested = (*request.meta.get("redirect_urls", ()), request.url)
    article = url_id(url)
    ids = dict.fromkeys(url_id(article_url(address, profile)) for address in requested)
    return Move(tuple(name for name in ids if name != article), article)
