"""The last pipeline: an item leaves it when MongoDB has it for good."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any, Final, Self

from pymongo.errors import PyMongoError

from crawler.context import context_of
from crawler.errors import GiveUp, Unreachable
from crawler.frontier.inflight import is_closing
from crawler.frontier.lifetime import EngineLifetime
from crawler.items import Article, Failure, ListedArticles, Move, Reached
from crawler.storage import (
    ArticleStore,
    Client,
    FailureStore,
    GroupWriter,
    ListingStore,
    Outage,
    ParameterStore,
    connect,
    prepare,
)
from crawler.storage.outage import one_line

if TYPE_CHECKING:
    from datetime import datetime

    from scrapy.crawler import Crawler

    from crawler.context import CrawlContext, SharedState

__all__ = ["StorePipeline"]

logger = logging.getLogger(__name__)

# Seconds of one attempt to find the server.
SELECTION: Final = 5.0

# The share of SHUTDOWN_GRACE that is MONGO_PATIENCE while closing: what is not stored by then was not acknowledged
# either, and comes again.
LAST_SHARE: Final = 0.5


class StorePipeline:
    """Stores Article, ListedArticles, Move, Failure and Reached items; returns each after the commit of a majority.

    An article that can never be stored becomes a Failure item (``unstorable``), and the page counts as done.
    An Unreachable leaves process_item, so that Scrapy reports an ``item_error`` and the page is not
    acknowledged; the crawl is then closed, for every other page would end the same way.

    ``failures`` is the store of failures, for whoever reports some that are no items; usable until the engine has
    stopped.
    """

    def __init__(self, crawler: Crawler, context: CrawlContext[SharedState]) -> None:
        self._crawler = crawler
        self._context = context
        self._client: Client | None = None
        self._closing: asyncio.Task[None] | None = None
        self._connected = EngineLifetime(crawler, self._disconnect)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make it for a crawler."""
        return cls(crawler, context_of(crawler))

    async def open_spider(self) -> None:
        """Connect and create missing indexes. Raises UsageError or Unreachable, one line each."""
        settings = self._crawler.settings
        patience = settings.getfloat("MONGO_PATIENCE")
        self._client = await connect(settings["MONGO_URI"], patience=min(SELECTION, patience))
        database = self._client[settings["MONGO_DATABASE"]]
        self._last_patience = settings.getfloat("SHUTDOWN_GRACE") * LAST_SHARE
        self._outage = Outage(patience, hurry=self._hurry)
        self._articles = GroupWriter(ArticleStore(database, self._now).store, self._outage)
        listings = ListingStore(database, self._now)
        self._listings = GroupWriter(listings.store, self._outage)
        self._moves = GroupWriter(listings.store_moves, self._outage)
        self.failures = FailureStore(database)
        self._failures = GroupWriter(self.failures.store, self._outage)
        self._reached = GroupWriter(self.failures.reached, self._outage)
        for warning in await prepare(database, settings["MONGO_URI"]):
            logger.warning(warning)
        try:
            await self._context.rules.open(ParameterStore(database, self._now))
        except PyMongoError as error:
            raise Unreachable(f"MongoDB stopped answering: {one_line(error)}; run it again") from error

    async def process_item(self, item: Any) -> Any:
        """Return ``item`` (or the Failure it became) when it is stored. Items of other kinds pass."""
        try:
            if isinstance(item, Article):
                return await self._store_article(item)
            if isinstance(item, ListedArticles):
                await self._listings.put(item)
            elif isinstance(item, Move):
                await self._moves.put(item)
            elif isinstance(item, Failure):
                await self._failures.put(item)
            elif isinstance(item, Reached):
                await self._reached.put(item)
        except Unreachable as error:
            self._give_in(error)
            raise
        return item

    async def close_spider(self) -> None:
        """Wait for what is on its way. The connection stays until the engine has stopped."""
        if self._client is None:
            return
        self._outage.patience = min(self._outage.patience, self._last_patience)
        for writer in (self._articles, self._listings, self._moves, self._failures, self._reached):
            await writer.drain()
        try:
            await self._context.rules.close()
        except PyMongoError as error:
            logger.warning("what came twice is merged by the next crawl: %s", one_line(error))
        await self._connected.owner_closed()

    async def _disconnect(self) -> None:
        if self._client is not None:
            await self._client.close()

    async def _store_article(self, article: Article) -> Article | Failure:
        try:
            await self._articles.put(article)
        except GiveUp as error:
            logger.warning("%s is given up: %s", article.url, error)
            failure = Failure(
                url=article.url,
                portal=article.portal,
                reason=error.reason,
                detail=error.detail,
                at=article.fetched_at or self._now(),
                found_on=article.found_on,
            )
            await self._failures.put(failure)
            self._context.counters.add(f"articles/{error.reason}")
            return failure
        self._context.counters.add("articles/stored")
        return article

    def _give_in(self, error: Unreachable) -> None:
        engine = self._crawler.engine
        if engine is not None and engine.running and self._closing is None:
            logger.error("The crawl ends: %s", error)
            self._closing = asyncio.create_task(engine.close_spider_async(reason="mongodb_unreachable"))

    def _hurry(self) -> float | None:
        """Return the patience of a stop: Scrapy closes the pipelines only when the last item has left them."""
        engine = self._crawler.engine
        return self._last_patience if engine is not None and is_closing(engine) else None

    def _now(self) -> datetime:
        """Return the time of the frontier's clock (Redis's) where there is one: a worker's own may be an hour off."""
        return self._context.frontier.clock.now()
