"""The second pipeline: characters, spaces, noise; and the text's hash, by which copies are recognised."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from crawler.cleaning import clean_article
from crawler.context import context_of
from crawler.items import Article

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scrapy.crawler import Crawler

    from crawler.portals.model import Profile

__all__ = ["CleanPipeline"]


class CleanPipeline:
    """Cleans articles by the rules of their portal (where the crawl has such)."""

    def __init__(self, profiles: Mapping[str, Profile]) -> None:
        self._profiles = profiles

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make it for a crawler."""
        return cls(context_of(crawler).profiles)

    def process_item(self, item: Any) -> Any:
        """Return the clean article; one that has its ``content_hash`` was cleaned where it was made."""
        if not isinstance(item, Article) or item.content_hash:
            return item
        return clean_article(item, self._profiles.get(item.portal or ""))
