"""Rendering, between the other middlewares: the page is fetched as any page, then a browser fills it.

A request is rendered where its ``meta`` says ``render`` (the profile's channel, or a list that was found to be
empty without), and where a former run has remembered that a list needs it. The rules are those of
:mod:`crawler.fetching.rendering`.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Final

from scrapy import signals
from scrapy.http import HtmlResponse

from crawler.context import context_of
from crawler.context.counters import RENDERED
from crawler.download.follower import Follower, downloader_of
from crawler.errors import Retry
from crawler.fetching.rendering import (
    RENDER,
    is_worth_another_try,
    may_be_remembered,
    may_be_rendered,
    memory_key,
)
from crawler.middlewares.browser_sharing import BrowserSharing
from crawler.middlewares.refusals import Postponed, Refused
from crawler.middlewares.subrequests import Subrequests
from crawler.rendering.network import Answer
from crawler.rendering.program import NoBrowser
from crawler.rendering.service import RenderService

if TYPE_CHECKING:
    from collections.abc import Awaitable
    from typing import Self

    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.settings import BaseSettings

    from crawler.context import CrawlContext, SharedState
    from crawler.rendering.renderer import Result

__all__ = ["COMPLETE", "INCOMPLETE", "RenderMiddleware"]

logger = logging.getLogger(__name__)

COMPLETE: Final = "rendered"
"""The flag of a response that shows all of a list, or all that is new."""

INCOMPLETE: Final = "rendered-in-part"
"""The flag of a response that may show less than there is: its list is not known to its end."""


class RenderMiddleware:
    """Adapter of :mod:`crawler.rendering`.

    Must stand before ConditionalMiddleware, which leaves alone what is rendered: the page of an endless list never
    changes, its list does.

    Settings: ``PLAYWRIGHT_EXECUTABLE``, ``RENDER_PAGES``, ``RENDER_TIMEOUT``, ``RENDER_BUDGET``,
    ``RENDER_LIFETIME``.
    """

    def __init__(
        self, context: CrawlContext[SharedState], settings: BaseSettings, subrequests: Subrequests
    ) -> None:
        self._context = context
        self._budget = settings.getint("RENDER_BUDGET")
        self._service = RenderService.from_settings(settings, self._count)
        self._subrequests = subrequests
        self._sharing = BrowserSharing(context.frontier)
        self._has_warned = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make it for a crawler."""
        context = context_of(crawler)
        follower = Follower(context, downloader_of(crawler))
        middleware = cls(context, crawler.settings, Subrequests(follower))
        crawler.signals.connect(middleware.spider_opened, signals.spider_opened)
        crawler.signals.connect(middleware.spider_closed, signals.spider_closed)
        return middleware

    def process_request(self, request: Request) -> Awaitable[None] | None:
        """Refuse what would have to be rendered and cannot be; nothing to wait for where that is no question."""
        return self._prepare(request) if may_be_rendered(request.meta) else None

    def process_response(self, request: Request, response: Response) -> Awaitable[Response] | Response:
        """Return the page as the browser shows it, every other response as it is. Raises Retry."""
        if not request.meta.get("render") or response.status != 200 or not isinstance(response, HtmlResponse):
            return response
        return self._shown(request, response)

    async def spider_opened(self) -> None:
        """Have lists left to this worker by those without a browser, whyever they need one."""
        if self._context.frontier.runs and self._service.missing() is None:
            await self._sharing.announce()

    async def spider_closed(self) -> None:
        """End the browser."""
        self._sharing.withdraw()
        await self._service.close()

    async def _prepare(self, request: Request) -> None:
        portal = request.meta.get("portal", "")
        if not request.meta.get("render"):
            if not await self._is_remembered(request, portal):
                return
            request.meta["render"] = "remembered"
        if self._context.counters.value(RENDERED, portal) >= self._budget:
            if request.meta["render"] == "remembered":
                del request.meta["render"]
                return
            raise Refused("render-budget", f"RENDER_BUDGET pages of {portal} have been rendered")
        missing = self._service.missing()
        if missing is not None:
            self._warn(missing)
            if await self._sharing.leave(request):
                raise Postponed("no-browser", f"another worker has one; this one: {missing}")
            raise Refused("no-browser", missing)

    async def _is_remembered(self, request: Request, portal: str) -> bool:
        """Say whether a former run has found that the list needs a browser."""
        if request.method != "GET" or not may_be_remembered(request.meta):
            return False
        return await self._context.frontier.cached(memory_key(portal, request.url)) == RENDER

    async def _shown(self, request: Request, response: HtmlResponse) -> Response:
        result = await self._rendered(request, response)
        attempt = self._context.frontier.attempt(request)
        if is_worth_another_try(complete=result.complete, cut=result.cut, attempt=attempt):
            self._count("incomplete")
            raise Retry("render-incomplete", "something that the page wanted could not be had")
        self._note(request, result)
        headers = {b"Content-Type": [b"text/html; charset=utf-8"]}
        # a page's own <meta charset> speaks of other bytes: the mark in front of these decides
        body = b"\xef\xbb\xbf" + result.html.encode("utf-8", "replace")
        return response.replace(
            body=body,
            headers=headers,
            flags=[*response.flags, COMPLETE if result.complete else INCOMPLETE],
        )

    async def _rendered(self, request: Request, response: HtmlResponse) -> Result:
        async def goes_on(html: str) -> bool:
            judge = self._context.goes_on
            return judge is None or await judge(request, response.url, html)

        headers: Any = response.headers.to_unicode_dict()
        try:
            return await self._service.render(
                response.url,
                Answer(response.status, headers, response.body),
                fetch=self._subrequests.of(request.meta.get("portal", "")),
                profile=self._context.profile_of(request),
                channel=request.meta.get("channel"),
                goes_on=goes_on,
            )
        except NoBrowser as error:
            self._warn(str(error))
            self._sharing.withdraw()  # it is there, and cannot be driven
            raise Refused("no-browser", str(error)) from error

    def _warn(self, missing: str) -> None:
        self._count("no-browser")
        if not self._has_warned:
            self._has_warned = True
            logger.info("lists that a script fills are left out: %s", missing)

    def _note(self, request: Request, result: Result) -> None:
        self._context.counters.add(RENDERED, portal=request.meta.get("portal", ""))
        self._count("steps", result.steps)
        self._count("requests", result.requests)
        for reason, count in result.refused.items():
            self._count(f"refused/{reason}", count)
        if result.cut:
            self._count(f"cut/{result.cut}")
            logger.info(
                "%s: there may be more than %d steps brought (%s)", request.url, result.steps, result.cut
            )
        request.meta["render_data"] = result.data

    def _count(self, name: str, number: int = 1) -> None:
        self._context.counters.add(f"render/{name}", number)
