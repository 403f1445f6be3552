"""The connection to MongoDB: the options that storing safely depends on, and a clear word without it."""

from __future__ import annotations

import warnings
from typing import Any, Final

from pymongo import AsyncMongoClient
from pymongo.errors import ConfigurationError, InvalidURI, OperationFailure, PyMongoError

from crawler.errors import Unreachable, UsageError
from crawler.server_url import ESCAPES, public, read_server_url
from crawler.storage.diagnosis import not_a_primary, why_unreachable
from crawler.storage.outage import one_line

__all__ = ["SCHEMES", "Client", "Document", "connect"]

Document = dict[str, Any]
Client = AsyncMongoClient[Document]

SCHEMES: Final = ("mongodb", "mongodb+srv")

# A frozen server must not freeze the crawl for ever; a majority that does not come is an outage like others.
SOCKET_MS: Final = 30_000
MAJORITY_MS: Final = 20_000

# Where the user's password was refused: Unauthorized, AuthenticationFailed.
REFUSED: Final = frozenset({13, 18})

_WANTED: Final = "MongoDB address (mongodb://HOST:PORT/?replicaSet=…)"


async def connect(uri: str, *, patience: float = 5.0, writes: bool = True) -> Client:
    """Return a client whose writes wait for the journals of a majority; the options override those of ``uri``.

    The server has answered when this returns, and takes ``writes`` where they are asked for. ``patience`` bounds, in
    seconds, how long an operation looks for a primary. The caller closes the client.

    Raises:
        UsageError: ``uri`` is no MongoDB address.
        Unreachable: nothing answers there, or it refuses the user, or it is no primary; in one line that says which.
    """
    if not uri:
        raise UsageError(
            "MONGO_URI is not set; give the address of MongoDB, or start the embedded one: scrapy stack up"
        )
    parts = read_server_url("MONGO_URI", uri, SCHEMES, _WANTED)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the next client says them
        await _client(parts.anonymous(), patience).close()
    try:
        client = _client(uri, patience)
    except UsageError:
        raise UsageError(f"MONGO_URI: its user or password cannot be read: {ESCAPES}") from None
    try:
        await client.admin.command("ping")
        hello = await client.admin.command("hello")
    except OperationFailure as error:
        await client.close()
        what = "refuses the user or the password" if error.code in REFUSED else "answers with an error"
        raise Unreachable(
            f"MongoDB at {public(uri)} {what}: {one_line(error)}; correct MONGO_URI ({ESCAPES})"
        ) from error
    except PyMongoError as error:
        await client.close()
        raise Unreachable(f"MongoDB at {public(uri)} {await why_unreachable(parts, error)}") from error
    if writes and (wrong := not_a_primary(hello)):
        await client.close()
        raise Unreachable(f"MongoDB at {public(uri)} {wrong}")
    return client


def _client(uri: str, patience: float) -> Client:
    """Return a client that has not connected yet. Raise UsageError, which quotes the parser."""
    try:
        return AsyncMongoClient(
            uri,
            w="majority",
            journal=True,
            wTimeoutMS=MAJORITY_MS,
            retryWrites=True,
            retryReads=True,
            readPreference="primary",
            tz_aware=True,
            serverSelectionTimeoutMS=int(patience * 1000),
            connectTimeoutMS=int(patience * 1000),
            socketTimeoutMS=SOCKET_MS,
            # One connection less for each worker, and none that is half open when a short command ends; an
            # operation that finds its server gone makes the driver look at once, whatever the mode.
            serverMonitoringMode="poll",
            appname="regional-news-crawler",
        )
    except (InvalidURI, ConfigurationError, ValueError, TypeError) as error:
        raise UsageError(f"MONGO_URI is no {_WANTED}: {one_line(error)}") from error
