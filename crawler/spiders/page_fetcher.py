"""Pages that are fetched from within a callback: further pages of an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from twisted.python.failure import Failure

from crawler.context.counters import FETCHED
from crawler.errors import GiveUp, Retry
from crawler.fetching import verdicts
from crawler.middlewares.decoding import LAST_ATTEMPT
from crawler.middlewares.verdicts import judge_failure, judge_response
from crawler.portals.page_kind import PageKind
from crawler.urls import RequestSpec

if TYPE_CHECKING:
    from scrapy.http import Response

    from crawler.context import CrawlContext, SharedState
    from crawler.download.follower import Follower

__all__ = ["PageFetcher"]


class PageFetcher:
    """Fetches outside the queue, each step of a redirect in the turn of its host, judged like every page."""

    def __init__(self, context: CrawlContext[SharedState], follower: Follower) -> None:
        self._context = context
        self._follower = follower

    async def fetch(self, url: str, portal: str, *, last_attempt: bool = False) -> Response:
        """Return the page. ``last_attempt`` says that its article is not tried again. Raises Retry or GiveUp."""
        meta = {"portal": portal, "kind": PageKind.CONTINUATION.value, LAST_ATTEMPT: last_attempt}
        verdict: verdicts.Verdict
        try:
            response = await self._follower.fetch(RequestSpec(url), meta)
        except Exception:  # noqa: BLE001 -- whatever it is, the policy knows
            verdict = judge_failure(Failure())  # type: ignore[no-untyped-call]
        else:
            verdict = judge_response(response, now=self._context.frontier.clock.now())
            if verdict == verdicts.Done():
                self._context.counters.add(FETCHED, portal=portal)
                return response
        if isinstance(verdict, verdicts.Retry):
            raise Retry(verdict.reason, f"{url} {verdict.detail}")
        raise GiveUp(getattr(verdict, "reason", "unexpected"), url)
