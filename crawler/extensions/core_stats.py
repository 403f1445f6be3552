"""Scrapy's own figures of a crawl, but for its counters of pages and items."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from scrapy.extensions.corestats import CoreStats

from crawler.context.context import has_context

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.crawler import Crawler

__all__ = ["BeginAndEnd"]


class BeginAndEnd(CoreStats):
    """Keep when a crawl began and how it ended.

    As pages Scrapy would count robots.txt and errors too, as items also the listings and failures that go through the
    pipelines. :class:`~crawler.context.Counters` counts both instead, as what they are called.
    """

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Be Scrapy's own for spiders that are none of this project's, which count nothing themselves."""
        if has_context(crawler):
            return super().from_crawler(crawler)
        return CoreStats.from_crawler(crawler)  # type: ignore[return-value]

    def item_scraped(self, item: Any, spider: Spider) -> None:
        """Count nothing."""

    def response_received(self, spider: Spider) -> None:
        """Count nothing."""
