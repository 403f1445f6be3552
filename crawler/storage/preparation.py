"""What is done with a database before articles are stored in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pymongo.errors import PyMongoError

from crawler.errors import Unreachable
from crawler.server_url import public
from crawler.storage.diagnosis import check_rights, stands_alone
from crawler.storage.indexes import INDEXES, create_indexes
from crawler.storage.outage import one_line

if TYPE_CHECKING:
    from pymongo.asynchronous.database import AsyncDatabase

__all__ = ["inspect", "prepare"]


async def inspect(database: AsyncDatabase[dict[str, Any]], uri: str) -> tuple[str, ...]:
    """Return what a person should know of the server. Raise Unreachable where the user may not do what a crawl does."""
    try:
        await check_rights(database, uri, tuple(INDEXES))
        warning = await stands_alone(database, uri)
    except PyMongoError as error:
        raise Unreachable(f"MongoDB at {public(uri)} answers with an error: {one_line(error)}") from error
    return (warning,) if warning else ()


async def prepare(database: AsyncDatabase[dict[str, Any]], uri: str) -> tuple[str, ...]:
    """Do the same, and create missing indexes."""
    warnings = await inspect(database, uri)
    try:
        await create_indexes(database)
    except PyMongoError as error:
        raise Unreachable(f"MongoDB at {public(uri)} makes no indexes: {one_line(error)}") from error
    return warnings
