"""Back-off: what a host's answers say of its load, shared with every worker through the frontier."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from scrapy.exceptions import IgnoreRequest

from crawler.context import context_of
from crawler.errors import PageError
from crawler.fetching.pressure import Pause, Pressure
from crawler.middlewares.verdicts import pause_of

if TYPE_CHECKING:
    from typing import Self

    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from crawler.context import CrawlContext, SharedState

__all__ = ["BackoffMiddleware"]

_REFUSALS: Final = frozenset({429, 503})


class BackoffMiddleware:
    """Slows a host down, for every worker, on 429, on 503, and where it keeps failing or has become slow.

    Latency is not heeded in a crawl with ``rate=0``, which asks for all that the server can give. Must
    stand nearer to the wire than the redirects, whose answers count as well.
    """

    def __init__(self, context: CrawlContext[SharedState]) -> None:
        self._context = context
        self._pressure = Pressure()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make it for a crawler."""
        return cls(context_of(crawler))

    def process_response(self, request: Request, response: Response) -> Response:
        """Note the answer; hand it on as it is."""
        host = urlsplit(request.url).netloc
        if response.status in _REFUSALS:
            wanted = pause_of(response, self._context.frontier.clock.now())
            self._slow_down(request, self._pressure.refused(host, response.status, wanted, monotonic()))
        elif response.status >= 500:
            self._slow_down(request, self._pressure.failed(host, monotonic()))
        else:
            latency = float(request.meta.get("download_latency", 0.0))
            pause = self._pressure.answered(host, latency, monotonic())
            if self._context.scope.rate != 0:
                self._slow_down(request, pause)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Note that no answer came."""
        if not isinstance(exception, IgnoreRequest | PageError):
            self._slow_down(request, self._pressure.failed(urlsplit(request.url).netloc, monotonic()))

    def _slow_down(self, request: Request, pause: Pause | None) -> None:
        if pause is not None:
            self._context.frontier.slow_down(request.url, pause.seconds, pause.reason)
            self._context.counters.add(f"backoff/{pause.reason}")
