"""robots.txt, obeyed: RFC 9309, through the host's own turn, one fetch a day for all workers."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from scrapy import signals
from scrapy.exceptions import StopDownload

from crawler.context import context_of
from crawler.download.follower import Follower
from crawler.errors import Retry
from crawler.fetching.redirects import BadRedirect
from crawler.fetching.robots import MAX_BYTES, product_token, robots_url
from crawler.middlewares.guard import refuse_private_name
from crawler.middlewares.refusals import Postponed, Refused
from crawler.middlewares.robots_book import NoRobotsError, RobotsBook
from crawler.middlewares.verdicts import describe, fault_of
from crawler.urls import RequestSpec

if TYPE_CHECKING:
    from typing import Self

    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from crawler.context import CrawlContext, SharedState

__all__ = ["RobotsMiddleware"]

_HEADERS: Final = (("Accept", "text/plain,*/*;q=0.5"), ("Accept-Encoding", "identity"))
_TIMEOUT_S: Final = 20


class RobotsMiddleware:
    """Refuses what robots.txt disallows (``robots``), and puts off while it is ``robots-unreachable``.

    A portal with ``robots = false`` is not asked. What was read and a ``Crawl-delay`` are kept
    for all workers. The name that the rules are read for is the product token of ``ROBOTSTXT_USER_AGENT``, else of
    ``USER_AGENT``.
    """

    def __init__(self, crawler: Crawler, context: CrawlContext[SharedState]) -> None:
        self._crawler = crawler
        self._context = context
        self._follower = Follower(context, self._download)
        agent = crawler.settings["ROBOTSTXT_USER_AGENT"] or crawler.settings["USER_AGENT"]
        self._book = RobotsBook(context.frontier, self._fetch, product_token(agent))
        self._timeout = min(_TIMEOUT_S, crawler.settings.getint("DOWNLOAD_TIMEOUT"))
        self._received: dict[Request, int] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make it for a crawler."""
        return cls(crawler, context_of(crawler))

    async def process_request(self, request: Request) -> None:
        """Return where the request is allowed; raise Refused or Postponed where it is not."""
        if request.meta.get("robots", False):
            return
        profile = self._context.profile_of(request)
        if profile is not None and not profile.robots:
            return
        parts = urlsplit(request.url)
        portal = request.meta.get("portal") or ""
        rules, waited = await self._book.rules(f"{parts.scheme}://{parts.netloc}", portal)
        if rules.robots.state == "closed":
            refuse_private_name(request)
            cause, _, detail = rules.robots.cause.partition(": ")
            if cause.startswith("tls"):  # no page of this host can be had either
                raise Postponed(cause, detail)
            raise Postponed(
                "robots-unreachable", rules.robots.cause, after_s=max(rules.expires - monotonic(), 1.0)
            )
        if not rules.allows(request.url):
            self._context.counters.add("robots/disallowed")
            raise Refused("robots", request.url[:300])
        if waited:
            # the turn that this request was leased for has long passed, and others wait here with it
            await self._context.frontier.reserve_slot(request.url, portal)

    async def _fetch(self, origin: str, portal: str) -> tuple[int | None, bytes]:
        """Return the status and body of an origin's robots.txt, after its redirects. Raises NoRobotsError."""
        meta = {"robots": True, "portal": portal, "dont_retry": True, "download_timeout": self._timeout}
        try:
            response = await self._follower.fetch(RequestSpec(robots_url(origin), headers=_HEADERS), meta)
        except BadRedirect:
            # out of the portal, or in a circle: not followed, so there is no robots.txt for this origin
            return 404, b""
        except Retry:
            raise  # the host is left alone now, which says nothing of its robots.txt
        except Refused as error:
            raise NoRobotsError(str(error)) from error
        except Exception as error:  # whatever it was, the file could not be read
            self._context.counters.add(f"robots/failed/{type(error).__name__}")
            raise NoRobotsError(f"{fault_of(error)}: {describe(error)}") from error
        return response.status, response.body

    async def _download(self, request: Request) -> Response:
        # listened to only while a robots.txt is under way: the signal is sent for every packet of every page
        if not self._received:
            self._crawler.signals.connect(self._bytes_received, signals.bytes_received)
        self._received[request] = 0
        try:
            response = await self._crawler.engine.download_async(request)
        finally:
            del self._received[request]
            if not self._received:
                self._crawler.signals.disconnect(self._bytes_received, signals.bytes_received)
        self._context.counters.add(f"robots/status/{response.status}")
        return response

    def _bytes_received(self, data: bytes, request: Request) -> None:
        """Stop at what is read anyway, so that an endless robots.txt is a short one."""
        if request in self._received:
            self._received[request] += len(data)
            if self._received[request] > MAX_BYTES:
                raise StopDownload(fail=False)
