"""The last check before the wire: every request, whoever made it, goes where its portal may go, or nowhere.

Redirects, robots.txt and fetches from inside a callback pass here too, since each is a request of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy.exceptions import CannotResolveHostError

from crawler.context import context_of
from crawler.download.resolver import refused_address
from crawler.fetching.admission import refusal
from crawler.middlewares.refusals import Refused

if TYPE_CHECKING:
    from typing import Self

    from scrapy import Request
    from scrapy.crawler import Crawler

    from crawler.context import CrawlContext, SharedState

__all__ = ["GuardMiddleware", "refuse_private_name"]


class GuardMiddleware:
    """Refuses what :func:`crawler.fetching.admission.refusal` refuses, and names that resolve to such hosts.

    Must stand first (nearest to the engine).
    """

    def __init__(self, context: CrawlContext[SharedState]) -> None:
        self._context = context

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make it for a crawler."""
        return cls(context_of(crawler))

    def process_request(self, request: Request) -> None:
        """Raise :class:`Refused` unless the request may be made."""
        reason = refusal(
            request.url,
            self._context.profile_of(request),
            exclude=not request.meta.get("robots", False),
        )
        if reason is not None:
            raise Refused(reason, request.url[:300])

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Give a name that the resolver refused its true reason."""
        if isinstance(exception, CannotResolveHostError):
            refuse_private_name(request)


def refuse_private_name(request: Request) -> None:
    """Raise :class:`Refused` where the resolver has refused the request's host."""
    address = refused_address(urlsplit(request.url).hostname or "")
    if address is not None:
        raise Refused("private-address", f"{request.url[:200]} resolves to {address}")
