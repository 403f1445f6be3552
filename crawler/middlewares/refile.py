"""Requests that were queued under an id of before: what their addresses say is known better by now.

Of a thousand variations of one page that were queued before anybody knew that they are one, the first is asked for,
and the others are known. While that is in question, they wait for each other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.exceptions import NotConfigured

from crawler.context import context_of
from crawler.context.questions import questions_of
from crawler.frontier.client import FrontierClient
from crawler.frontier.requests.routing import identify
from crawler.frontier.requests.specs import spec_of
from crawler.middlewares.refusals import Needless
from crawler.portals.addresses import article_url
from crawler.portals.page_kind import PageKind

if TYPE_CHECKING:
    from typing import Self

    from scrapy import Request
    from scrapy.crawler import Crawler

    from crawler.context import CrawlContext, SharedState

__all__ = ["RefileMiddleware"]


class RefileMiddleware:
    """Puts such a request back under the id that it has now: an article that is known by that is not asked for."""

    def __init__(self, context: CrawlContext[SharedState], client: FrontierClient) -> None:
        self._context = context
        self._client = client

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make it only for a spider that has a queue."""
        context = context_of(crawler)
        if not isinstance(context.frontier, FrontierClient):
            raise NotConfigured
        return cls(context, context.frontier)

    async def process_request(self, request: Request) -> Request | None:
        """Return it anew where its id is another by now; wait where that may soon be so.

        Raise Needless for an article's address of which enough variations were read since it was queued.
        """
        profile = self._context.profile_of(request)
        if profile is None or "?" not in request.url or request.method != "GET":
            return None
        is_article = PageKind.of(request.meta.get("kind")).is_article
        if is_article and self._context.gate.is_shut(request.url):
            raise Needless("variation", request.url[:300])
        if self._is_stale(request):
            return self._anew(request)
        canonical = article_url(request.url, profile)
        waited = await self._context.gate.pass_through(questions_of(canonical, profile.keep_parameters))
        return self._anew(request) if waited and self._is_stale(request) else None

    def _is_stale(self, request: Request) -> bool:
        profile = self._context.profile_of(request)
        if profile is None or not profile.learnt or request.meta.get("redirect_times"):
            return False
        queued = self._client.identifier(request)
        return queued is not None and queued != identify(spec_of(request), profile)

    def _anew(self, request: Request) -> Request:
        self._context.counters.add("learnt/refiled")
        return request.replace(dont_filter=False)
