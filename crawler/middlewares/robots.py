"""robots.txt, obeyed: RFC 9309, through the host's own turn, one fetch a day for all workers."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin, urlsplit

from scrapy import Request, signals
from scrapy.exceptions import StopDownload
from scrapy.http.request import NO_CALLBACK

from crawler.fetching.robots import MAX_BYTES, product_token, robots_url
from crawler.middlewares.guard import profile_of, refuse_private_name
from crawler.middlewares.local_state import LocalState
from crawler.middlewares.refusals import Postponed, Refused
from crawler.middlewares.robots_book import RobotsBook

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from crawler.fetching.protocols import SharedState

__all__ = ["RobotsMiddleware"]

_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_MOST_REDIRECTS: Final = 5
_TIMEOUT_S: Final = 20


class RobotsMiddleware:
    """Refuses what robots.txt disallows (``robots``), and puts off while it is ``robots-unreachable``.

    A portal with ``robots = false`` is not asked. ``spider.frontier`` is used as a
    :class:`crawler.fetching.protocols.SharedState`; a spider without one shares nothing. A ``Crawl-delay`` goes
    to the frontier. The name that the rules are read for is the product token of ``ROBOTSTXT_USER_AGENT``,
    else of ``USER_AGENT``.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        agent = crawler.settings["ROBOTSTXT_USER_AGENT"] or crawler.settings["USER_AGENT"]
        self._token = product_token(agent)
        self._shared: SharedState = LocalState()
        self._book: RobotsBook | None = None
        self._timeout = min(_TIMEOUT_S, crawler.settings.getint("DOWNLOAD_TIMEOUT"))
        self._received: dict[Request, int] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way of making it."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Return where the request is allowed; raise Refused or Postponed where it is not."""
        if request.meta.get("robots", False):
            return
        spider: Any = self._crawler.spider
        profile = profile_of(request, spider)
        if profile is not None and not profile.robots:
            return
        if self._book is None:
            self._shared = getattr(spider, "frontier", None) or self._shared
            self._book = RobotsBook(self._shared, self._fetch, self._token)
        parts = urlsplit(request.url)
        portal = request.meta.get("portal") or ""
        known, waited = await self._book.known(f"{parts.scheme}://{parts.netloc}", portal)
        if known.robots.state == "closed":
            refuse_private_name(request)
            raise Postponed("robots-unreachable", after_s=max(known.expires - monotonic(), 1.0))
        if not known.allows(request.url):
            self._count("disallowed")
            raise Refused("robots", request.url[:300])
        if waited:
            # the turn that this request was leased for has long passed, and others wait here with it
            await self._shared.turn(request.url, portal)

    async def _fetch(self, origin: str, portal: str) -> tuple[int | None, bytes]:
        """The status and body of an origin's robots.txt, after its redirects; None where no answer came."""
        url = robots_url(origin)
        for hop in range(_MOST_REDIRECTS + 1):
            await self._shared.turn(url, portal)
            try:
                response = await self._download(url, portal)
            except Refused:
                # a redirect out of the portal: not followed, so there is no robots.txt for this origin
                return (None if hop == 0 else 404), b""
            except Exception as error:  # noqa: BLE001  whatever it was, the file could not be read
                self._count(f"failed/{type(error).__name__}")
                return None, b""
            self._count(f"status/{response.status}")
            location = response.headers.get("Location")
            if response.status not in _REDIRECTS or location is None:
                return response.status, response.body
            try:
                url = urljoin(url, location.decode("latin-1"))
            except ValueError:
                break
        return 404, b""

    async def _download(self, url: str, portal: str) -> Response:
        request = Request(
            url,
            headers={"Accept": "text/plain,*/*;q=0.5", "Accept-Encoding": "identity"},
            meta={
                "robots": True,
                "portal": portal,
                "dont_redirect": True,
                "dont_retry": True,
                "download_timeout": self._timeout,
            },
            callback=NO_CALLBACK,
            dont_filter=True,
        )
        # listened to only while a robots.txt is under way: the signal is sent for every packet of every page
        if not self._received:
            self._crawler.signals.connect(self._bytes_received, signals.bytes_received)
        self._received[request] = 0
        try:
            return await self._crawler.engine.download_async(request)
        finally:
            del self._received[request]
            if not self._received:
                self._crawler.signals.disconnect(self._bytes_received, signals.bytes_received)

    def _bytes_received(self, data: bytes, request: Request) -> None:
        """Stop at what is read anyway, so that an endless robots.txt is a short one."""
        if request in self._received:
            self._received[request] += len(data)
            if self._received[request] > MAX_BYTES:
                raise StopDownload(fail=False)

    def _count(self, what: str) -> None:
        if self._crawler.stats is not None:
            self._crawler.stats.inc_value(f"robots/{what}")
