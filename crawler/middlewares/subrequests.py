"""What a page in the browser asks for, fetched by the crawler's own downloader, in the turns of the hosts."""

from __future__ import annotations

from collections import OrderedDict
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin

from scrapy import Request
from scrapy.http.request import NO_CALLBACK
from twisted.python.failure import Failure as Trouble

from crawler.errors import GiveUp, Retry
from crawler.fetching import verdicts
from crawler.middlewares.verdicts import judge_failure

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from crawler.rendering.network import Answer, Fetch, Wanted

__all__ = ["Subrequests"]

_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_MOST_REDIRECTS: Final = 5
_TTL_S: Final = 600.0
_KEPT_BYTES: Final = 8_000_000


class Subrequests:
    """Guard, robots.txt, proxy, bounds and back-off are those of all requests, redirects' further hops included.

    Scripts and styles are kept for ten minutes: the next page of the portal has the same.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._kept: OrderedDict[str, tuple[float, Answer]] = OrderedDict()
        self._kept_bytes = 0

    def of(self, portal: str) -> Fetch:
        """What fetches for the pages of a portal."""
        return partial(self._fetch, portal)

    async def _fetch(self, portal: str, wanted: Wanted) -> Answer:
        kept = self._kept.get(wanted.url) if wanted.kept else None
        if kept is not None and kept[0] > monotonic():
            return kept[1]
        from crawler.rendering.network import Answer  # noqa: PLC0415 -- only where there is a browser

        response = await self._followed(portal, wanted)
        headers: Any = response.headers.to_unicode_dict()
        answer = Answer(response.status, headers, response.body)
        if wanted.kept and response.status == 200:
            self._keep(wanted.url, answer)
        return answer

    async def _followed(self, portal: str, wanted: Wanted) -> Response:
        """The answer behind all redirects, each in the turn of its host."""
        url, method, body = wanted.url, wanted.method, wanted.body
        for _ in range(_MOST_REDIRECTS + 1):
            response = await self._download(portal, url, method, dict(wanted.headers), body)
            location = response.headers.get("Location")
            if response.status not in _REDIRECTS or location is None:
                return response
            try:
                url = urljoin(url, location.decode("latin-1"))
            except ValueError:
                raise GiveUp("bad-redirect", url) from None
            if response.status == 303 or (response.status in (301, 302) and method == "POST"):
                method, body = "GET", None
        raise GiveUp("too-many-redirects", wanted.url)

    async def _download(
        self, portal: str, url: str, method: str, headers: dict[str, str], body: bytes | None
    ) -> Response:
        spider: Any = self._crawler.spider
        request = Request(
            url,
            method=method,
            headers=headers,
            body=body or b"",
            meta={"portal": portal, "kind": "resource", "dont_redirect": True},
            callback=NO_CALLBACK,
            dont_filter=True,
        )
        try:
            await spider.frontier.turn(url, portal)
            return await self._crawler.engine.download_async(request)
        except Exception:  # noqa: BLE001 -- whatever it is, the policy knows
            verdict = judge_failure(Trouble())  # type: ignore[no-untyped-call]
        if isinstance(verdict, verdicts.Retry):
            raise Retry(verdict.reason, f"{url} {verdict.detail}")
        raise GiveUp(getattr(verdict, "reason", "unexpected"), url)

    def _keep(self, url: str, answer: Answer) -> None:
        if (former := self._kept.pop(url, None)) is not None:
            self._kept_bytes -= len(former[1].body)
        self._kept[url] = (monotonic() + _TTL_S, answer)
        self._kept_bytes += len(answer.body)
        while self._kept and self._kept_bytes > _KEPT_BYTES:
            _, (_, dropped) = self._kept.popitem(last=False)
            self._kept_bytes -= len(dropped.body)
