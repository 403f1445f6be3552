"""Rendering, between the other middlewares: the page is fetched as any page, then a browser fills it.

A request is rendered where its ``meta`` says ``render`` (the profile's channel, or a list that was found to be
empty without), and where a former run has remembered that a list needs it. The rules are those of
:mod:`crawler.fetching.rendering`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scrapy import signals
from scrapy.http import HtmlResponse

from crawler.context import context_of
from crawler.download.follower import Follower, downloader_of
from crawler.errors import Retry
from crawler.fetching.rendering import is_worth_another_try, may_be_rendered
from crawler.middlewares.render_admission import RenderAdmission
from crawler.middlewares.render_counts import RenderCounts
from crawler.middlewares.subrequests import Subrequests, answer_of
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

__all__ = ["COMPLETE", "INCOMPLETE", "RenderMiddleware"]

COMPLETE: Final = "rendered"
"""The flag of a response that shows all of a list, or all that is new."""

INCOMPLETE: Final = "rendered-in-part"
"""The flag of a response that may show less than there is: its list is not known to its end."""


class RenderMiddleware:
    """Adapter of :mod:`crawler.rendering`; :mod:`crawler.middlewares.render_admission` says what is rendered.

    Must stand before ConditionalMiddleware, which leaves alone what is rendered: the page of an endless list never
    changes, its list does.
    """

    def __init__(
        self, context: CrawlContext[SharedState], settings: BaseSettings, subrequests: Subrequests
    ) -> None:
        self._context = context
        self._counts = RenderCounts(context.counters)
        self._service = RenderService.from_settings(settings, self._counts.add)
        self._admission = RenderAdmission(context, settings.getint("RENDER_BUDGET"), self._service.missing)
        self._subrequests = subrequests

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make it for a crawler."""
        context = context_of(crawler)
        follower = Follower(context, downloader_of(crawler))
        middleware = cls(context, crawler.settings, Subrequests(follower))
        crawler.signals.connect(middleware.spider_opened, signals.spider_opened)
        crawler.signals.connect(middleware.spider_closed, signals.spider_closed)
        return middleware

    async def spider_opened(self) -> None:
        """Tell the workers without a browser, if there is one here."""
        await self._admission.open()

    async def spider_closed(self) -> None:
        """End the browser."""
        self._admission.close()
        await self._service.close()

    def process_request(self, request: Request) -> Awaitable[None] | None:
        """Refuse what would have to be rendered and cannot be; nothing to wait for where that is no question."""
        return self._admission.admit(request) if may_be_rendered(request.meta) else None

    def process_response(self, request: Request, response: Response) -> Awaitable[Response] | Response:
        """Return the page as the browser shows it, every other response as it is. Raises Retry."""
        if not request.meta.get("render") or response.status != 200 or not isinstance(response, HtmlResponse):
            return response
        return self._shown(request, response)

    async def _shown(self, request: Request, response: HtmlResponse) -> Response:
        async def goes_on(html: str) -> bool:
            judge = self._context.goes_on
            return judge is None or await judge(request, response.url, html)

        try:
            result = await self._service.render(
                response.url,
                answer_of(response),
                fetch=self._subrequests.of(request.meta.get("portal", "")),
                profile=self._context.profile_of(request),
                channel=request.meta.get("channel"),
                goes_on=goes_on,
            )
        except NoBrowser as error:
            self._admission.refuse(error)
        attempt = self._context.frontier.attempt(request)
        if is_worth_another_try(complete=result.complete, cut=result.cut, attempt=attempt):
            self._counts.add("incomplete")
            raise Retry("render-incomplete", "something that the page wanted could not be had")
        self._counts.add_page(request, result)
        request.meta["render_data"] = result.data
        request.meta["render_earlier"] = result.earlier
        # a page's own <meta charset> speaks of other bytes: the mark in front of these decides
        return response.replace(
            body=b"\xef\xbb\xbf" + result.html.encode("utf-8", "replace"),
            headers={b"Content-Type": [b"text/html; charset=utf-8"]},
            flags=[*response.flags, COMPLETE if result.complete else INCOMPLETE],
        )
