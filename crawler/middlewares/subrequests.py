"""What a page in the browser asks for, fetched by the crawler's own downloader, in the turns of the hosts."""

from __future__ import annotations

from collections import OrderedDict
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Final

from twisted.python.failure import Failure as Trouble

from crawler.errors import GiveUp, Retry
from crawler.fetching import verdicts
from crawler.middlewares.verdicts import judge_failure
from crawler.urls import RequestSpec

if TYPE_CHECKING:
    from scrapy.http import Response

    from crawler.download.follower import Follower
    from crawler.rendering.network import Answer, Fetch, Wanted

__all__ = ["Subrequests", "answer_of"]

_TTL_S: Final = 600.0
_KEPT_BYTES: Final = 8_000_000


def answer_of(response: Response) -> Answer:
    """Return a response as the browser gets it, of its headers what is ASCII: it takes nothing else."""
    from crawler.rendering.network import Answer  # noqa: PLC0415 -- only where there is a browser

    headers = {
        name.decode("ascii", "ignore"): b", ".join(values).decode("ascii", "ignore")
        for name, values in response.headers.items()
    }
    return Answer(response.status, headers, response.body)


class Subrequests:
    """Guard, robots.txt, proxy, bounds and back-off are those of all requests, redirects' further hops included.

    Scripts and styles are kept for ten minutes: the next page of the portal has the same.
    """

    def __init__(self, follower: Follower) -> None:
        self._follower = follower
        self._kept: OrderedDict[str, tuple[float, Answer]] = OrderedDict()
        self._kept_bytes = 0

    def of(self, portal: str) -> Fetch:
        """Return what fetches for the pages of a portal."""
        return partial(self._fetch, portal)

    async def _fetch(self, portal: str, wanted: Wanted) -> Answer:
        kept = self._kept.get(wanted.url) if wanted.kept else None
        if kept is not None and kept[0] > monotonic():
            return kept[1]
        answer = answer_of(await self._followed(portal, wanted))
        if wanted.kept and answer.status == 200:
            self._keep(wanted.url, answer)
        return answer

    async def _followed(self, portal: str, wanted: Wanted) -> Response:
        """Return the answer behind all redirects. Raises Retry or GiveUp."""
        spec = RequestSpec(wanted.url, wanted.method, tuple(wanted.headers.items()), wanted.body or b"")
        try:
            return await self._follower.fetch(spec, {"portal": portal, "kind": "resource"})
        except Exception:  # noqa: BLE001 -- whatever it is, the policy knows
            verdict = judge_failure(Trouble())  # type: ignore[no-untyped-call]
        if isinstance(verdict, verdicts.Retry):
            raise Retry(verdict.reason, f"{wanted.url} {verdict.detail}")
        raise GiveUp(getattr(verdict, "reason", "unexpected"), wanted.url)

    def _keep(self, url: str, answer: Answer) -> None:
        if (former := self._kept.pop(url, None)) is not None:
            self._kept_bytes -= len(former[1].body)
        self._kept[url] = (monotonic() + _TTL_S, answer)
        self._kept_bytes += len(answer.body)
        while self._kept and self._kept_bytes > _KEPT_BYTES:
            _, (_, dropped) = self._kept.popitem(last=False)
            self._kept_bytes -= len(dropped.body)
