"""Every index of the database, in one place. Only ``_id`` is unique."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

from pymongo import ASCENDING, DESCENDING, IndexModel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pymongo.asynchronous.database import AsyncDatabase

__all__ = ["INDEXES", "create_indexes"]

INDEXES: Final[Mapping[str, tuple[IndexModel, ...]]] = {
    "articles": (
        # A portal's articles in time: exports, summaries, the newest headlines.
        IndexModel(
            [("portal", ASCENDING), ("published_at", ASCENDING), ("_id", ASCENDING)], name="portal_published"
        ),
        IndexModel([("channels", ASCENDING), ("published_at", DESCENDING)], name="channels_published"),
        IndexModel([("content_hash", ASCENDING)], name="content_hash"),
        # The members of a cluster, the candidate for its lead first.
        IndexModel([("cluster_id", ASCENDING), ("published_at", ASCENDING)], name="cluster"),
        # Who leads, whatever the size of the cluster: the read behind every stored article.
        IndexModel([("cluster_id", ASCENDING)], name="leaders", partialFilterExpression={"leader": True}),
        # What changed since: consumers that follow.
        IndexModel([("stored_at", ASCENDING)], name="stored_at"),
    ),
    "revisions": (IndexModel([("article", ASCENDING), ("revision", ASCENDING)], name="article"),),
    "listings": (
        IndexModel([("article", ASCENDING)], name="article"),
        IndexModel(
            [("portal", ASCENDING), ("channel", ASCENDING), ("at", ASCENDING)], name="portal_channel_at"
        ),
    ),
    "failures": (
        IndexModel(
            [("portal", ASCENDING), ("reason", ASCENDING), ("at", DESCENDING)], name="portal_reason_at"
        ),
        IndexModel([("at", DESCENDING)], name="at"),
    ),
}


async def create_indexes(database: AsyncDatabase[dict[str, Any]]) -> None:
    """Create what is missing. Idempotent; several workers may do it at once."""
    await asyncio.gather(
        *(database[collection].create_indexes(list(indexes)) for collection, indexes in INDEXES.items())
    )
