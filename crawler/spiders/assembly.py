"""One article of its pages: fetched, extracted, stitched, with where it comes from."""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final, cast, get_args

from crawler.discovery import article_pages, page_kind, read_links, same_headline, whole_article_link
from crawler.download.follower import Follower
from crawler.errors import GiveUp
from crawler.extraction import extract, stitch
from crawler.items import Related, RelatedKind
from crawler.portals.addresses import allowed, article_url, kind_of
from crawler.portals.page_kind import PageKind
from crawler.spiders.page_fetcher import PageFetcher
from crawler.spiders.responses import document
from crawler.spiders.soft404_check import MissingPages
from crawler.urls import join

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawler.context import CrawlContext, SharedState
    from crawler.discovery import ArticlePages, Link, PageLinks
    from crawler.download.follower import Download
    from crawler.items import Article
    from crawler.parsing import Document
    from crawler.portals import Profile
    from crawler.spiders.requests import Task

__all__ = ["ArticleAssembler", "cited_url"]

logger = logging.getLogger(__name__)

_KINDS: Final = frozenset(get_args(RelatedKind))
_NUMBERS = re.compile(r"\d+")


class ArticleAssembler:
    """Makes an article of its first page, fetching the others."""

    def __init__(self, context: CrawlContext[SharedState], download: Download) -> None:
        self._context = context
        self._pages = PageFetcher(context, Follower(context, download))
        self._missing = MissingPages(context, self._pages)

    async def assemble(
        self, doc: Document, task: Task, profile: Profile, links: PageLinks | None = None
    ) -> Article | None:
        """Return the article of a page and of its further pages, complete but for cleaning; None where there is none.

        Raises Retry where one of its further pages cannot be had now.
        """
        if links is None:
            links = read_links(doc, profile, page=PageKind.ARTICLE)
        now = self._context.frontier.clock.now()
        first, *rest = await self._all_pages(doc, task, profile)
        article = extract(
            first, profile, links=_related(links.around, profile), fetched_at=now, hints=task.hint
        )
        if rest:
            article = stitch(article, [extract(page, profile, fetched_at=now) for page in rest])
        if not article.text and not article.images and not article.videos:
            return None
        channel = task.channel_of(profile)
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

    async def _all_pages(self, first: Document, task: Task, profile: Profile) -> list[Document]:
        """Return all pages of an article, in order: the one page that has it whole, or this one and those after it.

        A pager may show only some numbers, so each page is asked for more. A page that is not there is left
        out: most of an article is worth more than none. Raises Retry.
        """
        whole = whole_article_link(first, profile)
        if whole is not None and (page := await self._page(whole, task)) is not None:
            return [page]
        pages = [first]
        told = article_pages(first, profile)
        wanted = list(told.further)
        found = {first.url, *wanted}
        while wanted and len(pages) < profile.article.pages.limit:
            page = await self._page(wanted.pop(0), task)
            if page is None or not (told.is_sure or same_headline(first, page)):
                continue
            pages.append(page)
            more = article_pages(page, profile, first=first.url).further
            further = [link for link in more if link not in found]
            found.update(further)
            wanted += further
        return pages

    async def is_missing(self, article: Article, url: str, profile: Profile) -> bool:
        """Say whether the article of a page is what its host says of every page that is not there."""
        return await self._missing.has(article, url, profile)

    async def is_later_page(self, doc: Document, pages: ArticlePages, task: Task) -> bool:
        """Say whether a page is a later one of the article that ``pages.first`` begins. Raises Retry."""
        if pages.first is None or pages.is_sure:
            return pages.first is not None
        first = await self._page(pages.first, task)
        return first is not None and same_headline(first, doc)

    async def _page(self, url: str, task: Task) -> Document | None:
        """Return one further page, fetched in the turn of its host; None where there is none."""
        try:
            return document(await self._pages.fetch(url, task.portal, last_attempt=task.last_attempt))
        except GiveUp as error:
            self._context.counters.add("pages/missing")
            logger.info("page of an article is missing: %s (%s)", url, error)
            return None


def cited_url(doc: Document, url: str, profile: Profile) -> str:
    """Return under which URL an article is stored: its own, or the one that its page names as canonical.

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


def _last_number(url: str) -> str | None:
    numbers = _NUMBERS.findall(url[:500])
    return numbers[-1] if numbers else None


def _related(links: Iterable[Link], profile: Profile) -> list[Related]:
    return [
        Related(link.title, article_url(link.url, profile), link.date, cast("RelatedKind", link.list))
        for link in links
        if link.list in _KINDS and link.title
    ]
