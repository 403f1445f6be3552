"""Pages that are fetched from within a callback: further pages of an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy import Request
from twisted.python.failure import Failure

from crawler.context.counters import FETCHED
from crawler.errors import GiveUp, Retry
from crawler.fetching import verdicts
from crawler.middlewares.verdicts import judge_failure, judge_response
from crawler.portals.page_kind import PageKind

if TYPE_CHECKING:
    from scrapy.http import Response

    from crawler.context import CrawlContext, SharedState
    from crawler.download.follower import Download

__all__ = ["PageFetcher"]


class PageFetcher:
    """Fetches outside the queue, in the turn of the host, judged by the same policy as every page."""

    def __init__(self, context: CrawlContext[SharedState], download: Download) -> None:
        self._context = context
        self._download = download

    async def fetch(self, url: str, portal: str) -> Response:
        """Return the page. Raises Retry or GiveUp."""
        frontier = self._context.frontier
        await frontier.reserve_slot(url, portal)
        request = Request(url, meta={"portal": portal, "kind": PageKind.CONTINUATION.value})
        verdict: verdicts.Verdict
        try:
            response = await self._download(request)
        except Exception:  # noqa: BLE001 -- whatever it is, the policy knows
            verdict = judge_failure(Failure())  # type: ignore[no-untyped-call]
        else:
            verdict = judge_response(response, now=frontier.clock.now())
            if verdict == verdicts.Done():
                self._context.counters.add(FETCHED, portal=portal)
                return response
        if isinstance(verdict, verdicts.Retry):
            raise Retry(verdict.reason, f"{url} {verdict.detail}")
        raise GiveUp(getattr(verdict, "reason", "unexpected"), url)
