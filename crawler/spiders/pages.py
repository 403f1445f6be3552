"""What the spiders have in common: a page is fetched, judged, read, or given up."""

from __future__ import annotations

import logging
from abc import abstractmethod
from typing import TYPE_CHECKING, Any

from scrapy import Request, Spider
from twisted.python.failure import Failure as Trouble

from crawler.errors import GiveUp, PageError, Retry, SkipPage
from crawler.extensions.counts import DISALLOWED, FAILED, FETCHED, SKIPPED, UNCHANGED, of_portal
from crawler.fetching import verdicts
from crawler.fetching.admission import LEFT_OUT, NOT_ALLOWED
from crawler.frontier.requests.specs import request_of
from crawler.items import Failure, Reached
from crawler.middlewares.redirects import Moved
from crawler.middlewares.verdicts import judge_failure, judge_response
from crawler.parsing import Document
from crawler.portals.page_kind import PageKind
from crawler.spiders.requests import Task

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scrapy.http import Response

    from crawler.portals import Profile
    from crawler.urls import RequestSpec

__all__ = ["PageSpider", "content_type", "document"]

logger = logging.getLogger(__name__)


class PageSpider(Spider):
    """Judges every outcome by the one policy, and leaves to :meth:`read` only pages that are there."""

    frontier: Any
    profiles: Mapping[str, Profile]
    follows_moves = False

    @abstractmethod
    async def read(self, request: Request, response: Response, task: Task) -> Iterable[Any]:
        """What a page gives. Raises PageError: Retry, GiveUp or SkipPage."""

    def moved(self, request: Request, target: Request, task: Task) -> Iterable[Any]:  # noqa: ARG002
        """What to do where an article's address leads on; asked of spiders with ``follows_moves``."""
        return [target]

    @abstractmethod
    async def again(
        self, request: Request, verdict: verdicts.Retry, status: int | None
    ) -> Iterable[Any] | None:
        """Try a request again later; None where it has been tried often enough."""

    async def parse(self, response: Response) -> Iterable[Any]:
        """Read one page, of whatever kind it is."""
        request = response.request
        assert request is not None
        task = Task.of(request)
        if isinstance(response, Moved):
            return self.moved(request, response.target, task)
        attempt = self.frontier.attempt(request)
        verdict = judge_response(response, attempt=attempt, now=self.frontier.clock.now())
        if verdict != verdicts.Done():
            return await self._end(request, task, verdict, response.status)
        self.count(FETCHED, portal=task.portal)
        try:
            return await self.read(request, response, task)
        except PageError as error:
            return await self._give_in(request, task, error, response.status)

    async def failed(self, failure: Trouble) -> Iterable[Any]:
        """What to do with a request that brought no page: again later, or never."""
        request: Request = failure.request  # type: ignore[attr-defined]  # set by Scrapy
        verdict = judge_failure(failure, attempt=self.frontier.attempt(request))
        return await self._end(request, Task.of(request), verdict)

    async def fetch(self, url: str, task: Task) -> Response:
        """A page outside the queue (a further page of an article), in the turn of its host.

        Raises Retry or GiveUp, as the policy judges.
        """
        await self.frontier.turn(url, task.portal)
        request = Request(url, meta={"portal": task.portal, "kind": PageKind.CONTINUATION.value})
        verdict: verdicts.Verdict
        try:
            response = await self.crawler.engine.download_async(request)
        except Exception:  # noqa: BLE001 -- whatever it is, the policy knows
            verdict = judge_failure(Trouble())  # type: ignore[no-untyped-call]
        else:
            verdict = judge_response(response, now=self.frontier.clock.now())
            if verdict == verdicts.Done():
                self.count(FETCHED, portal=task.portal)
                return response
        if isinstance(verdict, verdicts.Retry):
            raise Retry(verdict.reason, f"{url} {verdict.detail}")
        raise GiveUp(getattr(verdict, "reason", "unexpected"), url)

    def request(self, asked: RequestSpec | str, task: Task, priority: int = 0) -> Request:
        """Return a request of this spider (of a URL: a GET), which any worker can serve."""
        return request_of(
            asked, meta=task.meta(), priority=priority, callback=self.parse, errback=self.failed
        )

    def failure(self, request: Request, task: Task, error: PageError, status: int | None = None) -> Failure:
        """The record of a URL that is given up."""
        passed_over = error.reason in NOT_ALLOWED | LEFT_OUT
        self.count(DISALLOWED if passed_over else FAILED, portal=task.portal)
        now = self.frontier.clock.now()
        return Failure(
            url=request.url,
            portal=task.portal or None,
            reason=error.reason,
            detail=error.detail,
            status=status,
            tries=self.frontier.attempt(request),
            at=now,
            found_on=(task.listing(now),),
        )

    def reached(self, request: Request) -> Reached:
        """That this request, and those that led to it, failed is over: its page was read."""
        urls = (request.url, *request.meta.get("redirect_urls", ()))
        return Reached(urls, self.frontier.clock.now())

    def skipped(self, task: Task, reason: str) -> None:
        """Count a sound page that was not asked for."""
        self.count(SKIPPED, portal=task.portal)
        self.count(f"skipped/{reason}")

    def count(self, name: str, number: int = 1, *, portal: str | None = None) -> None:
        """Add to a counter of this worker, and to that of one portal."""
        stats = self.crawler.stats
        stats.inc_value(name, number)
        if portal:
            stats.inc_value(of_portal(name, portal), number)

    async def _end(
        self, request: Request, task: Task, verdict: verdicts.Verdict, status: int | None = None
    ) -> Iterable[Any]:
        if isinstance(verdict, verdicts.Done):
            self.count(UNCHANGED, portal=task.portal)
            return [self.reached(request)]
        if isinstance(verdict, verdicts.GiveUp):
            return await self._give_in(request, task, GiveUp(verdict.reason, verdict.detail), status)
        output = await self.again(request, verdict, status)
        if output is None:
            return await self._give_in(request, task, GiveUp(verdict.reason, verdict.detail), status)
        self.count("crawl/retried", portal=task.portal)
        logger.debug("again later: %s (%s)", request.url, verdict.reason)
        return output

    async def _give_in(
        self, request: Request, task: Task, error: PageError, status: int | None
    ) -> Iterable[Any]:
        if isinstance(error, Retry):
            return await self._end(request, task, verdicts.Retry(error.reason, None, error.detail), status)
        if isinstance(error, SkipPage):
            self.skipped(task, error.reason)
            return []
        logger.info("given up: %s (%s)", request.url, error)
        return [self.failure(request, task, error, status)]


def document(response: Response) -> Document:
    """A response, parsed once: links and extraction share it."""
    return Document.from_bytes(response.body, response.url, content_type(response))


def content_type(response: Response) -> str | None:
    """The header, if there is one."""
    declared: Any = response.headers.get("Content-Type")
    return None if declared is None else str(declared.decode("latin-1"))
