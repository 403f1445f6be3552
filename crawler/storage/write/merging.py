"""Articles that were stored under several addresses, and are one.

Each step may be done again: the article is copied to its new address, or stored there as a fetch of its own where
another is there already (the newer wins, as always); its old id becomes a move, so that it stays findable and what
lists show under it is told of the article; last of all the old document goes, and only as it was read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec
from pymongo import ReplaceOne, UpdateOne
from pymongo.errors import DuplicateKeyError

from crawler.items import Article, Move
from crawler.storage.write.articles import ArticleStore
from crawler.storage.write.cluster_leaders import ClusterLeaders
from crawler.storage.write.documents import make_draft
from crawler.storage.write.encoding import milliseconds
from crawler.storage.write.failures import FailureStore
from crawler.storage.write.found_on import merge_found_on
from crawler.storage.write.listings import ListingStore
from crawler.urls import url_id

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from pymongo.asynchronous.database import AsyncDatabase

__all__ = ["ArticleMerger"]

Document = dict[str, Any]

ROUNDS: Final = 10


class ArticleMerger:
    """Moves articles to other addresses; ``clock`` gives the time of storing (UTC). All methods raise PyMongoError."""

    def __init__(self, database: AsyncDatabase[Document], clock: Callable[[], datetime]) -> None:
        self._articles = database["articles"]
        self._revisions = database["revisions"]
        self._moves = database["moves"]
        self._store = ArticleStore(database, clock)
        self._leaders = ClusterLeaders(self._articles, clock)
        self._listings = ListingStore(database, clock)
        self._failures = FailureStore(database)
        self._clock = clock

    async def targets(self, portal: str, spell: Callable[[str], str]) -> Sequence[str]:
        """Return the ids that a portal's articles have by ``spell``, where those are others."""
        return [url_id(url) for url in await self._groups(portal, spell)]

    async def merge(self, portal: str, spell: Callable[[str], str]) -> Sequence[str]:
        """Move a portal's articles to where ``spell`` leads from their URLs; return the ids of all that moved."""
        groups = await self._groups(portal, spell)
        for url, olds in groups.items():
            for old in olds:
                await self._move(old, url)
        leads = {old: url_id(url) for url, olds in groups.items() for old in olds}
        if leads:
            await self._lead_on(leads)
        return [url_id(url) for url in groups]

    async def _groups(self, portal: str, spell: Callable[[str], str]) -> dict[str, list[str]]:
        """Return the ids of articles that have to move, by their new URL, the earliest fetch first."""
        found: dict[str, list[tuple[datetime, str]]] = {}
        query = {"portal": portal, "url": {"$regex": r"\?"}}
        async for document in self._articles.find(query, {"url": 1, "fetched_at": 1}):
            url = spell(document["url"])
            if url_id(url) != document["_id"]:
                found.setdefault(url, []).append((document["fetched_at"], document["_id"]))
        return {url: [name for _, name in sorted(olds)] for url, olds in found.items()}

    async def _move(self, old: str, url: str) -> None:
        for _ in range(ROUNDS):
            stored = await self._articles.find_one({"_id": old})
            if stored is None:
                return
            article = _article(stored, url)
            cluster = make_draft(article, now=self._clock()).cluster_id
            await self._put(stored, article, cluster)
            as_read = {"_id": old, "fetched_at": stored["fetched_at"], "revision": stored["revision"]}
            gone = await self._articles.delete_one(as_read)
            await self._leaders.settle_anew({stored["cluster_id"], cluster})
            if gone.deleted_count:
                return

    async def _put(self, stored: Document, article: Article, cluster: str) -> None:
        """Store a document under its new URL, with all that it has beside the article; then where its old id leads."""
        old, new, now = stored["_id"], url_id(article.url), milliseconds(self._clock())
        fetched: datetime = stored["fetched_at"]
        copy = {**stored, "_id": new, "url": article.url, "cluster_id": cluster, "stored_at": now}
        try:
            await self._articles.insert_one(copy)
        except DuplicateKeyError:
            await self._store.store([article])
        else:
            await self._copy_revisions(old, new)
        seen = {
            "first_seen_at": {"$min": ["$first_seen_at", stored["first_seen_at"]]},
            "last_seen_at": {"$max": ["$last_seen_at", stored["last_seen_at"]]},
            "stored_at": now,
        }
        stages = merge_found_on(stored["found_on"], channels=stored["channels"], tags=stored["tags"])
        await self._articles.update_one({"_id": new}, [{"$set": seen}, *stages])
        await self._listings.store_moves([Move((old,), new)])
        await self._failures.withdraw(dict.fromkeys((old, new), fetched))

    async def _copy_revisions(self, old: str, new: str) -> None:
        writes = [
            ReplaceOne({"_id": name}, {**revision, "_id": name, "article": new}, upsert=True)
            async for revision in self._revisions.find({"article": old})
            if (name := f"{new}:{revision['revision']}")
        ]
        if writes:
            await self._revisions.bulk_write(writes, ordered=False)

    async def _lead_on(self, leads: Mapping[str, str]) -> None:
        """Have addresses that led to the old ids lead to the new ones."""
        writes = [
            UpdateOne({"_id": move["_id"]}, {"$set": {"article": leads[move["article"]]}})
            async for move in self._moves.find({"article": {"$in": [*leads]}})
        ]
        if writes:
            await self._moves.bulk_write(writes, ordered=False)


def _article(stored: Document, url: str) -> Article:
    """Return a document's article, as of another URL."""
    fields = {**stored, "url": url}
    if fields.get("extraction"):
        fields["extraction"] = {**fields["extraction"], "origin": fields["extraction"]["from"]}
    return msgspec.convert(fields, Article, strict=False)
