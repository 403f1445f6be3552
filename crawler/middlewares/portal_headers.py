"""The headers that a portal's profile wants sent, on every request of the portal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.context import context_of
from crawler.frontier.requests.codec import PORTAL_HEADERS

if TYPE_CHECKING:
    from typing import Self

    from scrapy import Request
    from scrapy.crawler import Crawler

    from crawler.context import CrawlContext, SharedState

__all__ = ["PortalHeadersMiddleware"]


class PortalHeadersMiddleware:
    """Adds ``headers`` of the profile: to pages, lists, robots.txt, further pages and what a browser asks for.

    A header that a request needs for itself (the type of its form, a condition) stays; what every request has by
    default (the user agent, the language) gives way, so this must stand before the middlewares that add it.

    They may be secrets, so they stay here: ``meta`` names them, and neither the queue nor the request that a redirect
    leads to takes them along. Within the portal each request gets them anew.
    """

    def __init__(self, context: CrawlContext[SharedState]) -> None:
        self._context = context

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make it for a crawler."""
        return cls(context_of(crawler))

    def process_request(self, request: Request) -> None:
        """Add them."""
        profile = self._context.profile_of(request)
        if profile is None or not profile.headers:
            return
        added = [name for name in profile.headers if name not in request.headers]
        for name in added:
            request.headers[name] = profile.headers[name]
        request.meta[PORTAL_HEADERS] = [*request.meta.get(PORTAL_HEADERS, ()), *added]
