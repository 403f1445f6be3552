"""The connection to MongoDB: the options that storing safely depends on, and a clear word without it."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlsplit

from pymongo import AsyncMongoClient
from pymongo.errors import ConfigurationError, InvalidURI, OperationFailure, PyMongoError

from crawler.errors import Unreachable, UsageError
from crawler.storage.outage import one_line

__all__ = ["Client", "Document", "connect"]

Document = dict[str, Any]
Client = AsyncMongoClient[Document]

# A frozen server must not freeze the crawl for ever; a majority that does not come is an outage like others.
SOCKET_MS: Final = 30_000
MAJORITY_MS: Final = 20_000

# Where the user's password was refused: Unauthorized, AuthenticationFailed.
REFUSED: Final = frozenset({13, 18})


async def connect(uri: str, *, patience: float = 5.0) -> Client:
    """Return a client whose writes wait for the journals of a majority; the options override those of ``uri``.

    The server has answered when this returns. ``patience`` bounds, in seconds, how long an operation looks
    for a primary. The caller closes the client.

    Raises:
        UsageError: ``uri`` is no MongoDB address.
        Unreachable: nothing answers there, or it refuses the user.
    """
    if not uri:
        raise UsageError(
            "MONGO_URI is not set; give the address of MongoDB, or start the embedded one: scrapy stack up"
        )
    try:
        client: Client = AsyncMongoClient(
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
    except (InvalidURI, ConfigurationError, ValueError) as error:
        raise UsageError(f"MONGO_URI={_shown(uri)} is no MongoDB address: {one_line(error)}") from error
    try:
        await client.admin.command("ping")
    except OperationFailure as error:
        await client.close()
        what = "refuses the user" if error.code in REFUSED else "answers with an error"
        raise Unreachable(f"MONGO_URI={_shown(uri)}: MongoDB {what}: {one_line(error)}") from error
    except PyMongoError as error:
        await client.close()
        raise Unreachable(
            f"MONGO_URI={_shown(uri)}: MongoDB does not answer ({one_line(error)}); "
            "start it, correct MONGO_URI, or leave it unset for the embedded one (scrapy stack up)"
        ) from error
    return client


def _shown(uri: str) -> str:
    """Return the address without user, password and options."""
    parts = urlsplit(uri)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}" if parts.netloc else uri[:80]
