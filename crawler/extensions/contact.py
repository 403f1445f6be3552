"""Reminds an operator to say who crawls, before a webmaster has to guess."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Self

from scrapy import signals
from scrapy.exceptions import NotConfigured

from crawler.context import context_of
from crawler.urls import is_private_address, is_reserved_name

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

__all__ = ["ContactReminder"]

logger = logging.getLogger(__name__)


class ContactReminder:
    """Warns once when a public portal is crawled without CRAWLER_CONTACT."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make it only where there is no contact."""
        if crawler.settings["CRAWLER_CONTACT"]:
            raise NotConfigured
        reminder = cls(crawler)
        crawler.signals.connect(reminder.spider_opened, signals.spider_opened)
        return reminder

    def spider_opened(self) -> None:
        """Look at the domains that this crawl is about."""
        public = [
            domain
            for profile in context_of(self._crawler).profiles.values()
            for domain in profile.domains
            if not is_reserved_name(domain) and not is_private_address(domain)
        ]
        if public:
            logger.warning(
                "no CRAWLER_CONTACT: set it to a mail address or page, so that %s can reach you", public[0]
            )
