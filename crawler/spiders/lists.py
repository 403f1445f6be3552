"""Reading what is visited again: home pages, channels, feeds and sitemaps.

A list is walked page by page (:mod:`crawler.spiders.walks`). What a page showed is remembered together with the
acknowledgement of its request, never earlier: a worker that dies in between reads the page again and comes to the
same decision.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Final, Literal

from crawler.context.counters import LISTED
from crawler.discovery import NOT_JSON, ListPage, original_list, read_list
from crawler.errors import Retry
from crawler.frontier.requests.specs import request_of, spec_of
from crawler.items import ListedArticles, Listing
from crawler.middlewares.conditional import validators_of
from crawler.middlewares.render import INCOMPLETE
from crawler.parsing import Document
from crawler.portals.addresses import request_id
from crawler.portals.page_kind import PageKind
from crawler.spiders.empty_lists import empty_list
from crawler.spiders.links import LinkRequests
from crawler.spiders.outcomes import Kept, ListOutcome
from crawler.spiders.requests import list_priority
from crawler.spiders.responses import content_type
from crawler.spiders.script_lists import ScriptLists
from crawler.spiders.walks import Walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scrapy import Request
    from scrapy.http import Response

    from crawler.context import CrawlContext
    from crawler.discovery import Link, PageLinks
    from crawler.frontier.client import FrontierClient
    from crawler.portals import Profile
    from crawler.spiders.learning import ParameterLearner
    from crawler.spiders.outcomes import Mark
    from crawler.spiders.requests import Task
    from crawler.spiders.walks import ListWalks

__all__ = ["ListReader"]

logger = logging.getLogger(__name__)

_NO_WALK: Final = Walk("", "", frozenset(), goes_on=False, complete=False)


class ListReader:
    """Turns a list page into requests for its articles, for further lists, and for its next page."""

    def __init__(
        self,
        context: CrawlContext[FrontierClient],
        walks: ListWalks,
        learner: ParameterLearner,
        *,
        render_share: float,
    ) -> None:
        self._context = context
        self._walks = walks
        self._learner = learner
        self._links = LinkRequests(context)
        self._script_lists = ScriptLists(context, render_share)

    async def read(
        self, request: Request, response: Response, task: Task, doc: Document | None
    ) -> ListOutcome:
        """Return what a page of a list comes to; ``doc`` is None for sitemaps and feeds.

        Raises Retry where the portal does not answer as its profile says.
        """
        profile = self._context.profiles[task.portal]
        if (original := self._original(task, profile, doc)) is not None:
            return ListOutcome(requests=self._links.lists(task, [original]))
        spec = replace(spec_of(request), url=response.url)
        page = ListPage(
            request=spec,
            profile=profile,
            kind=task.kind,
            channel=task.channel_of(profile),
            number=task.page,
            body=response.body,
            content_type=content_type(response),
            doc=doc,
            rendered=bool(task.render),
        )
        links = read_list(page)
        for html in reversed(request.meta.pop("render_earlier", ())):
            links = links.joined(read_list(replace(page, doc=Document.from_text(html, response.url))))
        self._count_cuts(links, response.url)
        if NOT_JSON in links.cut:
            raise Retry(NOT_JSON, "the portal's answer is no JSON")
        # what stands in boxes around a list (ranking, pictures) was not listed by it
        own = [link for link in links.articles if link.list == task.list]
        is_unfilled = await self._script_lists.lacks(request, task, doc, own)
        if is_unfilled and (rendered := self._script_lists.rendering(request, task, own)) is not None:
            # what stands there already is followed all the same: perhaps no browser comes to this page
            plain = self._requests(task, profile, replace(links, next=None), _NO_WALK)
            return ListOutcome(requests=chain((rendered,), plain), is_read=False)
        if spec.method == "GET":
            await self._learner.listing(task.portal, spec.url, own, page=task.page)
        walk = await self._walks.walk(
            task, profile, own, links.next, request_id(spec, profile), further=links.channels
        )
        if walk.is_endless:
            self._context.counters.add("cut/endless")
            logger.info(
                "the list ends here: %s is one of %d pages with nothing new", response.url, walk.barren
            )
        if INCOMPLETE in response.flags:
            walk = replace(walk, goes_on=True, complete=False)
        empty = empty_list(task, page, links, own)
        self._context.counters.add(LISTED, int(bool(links.articles or links.channels)), portal=task.portal)
        learnt = self._script_lists.learn(request, task, profile, own, new=bool(walk.new))
        return ListOutcome(
            requests=self._requests(task, profile, links, walk),
            parked=list(self._parked(request, task, profile, links)),
            marks=[
                *walk.marks(),
                *(() if empty or links.frames else self._validators(response, walk)),
                *learnt,
            ],
            listing=self._listing(task, profile, own, walk) if walk.new else None,
            is_read=not is_unfilled,
            empty=empty,
        )

    def _requests(self, task: Task, profile: Profile, links: PageLinks, walk: Walk) -> Iterator[Request]:
        """Yield the next page, the articles and the further lists that were asked for."""
        if links.next is not None and walk.goes_on:
            following = task.next_page(walk.key, walk.barren)
            yield request_of(links.next.request, meta=following.meta(), priority=list_priority(task))
        yield from self._links.frames(task, links.frames)
        for link in self._links.new(task, links.articles):
            if self._fate(task, profile, link) == "follow":
                yield self._links.article(task, link)
        if not self._leaves_lists(task):
            yield from self._links.lists(task, links.channels)

    def _parked(self, request: Request, task: Task, profile: Profile, links: PageLinks) -> Iterator[Request]:
        """Yield what is left for a run that is asked for more."""
        scope = self._context.scope
        if scope.since is None and not scope.channels:
            return
        has_older = False
        for link in self._links.new(task, links.articles):
            match self._fate(task, profile, link):
                case "park":
                    yield self._links.article(task, link)
                case "leave":
                    has_older = True
                case "follow":
                    pass
        if has_older and not task.kind.is_list:
            # a list is read again, and what days have read of it is remembered apart; an index of sitemaps
            # that has not changed leads to none of them
            yield request_of(spec_of(request), meta=task.meta(), priority=request.priority)
        if self._leaves_lists(task):
            yield from self._links.lists(task, links.channels)

    def _original(self, task: Task, profile: Profile, doc: Document | None) -> Link | None:
        """Return the list whose twin this one is, where it was only found: what a profile names is read as it is."""
        is_found = task.channel is None and task.kind is PageKind.CHANNEL and task.page == 1
        if doc is None or not is_found or not task.depth or task.render:
            return None
        return original_list(doc, profile)

    def _fate(self, task: Task, profile: Profile, link: Link) -> Literal["follow", "park", "leave"]:
        """Return what happens to an article: what only a box beside the list shows would be lost if it were left."""
        is_own = link.list == task.list
        if self._links.is_too_old(link, profile):
            return "leave" if is_own else "park"
        return "park" if self._context.scope.channels and not is_own else "follow"

    def _leaves_lists(self, task: Task) -> bool:
        """Say whether further lists are none of those that were asked for."""
        return bool(self._context.scope.channels) and task.kind is not PageKind.SITEMAP

    def _validators(self, response: Response, walk: Walk) -> Iterator[Mark]:
        """Yield what the next visit is asked conditionally with: only where nothing was left to be done here."""
        scope = self._context.scope
        if walk.complete and not scope.by_day and not scope.channels:
            found = validators_of(response, self._context.frontier.epoch)
            if found is not None:
                yield Kept(*found)

    def _listing(self, task: Task, profile: Profile, own: Sequence[Link], walk: Walk) -> ListedArticles:
        channel = task.channel_of(profile)
        return ListedArticles(
            Listing(task.portal, task.channel, task.list, self._context.frontier.clock.now()),
            articles=tuple(link.id for link in own if link.id in walk.new),
            tags={**profile.tags, **(channel.tags if channel else {})},
        )

    def _count_cuts(self, links: PageLinks, url: str) -> None:
        for reason, count in links.cut.items():
            self._context.counters.add(f"cut/{reason}", count)
        if links.cut:
            counts = " ".join(f"{reason}={count}" for reason, count in sorted(links.cut.items()))
            logger.info("cut %s at %s", counts, url)
