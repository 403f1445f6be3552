"""Redirects, by status and by meta refresh: followed within the portal, a few times, never in a circle.

The new request goes back through the scheduler, so that it waits for the turn of the host it leads to. That
of an article goes there by way of the spider, which wants to know what leads to an article, also where that one
was seen already and is not asked for again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from scrapy.exceptions import NotConfigured
from scrapy.http import HtmlResponse, Request, Response

from crawler.context import context_of
from crawler.discovery.script_redirects import MOST_BYTES, script_redirect
from crawler.fetching.bodies import is_wall
from crawler.fetching.redirects import BadRedirect, Hop, hop_refusal, read_hop
from crawler.fetching.refresh import find_refresh
from crawler.frontier.requests.codec import PORTAL_HEADERS
from crawler.middlewares.refusals import Refused
from crawler.portals.page_kind import PageKind
from crawler.urls import join

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler
    from scrapy.settings import BaseSettings

    from crawler.context import CrawlContext, SharedState

__all__ = ["BoundedRedirects", "BoundedRefreshes", "Moved"]

_SETS: Final = b"document.cookie"
"""A script that sets a cookie before it leads on wants to see it come back: a firewall's."""

_WEB: Final = ("http://", "https://")
_OF_ONE_ADDRESS: Final = (
    # validators of the page that was asked for say nothing of the one it leads to; a referer is never sent
    "If-None-Match", "If-Modified-Since", "Referer", "Authorization", "Cookie", "Proxy-Authorization",
)  # fmt: skip
_OF_A_BODY: Final = (
    "Content-Type",
    "Content-Length",
    "Content-Encoding",
    "Content-Language",
    "Content-Location",
)
_OF_ONE_FETCH: Final = frozenset({"proxy", "_scheme_proxy", "_auth_proxy"})


class Moved(Response):
    """The answer of an article's address that only leads on; ``target`` is the request that follows it."""

    def __init__(self, url: str, status: int, target: Request) -> None:
        super().__init__(url, status)
        self.target = target


class _Redirects:
    """Makes the request that a redirect leads to, by :mod:`crawler.fetching.redirects`.

    It stands in the place of Scrapy's middlewares: settings and the ``redirect_`` keys of ``meta`` are the same.
    """

    def __init__(self, settings: BaseSettings, context: CrawlContext[SharedState]) -> None:
        self._context = context
        self._most = settings.getint("REDIRECT_MAX_TIMES")
        self._priority_adjust = settings.getint("REDIRECT_PRIORITY_ADJUST")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make it for a crawler."""
        return cls(crawler.settings, context_of(crawler))

    def _follow(
        self, request: Request, response: Response, hop: Hop, reason: int | str
    ) -> Request | Response:
        """Return the request that a step leads to; for articles, where the spider asks for it, its Moved.

        Raises Refused where the step is not followed.
        """
        chain = [*request.meta.get("redirect_urls", []), request.url]
        kind = PageKind.of(request.meta.get("kind"))
        refusal = hop_refusal(hop.url, chain, self._context.profile_of(request), kind=kind, most=self._most)
        if refusal is not None:
            raise Refused(refusal, f"{request.url[:150]} -> {hop.url[:150]}")
        target = _request_to(hop, request, priority=request.priority + self._priority_adjust)
        target.meta["redirect_times"] = request.meta.get("redirect_times", 0) + 1
        target.meta["redirect_urls"] = chain
        target.meta["redirect_reasons"] = [*request.meta.get("redirect_reasons", []), reason]
        if self._context.follows_moves and kind.is_article:
            return Moved(request.url, response.status, target)
        return target


def _request_to(hop: Hop, request: Request, *, priority: int) -> Request:
    """Return a request as the one before, for another address; raise Refused where it is none."""
    meta = {key: value for key, value in request.meta.items() if key not in _OF_ONE_FETCH}
    portals_own = meta.pop(PORTAL_HEADERS, ())
    try:
        target = request.replace(url=hop.url, method=hop.method, meta=meta, priority=priority)
    except ValueError as error:
        raise Refused("bad-redirect", f"{request.url[:200]}: {error}"[:300]) from error
    becomes_get = hop.method != request.method
    if becomes_get:
        target = target.replace(body=b"")
    for name in (*_OF_ONE_ADDRESS, *(_OF_A_BODY if becomes_get else ()), *portals_own):
        target.headers.pop(name, None)
    return target


class BoundedRedirects(_Redirects):
    """Follows 301, 302, 303, 307 and 308.

    A redirect to another scheme (``file:``, ``javascript:``) is refused, not handed to the callback. A
    request with ``dont_redirect`` gets its 3xx answer as it is.
    """

    def __init__(self, settings: BaseSettings, context: CrawlContext[SharedState]) -> None:
        if not settings.getbool("REDIRECT_ENABLED"):
            raise NotConfigured
        super().__init__(settings, context)

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
    """Follows a meta refresh, also as a header, and a script that does nothing but lead on to a literal address.

    A page that only reloads itself is no redirect.

    For whoever follows redirects by himself (the further pages of an article) it becomes one by status.
    ``METAREFRESH_MAXDELAY`` tells a page that moved from a home page that refreshes itself now and then.
    """

    def __init__(self, settings: BaseSettings, context: CrawlContext[SharedState]) -> None:
        if not settings.getbool("METAREFRESH_ENABLED"):
            raise NotConfigured
        super().__init__(settings, context)
        self._longest_delay = settings.getint("METAREFRESH_MAXDELAY")
        self._ignored_tags = settings.getlist("METAREFRESH_IGNORE_TAGS")

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Return the response, or what it leads to."""
        is_page = PageKind.of(request.meta.get("kind")) is PageKind.CONTINUATION
        if (request.meta.get("dont_redirect", False) and not is_page) or request.method == "HEAD":
            return response
        if not isinstance(response, HtmlResponse):
            return response
        declared: Any = response.headers.get("Content-Type")
        url = find_refresh(
            response.body, request.url, None if declared is None else declared.decode("latin-1"),
            response.headers.get("Refresh"), longest=self._longest_delay, ignored=self._ignored_tags,
        )  # fmt: skip
        reason = "meta refresh"
        if url is None:
            url, reason = _led_to(response), "script"
        if url is None or (reason == "script" and url.partition("#")[0] == request.url):
            return response
        if request.meta.get("dont_redirect", False):
            return Response(request.url, 302, headers={"Location": url}, request=request)
        return self._follow(request, response, Hop(url), reason)


def _led_to(response: HtmlResponse) -> str | None:
    """Return the URL that a script of a page leads to, which does nothing else; None where none does."""
    body = response.body
    if response.status != 200 or len(body) > MOST_BYTES or b"location" not in body:
        return None
    if _SETS in body or is_wall(body):
        return None
    address = script_redirect(response.text)
    url = join(response.url, address) if address else ""
    return url if url.startswith(_WEB) else None
