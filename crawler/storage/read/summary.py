"""What is in MongoDB now, by portal and channel: what a crawl shows at its end."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from pymongo.asynchronous.database import AsyncDatabase

__all__ = ["ChannelCount", "Headline", "PortalSummary", "summarize"]

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ChannelCount:
    """A channel's articles, and when the newest was published. ``channel`` None: those no channel listed."""

    channel: str | None
    articles: int
    newest: datetime | None


@dataclass(frozen=True, slots=True)
class Headline:
    """One of the articles published last; ``published`` as ISO 8601, cut to its precision."""

    title: str
    published: str | None
    source: str | None
    url: str


@dataclass(frozen=True, slots=True)
class PortalSummary:
    """A portal's articles. One listed by two channels counts in both, and once in ``articles``.

    ``clusters`` counts what is left when of copies only the leaders are taken; ``failures`` counts the URLs
    given up, by reason, ``empty_lists`` those of them that are lists without an entry, by channel. ``channels`` come
    with the fullest first, ``headlines`` with the newest first.
    """

    portal: str | None
    articles: int
    clusters: int
    channels: tuple[ChannelCount, ...]
    failures: Mapping[str, int]
    headlines: tuple[Headline, ...]
    empty_lists: Mapping[str | None, int] = field(default_factory=dict)


async def summarize(
    database: AsyncDatabase[Document], portals: Sequence[str] | None = None, *, headlines: int = 5
) -> tuple[PortalSummary, ...]:
    """Return one summary for each of ``portals`` (default: all that have articles or failures), by name."""
    names: set[str | None] = set(portals or ())
    if portals is None:
        names.update(
            await database["articles"].distinct("portal"), await database["failures"].distinct("portal")
        )
    return tuple(
        [
            await _portal(database, name, headlines)
            for name in sorted(names, key=lambda name: (name is None, name or ""))
        ]
    )


async def _portal(database: AsyncDatabase[Document], portal: str | None, headlines: int) -> PortalSummary:
    articles = database["articles"]
    counts = await articles.aggregate(
        [
            {"$match": {"portal": portal}},
            {"$project": {"published_at": 1, "leader": 1, "channels": 1}},
            {
                "$facet": {
                    "all": [
                        {
                            "$group": {
                                "_id": None,
                                "n": {"$sum": 1},
                                "leaders": {"$sum": {"$cond": ["$leader", 1, 0]}},
                            }
                        }
                    ],
                    "channels": [
                        {"$unwind": {"path": "$channels", "preserveNullAndEmptyArrays": True}},
                        {
                            "$group": {
                                "_id": "$channels",
                                "n": {"$sum": 1},
                                "newest": {"$max": "$published_at"},
                            }
                        },
                        {"$sort": {"n": -1, "_id": 1}},
                    ],
                }
            },
        ]
    )
    found = (await counts.to_list())[0]
    failures = await database["failures"].aggregate(
        [
            {"$match": {"portal": portal}},
            {"$group": {"_id": "$reason", "n": {"$sum": 1}}},
            {"$sort": {"n": -1, "_id": 1}},
        ]
    )
    empty = await database["failures"].aggregate(
        [
            {"$match": {"portal": portal, "reason": "empty-list"}},
            {"$group": {"_id": {"$first": "$found_on.channel"}, "n": {"$sum": 1}}},
        ]
    )
    newest = articles.find(
        {"portal": portal, "published_at": {"$ne": None}},
        {"title": 1, "published": 1, "source": 1, "url": 1},
        sort=[("published_at", -1), ("_id", 1)],
        limit=headlines,
    )
    total = found["all"][0] if found["all"] else {"n": 0, "leaders": 0}
    return PortalSummary(
        portal=portal,
        articles=total["n"],
        clusters=total["leaders"],
        channels=tuple(ChannelCount(row.get("_id"), row["n"], row["newest"]) for row in found["channels"]),
        failures={row["_id"]: row["n"] async for row in failures},
        headlines=tuple(
            [Headline(row["title"], row["published"], row["source"], row["url"]) async for row in newest]
        )
        if headlines
        else (),
        empty_lists={row["_id"]: row["n"] async for row in empty},
    )
