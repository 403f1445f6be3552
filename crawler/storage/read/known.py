"""What MongoDB knows of a portal's articles: what a frontier that was lost had seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crawler.fetching.policy import is_final

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from pymongo.asynchronous.database import AsyncDatabase

__all__ = ["known_articles", "known_portals"]

Document = dict[str, Any]


async def known_portals(database: AsyncDatabase[Document]) -> list[str]:
    """Return the names of all portals that articles or failures are of, sorted."""
    found: set[Any] = set()
    for collection, field in (
        ("articles", "portal"),
        ("articles", "found_on.portal"),
        ("failures", "portal"),
    ):
        found.update(await database[collection].distinct(field))
    return sorted(name for name in found if isinstance(name, str) and name)


async def known_articles(database: AsyncDatabase[Document], portal: str) -> AsyncIterator[str]:
    """Yield the ids of what need not be fetched again: the articles, and what is gone for good.

    What failed for a reason that may pass is left out: it is worth another try.
    """
    of_portal = {"$or": [{"portal": portal}, {"found_on.portal": portal}]}
    async for article in database["articles"].find(of_portal, {"_id": True}):
        yield article["_id"]
    async for failure in database["failures"].find({"portal": portal}, {"reason": True}):
        if is_final(failure.get("reason") or ""):
            yield failure["_id"]
