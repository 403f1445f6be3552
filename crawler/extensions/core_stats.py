"""Scrapy's own figures of a crawl, but for its counters of pages and items."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scrapy.extensions.corestats import CoreStats

if TYPE_CHECKING:
    from scrapy import Spider

__all__ = ["BeginAndEnd"]


class BeginAndEnd(CoreStats):
    """Keep when a crawl began and how it ended.

    As pages Scrapy would count robots.txt and errors too, as items also the listings and failures that go through the
    pipelines. :class:`~crawler.context.Counters` counts both instead, as what they are called.
    """

    def item_scraped(self, item: Any, spider: Spider) -> None:
        """Count nothing."""

    def response_received(self, spider: Spider) -> None:
        """Count nothing."""
