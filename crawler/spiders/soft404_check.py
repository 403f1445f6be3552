"""Soft 404s in a portal's own words: what each host answers to an address that nobody has, learnt once a day."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Final

from crawler.discovery.missing_pages import (
    HARD,
    address_shape,
    is_doubtful,
    is_same_page,
    nonsense_url,
    remembered_page,
)
from crawler.errors import GiveUp, Retry
from crawler.extraction import extract
from crawler.portals.addresses import allowed
from crawler.spiders.responses import document
from crawler.urls import host

if TYPE_CHECKING:
    from crawler.context import CrawlContext, SharedState
    from crawler.items import Article
    from crawler.portals import Profile
    from crawler.spiders.page_fetcher import PageFetcher

__all__ = ["MissingPages"]

logger = logging.getLogger(__name__)

_DAY_S: Final = 86_400.0
_NOT_ASKED: Final = frozenset({"host-paused", "robots-unreachable"})
"""Why an address could not be asked for at all: that is tried again with the next article."""


class MissingPages:
    """Compares doubtful articles with what their host answers where there is no page; workers share what is learnt."""

    def __init__(self, context: CrawlContext[SharedState], pages: PageFetcher) -> None:
        self._context = context
        self._pages = pages
        self._asking: dict[str, asyncio.Lock] = {}

    async def has(self, article: Article, url: str, profile: Profile) -> bool:
        """Say whether the article of the page ``url`` is what its host says of every page that is not there."""
        if not is_doubtful(article):
            return False
        key = f"missing:{profile.name}:{address_shape(url)}"
        async with self._asking.setdefault(key, asyncio.Lock()):
            kept = await self._context.frontier.cached(key)
            if kept is None:
                kept = await self._learn(url, profile)
                if kept is None:
                    return False
                await self._context.frontier.cache(key, kept, _DAY_S)
        return is_same_page(kept, article)

    async def _learn(self, url: str, profile: Profile) -> bytes | None:
        """Ask for an address that nobody has, and, where that is answered like a page, for another one.

        A host that fails there says nothing of missing pages, and is not asked for one more with every article. None
        where nothing may be asked for now.
        """
        try:
            first = await self._answer(url, 0, profile)
            if first is None or remembered_page(first) == HARD:
                return HARD
            second = await self._answer(url, 1, profile)
        except Retry as error:
            logger.debug("what %s answers where there is no page is asked for later: %s", host(url), error)
            return None if error.reason in _NOT_ASKED else HARD
        kept = HARD if second is None else remembered_page(first, second)
        if kept != HARD:
            logger.info("%s answers like a page where there is none: what is the same is soft-404", host(url))
        return kept

    async def _answer(self, url: str, number: int, profile: Profile) -> Article | None:
        """Return what an address that nobody has shows; None where there is none, or the host says so. Raises Retry."""
        nowhere = nonsense_url(url, number)
        if nowhere is None or not allowed(nowhere, profile):
            return None
        try:
            response = await self._pages.fetch(nowhere, profile.name)
        except GiveUp:
            return None
        return extract(document(response), profile, fetched_at=self._context.frontier.clock.now())
