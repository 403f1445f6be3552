"""The first pipeline: what is no article does not become one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from scrapy.exceptions import DropItem

from crawler.context import context_of
from crawler.items import Article

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.context import Counters

__all__ = ["ValidatePipeline", "fault"]


class ValidatePipeline:
    """Drops articles without a body or a title; each reason is counted as ``articles/dropped/REASON``."""

    def __init__(self, counters: Counters) -> None:
        self._counters = counters

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make it for a crawler."""
        return cls(context_of(crawler).counters)

    def process_item(self, item: Any) -> Any:
        """Return ``item``; raises DropItem, whose text is the reason and the URL."""
        reason = fault(item) if isinstance(item, Article) else None
        if reason is None:
            return item
        self._counters.add(f"articles/dropped/{reason}")
        # Scrapy's line holds the whole item; it is worth reading only when one is looking for it.
        raise DropItem(f"{reason}: {item.url}", log_level="DEBUG")


def fault(article: Article) -> str | None:
    """Return why this is no article: ``no-url``, ``no-body``, ``no-title``; None where it is one.

    Pictures or films are a body (a gallery has no text but its captions).
    """
    if not article.url.startswith(("http://", "https://")):
        return "no-url"
    if not article.text.strip() and not article.images and not article.videos:
        return "no-body"
    if not article.title.strip():
        return "no-title"
    return None
