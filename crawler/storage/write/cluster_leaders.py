"""Who leads a cluster: the member published first, then the one stored first.

Any number of workers may store copies at the same moment. Nothing is locked and nothing is counted; these
rules suffice:

1. Every article enters a cluster as its leader (also one whose time or text was corrected).
2. After its write was acknowledged by a majority, the worker reads who leads the cluster and takes the lead
   from all but the best of them; it repeats this until it reads exactly one.
3. Where nobody leads, the best of all members is given the lead.

The lead is only ever taken from an article because a better one *had* it, so the best member of all keeps it.
Of two copies stored at the same moment, whichever was written later is followed by a read that sees both.
Whoever writes last reads last: a cluster at rest therefore has one leader, and it is the right one. A worker
that is killed between its write and its read leaves two leaders, until its page, which was not acknowledged,
is stored again.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from pymongo import UpdateOne

from crawler.storage.write.encoding import milliseconds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from pymongo.asynchronous.collection import AsyncCollection

__all__ = ["KEYS", "ClusterLeaders", "rank"]

Document = dict[str, Any]

ROUNDS: Final = 20
NEVER: Final = datetime.max.replace(tzinfo=UTC)
KEYS: Final = {"cluster_id": 1, "published_at": 1, "first_seen_at": 1}


def rank(member: Document) -> tuple[datetime, datetime, str]:
    """Return a key of which the smallest leads: earliest published (without a time last), first seen, ``_id``."""
    return (member.get("published_at") or NEVER, member.get("first_seen_at") or NEVER, str(member["_id"]))


class ClusterLeaders:
    """The ``leader`` flags of ``articles``; ``clock`` gives the time for ``stored_at`` (UTC)."""

    def __init__(self, articles: AsyncCollection[Document], clock: Callable[[], datetime]) -> None:
        self._articles = articles
        self._clock = clock

    async def settle(self, clusters: Iterable[str], leaders: Mapping[str, Sequence[Document]]) -> None:
        """Return when each cluster (ids) was seen with exactly one leader.

        ``leaders`` is the first look, by cluster (each with what :data:`KEYS` names), taken after the write.
        """
        open_ones = set(clusters)
        for _ in range(ROUNDS):
            open_ones = {cluster for cluster in open_ones if len(leaders.get(cluster, ())) != 1}
            if not open_ones:
                return
            await self._demote(
                [loser for name in open_ones for loser in sorted(leaders.get(name, ()), key=rank)[1:]]
            )
            for cluster in [name for name in open_ones if not leaders.get(name)]:
                if not await self.promote(cluster):
                    open_ones.discard(cluster)  # Nobody is in it any more.
            leaders = await self._leaders(open_ones)

    async def settle_anew(self, clusters: Iterable[str]) -> None:
        """Do as :meth:`settle`, after a member has left these clusters."""
        names = set(clusters)
        await self.settle(names, await self._leaders(names))

    async def promote(self, cluster: str, *, besides: str | None = None) -> bool:
        """Give the lead to the best member (but ``besides``, an article's id). False where there is none."""
        for published in ({"$ne": None}, None):
            best = await self._articles.find_one(
                {"cluster_id": cluster, "published_at": published, "_id": {"$ne": besides}},
                KEYS,
                sort=[("published_at", 1), ("first_seen_at", 1), ("_id", 1)],
            )
            if best is not None:
                await self._articles.update_one(
                    {"_id": best["_id"], "cluster_id": cluster, "leader": False},
                    {"$set": {"leader": True, "stored_at": milliseconds(self._clock())}},
                )
                return True
        return False

    async def _leaders(self, clusters: Iterable[str]) -> dict[str, list[Document]]:
        leaders: dict[str, list[Document]] = {}
        # Not by the index of all members: a formula that a thousand pages share has a thousand.
        flagged = {"cluster_id": {"$in": [*clusters]}, "leader": True}
        async for member in self._articles.find(flagged, KEYS, hint="leaders"):
            leaders.setdefault(member["cluster_id"], []).append(member)
        return leaders

    async def _demote(self, losers: list[Document]) -> None:
        if losers:
            # The filter holds what the verdict was based on: who was corrected meanwhile is a candidate.
            await self._articles.bulk_write(
                [
                    UpdateOne(
                        {
                            "_id": loser["_id"],
                            "cluster_id": loser["cluster_id"],
                            "published_at": loser.get("published_at"),
                            "leader": True,
                        },
                        {"$set": {"leader": False, "stored_at": milliseconds(self._clock())}},
                    )
                    for loser in losers
                ],
                ordered=False,
            )
