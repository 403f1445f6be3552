"""Whether given servers answer, before anything is begun on them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import redis
from pymongo import MongoClient
from pymongo.errors import PyMongoError

from crawler.errors import Unreachable, UsageError
from crawler.stack.addresses import Addresses, public

__all__ = ["Check", "check", "check_mongo", "check_redis"]

PATIENCE_S = 5.0

Check = Callable[[str], None]
"""Takes an address, raises what :func:`check` raises."""


def check(addresses: Addresses) -> None:
    """Ask both servers for a sign of life.

    Raise UsageError when an address cannot be read, Unreachable when a server does not answer within five
    seconds; neither text holds a password.
    """
    check_redis(addresses.redis_url)
    check_mongo(addresses.mongo_uri)


def check_redis(url: str) -> None:
    """Do one half of :func:`check`."""
    try:
        client = redis.Redis.from_url(url, socket_timeout=PATIENCE_S, socket_connect_timeout=PATIENCE_S)
    except ValueError as error:
        raise UsageError(f"REDIS_URL is no Redis address (redis://HOST:PORT/0): {error}") from error
    with client:
        try:
            client.ping()
        except redis.AuthenticationError as error:
            raise Unreachable(f"Redis at {public(url)} refuses the password of REDIS_URL") from error
        except redis.BusyLoadingError:
            return  # It answers; clients wait until it has read its data.
        except (redis.RedisError, OSError) as error:
            raise Unreachable(
                f"Redis at {public(url)} does not answer: start it, or correct REDIS_URL"
            ) from error


def check_mongo(uri: str) -> None:
    """Do the other half of :func:`check`."""
    wanted = "MONGO_URI is no MongoDB address (mongodb://HOST:PORT/?replicaSet=…)"
    if not uri.startswith(("mongodb://", "mongodb+srv://")):
        raise UsageError(wanted)  # The driver would take it for the name of a host.
    try:
        client: MongoClient[dict[str, Any]] = MongoClient(
            uri,
            serverSelectionTimeoutMS=int(PATIENCE_S * 1000),
            connectTimeoutMS=int(PATIENCE_S * 1000),
            socketTimeoutMS=int(PATIENCE_S * 1000),
        )
    except (PyMongoError, ValueError) as error:
        raise UsageError(f"{wanted}: {error}") from error
    with client:
        try:
            client.admin.command("ping")
        except PyMongoError as error:
            raise Unreachable(
                f"MongoDB at {public(uri)} does not answer as primary: start it, or correct MONGO_URI"
            ) from error
