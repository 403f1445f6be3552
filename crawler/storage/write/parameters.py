"""What crawls have learnt of query parameters: a few documents, read when a crawl begins, so no page costs a look."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from pymongo.errors import DuplicateKeyError

from crawler.items import LearntParameters
from crawler.storage.write.encoding import milliseconds
from crawler.storage.write.merging import ArticleMerger

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from pymongo.asynchronous.database import AsyncDatabase

__all__ = ["ParameterStore"]

Document = dict[str, Any]

LATE: Final = timedelta(hours=6)
"""How long after something was learnt a worker may still store under an address of before: a run is no longer."""


class ParameterStore:
    """The collection ``parameters``, and the articles that are one by what it says; ``clock`` gives the time (UTC)."""

    def __init__(self, database: AsyncDatabase[Document], clock: Callable[[], datetime]) -> None:
        self._parameters = database["parameters"]
        self._merger = ArticleMerger(database, clock)
        self._clock = clock

    async def load(self) -> Sequence[LearntParameters]:
        """Return all that was learnt. Raises PyMongoError."""
        return [_read(document) async for document in self._parameters.find(sort=[("_id", 1)])]

    async def add(self, found: LearntParameters) -> bool:
        """Keep what was learnt; False where another worker was first. Raises PyMongoError."""
        document = {
            "place": found.place,
            "others": [*found.others],
            "names": [*found.names],
            "portal": found.portal,
            "example": found.example,
            "at": milliseconds(found.at),
            "settled": False,
        }
        try:
            await self._parameters.insert_one({"_id": found.id, **document})
        except DuplicateKeyError:
            return False
        return True

    async def targets(self, portal: str, spell: Callable[[str], str]) -> Sequence[str]:
        """Return the ids that a portal's articles have by ``spell``, where those are others. Raises PyMongoError."""
        return await self._merger.targets(portal, spell)

    async def merge(self, portal: str, spell: Callable[[str], str]) -> Sequence[str]:
        """Store articles under the addresses that ``spell`` gives theirs; return the ids. Raises PyMongoError.

        Those that came twice become one. Idempotent, and safe beside any other writer; what was learnt a run ago is
        then settled.
        """
        merged = await self._merger.merge(portal, spell)
        if not merged:
            past = {"portal": portal, "settled": False, "at": {"$lt": milliseconds(self._clock()) - LATE}}
            await self._parameters.update_many(past, {"$set": {"settled": True}})
        return merged


def _read(document: Document) -> LearntParameters:
    return LearntParameters(
        place=document["place"],
        others=tuple(document["others"]),
        names=tuple(document["names"]),
        portal=document["portal"],
        example=document["example"],
        at=document["at"],
        settled=document["settled"],
    )
