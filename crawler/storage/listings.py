"""Which list showed which article, and when: one document a pair, written before the article is looked for.

``_id`` is ``<article>:<portal>:<list>:<channel>`` (without the last where there is no channel), so that
reading a list again, or replaying it after a crash, changes nothing; the first time stays. See
:mod:`crawler.storage.articles` for why ``found_on`` is complete whoever comes first.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pymongo import InsertOne, UpdateOne

from crawler.errors import GiveUp
from crawler.items import Sighting
from crawler.storage.documents import milliseconds, raw, sighting_document
from crawler.storage.outage import write_errors
from crawler.storage.sightings import merge_sightings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    from pymongo.asynchronous.database import AsyncDatabase

    from crawler.items import Listing
    from crawler.storage.writer import Outcome

__all__ = ["Listed", "ListingStore", "listed_by_article", "sighting_key"]

Document = dict[str, Any]

CHUNK: Final = 1000


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list said of an article: its entry for ``found_on``, and the channel's tags."""

    sighting: Mapping[str, Any]
    tags: Mapping[str, str]


class ListingStore:
    """The collection ``listings``; ``clock`` gives the time of storing (UTC)."""

    def __init__(self, database: AsyncDatabase[Document], clock: Callable[[], datetime]) -> None:
        self._listings = database["listings"]
        self._articles = database["articles"]
        self._clock = clock

    async def store(self, listings: Sequence[Listing]) -> Sequence[Outcome]:
        """Store what lists showed and tell the articles that exist. Outcomes as in ``ArticleStore.store``."""
        outcomes: list[Outcome] = [None] * len(listings)
        documents: dict[str, Document] = {}
        for position, listing in enumerate(listings):
            made = _documents(listing)
            try:
                for document in made[:1]:
                    raw(document)  # They differ in the article's id alone.
            except GiveUp as error:
                outcomes[position] = error
                continue
            for document in made:
                documents.setdefault(document["_id"], document)
        names = list(documents)
        for start in range(0, len(names), CHUNK):
            chunk = names[start : start + CHUNK]
            known = {entry["_id"] async for entry in self._listings.find({"_id": {"$in": chunk}}, {"_id": 1})}
            fresh = {n: InsertOne(documents[name]) for n, name in enumerate(chunk) if name not in known}
            # The only errors of single ones are duplicate keys: another worker read the same list.
            await write_errors(self._listings, fresh)
            articles = {documents[name]["article"] for name in chunk}
            found = await self._listings.find({"article": {"$in": [*articles]}}).to_list()
            await self.apply(listed_by_article(found))
        return outcomes

    async def apply(self, listed: Mapping[str, Sequence[Listed]]) -> None:
        """Bring those articles that exist up to their listings."""
        if not listed:
            return
        now = milliseconds(self._clock())
        updates: dict[int, UpdateOne] = {}
        existing = self._articles.find({"_id": {"$in": [*listed]}}, {"portal": 1, "found_on": 1})
        async for article in existing:
            known = {sighting_key(entry) for entry in article["found_on"]}
            missing = [entry for entry in listed[article["_id"]] if sighting_key(entry.sighting) not in known]
            if missing:
                stages = merge_sightings(
                    [entry.sighting for entry in missing], tags=_tags(missing, article["portal"])
                )
                stages.append({"$set": {"stored_at": now}})
                updates[len(updates)] = UpdateOne({"_id": article["_id"]}, stages)
        await write_errors(self._articles, updates)


def listed_by_article(listings: Iterable[Document]) -> dict[str, list[Listed]]:
    """Documents of ``listings`` by article, the earliest first."""
    found: defaultdict[str, list[Listed]] = defaultdict(list)
    for listing in sorted(listings, key=lambda listing: (listing["at"], listing["_id"])):
        sighting = {key: listing[key] for key in ("portal", "channel", "list", "at")}
        found[listing["article"]].append(Listed(sighting, listing["tags"]))
    return found


def sighting_key(sighting: Mapping[str, Any]) -> tuple[str, str | None, str]:
    """What tells two entries of ``found_on`` apart."""
    return sighting["portal"], sighting["channel"], sighting["list"]


def _tags(listed: Sequence[Listed], portal: str | None) -> dict[str, str]:
    """The tags of the portal's own channels among them; of two values the earlier list's stays."""
    tags: dict[str, str] = {}
    for entry in listed:
        if entry.sighting["portal"] == portal:
            tags = {**entry.tags, **tags}
    return tags


def _documents(listing: Listing) -> list[Document]:
    sighting = sighting_document(Sighting(listing.portal, listing.channel, listing.list, listing.at))
    suffix = "" if listing.channel is None else f":{listing.channel}"
    return [
        {
            "_id": f"{article}:{listing.portal}:{listing.list}{suffix}",
            "article": article,
            **sighting,
            "tags": dict(listing.tags),
        }
        for article in dict.fromkeys(listing.articles)
    ]
