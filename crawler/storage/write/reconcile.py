"""What other writers stored while a batch was on its way: read in one command, for it follows every batch."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crawler.storage.write.cluster_leaders import KEYS
from crawler.storage.write.listings import TaggedListing, listings_by_article

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pymongo.asynchronous.collection import AsyncCollection

__all__ = ["ConcurrentWrites", "read_concurrent_writes"]

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ConcurrentWrites:
    """``leaders``: articles that lead, by cluster; ``listings``: by article; ``failed``: ids of failures."""

    leaders: Mapping[str, Sequence[Document]]
    listings: Mapping[str, Sequence[TaggedListing]]
    failed: frozenset[str]


async def read_concurrent_writes(
    articles: AsyncCollection[Document], ids: Sequence[str], clusters: Sequence[str]
) -> ConcurrentWrites:
    """Read after the write: each of the three parts sees all that was acknowledged before this call.

    It is no snapshot, and needs not be one: each part is argued on its own (see articles, leaders,
    failures).
    """
    rows = await articles.aggregate(
        [
            {"$match": {"cluster_id": {"$in": clusters}, "leader": True}},
            {"$project": KEYS},
            {"$unionWith": {"coll": "listings", "pipeline": [{"$match": {"article": {"$in": ids}}}]}},
            {
                "$unionWith": {
                    "coll": "failures",
                    "pipeline": [{"$match": {"_id": {"$in": ids}}}, {"$project": {"failed": "$at"}}],
                }
            },
        ],
        hint="leaders",
    )
    leaders: defaultdict[str, list[Document]] = defaultdict(list)
    listings: list[Document] = []
    failed: set[str] = set()
    async for row in rows:
        if "cluster_id" in row:
            leaders[row["cluster_id"]].append(row)
        elif "article" in row:
            listings.append(row)
        else:
            failed.add(row["_id"])
    return ConcurrentWrites(leaders, listings_by_article(listings), frozenset(failed))
