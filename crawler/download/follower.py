"""Fetches outside the queue: each request, and each step of its redirects, in the turn of its host."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, Final

from scrapy import Request
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from crawler.errors import GiveUp
from crawler.fetching.redirects import BadRedirect, hop_refusal, read_hop
from crawler.portals.page_kind import PageKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scrapy.crawler import Crawler

    from crawler.context import CrawlContext, SharedState
    from crawler.urls import RequestSpec

__all__ = ["Download", "Follower", "downloader_of"]

_MOST_REDIRECTS: Final = 5
_OF_A_BODY: Final = frozenset({"content-type", "content-length", "content-encoding"})


Download = Callable[[Request], Awaitable[Response]]
"""Passes a request through the downloader and its middlewares, but through no queue and no spider."""


def downloader_of(crawler: Crawler) -> Download:
    """Return what downloads with a crawler's engine, which is not made yet when a middleware is."""

    async def download(request: Request) -> Response:
        return await crawler.engine.download_async(request)

    return download


class Follower:
    """Follows redirects for robots.txt, for further pages of an article, and for what a page in a browser asks for.

    Requests of the queue are none of its business: their redirects go back through the queue
    (:mod:`crawler.middlewares.redirects`). Both are judged by :mod:`crawler.fetching.redirects`.

    Args:
        context: whose turns and profiles are asked.
        download: asked for every single request.
    """

    def __init__(self, context: CrawlContext[SharedState], download: Download) -> None:
        self._context = context
        self._download = download

    async def fetch(self, spec: RequestSpec, meta: Mapping[str, Any]) -> Response:
        """Return the answer behind all redirects. Every request gets a copy of ``meta``.

        Raises:
            BadRedirect: a redirect leads where it may not, or where nothing may be asked for.
            Retry: the turn of a host is too far away (``host-paused``).
            Exception: whatever else the downloader raises.
        """
        url, method, headers, body = spec.url, spec.method, dict(spec.headers), spec.body
        chain: list[str] = []
        while True:
            request = Request(
                url, method=method, headers=headers, body=body,
                meta={**meta, "dont_redirect": True}, callback=NO_CALLBACK, dont_filter=True,
            )  # fmt: skip
            await self._context.frontier.reserve_slot(request.url, str(meta.get("portal") or ""))
            try:
                response = await self._download(request)
            except GiveUp as error:
                if chain:
                    raise BadRedirect(error.reason, error.detail) from error
                raise
            chain.append(request.url)
            hop = read_hop(request.url, method, response.status, response.headers.get("Location"))
            if hop is None:
                return response
            self._check(hop.url, chain, request)
            url = hop.url
            if hop.method != method:
                method, body = hop.method, b""
                headers = {name: value for name, value in headers.items() if name.lower() not in _OF_A_BODY}

    def _check(self, target: str, chain: list[str], request: Request) -> None:
        reason = hop_refusal(
            target,
            chain,
            self._context.profile_of(request),
            kind=PageKind.of(request.meta.get("kind")),
            most=_MOST_REDIRECTS,
            exclude=not request.meta.get("robots", False),
        )
        if reason is not None:
            raise BadRedirect(reason, f"{request.url[:150]} -> {target[:150]}")
