"""Back-off: what a host's answers say of its load, told to every worker through the frontier."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from scrapy.exceptions import IgnoreRequest

from crawler.errors import PageError
from crawler.fetching.pressure import Pause, Pressure
from crawler.middlewares.verdicts import pause_of

if TYPE_CHECKING:
    from typing import Self

    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

__all__ = ["BackoffMiddleware"]

_REFUSALS: Final = frozenset({429, 503})


class BackoffMiddleware:
    """Calls ``spider.frontier.slow_down`` on 429, on 503, for hosts that keep failing or have become slow.

    Latency is not heeded in a crawl with ``rate=0``, which asks for all that the server can give. Must
    stand nearer to the wire than the redirects, whose answers count as well.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._pressure = Pressure()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way of making it."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        """Note the answer; hand it on as it is."""
        spider: Any = self._crawler.spider
        frontier = getattr(spider, "frontier", None)
        if frontier is None:
            return response
        host = urlsplit(request.url).netloc
        if response.status in _REFUSALS:
            asked = pause_of(response, frontier.clock.now())
            self._tell(request, self._pressure.refused(host, response.status, asked, monotonic()))
        elif response.status >= 500:
            self._tell(request, self._pressure.failed(host, monotonic()))
        else:
            latency = float(request.meta.get("download_latency", 0.0))
            pause = self._pressure.answered(host, latency, monotonic())
            if getattr(spider, "rate", None) != 0:
                self._tell(request, pause)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Note that no answer came."""
        spider: Any = self._crawler.spider
        if getattr(spider, "frontier", None) is not None and not isinstance(
            exception, IgnoreRequest | PageError
        ):
            self._tell(request, self._pressure.failed(urlsplit(request.url).netloc, monotonic()))

    def _tell(self, request: Request, pause: Pause | None) -> None:
        if pause is None:
            return
        spider: Any = self._crawler.spider
        spider.frontier.slow_down(request.url, pause.seconds, pause.reason)
        if self._crawler.stats is not None:
            self._crawler.stats.inc_value(f"backoff/{pause.reason}")
