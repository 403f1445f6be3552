"""From the links of a page to requests."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crawler.discovery import listed_at
from crawler.frontier.requests.specs import request_of
from crawler.spiders.requests import MAX_DEPTH, article_priority, list_priority

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from scrapy import Request

    from crawler.context import CrawlContext, CrawlScope
    from crawler.discovery import Link
    from crawler.frontier.client import FrontierClient
    from crawler.portals import Profile
    from crawler.spiders.requests import Task

__all__ = ["LinkRequests", "listed_before"]


class LinkRequests:
    """Makes requests of links that are new, as far as this worker knows without asking Redis."""

    def __init__(self, context: CrawlContext[FrontierClient]) -> None:
        self._frontier = context.frontier
        self._counters = context.counters
        self._scope = context.scope
        self._gate = context.gate

    def new(self, task: Task, links: Iterable[Link]) -> Iterator[Link]:
        """Yield the articles that may never have been queued."""
        for link in links:
            if self._gate.is_shut(link.url):
                self._counters.add("cut/query")
            elif not self._frontier.lists.is_seen(task.portal, link.id):
                yield link

    def is_too_old(self, link: Link, profile: Profile) -> bool:
        """Say whether a list says that an article lies before the days that are asked for."""
        now = self._frontier.clock.now()
        return listed_before(self._scope, link.date, link.url, profile, now)

    def article(self, task: Task, link: Link) -> Request:
        """Return the request for an article that stands on the page of ``task``."""
        found = task.found_article(link, self._frontier.clock.now())
        return request_of(link.request, meta=found.meta(), priority=article_priority(link, task))

    def frames(self, task: Task, links: Iterable[Link]) -> Iterator[Request]:
        """Return requests for the frames of a list's page: each is the same list, as far as it goes."""
        for link in links:
            if task.depth < MAX_DEPTH:
                part = replace(task, depth=task.depth + 1, hint={}, render="")
                yield request_of(link.request, meta=part.meta(), priority=list_priority(part))

    def lists(self, task: Task, links: Iterable[Link]) -> Iterator[Request]:
        """Yield requests for the further lists that this run may not have, down to the depth where a trap begins."""
        for link in links:
            found = task.found_list(link)
            if found.depth > MAX_DEPTH:
                self._counters.add("cut/depth")
            elif self._gate.is_shut(link.url):
                self._counters.add("cut/query")
            elif not self._frontier.lists.is_visited(task.portal, link.id):
                yield request_of(link.request, meta=found.meta(), priority=list_priority(found))


def listed_before(scope: CrawlScope, date: str | None, url: str, profile: Profile, now: datetime) -> bool:
    """Say whether a list says (``date``, as it stands there) that an article lies before the days asked for."""
    return scope.since is not None and scope.is_too_old(listed_at(date, url, now, profile.timezone))
