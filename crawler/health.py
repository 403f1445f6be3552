"""``python -m crawler.health``: whether Redis and MongoDB answer, asked without starting Scrapy.

What a container's health check runs every minute: a fifth of the time of ``scrapy stack status``. Exit code 0, or 2 and
a line that says which server does not.
"""

from __future__ import annotations

import asyncio
import os
import sys

from redis.exceptions import BusyLoadingError, RedisError

from crawler.errors import CrawlerError, Unreachable, UsageError
from crawler.frontier.redis.redis_client import make_client
from crawler.server_url import public
from crawler.storage.client import connect

__all__ = ["check"]

_PATIENCE_S = 5


async def check(redis_url: str, mongo_uri: str) -> None:
    """Ask both. Raise UsageError for an address that is none, Unreachable for a server that does not answer."""
    if not redis_url:
        raise UsageError("REDIS_URL is not set")
    async with make_client(redis_url, {"socket_timeout": _PATIENCE_S}) as redis:
        try:
            await redis.ping()
        except BusyLoadingError:
            pass  # it answers; workers wait until it has read its data
        except (RedisError, OSError) as error:
            raise Unreachable(f"Redis at {public(redis_url)} does not answer") from error
    client = await connect(mongo_uri, patience=_PATIENCE_S)
    await client.close()


if __name__ == "__main__":
    try:
        asyncio.run(check(os.environ.get("REDIS_URL", ""), os.environ.get("MONGO_URI", "")))
    except CrawlerError as error:
        print(error, file=sys.stderr)  # noqa: T201
        sys.exit(error.exit_code)
