"""Back-off: what a host's answers say of its load, shared with every worker through the frontier."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from scrapy.exceptions import IgnoreRequest

from crawler.context import context_of
from crawler.download.resolver import refused_address
from crawler.errors import PageError
from crawler.fetching.pressure import Pressure
from crawler.middlewares.refusals import Postponed
from crawler.middlewares.verdicts import fault_of, pause_of

if TYPE_CHECKING:
    from typing import Self

    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from crawler.context import CrawlContext, SharedState

__all__ = ["BackoffMiddleware"]

_REFUSALS: Final = frozenset({429, 503})
_OF_THE_HOST: Final = frozenset({
    "timeout", "refused", "dns", "connection", "tunnel", "tls-old-protocol", "tls-weak-key", "tls-certificate", "tls",
})  # fmt: skip
"""Faults that say something of a host; the others are of one page that it sends."""


_ABSENT: Final = frozenset({"refused", "dns"})


class BackoffMiddleware:
    """Has a host left alone, by every worker, on 429, on 503, and where it keeps failing; slows down what is slow.

    Nothing may be asked of a host whose robots.txt cannot be had: each page that waits for that counts as a failure.
    The fetch of a robots.txt itself does not.

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
        host, reason = urlsplit(request.url).netloc, f"http-{response.status}"
        if response.status in _REFUSALS:
            wanted = pause_of(response, self._context.frontier.clock.now())
            self._leave_alone(request, reason, asked_s=wanted)
        elif response.status >= 500:
            self._failed(request, reason)
        else:
            latency = float(request.meta.get("download_latency", 0.0))
            pause = self._pressure.answered(host, latency, monotonic())
            self._context.frontier.host_answered(request.url)
            if pause is not None and self._context.scope.rate != 0:
                self._context.frontier.slow_down(request.url, pause)
                self._context.counters.add("backoff/slow")
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Note that no answer came."""
        if isinstance(exception, Postponed):
            if exception.reason == "robots-unreachable" or exception.reason in _OF_THE_HOST:
                cause = exception.detail.partition(":")[0]
                why = cause if cause in _OF_THE_HOST else exception.reason
                self._failed(request, why, is_absent=True, least_s=exception.after_s or 0)
        elif not isinstance(exception, IgnoreRequest | PageError):
            reason = fault_of(exception)
            # a name that leads into a private network is no host that is down
            if reason in _OF_THE_HOST and refused_address(urlsplit(request.url).hostname or "") is None:
                self._failed(request, reason, is_absent=reason in _ABSENT)

    def _failed(self, request: Request, why: str, *, is_absent: bool = False, least_s: float = 0) -> None:
        if request.meta.get("robots", False):
            return
        known = self._context.frontier.is_host_failing(request.url)
        if self._pressure.failed(urlsplit(request.url).netloc, known=known, is_absent=is_absent):
            self._leave_alone(request, why, least_s=least_s)

    def _leave_alone(
        self, request: Request, why: str, *, asked_s: float | None = None, least_s: float = 0
    ) -> None:
        self._context.frontier.host_failed(request.url, why, asked_s=asked_s, least_s=least_s)
        self._context.counters.add(f"backoff/{why}")
