"""Why a MongoDB cannot be used: what the driver's one error for it leaves open."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, urlencode

from pymongo import AsyncMongoClient
from pymongo.errors import OperationFailure, PyMongoError

from crawler.errors import Unreachable
from crawler.server_url import public
from crawler.storage.outage import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pymongo.asynchronous.database import AsyncDatabase

    from crawler.server_url import ServerUrl

__all__ = ["check_rights", "not_a_primary", "stands_alone", "why_unreachable"]

_UNAUTHORIZED: Final = 13
_LOOK_MS: Final = 2000
_MOST_ASKED: Final = 3

_CERTIFICATE: Final = re.compile(r"certificate verify failed: ([^(\[]{1,120})")
_CLOSED: Final = re.compile(r"(?i)connection (is already )?closed|reset by peer")
_OTHERWISE: Final = "start it, or correct MONGO_URI"

# What a crawl does with a collection, as commands that change nothing: they are explained, or there is no such kind of
# index. An upsert asks for the right to insert, too.
_TRIED: Final[Mapping[str, Mapping[str, Any]]] = {
    "find": {"filter": {"_id": 0}, "limit": 1},
    "update": {"updates": [{"q": {"_id": 0}, "u": {"$set": {"a": 1}}, "upsert": True}]},
    "delete": {"deletes": [{"q": {"_id": 0}, "limit": 1}]},
    "createIndexes": {"indexes": [{"key": {"a": "no kind"}, "name": "a"}]},
}
_EXPLAINED: Final = frozenset({"find", "update", "delete"})


async def why_unreachable(parts: ServerUrl, error: PyMongoError) -> str:
    """Return how the sentence "MongoDB at …" goes on: no server was found that takes writes.

    The hosts are asked one by one, without a user: who says hello tells what it is.
    """
    options = dict(parse_qsl(parts.rest.partition("?")[2]))
    wanted = next((value for name, value in options.items() if name.lower() == "replicaset"), None)
    tls = {name: value for name, value in options.items() if name.lower().startswith(("tls", "ssl"))}
    query = urlencode({**tls, "directConnection": "true"})
    failed = one_line(error)
    for host in parts.hosts[:_MOST_ASKED] if parts.scheme == "mongodb" else ():
        address = f"mongodb://{host}"
        try:
            hello = await _hello(f"{address}/?{query}")
        except PyMongoError as refusal:
            failed = one_line(refusal)
            continue
        return _no_primary(hello, wanted)
    if found := _CERTIFICATE.search(failed):
        why = found[1].strip().rstrip(".")
        return (
            f"has a certificate that is not trusted ({why}): tlsCAFile=FILE in MONGO_URI names who signed it"
        )
    if "SSL" in failed or (not tls and _CLOSED.search(failed)):
        return f"does not speak as MONGO_URI has it (with TLS: tls=true): {failed}"
    return f"does not answer as primary: {_OTHERWISE} ({failed})"


async def _hello(uri: str) -> Mapping[str, Any]:
    client: AsyncMongoClient[dict[str, Any]] = AsyncMongoClient(
        uri, serverSelectionTimeoutMS=_LOOK_MS, connectTimeoutMS=_LOOK_MS, socketTimeoutMS=_LOOK_MS
    )
    async with client:
        return await client.admin.command("hello")


def _no_primary(hello: Mapping[str, Any], wanted: str | None) -> str:
    name = hello.get("setName")
    if name is None and hello.get("isreplicaset"):
        return "does not answer as primary: its replica set was never set up (rs.initiate() in mongosh)"
    if name is None and wanted:
        return f"is of no replica set: leave out replicaSet={wanted}, or start it with --replSet {wanted}"
    if wanted and name != wanted:
        return f"is of the replica set {name}, not of {wanted}: correct replicaSet in MONGO_URI"
    primary = hello.get("primary")
    if primary is None:
        return f"does not answer as primary: its replica set {name} has none now; {_OTHERWISE}"
    return (
        f"does not answer as primary: that is {primary}, by the set's own word, which does not answer from here; "
        "correct the member's name, or use directConnection=true with the primary's address"
    )


def not_a_primary(hello: Mapping[str, Any]) -> str | None:
    """Return how the sentence goes on where a server answers that takes no writes; None for one that does."""
    if hello.get("isWritablePrimary", hello.get("ismaster")):
        return None
    if hello.get("isreplicaset"):
        return "does not answer as primary: its replica set was never set up (rs.initiate() in mongosh)"
    what = "a secondary" if hello.get("secondary") else "no primary"
    primary = hello.get("primary")
    return (
        f"is {what}, which takes no writes: {f'the primary is {primary}' if primary else 'it has no primary now'}; "
        f"use replicaSet={hello.get('setName', 'NAME')} instead of directConnection=true"
    )


async def stands_alone(database: AsyncDatabase[dict[str, Any]], uri: str) -> str | None:
    """Return a warning where the server is of no replica set."""
    hello = await database.client.admin.command("hello")
    if hello.get("setName") or hello.get("msg") == "isdbgrid":
        return None
    return (
        f"MongoDB at {public(uri)} stands alone: a crash can lose writes that it has acknowledged. Make it a "
        "replica set of one: --replSet rs0, then rs.initiate()"
    )


async def check_rights(
    database: AsyncDatabase[dict[str, Any]], uri: str, collections: tuple[str, ...]
) -> None:
    """Try what a crawl does, without doing it. Raise Unreachable, in one line, where the user may not."""
    denied: dict[str, None] = {}
    for collection in collections:
        for name, arguments in _TRIED.items():
            command: dict[str, Any] = {name: collection, **arguments}
            if name in _EXPLAINED:
                command = {"explain": command, "verbosity": "queryPlanner"}
            try:
                await database.command(command)
            except OperationFailure as error:
                if error.code != _UNAUTHORIZED:
                    continue
                denied[name] = None
    if denied:
        raise Unreachable(
            f"MongoDB at {public(uri)} does not permit {', '.join(denied)} in the database {database.name}: MONGO_URI "
            "needs a user with readWrite there, or with the least rights of docs/machines.md"
        )
