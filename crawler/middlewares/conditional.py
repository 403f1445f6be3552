"""Conditional requests for what is visited again: home pages, lists, sitemaps, feeds.

**When validators are kept.** A 304 means that a page needs no reading, so a page may only be asked for
conditionally when the reading of it was a success for good: its links are in the frontier, its list is
known to its end. Hence nothing is kept when a response comes. The reader of a list returns :func:`validators_of`
it where it left nothing to be done, and the frontier writes them behind the acknowledgement
of the request, which itself is behind the page's children. A worker that dies in between has kept nothing,
and the page is read again. What was kept under an older epoch (``scrapy frontier clear``) is not used.

**What is asked conditionally.** The first page of a list only: the later ones shift with every new article.
Not a page that a browser fills: it stays the same while its list grows. Not in a crawl with ``full=1``, which
wants to see every page, nor for longer than :data:`crawler.fetching.validators.TTL_S` after the last full
reading.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crawler.context import context_of
from crawler.fetching.validators import TTL_S, Validators
from crawler.frontier.requests.specs import spec_of
from crawler.portals.page_kind import PageKind

if TYPE_CHECKING:
    from typing import Self

    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from crawler.context import CrawlContext, SharedState

__all__ = ["ConditionalMiddleware", "validators_of"]


class ConditionalMiddleware:
    """Adds ``If-None-Match`` and ``If-Modified-Since`` where the frontier has validators of the page."""

    def __init__(self, context: CrawlContext[SharedState]) -> None:
        self._context = context

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make it for a crawler."""
        return cls(context_of(crawler))

    async def process_request(self, request: Request) -> None:
        """Add the conditions; one look at the frontier for a page that is visited again, none for others."""
        if not _is_revisited(request) or self._context.scope.full:
            return
        frontier = self._context.frontier
        kept = Validators.from_bytes(await frontier.cached(_key(request)))
        if kept is not None and kept.epoch == frontier.epoch:
            for name, value in kept.headers().items():
                request.headers.setdefault(name, value)


def validators_of(response: Response, epoch: int) -> tuple[str, bytes, float] | None:
    """Return what is to be kept, and for how many seconds, to ask for this page conditionally next time.

    Only for pages whose reading left nothing to be done. None where the page is none of those that are visited
    again, or was sent without validators.
    """
    request = response.request
    if request is None or response.status != 200 or not _is_revisited(request):
        return None
    found = Validators.of(_header(response, "ETag"), _header(response, "Last-Modified"), epoch)
    return None if found is None else (_key(request), found.to_bytes(), TTL_S)


def _is_revisited(request: Request) -> bool:
    return (
        PageKind.of(request.meta.get("kind")).revisited
        and request.meta.get("page", 1) in {0, 1}
        and request.method == "GET"
        and not request.meta.get("redirect_times")
        and not request.meta.get("render")
    )


def _key(request: Request) -> str:
    return f"validators:{request.meta.get('portal', '')}:{spec_of(request).fingerprint}"


def _header(response: Response, name: str) -> str | None:
    value: Any = response.headers.get(name)
    return None if value is None else value.decode("latin-1")
