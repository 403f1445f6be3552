"""The connection to Redis: scrapy-redis's settings, with an asyncio client."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import ResponseError
from scrapy_redis import connection as scrapy_redis_connection
from scrapy_redis import defaults

from crawler.frontier.redis.primary import PrimaryConnection
from crawler.frontier.redis.redis_client import make_client
from crawler.server_url import public

if TYPE_CHECKING:
    from redis.asyncio import Redis
    from redis.asyncio.connection import AbstractConnection

    from crawler.frontier.options import Settings

__all__ = ["Connection"]

_RUN_ID: Final = re.compile(rb"run_id:([0-9a-f]+)")
_CLUSTER: Final = b"redis_mode:cluster"


class Connection:
    """A client, and whether the server behind it was ever another one.

    ``REDIS_URL``, ``REDIS_HOST``, ``REDIS_PORT``, ``REDIS_DB`` and ``REDIS_PARAMS`` are read as scrapy-redis
    reads them. A Redis that was restarted has lost up to a second of what it had acknowledged; ``servers``
    counts how many different ones this process has seen, so that what is remembered of it can be forgotten.
    ``names_servers``: it is known which one it is. ``address`` may be shown.
    """

    def __init__(self, **params: Any) -> None:
        self.servers = 0
        self.names_servers = False
        self._run_id: bytes | None = None
        url = params.pop("url", None)
        for name in ("redis_cls", "retry_on_timeout", "decode_responses"):
            params.pop(name, None)
        params["redis_connect_func"] = self._connected
        # one quick second try for a connection that was closed while it was idle; the rest is the pump's
        params["retry"] = Retry(NoBackoff(), 1, supported_errors=(RedisConnectionError,))
        self.redis: Redis = make_client(url, params)
        self.address = public(url or f"redis://{params.get('host', 'localhost')}:{params.get('port', 6379)}")

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
            about = bytes(await connection.read_response())
        except ResponseError:
            about = b""  # a user who may not ask: every new connection may be a new server
        if _CLUSTER in about and isinstance(connection, PrimaryConnection):
            await connection.learn_nodes()
        found = _RUN_ID.search(about)
        self.names_servers = found is not None
        if found is None or found[1] != self._run_id:
            self._run_id = found[1] if found else None
            self.servers += 1

    async def close(self) -> None:
        """Close all connections."""
        await self.redis.aclose()
