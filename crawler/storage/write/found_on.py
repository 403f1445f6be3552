"""``found_on``, ``channels`` and ``tags`` of an article, merged inside the server.

An article is stored by one worker while others read the lists that show it; who comes last is not known. So
the merge is an expression that the server evaluates on the document as it is at that moment, and its result
does not depend on how often it is applied (each entry is known by its portal, channel and list).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["merge_sightings"]

Stage = dict[str, Any]


def merge_sightings(
    sightings: Sequence[Mapping[str, Any]],
    *,
    channels: Sequence[str] = (),
    tags: Mapping[str, str] | None = None,
) -> list[Stage]:
    """Stages of an update that add ``sightings`` (entries of ``found_on``) where they are not known yet.

    The channels of the article's own portal among them join its ``channels``, and so do those given; ``tags``
    never replaces a tag that is there.
    """
    stages: list[Stage] = []
    if sightings:
        keys = {"$map": {"input": _list("$found_on"), "as": "old", "in": _key("$$old")}}
        unknown = {
            "$filter": {
                "input": {"$literal": [dict(sighting) for sighting in sightings]},
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
