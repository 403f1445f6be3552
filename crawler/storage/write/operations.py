"""The writes that a draft turns into, given what is stored already. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pymongo import InsertOne, ReplaceOne, UpdateOne

from crawler.storage.write.encoding import raw
from crawler.storage.write.found_on import distinct_listings, merge_found_on

if TYPE_CHECKING:
    from datetime import datetime

    from crawler.storage.write.documents import Draft

__all__ = ["Operation", "changes", "insert", "leaves", "revision", "update"]

Document = dict[str, Any]
Operation = InsertOne[Any] | ReplaceOne[Any] | UpdateOne


def changes(there: Document, made: Draft) -> bool:
    """Whether this is a new revision of the stored document."""
    return bool(there["title"] != made.title or there["text"] != made.text)


def leaves(there: Document, made: Draft) -> bool:
    """Whether the article gives up its place: another cluster, or another rank in its own."""
    return bool(there["cluster_id"] != made.cluster_id or there["published_at"] != made.published_at)


def insert(made: Draft, now: datetime) -> Operation:
    """The first storing. Raises GiveUp."""
    found_on = distinct_listings(made.found_on)
    own = {entry["channel"] for entry in found_on if entry["portal"] == made.portal} - {None}
    document = {
        "_id": made.id,
        "portal": made.portal,
        "tags": made.tags,
        "channels": sorted({*own, *made.channels}),
        "found_on": found_on,
        **made.content,
        "leader": True,
        "revision": 1,
        "revised_at": made.fetched_at,
        "first_seen_at": made.fetched_at,
        "last_seen_at": made.fetched_at,
        "stored_at": now,
    }
    return InsertOne(raw(document))


def update(there: Document, made: Draft, now: datetime) -> Operation:
    """A newer fetch; reports a duplicate key unless the document still is as it was read. Raises GiveUp."""
    changed = changes(there, made)
    # the ids of another portal's channels would be ambiguous: they are in found_on alone
    channels = made.channels if there["portal"] in (None, made.portal) else ()
    state: Document = {
        "portal": {"$ifNull": ["$portal", {"$literal": made.portal}]},
        "leader": True if leaves(there, made) else {"$ifNull": ["$leader", True]},
        "revision": there["revision"] + changed,
        "revised_at": made.fetched_at if changed else {"$ifNull": ["$revised_at", made.fetched_at]},
        "first_seen_at": {"$ifNull": ["$first_seen_at", made.fetched_at]},
        "last_seen_at": made.fetched_at,
        "stored_at": now,
    }
    return UpdateOne(
        {"_id": made.id, "revision": there["revision"], "fetched_at": there["fetched_at"]},
        [
            {"$replaceWith": {"$mergeObjects": ["$$ROOT", {"$literal": raw(made.content)}, state]}},
            {"$unset": ["gone_at", "gone_reason"]},
            *merge_found_on(distinct_listings(made.found_on), channels=channels, tags=made.tags),
        ],
        upsert=True,
    )


def revision(there: Document, made: Draft, now: datetime) -> Operation:
    """Keeps what the article was, whole; it was so from ``revised_at`` until ``replaced_at``.

    An earlier attempt may have kept the same revision as of an older fetch: that is brought up to date. A
    newer one stays, and a duplicate key is reported.
    """
    key = f"{made.id}:{there['revision']}"
    return ReplaceOne(
        {"_id": key, "fetched_at": {"$lte": there["fetched_at"]}},
        {**there, "_id": key, "article": made.id, "replaced_at": made.fetched_at, "archived_at": now},
        upsert=True,
    )
