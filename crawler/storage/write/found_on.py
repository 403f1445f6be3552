"""Listings as entries of ``found_on``; with ``channels`` and ``tags`` they are merged inside the server.

An article is stored by one worker while others read the lists that show it; who comes last is not known. So
the merge is an expression that the server evaluates on the document as it is at that moment, and its result
does not depend on how often it is applied (each entry is known by its portal, channel and list).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crawler.storage.write.encoding import milliseconds

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from crawler.items import Listing

__all__ = ["distinct_listings", "found_on_entry", "listing_key", "merge_found_on"]

Stage = dict[str, Any]


def found_on_entry(listing: Listing) -> dict[str, Any]:
    """Return the listing as an entry of ``found_on``."""
    return {
        "portal": listing.portal,
        "channel": listing.channel,
        "list": listing.list,
        "at": milliseconds(listing.at),
    }


def distinct_listings(listings: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return each list once, at its earliest time, the earliest list first."""
    merged: dict[tuple[str, str | None, str], dict[str, Any]] = {}
    for listing in sorted(listings, key=lambda entry: entry["at"]):
        merged.setdefault(listing_key(listing), listing)
    return list(merged.values())


def listing_key(listing: Mapping[str, Any]) -> tuple[str, str | None, str]:
    """Return what tells two entries of ``found_on`` apart."""
    return listing["portal"], listing["channel"], listing["list"]


def merge_found_on(
    listings: Sequence[Mapping[str, Any]],
    *,
    channels: Sequence[str] = (),
    tags: Mapping[str, str] | None = None,
) -> list[Stage]:
    """Return the stages of an update that add ``listings`` (entries of ``found_on``) where they are not known yet.

    The channels of the article's own portal among them join its ``channels``, and so do those given; ``tags``
    never replaces a tag that is there.
    """
    stages: list[Stage] = []
    if listings:
        keys = {"$map": {"input": _list("$found_on"), "as": "old", "in": _key("$$old")}}
        unknown = {
            "$filter": {
                "input": {"$literal": [dict(listing) for listing in listings]},
                "as": "new",
                "cond": {"$not": [{"$in": [_key("$$new"), keys]}]},
            }
        }
        stages.append({"$set": {"found_on": {"$concatArrays": [_list("$found_on"), unknown]}}})
    stages.append(
        {
            "$set": {
                "channels": {"$setUnion": [_list("$channels"), _own_channels(), {"$literal": [*channels]}]}
            }
        }
    )
    if tags:
        stages.append({"$set": {"tags": {"$mergeObjects": [{"$literal": dict(tags)}, "$tags"]}}})
    return stages


def _own_channels() -> dict[str, Any]:
    own = {
        "$filter": {
            "input": _list("$found_on"),
            "as": "entry",
            "cond": {"$and": [{"$eq": ["$$entry.portal", "$portal"]}, {"$ne": ["$$entry.channel", None]}]},
        }
    }
    return {"$map": {"input": own, "as": "entry", "in": "$$entry.channel"}}


def _list(field: str) -> dict[str, Any]:
    return {"$ifNull": [field, []]}


def _key(variable: str) -> list[str]:
    return [f"{variable}.portal", f"{variable}.channel", f"{variable}.list"]
