"""Given servers are looked at before anything is begun on them: what they refuse is one line, and exit code 2."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from crawler.frontier.options import Options
from crawler.frontier.redis.connection import Connection
from crawler.frontier.redis.store import Frontier
from crawler.storage import connect, inspect

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings

__all__ = ["check_mongo", "check_redis"]


def check_redis(settings: BaseSettings) -> tuple[str, ...]:
    """Return what a person should know of the Redis of the settings.

    Raise UsageError for an address that is none, Unreachable for a server that cannot be used; neither text has
    anything of a user or password.
    """
    return asyncio.run(_redis(settings))


def check_mongo(settings: BaseSettings) -> tuple[str, ...]:
    """Do the same for MongoDB."""
    return asyncio.run(_mongo(settings))


async def _redis(settings: BaseSettings) -> tuple[str, ...]:
    connection = Connection.from_settings(settings)
    store = Frontier(connection, Options.from_settings(settings), "check")
    try:
        await store.open()
    finally:
        await connection.close()
    return store.warnings


async def _mongo(settings: BaseSettings) -> tuple[str, ...]:
    client = await connect(settings["MONGO_URI"])
    try:
        return await inspect(client[settings["MONGO_DATABASE"]], settings["MONGO_URI"])
    finally:
        await client.close()
