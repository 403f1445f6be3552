"""Redirects, by status and by meta refresh: followed within the portal, a few times, never in a circle.

The new request goes back through the scheduler, so that it waits for the turn of the host it leads to. That
of an article goes there by way of the spider, which wants to know what leads to an article, also where that one
is known and not asked for again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin, urlsplit

from scrapy.downloadermiddlewares.redirect import (
    BaseRedirectMiddleware,
    MetaRefreshMiddleware,
    RedirectMiddleware,
)
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request, Response

from crawler.fetching.redirects import hop_refusal
from crawler.middlewares.guard import private_allowed, profile_of
from crawler.middlewares.refusals import Refused
from crawler.portals.page_kind import PageKind

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler

__all__ = ["BoundedRedirects", "BoundedRefreshes", "Moved"]

_HEAD: Final = 4096
_CONDITIONS: Final = ("If-None-Match", "If-Modified-Since")
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})


class Moved(Response):
    """The answer of an article's address that only leads on; ``target`` is the request that follows it."""

    def __init__(self, url: str, status: int, target: Request) -> None:
        super().__init__(url, status)
        self.target = target


class _WithoutReferer(BaseRedirectMiddleware):
    """Scrapy's base, which looks for a referer middleware to ask: this project sends no referer."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way of making it, without that search."""
        made = cls(crawler.settings)
        made.crawler = crawler
        return made

    def handle_referer(self, request: Request, response: Response) -> None:  # noqa: ARG002
        """Send none."""
        request.headers.pop("Referer", None)


class BoundedRedirects(_WithoutReferer, RedirectMiddleware):
    """Scrapy's, with every hop judged by :func:`crawler.fetching.redirects.hop_refusal`.

    A redirect to another scheme (``file:``, ``javascript:``) is refused, not handed to the callback. A
    request with ``dont_redirect`` gets its 3xx answer as it is.
    """

    def process_response(  # type: ignore[override]
        self, request: Request, response: Response
    ) -> Request | Response:
        """The response, or the request that it leads to."""
        if response.status not in _REDIRECTS or request.meta.get("dont_redirect", False):
            return response
        _refuse_foreign_scheme(request, response)
        try:
            result: Request | Response = super().process_response(request, response)
        except IgnoreRequest as error:
            raise Refused("too-many-redirects", request.url[:300]) from error
        except ValueError as error:
            raise Refused("bad-redirect", f"{request.url[:200]}: {error}"[:300]) from error
        return _judged(result, request, response.status, self.crawler, self.max_redirect_times)


class BoundedRefreshes(_WithoutReferer, MetaRefreshMiddleware):
    """Scrapy's, judged in the same way; a page that only reloads itself is no redirect.

    ``METAREFRESH_MAXDELAY`` tells a page that moved from a home page that refreshes itself now and then.
    """

    def process_response(  # type: ignore[override]
        self, request: Request, response: Response
    ) -> Request | Response:
        """The response, or the request that it leads to."""
        # asked of the bytes first: Scrapy's own test decodes the whole page
        if b"refresh" not in response.body[:_HEAD].lower():
            return response
        try:
            result: Request | Response = super().process_response(request, response)
        except IgnoreRequest as error:
            raise Refused("too-many-redirects", request.url[:300]) from error
        except ValueError:
            return response
        if isinstance(result, Request) and result.url == request.url:
            return response
        return _judged(result, request, response.status, self.crawler, self.max_redirect_times)


def _refuse_foreign_scheme(request: Request, response: Response) -> None:
    location = response.headers.get("Location")
    if location is None:
        raise Refused("bad-redirect", f"{request.url[:200]}: status {response.status} without a Location")
    try:
        scheme = urlsplit(urljoin(request.url, location.decode("latin-1").strip())).scheme
    except ValueError as error:
        raise Refused("bad-redirect", f"{request.url[:200]}: {error}"[:300]) from error
    if scheme not in {"http", "https"}:
        raise Refused("unsupported-scheme", f"{request.url[:150]} -> {location[:100].decode('latin-1')}")


def _judged(
    result: Request | Response, request: Request, status: int, crawler: Crawler, most: int
) -> Request | Response:
    if isinstance(result, Response):
        return result
    reason = hop_refusal(
        result.url,
        [*request.meta.get("redirect_urls", []), request.url],
        profile_of(request, crawler.spider),
        kind=PageKind.of(request.meta.get("kind")),
        most=most,
        private=private_allowed(crawler.spider),
    )
    if reason is not None:
        raise Refused(reason, f"{request.url[:150]} -> {result.url[:150]}")
    for condition in _CONDITIONS:
        # validators of the page that was asked for say nothing of the one it leads to
        result.headers.pop(condition, None)
    if getattr(crawler.spider, "follows_moves", False) and PageKind.of(request.meta.get("kind")).is_article:
        return Moved(request.url, status, result)
    return result
