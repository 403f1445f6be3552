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


def changes(stored: Document, draft: Draft) -> bool:
    """Return whether this is a new revision of the stored document."""
    return bool(stored["title"] != draft.title or stored["text"] != draft.text)


def leaves(stored: Document, draft: Draft) -> bool:
    """Return whether the article gives up its place: another cluster, or another rank in its own."""
    return bool(stored["cluster_id"] != draft.cluster_id or stored["published_at"] != draft.published_at)


def insert(draft: Draft, now: datetime) -> Operation:
    """Return the write of the first storing. Raises GiveUp."""
    found_on = distinct_listings(draft.found_on)
    own = {entry["channel"] for entry in found_on if entry["portal"] == draft.portal} - {None}
    document = {
        "_id": draft.id,
        "portal": draft.portal,
        "tags": draft.tags,
        "channels": sorted({*own, *draft.channels}),
        "found_on": found_on,
        **draft.content,
        "leader": True,
        "revision": 1,
        "revised_at": draft.fetched_at,
        "first_seen_at": draft.fetched_at,
        "last_seen_at": draft.fetched_at,
        "stored_at": now,
    }
    return InsertOne(raw(document))


def update(stored: Document, draft: Draft, now: datetime) -> Operation:
    """Return the write of a newer fetch. Raises GiveUp.

    It reports a duplicate key unless the document still is as it was read.
    """
    changed = changes(stored, draft)
    # the ids of another portal's channels would be ambiguous: they are in found_on alone
    channels = draft.channels if stored["portal"] in (None, draft.portal) else ()
    state: Document = {
        "portal": {"$ifNull": ["$portal", {"$literal": draft.portal}]},
        "leader": True if leaves(stored, draft) else {"$ifNull": ["$leader", True]},
        "revision": stored["revision"] + changed,
        "revised_at": draft.fetched_at if changed else {"$ifNull": ["$revised_at", draft.fetched_at]},
        "first_seen_at": {"$ifNull": ["$first_seen_at", draft.fetched_at]},
        "last_seen_at": draft.fetched_at,
        "stored_at": now,
    }
    return UpdateOne(
        {"_id": draft.id, "revision": stored["revision"], "fetched_at": stored["fetched_at"]},
        [
            {"$replaceWith": {"$mergeObjects": ["$$ROOT", {"$literal": raw(draft.content)}, state]}},
            {"$unset": ["gone_at", "gone_reason"]},
            *merge_found_on(distinct_listings(draft.found_on), channels=channels, tags=draft.tags),
        ],
        upsert=True,
    )


def revision(stored: Document, draft: Draft, now: datetime) -> Operation:
    """Return the write that keeps what the article was, whole; it was so from ``revised_at`` until ``replaced_at``.

    An earlier attempt may have kept the same revision as of an older fetch: that is brought up to date. A
    newer one stays, and a duplicate key is reported.
    """
    key = f"{draft.id}:{stored['revision']}"
    return ReplaceOne(
        {"_id": key, "fetched_at": {"$lte": stored["fetched_at"]}},
        {**stored, "_id": key, "article": draft.id, "replaced_at": draft.fetched_at, "archived_at": now},
        upsert=True,
    )
