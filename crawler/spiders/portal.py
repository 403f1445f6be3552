"""``scrapy crawl portal``: one worker of a crawl that any number of workers share."""

from __future__ import annotations

import logging
from itertools import chain
from typing import TYPE_CHECKING, Any, Self

from crawler.context import Counters, CrawlContext, PortalRules, PortalSelection
from crawler.discovery import page_kind
from crawler.download.follower import downloader_of
from crawler.fetching.admission import LEFT_OUT, NOT_ALLOWED
from crawler.frontier.client import FrontierClient
from crawler.frontier.requests.link_group import grouped
from crawler.frontier.requests.specs import request_of
from crawler.frontier.scheduler import FrontierScheduler
from crawler.portals.addresses import article_url, kind_of, request_id
from crawler.spiders.articles import ArticleReader, move_to
from crawler.spiders.assembly import ArticleAssembler
from crawler.spiders.intervals import ChannelIntervals
from crawler.spiders.learning import ParameterLearner
from crawler.spiders.links import listed_before
from crawler.spiders.lists import ListReader
from crawler.spiders.outcomes import set_aside
from crawler.spiders.pages import PageSpider
from crawler.spiders.requests import Task
from crawler.spiders.responses import document
from crawler.spiders.seeds import seeds
from crawler.spiders.walks import ListWalks

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable

    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.settings import BaseSettings

    from crawler.errors import PageError
    from crawler.fetching.verdicts import Retry
    from crawler.items import Failure
    from crawler.portals import Profile
    from crawler.spiders.outcomes import ArticleOutcome, ListOutcome

__all__ = ["PortalSpider"]

logger = logging.getLogger(__name__)


class PortalSpider(PageSpider):
    """Follows a portal's lists, and the lists around its articles, and reads every article once.

    The arguments are those of :class:`~crawler.context.CrawlScope`. What is to be done lives in the shared
    frontier, so what one worker finds another may fetch; the spider keeps no state that matters.
    """

    name = "portal"
    context: CrawlContext[FrontierClient]

    def __init__(
        self,
        *,
        context: CrawlContext[FrontierClient],
        selection: PortalSelection,
        lists: ListReader,
        articles: ArticleReader,
    ) -> None:
        super().__init__(context)
        self.selection = selection
        self._lists = lists
        self._articles = articles
        self._intervals = ChannelIntervals(context.frontier, selection.scope, context.profiles)

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
        scope = selection.scope
        for error in selection.left_out:
            logger.warning("left out: %s", error)
        if scope.max_runtime is not None:
            crawler.settings.set("CLOSESPIDER_TIMEOUT", scope.max_runtime, priority="spider")
        client = FrontierClient(crawler.settings, selection.profiles, scope)
        profiles = dict(selection.profiles)
        walks = ListWalks(client, scope, profiles)
        rules = PortalRules(profiles, client.profiles, mark_seen=client.variations.mark_seen)
        context = CrawlContext(
            client,
            Counters(crawler),
            profiles,
            scope,
            follows_moves=True,
            goes_on=walks.goes_on,
            rules=rules,
        )
        learner = ParameterLearner(context)
        share = crawler.settings.getfloat("RENDER_SHARE")
        return super().from_crawler(
            crawler,
            *args,
            context=context,
            selection=selection,
            lists=ListReader(context, walks, learner, render_share=share),
            articles=ArticleReader(context, ArticleAssembler(context, downloader_of(crawler)), learner),
        )

    async def start(self) -> AsyncIterator[Request]:
        """Yield the seeds of every portal: in a run that is under way they are queued already.

        And what earlier runs left aside that were asked for less.
        """
        frontier = self.context.frontier
        for profile in self.context.profiles.values():
            if profile.name not in frontier.runs:
                continue
            for spec, task, priority in seeds(profile, self.context.scope):
                if await self._intervals.is_due(profile.name, task.channel_of(profile)):
                    yield request_of(spec, meta=task.meta(), priority=priority)
                else:
                    frontier.lists.leave_out(profile.name, request_id(spec, profile))
            async for link in self._left_aside(profile):
                yield link
                frontier.parking.unpark(link)

    async def _left_aside(self, profile: Profile) -> AsyncIterator[Request]:
        """Yield what runs that were asked for less have passed over, as far as this one wants it."""
        if self.context.scope.channels:
            return
        async for link in self.context.frontier.parking.parked(profile.name):
            try:
                wanted = self._wants(link, profile)
            except Exception as error:  # noqa: BLE001  what others may have written must not end the crawl's start
                logger.warning("passed over: %s (%s)", link.url[:300], error)
                continue
            if wanted:
                yield link

    def _wants(self, link: Request, profile: Profile) -> bool:
        task, scope = Task.of(link), self.context.scope
        if not task.kind.is_article:
            return not scope.by_day
        now = self.context.frontier.clock.now()
        return not listed_before(scope, task.hint.get("published"), link.url, profile, now)

    async def read(self, request: Request, response: Response, task: Task) -> Iterable[Any]:
        """Return a list's links, or an article and what stands around it."""
        if task.kind.is_xml:
            return self._of_list(request, task, await self._lists.read(request, response, task, None))
        doc = document(response)
        is_decided = task.kind.is_list_page or task.kind.is_article
        kind = task.kind if is_decided else page_kind(doc, self.context.profiles[task.portal])
        if kind.is_list_page:
            return self._of_list(request, task, await self._lists.read(request, response, task, doc))
        return self._of_article(request, task, await self._articles.read(request, task, doc))

    def _of_list(self, request: Request, task: Task, outcome: ListOutcome) -> Iterable[Any]:
        """Carry out what a list's page comes to: its links, what it showed, and that it was read, in this order."""
        set_aside(self.context.frontier, request, task.portal, outcome)
        if outcome.is_read:
            self.context.frontier.note_outcome(request, dead=False)
            self._intervals.note(request, task)
        if outcome.empty is not None:
            logger.warning("%s shows no entry: %s", request.url, outcome.empty.detail)
            return chain(
                grouped(request.url, outcome.requests), (self.failure(request, task, outcome.empty),)
            )
        return chain(
            grouped(request.url, outcome.requests),
            () if outcome.listing is None else (outcome.listing,),
            (self.reached(request),) if outcome.is_read else (),
        )

    def _of_article(self, request: Request, task: Task, outcome: ArticleOutcome) -> Iterable[Any]:
        """Carry out what an article's page comes to: its links, what leads to it, and the article, in this order."""
        if outcome.released:
            self.context.frontier.release(request)
            return ()
        set_aside(self.context.frontier, request, task.portal, outcome)
        self.context.frontier.note_outcome(request, dead=False)
        items: list[Any] = []
        if outcome.skipped is not None:
            self.skip(task, outcome.skipped)
        if outcome.failure is not None:
            items.append(self.failure(request, task, outcome.failure))
        if outcome.move is not None:
            items += [outcome.move, self.reached(request)]
        if outcome.article is not None:
            items.append(outcome.article)
        return chain(grouped(request.url, outcome.requests), items)

    def unchanged(self, request: Request, task: Task) -> None:
        """Remember that a list was looked at."""
        self._intervals.note(request, task)

    def moved(self, request: Request, target: Request, task: Task) -> Iterable[Any]:
        """Follow it, where that article is new, and say that the lists which name this one mean that."""
        profile = self.context.profiles[task.portal]
        if not kind_of(target.url, profile).is_article:
            # what the target is worth is its own; as an article this address is dead
            self.context.frontier.note_outcome(request, dead=True)
            return [target]
        return [
            move_to(article_url(target.url, profile), request, profile),
            target,
            self.reached(request),
        ]

    def failure(self, request: Request, task: Task, error: PageError, status: int | None = None) -> Failure:
        """Count a URL that is given up, and return its record; links like it on its page may be dead too."""
        # what is not allowed costs no request, but where only its answer tells
        if error.reason not in NOT_ALLOWED | LEFT_OUT or error.reason == "offsite-redirect":
            self.context.frontier.note_outcome(request, dead=True)
        return super().failure(request, task, error, status)

    async def again(self, request: Request, verdict: Retry, status: int | None) -> list[Any]:
        """Have the frontier hold it back, for any worker, and give it up after the last try."""
        self.context.frontier.retry(request, verdict.reason, status=status, after=verdict.after_s)
        return []
