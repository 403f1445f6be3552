"""Redirects, by status and by meta refresh: followed within the portal, a few times, never in a circle.

The new request goes back through the scheduler, so that it waits for the turn of the host it leads to. That
of an article goes there by way of the spider, which wants to know what leads to an article, also where that one
was seen already and is not asked for again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scrapy.downloadermiddlewares.redirect import BaseRedirectMiddleware
from scrapy.http import HtmlResponse, Request, Response
from scrapy.utils.response import get_meta_refresh

from crawler.context import context_of
from crawler.fetching.redirects import BadRedirect, Hop, hop_refusal, read_hop
from crawler.middlewares.refusals import Refused
from crawler.portals.page_kind import PageKind

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler
    from scrapy.settings import BaseSettings

    from crawler.context import CrawlContext, SharedState

__all__ = ["BoundedRedirects", "BoundedRefreshes", "Moved"]

_HEAD: Final = 4096
_CONDITIONS: Final = ("If-None-Match", "If-Modified-Since")


class Moved(Response):
    """The answer of an article's address that only leads on; ``target`` is the request that follows it."""

    def __init__(self, url: str, status: int, target: Request) -> None:
        super().__init__(url, status)
        self.target = target


class _Redirects(BaseRedirectMiddleware):
    """Makes the request that a redirect leads to; headers, proxy and ``redirect_`` keys of ``meta`` as Scrapy does.

    Every step is judged by :func:`crawler.fetching.redirects.hop_refusal`. This project sends no referer.
    """

    def __init__(self, settings: BaseSettings, context: CrawlContext[SharedState]) -> None:
        super().__init__(settings)
        self._context = context

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make it for a crawler."""
        made = cls(crawler.settings, context_of(crawler))
        made.crawler = crawler
        return made

    def _follow(
        self, request: Request, response: Response, hop: Hop, reason: int | str
    ) -> Request | Response:
        """Return the request that a step leads to; for articles, where the spider asks for it, its Moved.

        Raises Refused where the step is not followed.
        """
        refusal = hop_refusal(
            hop.url,
            [*request.meta.get("redirect_urls", []), request.url],
            self._context.profile_of(request),
            kind=(kind := PageKind.of(request.meta.get("kind"))),
            most=self.max_redirect_times,
        )
        if refusal is not None:
            raise Refused(refusal, f"{request.url[:150]} -> {hop.url[:150]}")
        if hop.method == request.method:
            target = self._build_redirect_request(request, response, url=hop.url)
        else:
            target = self._redirect_request_using_get(request, response, hop.url)
        for condition in _CONDITIONS:
            # validators of the page that was asked for say nothing of the one it leads to
            target.headers.pop(condition, None)
        target = self._redirect(target, request, reason)
        if self._context.follows_moves and kind.is_article:
            return Moved(request.url, response.status, target)
        return target


class BoundedRedirects(_Redirects):
    """Follows 301, 302, 303, 307 and 308.

    A redirect to another scheme (``file:``, ``javascript:``) is refused, not handed to the callback. A
    request with ``dont_redirect`` gets its 3xx answer as it is.
    """

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Return the response, or what it leads to."""
        if request.meta.get("dont_redirect", False):
            return response
        try:
            hop = read_hop(request.url, request.method, response.status, response.headers.get("Location"))
        except BadRedirect as error:
            raise Refused(error.reason, error.detail) from error
        return response if hop is None else self._follow(request, response, hop, response.status)


class BoundedRefreshes(_Redirects):
    """Follows a meta refresh; a page that only reloads itself is no redirect.

    ``METAREFRESH_MAXDELAY`` tells a page that moved from a home page that refreshes itself now and then.
    """

    enabled_setting = "METAREFRESH_ENABLED"

    def __init__(self, settings: BaseSettings, context: CrawlContext[SharedState]) -> None:
        super().__init__(settings, context)
        self._longest_delay = settings.getint("METAREFRESH_MAXDELAY")
        self._ignored_tags = settings.getlist("METAREFRESH_IGNORE_TAGS")

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Return the response, or what it leads to."""
        # asked of the bytes first: reading the tag decodes the whole page
        if b"refresh" not in response.body[:_HEAD].lower() or not isinstance(response, HtmlResponse):
            return response
        if request.meta.get("dont_redirect", False) or request.method == "HEAD":
            return response
        try:
            delay, url = get_meta_refresh(response, ignore_tags=self._ignored_tags)
        except ValueError:
            return response
        if not url or delay is None or delay >= self._longest_delay or url == request.url:
            return response
        if not url.startswith(("http://", "https://")):
            return response
        return self._follow(request, response, Hop(url), "meta refresh")
