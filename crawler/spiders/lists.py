"""Reading what is visited again: home pages, channels, feeds and sitemaps.

A list is walked page by page. The first walk of a channel goes to its end; every later one stops at the
first page that shows nothing which this list had not shown before, so that its cost is proportional to what
is new. What a page showed is remembered together with the acknowledgement of its request, never earlier: a
worker that dies in between reads the page again and comes to the same decision. A walk that breaks off (a page
that cannot be had) is followed by one to the end. A crawl of certain days leaves out some of what a list shows;
it remembers apart what it has read, or a later one would believe that it has all of it.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, Any

from crawler.discovery import NOT_JSON, Link, ListPage, PageLinks, read_links, read_list
from crawler.errors import Retry
from crawler.frontier.requests.specs import spec_of
from crawler.items import ListedArticles, Listing
from crawler.middlewares.conditional import keep_validators
from crawler.middlewares.render import INCOMPLETE
from crawler.parsing import Document
from crawler.portals.page_kind import PageKind
from crawler.spiders.pages import content_type
from crawler.spiders.requests import MAX_DEPTH, Task, article_priority, list_priority
from crawler.spiders.script_lists import ScriptLists
from crawler.urls import url_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scrapy import Request
    from scrapy.http import Response

    from crawler.portals import Channel, Profile
    from crawler.spiders.ordered import OrderedSpider

__all__ = ["ListReader"]

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Walk:
    """Where a list stands: what its page shows for the first time, and whether its walk is over.

    ``key`` is that of the list, ``memory`` what is remembered of it.
    """

    key: str
    memory: str
    new: frozenset[str]
    goes_on: bool
    complete: bool


class ListReader:
    """Turns a list page into requests for its articles, for further lists, and for its next page."""

    def __init__(self, spider: OrderedSpider) -> None:
        self._spider = spider
        self._script_lists = ScriptLists(spider)

    async def read(
        self, request: Request, response: Response, task: Task, doc: Document | None
    ) -> Iterator[Any]:
        """The next page, the articles, the further lists, what the list showed, and that it was read, in this order.

        ``doc`` is None for sitemaps and feeds. The requests are made one by one as they are asked for: a
        sitemap may have 50,000.
        """
        spider = self._spider
        profile = spider.profiles[task.portal]
        channel = _channel(task, profile)
        spec = replace(spec_of(request), url=response.url)
        links = read_list(
            ListPage(
                request=spec,
                profile=profile,
                kind=task.kind,
                channel=channel,
                number=task.page,
                body=response.body,
                content_type=content_type(response),
                doc=doc,
                rendered=bool(task.render),
            )
        )
        self._count_cuts(links, response)
        if NOT_JSON in links.cut:
            raise Retry(NOT_JSON, "the portal's answer is no JSON")
        # what stands in boxes around a list (ranking, pictures) was not listed by it
        own = [link for link in links.articles if link.list == task.list]
        unfilled = not own and links.next is None and await self._script_lists.lacks(request, task, doc)
        if unfilled and (asked := self._script_lists.ask(request, task)) is not None:
            return iter((asked,))
        walk = await self._walk(task, profile, own, links.next, spec.fingerprint)
        if INCOMPLETE in response.flags:
            walk = replace(walk, goes_on=True, complete=False)
        self._remember(request, response, task, walk)
        self._script_lists.learn(request, task, profile, own, new=bool(walk.new))
        listed = [self._listed_articles(task, profile, channel, own, walk)] if walk.new else []
        next_page = [links.next] if links.next is not None and walk.goes_on else []
        return chain(
            (
                spider.request(link.request, task.next_page(walk.key), list_priority(task))
                for link in next_page
            ),
            self._articles(request, task, profile, links.articles),
            self._lists(request, task, links.channels),
            listed,
            () if unfilled else (spider.reached(request),),
        )

    async def goes_on(self, request: Request, url: str, html: str) -> bool:
        """Whether a list that is being filled in a browser may have more that is new, after what it shows now.

        The same rule as for pages, asked of what came since it was last asked.
        """
        task = Task.of(request)
        profile = self._spider.profiles[task.portal]
        links = read_links(
            Document.from_text(html, url), profile, page=task.kind, channel=_channel(task, profile)
        )
        shown: set[str] = request.meta.setdefault("render_shown", set())
        came = [link for link in links.articles if link.list == task.list and link.id not in shown]
        shown.update(link.id for link in came)
        if not came:
            return True
        return (await self._walk(task, profile, came, came[-1], url_id(url))).goes_on

    async def _walk(
        self, task: Task, profile: Profile, own: Sequence[Link], following: Link | None, page_id: str
    ) -> _Walk:
        if not task.kind.is_list:
            return _Walk("", "", frozenset(), goes_on=False, complete=True)
        frontier, scope = self._spider.frontier, self._spider.scope
        key = task.channel or task.hint.get("key") or page_id
        memory = f"{key}@{frontier.range(task.portal)}" if scope.by_day else key
        new = frozenset(await frontier.unlisted(task.portal, memory, [link.id for link in own]))
        if following is None:
            return _Walk(key, memory, new, goes_on=False, complete=True)
        if scope.since and own and all(self._spider.too_old(link.date, link.url, profile) for link in own):
            return _Walk(key, memory, new, goes_on=False, complete=True)
        if new or scope.full:
            return _Walk(key, memory, new, goes_on=True, complete=False)
        walked = await frontier.walked(task.portal, memory)
        return _Walk(key, memory, new, goes_on=not walked, complete=walked)

    def _remember(self, request: Request, response: Response, task: Task, walk: _Walk) -> None:
        frontier = self._spider.frontier
        scope = self._spider.scope
        if walk.new:
            frontier.mark_listed(task.portal, walk.memory, sorted(walk.new), request=request)
        if walk.goes_on:
            frontier.mark_walking(task.portal, walk.memory, request=request)
        if walk.complete:
            if walk.memory:
                frontier.mark_walked(task.portal, walk.memory, request=request)
            if not scope.by_day and not scope.channels:
                keep_validators(frontier, response)

    def _articles(
        self, request: Request, task: Task, profile: Profile, links: Iterable[Link]
    ) -> Iterator[Request]:
        """Those that were asked for; what only a box beside the list shows is left for a run that wants it."""
        spider = self._spider
        now = spider.frontier.clock.now()
        aside = False
        for link in links:
            if spider.frontier.is_known(task.portal, link.id):
                continue
            own = link.list == task.list
            old = spider.too_old(link.date, link.url, profile)
            if old and own:
                # a list is read again, and what days have read of it is remembered apart; an index of sitemaps
                # that has not changed leads to none of them
                aside |= not task.kind.is_list
                continue
            found = spider.request(link.request, task.found_article(link, now), article_priority(link, task))
            if old or (spider.scope.channels and not own):
                spider.frontier.park(found, request=request)
            else:
                yield found
        if aside:
            spider.frontier.park(spider.request(spec_of(request), task, request.priority), request=request)

    def _lists(self, request: Request, task: Task, links: Iterable[Link]) -> Iterator[Request]:
        spider = self._spider
        aside = bool(spider.scope.channels) and task.kind is not PageKind.SITEMAP
        for link in links:
            below = task.found_list(link)
            if below.depth > MAX_DEPTH:
                spider.count("cut/depth")
            elif not spider.frontier.is_visited(task.portal, link.id):
                found = spider.request(link.request, below, list_priority(below))
                if aside:
                    spider.frontier.park(found, request=request)
                else:
                    yield found

    def _listed_articles(
        self, task: Task, profile: Profile, channel: Channel | None, own: Sequence[Link], walk: _Walk
    ) -> ListedArticles:
        return ListedArticles(
            Listing(task.portal, task.channel, task.list, self._spider.frontier.clock.now()),
            articles=tuple(link.id for link in own if link.id in walk.new),
            tags={**profile.tags, **(channel.tags if channel else {})},
        )

    def _count_cuts(self, links: PageLinks, response: Response) -> None:
        for reason, count in links.cut.items():
            self._spider.count(f"cut/{reason}", count)
        if links.cut:
            told = " ".join(f"{reason}={count}" for reason, count in sorted(links.cut.items()))
            logger.info("cut %s at %s", told, response.url)


def _channel(task: Task, profile: Profile) -> Channel | None:
    return next((channel for channel in profile.channels if channel.id == task.channel), None)
