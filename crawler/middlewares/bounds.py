"""Sizes and time-outs by what is fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.portals.page_kind import PageKind

if TYPE_CHECKING:
    from typing import Self

    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.settings import BaseSettings

__all__ = ["BoundsMiddleware"]


class BoundsMiddleware:
    """A sitemap may be longer than a page and take longer: ``SITEMAP_MAXSIZE``, ``SITEMAP_TIMEOUT``.

    For the sake of memory, sitemaps have a slot of the downloader for themselves (``DOWNLOAD_SLOTS``).
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
