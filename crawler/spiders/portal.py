"""``scrapy crawl portal``: one worker of a crawl that any number of workers share."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Self

from crawler.context import PortalSelection
from crawler.discovery import page_kind
from crawler.frontier.scheduler import FrontierScheduler
from crawler.portals.addresses import article_url, kind_of
from crawler.spiders.articles import ArticleReader, led_to
from crawler.spiders.lists import ListReader
from crawler.spiders.ordered import OrderedSpider
from crawler.spiders.pages import document
from crawler.spiders.requests import Task
from crawler.spiders.seeds import seeds

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable

    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.settings import BaseSettings

    from crawler.fetching.verdicts import Retry
    from crawler.portals import Profile

__all__ = ["PortalSpider"]

logger = logging.getLogger(__name__)


class PortalSpider(OrderedSpider):
    """Follows a portal's lists, and the lists around its articles, and reads every article once.

    The arguments are those of :class:`~crawler.context.CrawlScope`. What is to be done lives
    in the shared frontier, so what one worker finds another may fetch; the spider keeps no state that
    matters.
    """

    name = "portal"
    follows_moves = True

    def __init__(self, *, selection: PortalSelection) -> None:
        super().__init__(selection=selection)
        self.lists = ListReader(self)
        self.articles = ArticleReader(self)

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Use the shared frontier, for this spider alone.

        Other spiders and the shell keep Scrapy's own scheduler.
        """
        super().update_settings(settings)
        settings.set("SCHEDULER", FrontierScheduler, priority="spider")

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Read the arguments and the profiles. Raises UsageError or ProfileError."""
        selection = PortalSelection.read(kwargs, crawler.settings.getlist("PORTALS_DIR"))
        for error in selection.left_out:
            logger.warning("left out: %s", error)
        if selection.scope.max_runtime is not None:
            crawler.settings.set("CLOSESPIDER_TIMEOUT", selection.scope.max_runtime, priority="spider")
        return super().from_crawler(crawler, *args, selection=selection)

    async def start(self) -> AsyncIterator[Request]:
        """The seeds of every portal: in a run that is under way they are known already.

        And what earlier runs left aside that were asked for less.
        """
        for profile in self.profiles.values():
            if profile.name not in self.frontier.runs:
                continue
            for spec, task, priority in seeds(profile, self.scope):
                yield self.request(spec, task, priority)
            async for link in self._left_aside(profile):
                yield link
                self.frontier.unpark(link)

    async def _left_aside(self, profile: Profile) -> AsyncIterator[Request]:
        """What runs that were asked for less have passed over, as far as this one wants it."""
        if self.scope.channels:
            return
        async for link in self.frontier.parked(profile.name):
            try:
                wanted = self._wants(link, profile)
            except Exception as error:  # noqa: BLE001  what others may have written must not end the crawl's start
                logger.warning("passed over: %s (%s)", link.url[:300], error)
                continue
            if wanted:
                yield link

    def _wants(self, link: Request, profile: Profile) -> bool:
        task = Task.of(link)
        if not task.kind.is_article:
            return not self.scope.by_day
        return not self.too_old(task.hint.get("published"), link.url, profile)

    async def read(self, request: Request, response: Response, task: Task) -> Iterable[Any]:
        """A list's links, or an article and what stands around it."""
        if task.kind.is_xml:
            return await self.lists.read(request, response, task, None)
        doc = document(response)
        known = task.kind.is_list_page or task.kind.is_article
        kind = task.kind if known else page_kind(doc, self.profiles[task.portal])
        if kind.is_list_page:
            return await self.lists.read(request, response, task, doc)
        return await self.articles.read(request, task, doc)

    def moved(self, request: Request, target: Request, task: Task) -> Iterable[Any]:
        """Follow it, where that article is not known yet, and say that the lists which name this one mean that."""
        profile = self.profiles[task.portal]
        if not kind_of(target.url, profile).is_article:
            return [target]
        return [
            led_to(article_url(target.url, profile), request, profile),
            target,
            self.reached(request),
        ]

    async def goes_on(self, request: Request, url: str, html: str) -> bool:
        """Asked by the browser's driver before every click: whether more of a list is worth it."""
        return await self.lists.goes_on(request, url, html)

    async def again(self, request: Request, verdict: Retry, status: int | None) -> list[Any]:
        """The frontier holds it back, for any worker, and gives it up after the last try."""
        self.frontier.retry(request, verdict.reason, status=status, after=verdict.after_s)
        return []
