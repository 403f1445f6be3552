"""Which articles are meant: the filters that exports share, and how the articles are read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from crawler.errors import UsageError
from crawler.storage.fields import BODY

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from pymongo.asynchronous.database import AsyncDatabase

__all__ = ["Selection", "portals_of", "read_articles", "unlisted_channels"]

Document = dict[str, Any]

ZONE: Final = ZoneInfo("Asia/Shanghai")
BATCH: Final = 200
ORDER: Final = "portal_published"


@dataclass(frozen=True, slots=True)
class Selection:
    """Filters, all of which must hold; of several portals or channels one.

    ``since`` and ``until`` are days of Beijing time, both included; an article without a time is then left
    out. ``leaders`` takes of each cluster only its leader.
    """

    portals: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    tags: Mapping[str, str] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    leaders: bool = False

    def query(self) -> Document:
        """Return the filter for ``articles``, without the portals. Raises UsageError for an impossible tag."""
        query: Document = {}
        if self.channels:
            query["channels"] = {"$in": [*self.channels]}
        for key, value in self.tags.items():
            if not key or "." in key or key.startswith("$"):
                raise UsageError(
                    f"{key}={value} is no tag: a tag is written key=value, without dots in the key"
                )
            query[f"tags.{key}"] = value
        published: Document = {}
        if self.since is not None:
            published["$gte"] = _start_of(self.since)
        if self.until is not None:
            published["$lt"] = _start_of(self.until + timedelta(days=1))
        if published:
            query["published_at"] = published
        if self.leaders:
            query["leader"] = True
        return query


async def portals_of(database: AsyncDatabase[Document]) -> list[str | None]:
    """Return the portals that have articles, by name; None (last) stands for articles that belong to none."""
    names: list[str | None] = await database["articles"].distinct("portal")
    return sorted(names, key=lambda name: (name is None, name or ""))


async def unlisted_channels(database: AsyncDatabase[Document], selection: Selection) -> list[str]:
    """Return those of the selection's channels that never listed an article."""
    articles = database["articles"]
    return [
        channel
        for channel in selection.channels
        if await articles.find_one({"channels": channel}, {"_id": True}) is None
    ]


async def read_articles(
    database: AsyncDatabase[Document], selection: Selection, *, text: bool = True
) -> AsyncIterator[Document]:
    """Yield the articles in a stable order: by portal, then time of publishing (without one first), then ``_id``.

    Read in batches, in the order of an index, so that neither side ever holds more than a few hundred.
    ``text`` off leaves the texts in the database. Raises UsageError for a portal without a single article.
    """
    articles = database["articles"]
    stored = await portals_of(database)
    for name in selection.portals:
        if name not in stored:
            there = ", ".join(portal for portal in stored if portal) or "none yet"
            raise UsageError(f"no article of portal {name!r} in database {database.name}; there: {there}")
    query = selection.query()
    projection = None if text else dict.fromkeys(BODY, 0)
    hint = ORDER if ORDER in await articles.index_information() else None
    for portal in [name for name in stored if not selection.portals or name in selection.portals]:
        cursor = articles.find(
            {"portal": portal, **query},
            projection,
            sort=[("published_at", 1), ("_id", 1)],
            hint=hint,
            batch_size=BATCH,
        )
        async for article in cursor:
            yield article


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(), ZONE)
