"""Which list showed which article, and when: one document a pair, written before the article is looked for.

``_id`` is ``<article>:<portal>:<list>:<channel>`` (without the last where there is no channel), so that
reading a list again, or replaying it after a crash, changes nothing; the first time stays. See
:mod:`crawler.storage.write.articles` for why ``found_on`` is complete whoever comes first.

A list may name an address that only leads to the article. ``moves`` holds these (``_id`` -> ``article``), and
what is listed under one is listed under the other as well. The writer of a list stores its listings and then
looks for moves, the writer of a move stores it and then looks for listings: again one of them sees both.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pymongo import InsertOne, UpdateOne

from crawler.errors import GiveUp
from crawler.storage.outage import write_errors
from crawler.storage.write.encoding import milliseconds, raw
from crawler.storage.write.found_on import found_on_entry, listing_key, merge_found_on

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    from pymongo.asynchronous.database import AsyncDatabase

    from crawler.items import ListedArticles, Move
    from crawler.storage.write.group_commit import Outcome

__all__ = ["ListingStore", "TaggedListing", "listings_by_article"]

Document = dict[str, Any]

CHUNK: Final = 1000


@dataclass(frozen=True, slots=True)
class TaggedListing:
    """A listing as an entry of ``found_on``, and the tags of its channel."""

    listing: Mapping[str, Any]
    tags: Mapping[str, str]


class ListingStore:
    """The collections ``listings`` and ``moves``; ``clock`` gives the time of storing (UTC)."""

    def __init__(self, database: AsyncDatabase[Document], clock: Callable[[], datetime]) -> None:
        self._listings = database["listings"]
        self._moves = database["moves"]
        self._articles = database["articles"]
        self._clock = clock

    async def store(self, pages: Sequence[ListedArticles]) -> Sequence[Outcome]:
        """Store what list pages showed, in existing articles too. Outcomes as in ``ArticleStore.store``."""
        outcomes: list[Outcome] = [None] * len(pages)
        documents: dict[str, Document] = {}
        for position, page in enumerate(pages):
            made = _documents(page)
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
            chunk = {name: documents[name] for name in names[start : start + CHUNK]}
            await self._insert(chunk)
            articles = {document["article"] for document in chunk.values()}
            moves = {entry["_id"]: entry["article"] async for entry in self._moves.find(_named(articles))}
            await self._insert(_of_targets(chunk.values(), moves))
            await self._update_articles({*articles, *moves.values()})
        return outcomes

    async def store_moves(self, moves: Sequence[Move]) -> Sequence[Outcome]:
        """Store where addresses lead, and what was listed under them so far."""
        leads = {name: move.article for move in moves for name in move.ids if name != move.article}
        names = list(leads)
        for start in range(0, len(names), CHUNK):
            chunk = {name: leads[name] for name in names[start : start + CHUNK]}
            leading = [
                UpdateOne({"_id": name}, {"$set": {"article": article}}, upsert=True)
                for name, article in chunk.items()
            ]
            await write_errors(self._moves, dict(enumerate(leading)))
            listed = await self._listings.find({"article": {"$in": [*chunk]}}).to_list()
            await self._insert(_of_targets(listed, chunk))
            await self._update_articles(set(chunk.values()))
        return [None] * len(moves)

    async def _insert(self, documents: Mapping[str, Document]) -> None:
        """Store those that are not there yet."""
        if not documents:
            return
        known = {entry["_id"] async for entry in self._listings.find(_named(documents), {"_id": 1})}
        fresh = [document for name, document in documents.items() if name not in known]
        # The only errors of single ones are duplicate keys: another worker read the same list.
        await write_errors(self._listings, {n: InsertOne(document) for n, document in enumerate(fresh)})

    async def _update_articles(self, articles: set[str]) -> None:
        found = await self._listings.find({"article": {"$in": [*articles]}}).to_list()
        await self.apply(listings_by_article(found))

    async def apply(self, listings: Mapping[str, Sequence[TaggedListing]]) -> None:
        """Bring those articles that exist up to their listings."""
        if not listings:
            return
        now = milliseconds(self._clock())
        updates: dict[int, UpdateOne] = {}
        existing = self._articles.find({"_id": {"$in": [*listings]}}, {"portal": 1, "found_on": 1})
        async for article in existing:
            known = {listing_key(entry) for entry in article["found_on"]}
            missing = [entry for entry in listings[article["_id"]] if listing_key(entry.listing) not in known]
            if missing:
                stages = merge_found_on(
                    [entry.listing for entry in missing], tags=_tags(missing, article["portal"])
                )
                stages.append({"$set": {"stored_at": now}})
                updates[len(updates)] = UpdateOne({"_id": article["_id"]}, stages)
        await write_errors(self._articles, updates)


def listings_by_article(listings: Iterable[Document]) -> dict[str, list[TaggedListing]]:
    """Return documents of ``listings`` by article, the earliest first."""
    found: defaultdict[str, list[TaggedListing]] = defaultdict(list)
    for listing in sorted(listings, key=lambda listing: (listing["at"], listing["_id"])):
        entry = {key: listing[key] for key in ("portal", "channel", "list", "at")}
        found[listing["article"]].append(TaggedListing(entry, listing["tags"]))
    return found


def _tags(listings: Sequence[TaggedListing], portal: str | None) -> dict[str, str]:
    """Return the tags of the portal's own channels among them; of two values the earlier list's stays."""
    tags: dict[str, str] = {}
    for entry in listings:
        if entry.listing["portal"] == portal:
            tags = {**entry.tags, **tags}
    return tags


def _named(names: Iterable[str]) -> Document:
    return {"_id": {"$in": [*names]}}


def _of_targets(documents: Iterable[Document], leads: Mapping[str, str]) -> dict[str, Document]:
    """Return the listings of addresses that lead on, as listings of the articles where they lead."""
    copies: dict[str, Document] = {}
    for document in documents:
        old = document["article"]
        if old in leads:
            name = leads[old] + document["_id"].removeprefix(old)
            copies.setdefault(name, {**document, "_id": name, "article": leads[old]})
    return copies


def _documents(page: ListedArticles) -> list[Document]:
    listing = page.listing
    suffix = "" if listing.channel is None else f":{listing.channel}"
    entry = found_on_entry(listing)
    return [
        {
            "_id": f"{article}:{listing.portal}:{listing.list}{suffix}",
            "article": article,
            **entry,
            "tags": dict(page.tags),
        }
        for article in dict.fromkeys(page.articles)
    ]
