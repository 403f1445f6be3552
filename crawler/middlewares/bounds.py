"""Sizes and time-outs by what is fetched, and the one bomb that Scrapy's bounds do not stop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crawler.middlewares.refusals import Refused
from crawler.portals.page_kind import PageKind

if TYPE_CHECKING:
    from typing import Self

    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.settings import BaseSettings

__all__ = ["BoundsMiddleware"]

_MOST_ENCODINGS: Final = 2


class BoundsMiddleware:
    """A sitemap may be longer than a page and take longer: ``SITEMAP_MAXSIZE``, ``SITEMAP_TIMEOUT``.

    For the sake of memory, sitemaps have a slot of the downloader for themselves (``DOWNLOAD_SLOTS``).

    A response encoded more than twice is refused (``too-many-encodings``): each layer may be as long as a
    page may be, and a header has room for thousands. Must stand nearer to the wire than
    HttpCompressionMiddleware, which holds DOWNLOAD_MAXSIZE to what comes out of one layer.
    """

    def __init__(self, settings: BaseSettings) -> None:
        self._maxsize = settings.getint("SITEMAP_MAXSIZE")
        self._timeout = settings.getint("SITEMAP_TIMEOUT")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make it for a crawler."""
        return cls(crawler.settings)

    def process_request(self, request: Request) -> None:
        """Set the bounds of a sitemap."""
        if request.meta.get("kind") == PageKind.SITEMAP:
            request.meta.setdefault("download_maxsize", self._maxsize)
            request.meta.setdefault("download_timeout", self._timeout)
            request.meta["download_slot"] = "sitemaps"

    def process_response(self, request: Request, response: Response) -> Response:
        """Return the response; raise Refused where it is wrapped too often."""
        given = response.headers.getlist("Content-Encoding")
        if given and sum(value.count(b",") + 1 for value in given) > _MOST_ENCODINGS:
            raise Refused("too-many-encodings", request.url[:300])
        return response
