"""The client that an address asks for: of one server, of a cluster, of a service that sentinels watch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, urlencode

from redis.asyncio import Redis
from redis.asyncio.connection import Connection, SSLConnection

from crawler.errors import UsageError
from crawler.frontier.redis.primary import (
    Node,
    PrimaryConnection,
    PrimarySSLConnection,
    Sentinels,
    address_of,
)
from crawler.server_url import read_server_url

if TYPE_CHECKING:
    from collections.abc import Callable

    from crawler.frontier.redis.primary import Primary
    from crawler.server_url import ServerUrl

__all__ = ["make_client"]

_SENTINEL: Final = "+sentinel"
_SCHEMES: Final = ("redis", "rediss", "unix", "redis+sentinel", "rediss+sentinel")
_WANTED: Final = "Redis address (redis://HOST:PORT/0)"
_WANTED_SENTINEL: Final = "address of sentinels (redis+sentinel://HOST:PORT,HOST:PORT/SERVICE/0)"
_SENTINEL_OPTIONS: Final = {"sentinel_username": "username", "sentinel_password": "password"}
_PORT: Final = 6379
_SENTINEL_PORT: Final = 26379


def make_client(url: str | None, params: dict[str, Any]) -> Redis:
    """Return a client that has not connected yet; ``params`` replace what the address says.

    Raise UsageError that quotes nothing secret.
    """
    if not url:
        client = _built(lambda: Redis(**params), "REDIS_PARAMS cannot be used")
        return _following(client, None)
    parts = read_server_url("REDIS_URL", url, _SCHEMES, _WANTED)
    if parts.scheme.endswith(_SENTINEL):
        return _watched(parts, params)
    if len(parts.hosts) > 1:
        raise UsageError(f"REDIS_URL names several hosts, which is for an {_WANTED_SENTINEL}")
    params = {**params, **parts.user()}
    client = _built(lambda: Redis.from_url(parts.bare(), **params), f"REDIS_URL is no {_WANTED}")
    return _following(client, None)


def _watched(parts: ServerUrl, params: dict[str, Any]) -> Redis:
    """Return the client of a service: its options are those of one server."""
    path, _, query = parts.rest.partition("?")
    _, _, path = path.partition("/")
    service, _, database = path.partition("/")
    if not service or (database and not database.isdecimal()):
        raise UsageError(f"REDIS_URL is no {_WANTED_SENTINEL}")
    given = parse_qsl(query)
    rest = urlencode([(name, value) for name, value in given if name not in _SENTINEL_OPTIONS])
    scheme, host = parts.scheme.removesuffix(_SENTINEL), parts.hosts[0]
    url = f"{scheme}://{host}/{database or 0}?{rest}"
    params = {**params, **parts.user()}
    client = _built(lambda: Redis.from_url(url, **params), f"REDIS_URL is no {_WANTED_SENTINEL}")
    of_tls = {
        name: value for name, value in client.get_connection_kwargs().items() if name.startswith("ssl_")
    }
    options: dict[str, Any] = {
        _SENTINEL_OPTIONS[name]: value for name, value in given if name in _SENTINEL_OPTIONS
    }
    options |= {**of_tls, "ssl": scheme == "rediss"}
    sentinels = [address_of(sentinel, _SENTINEL_PORT) for sentinel in parts.hosts]
    return _following(client, Sentinels(sentinels, service, options))


def _following(client: Redis, primary: Primary | None) -> Redis:
    """Have its connections go where the frontier is; those over a socket stay as they are."""
    pool = client.connection_pool
    options = pool.connection_kwargs
    if pool.connection_class in (Connection, SSLConnection):
        plain = pool.connection_class is Connection
        pool.connection_class = PrimaryConnection if plain else PrimarySSLConnection
        options["primary"] = primary or Node(
            (options.get("host") or "localhost", options.get("port") or _PORT)
        )
    _built(lambda: pool.connection_class(**options), "REDIS_URL or REDIS_PARAMS cannot be used")
    return client


def _built(make: Callable[[], Any], otherwise: str) -> Any:
    """Return what it makes. Raise UsageError for what it does not take."""
    try:
        return make()
    except (ValueError, TypeError) as error:
        # of a call's arguments Python also names the function
        raise UsageError(f"{otherwise}: {str(error).rpartition('() got an ')[2]}") from error
