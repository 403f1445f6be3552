"""Reading one article: its further pages, and what a scope makes of it."""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Any, Final, cast, get_args

from crawler.discovery import continuation_links, is_soft404, page_kind, read_links, whole_article_link
from crawler.errors import GiveUp
from crawler.extraction import extract, stitch
from crawler.items import Move, Related, RelatedKind
from crawler.portals.addresses import allowed, article_url, kind_of
from crawler.portals.page_kind import PageKind
from crawler.spiders.pages import document
from crawler.spiders.requests import MAX_DEPTH, article_priority, list_priority
from crawler.urls import join, url_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scrapy import Request

    from crawler.discovery import Link, PageLinks
    from crawler.items import Article
    from crawler.parsing import Document
    from crawler.portals import Profile
    from crawler.spiders.ordered import OrderedSpider
    from crawler.spiders.pages import PageSpider
    from crawler.spiders.requests import Task

__all__ = ["ArticleReader", "assemble", "cited_url", "led_to"]

logger = logging.getLogger(__name__)

_KINDS: Final = frozenset(get_args(RelatedKind))
_NUMBERS = re.compile(r"\d+")


class ArticleReader:
    """Turns an article's page into the article, and into requests for what the lists around it show."""

    def __init__(self, spider: OrderedSpider) -> None:
        self._spider = spider

    async def read(self, request: Request, task: Task, doc: Document) -> Iterator[Any]:
        """The articles around this one, and this one, last.

        Raises:
            GiveUp: the page says that there is no article.
            Retry: one of its further pages cannot be had now.
        """
        spider = self._spider
        profile = spider.profiles[task.portal]
        if is_soft404(doc, profile):
            raise GiveUp("soft-404")
        links = read_links(doc, profile, page=PageKind.ARTICLE)
        follow = self._around(request, task, profile, links)
        article = await assemble(spider, doc, task, profile, links)
        if article is None or not article.title:
            return await self._without(follow, request, task, "no-title" if article else "no-body")
        if not spider.scope.wants(article.published_at, profile.timezone):
            spider.skipped(task, "out-of-range")
            for url in (request.url, *request.meta.get("redirect_urls", ())):
                spider.frontier.mark_skipped(task.portal, url_id(article_url(url, profile)), request=request)
            # perhaps no list leads here any more when other days are asked for
            dated = replace(task, hint={**task.hint, "published": article.published or ""})
            spider.frontier.park(spider.request(request.url, dated, request.priority), request=request)
            return follow
        if not await spider.frontier.claim(task.portal, url_id(article.url)):
            # the run has stored what it was asked for: this one is for the next run
            spider.frontier.release(request)
            return iter(())
        move = led_to(article.url, request, profile)
        led = [move, spider.reached(request)] if move.ids else []
        return chain(follow, led, [article])

    async def _without(
        self, follow: Iterator[Any], request: Request, task: Task, reason: str
    ) -> Iterator[Any]:
        """The page has no article, but perhaps links; a page that was only taken for one is skipped."""
        if task.kind.is_article:
            return chain(follow, [self._spider.failure(request, task, GiveUp(reason))])
        self._spider.skipped(task, "no-article")
        return follow

    def _around(self, request: Request, task: Task, profile: Profile, links: PageLinks) -> Iterator[Request]:
        """What to follow from here.

        Where only some channels or days were asked for, what is beside them is left for a run that wants it.
        """
        spider = self._spider
        now = spider.frontier.clock.now()
        for link in links.articles:
            if spider.frontier.is_known(task.portal, link.id):
                continue
            found = spider.request(link.request, task.found_article(link, now), article_priority(link, task))
            if spider.scope.channels or spider.too_old(link.date, link.url, profile):
                spider.frontier.park(found, request=request)
            else:
                yield found
        for link in links.channels:
            below = task.found_list(link)
            if below.depth > MAX_DEPTH or spider.frontier.is_visited(task.portal, link.id):
                continue
            found = spider.request(link.request, below, list_priority(below))
            if spider.scope.channels:
                spider.frontier.park(found, request=request)
            else:
                yield found


async def assemble(
    spider: PageSpider, doc: Document, task: Task, profile: Profile, links: PageLinks | None = None
) -> Article | None:
    """The article of a page and of its further pages, complete but for cleaning; None where there is none.

    Raises Retry where one of its further pages cannot be had now.
    """
    if links is None:
        links = read_links(doc, profile, page=PageKind.ARTICLE)
    now = spider.frontier.clock.now()
    first, *rest = await _pages(spider, doc, task, profile)
    article = extract(first, profile, links=_related(links.around), fetched_at=now, hints=task.hint)
    if rest:
        article = stitch(article, [extract(page, profile, fetched_at=now) for page in rest])
    if not article.text and not article.images and not article.videos:
        return None
    channel = next((channel for channel in profile.channels if channel.id == task.channel), None)
    return replace(
        article,
        url=cited_url(doc, doc.url, profile),
        portal=profile.name,
        tags={**profile.tags, **(channel.tags if channel else {})},
        channels=(task.channel,) if task.channel else (),
        type="gallery" if page_kind(doc, profile) is PageKind.GALLERY else article.type,
        found_on=(task.listing(now),),
        fetched_at=now,
    )


async def _pages(spider: PageSpider, first: Document, task: Task, profile: Profile) -> list[Document]:
    """All pages of an article, in order: the one page that has it whole, or this one and those after it.

    A pager may show only some numbers, so each page is asked for more. A page that is not there is left
    out: most of an article is worth more than none. Raises Retry.
    """
    whole = whole_article_link(first, profile)
    if whole is not None and (page := await _page(spider, whole, task)) is not None:
        return [page]
    pages = [first]
    wanted = list(continuation_links(first, profile))
    known = {first.url, *wanted}
    while wanted and len(pages) < profile.article.pages.limit:
        page = await _page(spider, wanted.pop(0), task)
        if page is None:
            continue
        pages.append(page)
        further = [link for link in continuation_links(page, profile) if link not in known]
        known.update(further)
        wanted += further
    return pages


async def _page(spider: PageSpider, url: str, task: Task) -> Document | None:
    """One further page, fetched in the turn of its host; None where there is none."""
    try:
        return document(await spider.fetch(url, task))
    except GiveUp as error:
        spider.count("pages/missing")
        logger.info("page of an article is missing: %s (%s)", url, error)
        return None


def cited_url(doc: Document, url: str, profile: Profile) -> str:
    """Under which URL an article is stored: its own, or the one that its page names as canonical.

    Templates often name a wrong one (the home page, another article), so a page is only believed where the
    named URL is an article of the portal and ends in the same number.
    """
    own = article_url(url, profile)
    node = doc.tree.css_first('link[rel="canonical"]')
    named = join(doc.base_url, node.attributes.get("href") or "") if node is not None else ""
    try:
        canonical = article_url(named, profile)
    except ValueError:
        return own
    if not allowed(canonical, profile) or not kind_of(canonical, profile).is_article:
        return own
    return canonical if _last_number(canonical) == _last_number(own) else own


def led_to(url: str, request: Request, profile: Profile) -> Move:
    """What this request and those before it tell of an article: which addresses lead to it, if others do."""
    asked = (*request.meta.get("redirect_urls", ()), request.url)
    article = url_id(url)
    ids = dict.fromkeys(url_id(article_url(address, profile)) for address in asked)
    return Move(tuple(name for name in ids if name != article), article)


def _last_number(url: str) -> str | None:
    numbers = _NUMBERS.findall(url[:500])
    return numbers[-1] if numbers else None


def _related(links: Iterable[Link]) -> list[Related]:
    return [
        Related(link.title, link.url, link.date, cast("RelatedKind", link.list))
        for link in links
        if link.list in _KINDS and link.title
    ]
