"""The last check before the wire: every request, whoever made it, goes where its portal may go, or nowhere.

Redirects, robots.txt and fetches from inside a callback pass here too, since each is a request of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy.exceptions import CannotResolveHostError

from crawler.download.resolver import refused_address
from crawler.fetching.admission import refusal
from crawler.middlewares.refusals import Refused

if TYPE_CHECKING:
    from typing import Self

    from scrapy import Request, Spider
    from scrapy.crawler import Crawler

    from crawler.portals.model import Profile

__all__ = ["GuardMiddleware", "private_allowed", "profile_of", "refuse_private_name"]


class GuardMiddleware:
    """Refuses what :func:`crawler.fetching.admission.refusal` refuses, and names that resolve to such hosts.

    Must stand first (nearest to the engine). ``private`` on the spider allows private addresses for requests
    that belong to no portal.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way of making it."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Raise :class:`Refused` unless the request may be made."""
        spider = self._crawler.spider
        reason = refusal(
            request.url,
            profile_of(request, spider),
            private=private_allowed(spider),
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


def profile_of(request: Request, spider: Spider | None) -> Profile | None:
    """The profile of the portal that a request belongs to, if any."""
    profiles: Any = getattr(spider, "profiles", None) or {}
    found: Profile | None = profiles.get(request.meta.get("portal"))
    return found


def private_allowed(spider: Spider | None) -> bool:
    """Whether the spider was told to visit private addresses, for requests that belong to no portal."""
    return bool(getattr(spider, "private", False))
