"""What the spiders have in common: a page is fetched, judged, read, or given up."""

from __future__ import annotations

import logging
from abc import abstractmethod
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from scrapy import Request, Spider

from crawler.context.counters import DISALLOWED, EMPTY, FAILED, FETCHED, RETRIED, SKIPPED, UNCHANGED
from crawler.errors import GiveUp, PageError, Retry, SkipPage
from crawler.fetching import verdicts
from crawler.fetching.admission import EMPTY_LIST, LEFT_OUT, NOT_ALLOWED
from crawler.frontier.requests.routing import identify
from crawler.frontier.requests.specs import spec_of
from crawler.items import Failure, Reached
from crawler.middlewares.redirects import Moved
from crawler.middlewares.verdicts import judge_failure, judge_response
from crawler.spiders.requests import Task

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scrapy.http import Response
    from twisted.python.failure import Failure as Trouble

    from crawler.context import CrawlContext, SharedState

__all__ = ["PageSpider"]

logger = logging.getLogger(__name__)


class PageSpider(Spider):
    """Judges every outcome by the one policy, and leaves to :meth:`read` only pages that are there."""

    context: CrawlContext[SharedState]

    def __init__(self, context: CrawlContext[SharedState]) -> None:
        super().__init__()
        self.context = context

    @abstractmethod
    async def read(self, request: Request, response: Response, task: Task) -> Iterable[Any]:
        """Return what a page gives. Raises PageError: Retry, GiveUp or SkipPage."""

    def moved(self, request: Request, target: Request, task: Task) -> Iterable[Any]:  # noqa: ARG002
        """Return what to do where an article's address leads on; asked where the context ``follows_moves``."""
        return [target]

    def unchanged(self, request: Request, task: Task) -> None:
        """Take note of a page that the server says is the same as last time."""

    @abstractmethod
    async def again(
        self, request: Request, verdict: verdicts.Retry, status: int | None
    ) -> Iterable[Any] | None:
        """Try a request again later; return None where it has been tried often enough."""

    async def parse(self, response: Response) -> Iterable[Any]:
        """Read one page, of whatever kind it is."""
        request = response.request
        assert request is not None
        task = Task.of(request)
        if isinstance(response, Moved):
            return self.moved(request, response.target, task)
        frontier = self.context.frontier
        verdict = judge_response(response, attempt=frontier.attempt(request), now=frontier.clock.now())
        if verdict != verdicts.Done():
            return await self._end(request, task, verdict, response.status)
        self.context.counters.add(FETCHED, portal=task.portal)
        try:
            return await self.read(request, response, task)
        except PageError as error:
            return await self._give_up(request, task, error, response.status)

    async def failed(self, failure: Trouble) -> Iterable[Any]:
        """Decide on a request that brought no page: again later, or never."""
        request: Request = failure.request  # type: ignore[attr-defined]  # set by Scrapy
        if isinstance(failure.value, SkipPage):
            return await self._give_up(request, Task.of(request), failure.value, None)
        verdict = judge_failure(failure, attempt=self.context.frontier.attempt(request))
        return await self._end(request, Task.of(request), verdict)

    def failure(self, request: Request, task: Task, error: PageError, status: int | None = None) -> Failure:
        """Count a URL that is given up, and return its record."""
        self.context.counters.add(_counter_of(error.reason), portal=task.portal)
        now = self.context.frontier.clock.now()
        return Failure(
            id=self.identify(request),
            url=request.url,
            portal=task.portal or None,
            reason=error.reason,
            detail=error.detail,
            status=status,
            tries=self.context.frontier.attempt(request),
            at=now,
            found_on=(task.listing(now),),
        )

    def reached(self, request: Request) -> Reached:
        """Return that this request, and those that led to it, failed is over: its page was read."""
        urls = (request.url, *request.meta.get("redirect_urls", ()))
        ids = dict.fromkeys(self.identify(request, url) for url in urls)
        return Reached(tuple(ids), self.context.frontier.clock.now())

    def identify(self, request: Request, url: str | None = None) -> str:
        """Return the id of a request, or of one like it for another URL: that by which the frontier knows it."""
        spec = spec_of(request)
        if url is not None:
            spec = replace(spec, url=url)
        try:
            return identify(spec, self.context.profile_of(request))
        except ValueError:  # a redirect's address that is none
            return spec.fingerprint

    def skip(self, task: Task, reason: str) -> None:
        """Count a sound page that was not asked for."""
        self.context.counters.add(SKIPPED, portal=task.portal)
        self.context.counters.add(f"skipped/{reason}")

    async def _end(
        self, request: Request, task: Task, verdict: verdicts.Verdict, status: int | None = None
    ) -> Iterable[Any]:
        if isinstance(verdict, verdicts.Done):
            self.context.counters.add(UNCHANGED, portal=task.portal)
            self.unchanged(request, task)
            return [self.reached(request)]
        if isinstance(verdict, verdicts.GiveUp):
            return await self._give_up(request, task, GiveUp(verdict.reason, verdict.detail), status)
        output = await self.again(request, verdict, status)
        if output is None:
            return await self._give_up(request, task, GiveUp(verdict.reason, verdict.detail), status)
        self.context.counters.add(RETRIED, portal=task.portal)
        logger.debug("again later: %s (%s)", request.url, verdict.reason)
        return output

    async def _give_up(
        self, request: Request, task: Task, error: PageError, status: int | None
    ) -> Iterable[Any]:
        if isinstance(error, Retry):
            return await self._end(request, task, verdicts.Retry(error.reason, None, error.detail), status)
        if isinstance(error, SkipPage):
            self.skip(task, error.reason)
            return []
        logger.info("given up: %s (%s)", request.url, error)
        return [self.failure(request, task, error, status)]


def _counter_of(reason: str) -> str:
    """Return what a URL that is given up counts as."""
    if reason == EMPTY_LIST:
        return EMPTY
    return DISALLOWED if reason in NOT_ALLOWED | LEFT_OUT else FAILED
