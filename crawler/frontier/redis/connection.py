"""The connection to Redis: scrapy-redis's settings, with an asyncio client."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import AuthenticationError, OutOfMemoryError, RedisError, ResponseError
from redis.exceptions import ConnectionError as RedisConnectionError
from scrapy_redis import connection as scrapy_redis_connection
from scrapy_redis import defaults

from crawler.errors import UsageError

if TYPE_CHECKING:
    from redis.asyncio.connection import AbstractConnection

    from crawler.frontier.options import Settings

__all__ = ["Connection", "describe", "is_full"]

_RUN_ID: Final = re.compile(rb"run_id:([0-9a-f]+)")


class Connection:
    """A client, and whether the server behind it was ever another one.

    ``REDIS_URL``, ``REDIS_HOST``, ``REDIS_PORT``, ``REDIS_DB`` and ``REDIS_PARAMS`` are read as scrapy-redis
    reads them. A Redis that was restarted has lost up to a second of what it had acknowledged; ``servers``
    counts how many different ones this process has seen, so that what is remembered of it can be forgotten.
    """

    def __init__(self, **params: Any) -> None:
        self.servers = 0
        self._run_id: bytes | None = None
        url = params.pop("url", None)
        for name in ("redis_cls", "retry_on_timeout", "decode_responses"):
            params.pop(name, None)
        params["redis_connect_func"] = self._connected
        # one quick second try for a connection that was closed while it was idle; the rest is the pump's
        params["retry"] = Retry(NoBackoff(), 1, supported_errors=(RedisConnectionError,))
        try:
            self.redis: Redis = Redis.from_url(url, **params) if url else Redis(**params)
        except (ValueError, TypeError) as error:
            raise UsageError(f"REDIS_URL or REDIS_PARAMS: {error}") from error
        self.address = _address(url, params)

    @classmethod
    def from_settings(cls, settings: Settings) -> Connection:
        """Read scrapy-redis's settings. Raises UsageError where the URL is none."""
        params: dict[str, Any] = {**defaults.REDIS_PARAMS, "socket_timeout": 10, "socket_connect_timeout": 5}
        params |= settings.getdict("REDIS_PARAMS")
        for name, param in scrapy_redis_connection.SETTINGS_PARAMS_MAP.items():
            if value := settings.get(name):
                params[param] = value
        return cls(**params)

    async def _connected(self, connection: AbstractConnection) -> None:
        await connection.on_connect()
        await connection.send_command("INFO", "server")
        try:
            found = _RUN_ID.search(bytes(await connection.read_response()))
        except ResponseError:
            found = None  # a user who may not ask: every new connection may be a new server
        if found is None or found[1] != self._run_id:
            self._run_id = found[1] if found else None
            self.servers += 1

    async def close(self) -> None:
        """Close all connections."""
        await self.redis.aclose()


def is_full(error: BaseException) -> bool:
    """Say whether Redis refused a call because it is out of memory: nothing was done."""
    return isinstance(error, OutOfMemoryError) or (isinstance(error, ResponseError) and "OOM" in str(error))


def describe(error: BaseException) -> str:
    """Say what is wrong with Redis, for a person."""
    if is_full(error):
        return "Redis is out of memory (maxmemory)"
    if isinstance(error, AuthenticationError) or "NOAUTH" in str(error) or "HELLO must be" in str(error):
        return "Redis wants another user or password"
    if isinstance(error, ResponseError):
        return f"Redis refuses: {str(error)[:200]}"
    if isinstance(error, (RedisError, OSError)):
        return f"Redis does not answer ({str(error)[:200]})"
    return f"{type(error).__name__}: {error}"


def _address(url: str | None, params: dict[str, Any]) -> str:
    """Say where it is, without its password."""
    if not url:
        return f"{params.get('host', 'localhost')}:{params.get('port', 6379)}"
    parts = urlsplit(url)
    return parts.hostname + (f":{parts.port}" if parts.port else "") if parts.hostname else parts.path
