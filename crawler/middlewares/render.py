"""Rendering, between the other middlewares: the page is fetched as any page, then a browser fills it.

A request is rendered where its ``meta`` says ``render`` (the profile's channel, or a list that was found to be
empty without), and where a former run has remembered that a list needs it.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from scrapy import signals
from scrapy.http import HtmlResponse

from crawler.errors import Retry
from crawler.fetching.rendering import RENDER, RENDERED, memory_key
from crawler.middlewares.guard import private_allowed, profile_of
from crawler.middlewares.refusals import Postponed, Refused
from crawler.middlewares.subrequests import Subrequests
from crawler.portals.model import Render
from crawler.portals.page_kind import PageKind

if TYPE_CHECKING:
    from collections.abc import Awaitable
    from typing import Self

    from scrapy import Request, Spider
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from crawler.rendering.browser import Browser
    from crawler.rendering.renderer import Result

__all__ = ["COMPLETE", "INCOMPLETE", "RenderMiddleware"]

logger = logging.getLogger(__name__)

COMPLETE: Final = "rendered"
"""The flag of a response that shows all of a list, or all that is new."""

INCOMPLETE: Final = "rendered-in-part"
"""The flag of a response that may show less than there is: its list is not known to its end."""

_HAVE_BROWSER: Final = "render:browser:"
_HAVE_BROWSER_S: Final = 90.0
_TELL_EVERY_S: Final = 30.0
_LEFT_FOR_S: Final = 3.0
_LEFT_LONGER_AFTER: Final = 8
_LEFT_AT_MOST: Final = 40
_TRIES: Final = 3


class RenderMiddleware:
    """Adapter of :mod:`crawler.rendering`.

    Must stand before ConditionalMiddleware, which leaves alone what is rendered: the page of an endless list never
    changes, its list does.

    Settings: ``PLAYWRIGHT_EXECUTABLE``, ``RENDER_PAGES``, ``RENDER_TIMEOUT``, ``RENDER_BUDGET``,
    ``RENDER_LIFETIME``.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._settings = crawler.settings
        self._browser: Browser | None = None
        self._subrequests = Subrequests(crawler)
        self._telling: asyncio.Task[None] | None = None
        self._warned = False
        self._left: Counter[tuple[str, str]] = Counter()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way of making it."""
        middleware = cls(crawler)
        crawler.signals.connect(middleware.spider_opened, signals.spider_opened)
        crawler.signals.connect(middleware.spider_closed, signals.spider_closed)
        return middleware

    def process_request(self, request: Request) -> Awaitable[None] | None:
        """Refuse what would have to be rendered and cannot be; nothing to wait for where that is no question."""
        if request.meta.get("render") or PageKind.of(request.meta.get("kind")).is_list_page:
            return self._prepare(request)
        return None

    def process_response(self, request: Request, response: Response) -> Awaitable[Response] | Response:
        """The page as the browser shows it; every other response as it is. Raises Retry."""
        if not request.meta.get("render") or response.status != 200 or not isinstance(response, HtmlResponse):
            return response
        return self._shown(request, response)

    async def spider_opened(self, spider: Spider) -> None:
        """Tell workers of the same portals without a browser that this one has one.

        They leave it what they cannot do, whether a profile marks a list or it is found to be empty.
        """
        frontier: Any = getattr(spider, "frontier", None)
        if hasattr(frontier, "runs") and self._missing() is None:
            await self._tell_once(frontier)
            self._telling = asyncio.create_task(self._tell(frontier))

    async def spider_closed(self) -> None:
        """End the browser."""
        if self._telling is not None:
            self._telling.cancel()
        if self._browser is not None:
            await self._browser.discard()

    async def _prepare(self, request: Request) -> None:
        portal = request.meta.get("portal", "")
        if not request.meta.get("render"):
            await self._remember(request, portal)
            if not request.meta.get("render"):
                return
        if self._count_of(RENDERED, portal) >= self._settings.getint("RENDER_BUDGET"):
            if request.meta["render"] == "remembered":
                del request.meta["render"]
                return
            raise Refused("render-budget", f"RENDER_BUDGET pages of {portal} have been rendered")
        await self._need_browser(request)

    async def _shown(self, request: Request, response: HtmlResponse) -> Response:
        result = await self._rendered(request, response)
        spider = self._spider()
        attempt = spider.frontier.attempt(request) if hasattr(spider, "frontier") else _TRIES
        if not result.complete and not result.cut and attempt < _TRIES:
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

    async def _tell(self, frontier: Any) -> None:
        while True:
            await asyncio.sleep(_TELL_EVERY_S)
            await self._tell_once(frontier)

    async def _tell_once(self, frontier: Any) -> None:
        for portal in frontier.runs:
            await frontier.cache(_HAVE_BROWSER + portal, b"1", _HAVE_BROWSER_S)

    async def _remember(self, request: Request, portal: str) -> None:
        """Render at once what a former run found to need it."""
        meta = request.meta
        if not PageKind.of(meta.get("kind")).is_list_page or meta.get("page", 1) != 1 or meta.get("robots"):
            return
        frontier = getattr(self._spider(), "frontier", None)
        if frontier is not None and await frontier.cached(memory_key(portal, request.url)) == RENDER:
            meta["render"] = "remembered"

    def _missing(self) -> str | None:
        """Why there is no browser on this machine; None where there is one."""
        from crawler.rendering.program import NoBrowser, find_program  # noqa: PLC0415 -- only where it is needed

        try:
            find_program(self._settings["PLAYWRIGHT_EXECUTABLE"], self._settings["PLAYWRIGHT_BROWSERS_PATH"])
        except NoBrowser as error:
            return str(error)
        return None

    async def _need_browser(self, request: Request) -> None:
        missing = self._missing()
        if missing is None:
            return
        self._warn(missing)
        if await self._leave(request):
            raise Postponed("no-browser", f"another worker has one; this one: {missing}")
        raise Refused("no-browser", missing)

    async def _leave(self, request: Request) -> bool:
        """Whether the request is left to a worker with a browser; not for ever, should that one never take it."""
        portal = request.meta.get("portal", "")
        frontier: Any = getattr(self._spider(), "frontier", None)
        times = self._left.pop((portal, request.url), 0)
        if times >= _LEFT_AT_MOST or not hasattr(frontier, "put_off"):
            return False
        if not await frontier.cached(_HAVE_BROWSER + portal):
            return False
        frontier.put_off(request, _LEFT_FOR_S * (1 + times // _LEFT_LONGER_AFTER))
        self._left[portal, request.url] = times + 1
        return True

    async def _rendered(self, request: Request, response: HtmlResponse) -> Result:
        """Once more at once where the browser died: that is hardly ever the page's doing. Raises Retry."""
        for left in (1, 0):
            try:
                return await self._render(request, response)
            except Retry as error:
                self._count(error.reason)
                logger.info("%s: %s", request.url, error)
                if error.reason != "browser-crashed" or not left:
                    raise
        raise AssertionError

    async def _render(self, request: Request, response: HtmlResponse) -> Result:
        from crawler.rendering.driver import Limits  # noqa: PLC0415 -- only where it is needed
        from crawler.rendering.network import Answer  # noqa: PLC0415
        from crawler.rendering.program import NoBrowser  # noqa: PLC0415
        from crawler.rendering.renderer import render  # noqa: PLC0415

        spider = self._spider()

        async def goes_on(html: str) -> bool:
            judge = getattr(spider, "goes_on", None)
            return judge is None or bool(await judge(request, response.url, html))

        profile = profile_of(request, spider)
        rules = next(
            (
                channel.render
                for channel in (profile.channels if profile is not None else ())
                if channel.id == request.meta.get("channel") and channel.render is not None
            ),
            Render(),
        )
        headers: Any = response.headers.to_unicode_dict()
        page = Answer(response.status, headers, response.body)
        try:
            return await render(
                response.url,
                page,
                browser=self._have_browser(),
                fetch=self._subrequests.of(request.meta.get("portal", "")),
                profile=profile,
                rules=rules,
                limits=Limits(self._settings.getfloat("RENDER_TIMEOUT")),
                goes_on=goes_on,
                private=private_allowed(spider),
            )
        except NoBrowser as error:
            self._warn(str(error))
            if self._telling is not None:
                self._telling.cancel()  # it is there, and cannot be driven
            raise Refused("no-browser", str(error)) from error

    def _warn(self, missing: str) -> None:
        self._count("no-browser")
        if not self._warned:
            self._warned = True
            logger.warning("lists that a script fills are left out: %s", missing)

    def _have_browser(self) -> Browser:
        if self._browser is None:
            from crawler.rendering.browser import Browser, BrowserOptions  # noqa: PLC0415

            settings = self._settings
            options = BrowserOptions(
                environment=settings["RENDER_ENVIRONMENT"],
                program=settings["PLAYWRIGHT_EXECUTABLE"],
                downloads=settings["PLAYWRIGHT_BROWSERS_PATH"],
                user_agent=settings["USER_AGENT"],
                pages=settings.getint("RENDER_PAGES"),
                lifetime=settings.getint("RENDER_LIFETIME"),
            )
            self._browser = Browser(options, lambda what: self._count(f"browser/{what}"))
        return self._browser

    def _note(self, request: Request, result: Result) -> None:
        portal = request.meta.get("portal", "")
        stats = self._crawler.stats
        stats.inc_value(RENDERED)
        stats.inc_value(f"{RENDERED}/{portal}")
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

    def _spider(self) -> Any:
        spider: Spider | None = self._crawler.spider
        return spider

    def _count(self, what: str, count: int = 1) -> None:
        self._crawler.stats.inc_value(f"render/{what}", count)

    def _count_of(self, counter: str, portal: str = "") -> int:
        return int(self._crawler.stats.get_value(f"{counter}/{portal}" if portal else counter, 0))
