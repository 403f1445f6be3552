"""The embedded Redis."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast
from urllib.parse import quote

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from crawler.stack.binaries import find_redis
from crawler.stack.ports import LOOPBACK
from crawler.stack.server import Server

if TYPE_CHECKING:
    from pathlib import Path

    from crawler.stack.place import Place

__all__ = ["RedisServer"]


class RedisServer(Server):
    """Redis on its append-only file: a kill loses nothing, a power cut the last second at most."""

    name: ClassVar[str] = "redis"
    title: ClassVar[str] = "Redis"

    def program(self) -> Path:
        """Return the server's program."""
        return find_redis()

    def options(self, place: Place) -> list[str]:
        """Return the program's arguments."""
        if place.socket is None:
            options = {"bind": LOOPBACK, "port": str(place.port)}
        else:
            # it shows where it listens, else its own path alone might be all that there is room for
            title = "redis-server {listen-addr}"
            options = {
                "port": "0",
                "unixsocket": str(place.socket),
                "unixsocketperm": "700",
                "proc-title-template": title,
            }
        options |= {
            "dir": str(self.folder),
            "pidfile": str(self.pid_file),
            "daemonize": "no",
            "appendonly": "yes",
            "appendfsync": "everysec",
            # The append-only file is the persistence; snapshots beside it would only cost a fork each.
            "save": "",
            # Full means refusing writes, which the frontier handles; evicting would forget seen URLs.
            "maxmemory-policy": "noeviction",
            # Buckets of the seen-set stay sorted arrays (9 bytes a URL) up to 1.6e7 URLs a portal.
            "set-max-intset-entries": "8192",
        }
        return [word for key, value in options.items() for word in (f"--{key}", value)]

    def url(self, place: Place) -> str:
        """Return the address for clients."""
        if place.socket is None:
            return f"redis://{LOOPBACK}:{place.port}/0"
        return f"unix://{quote(str(place.socket))}?db=0"

    def ask_pid(self, place: Place) -> int | None:
        """Return the pid of the Redis there; None while it loads its data or does not answer."""
        once = Retry(NoBackoff(), 0)
        client = redis.Redis.from_url(self.url(place), socket_timeout=2, socket_connect_timeout=2, retry=once)
        with client:
            try:
                client.ping()
                return int(cast("dict[str, int]", client.info("server"))["process_id"])
            except (redis.RedisError, OSError):
                return None

    def prepare(self, place: Place) -> bool:  # noqa: ARG002
        """Do nothing: a Redis that answers is ready."""
        return True

    def last_words(self, log: str) -> str:
        """Return the last line without its process number and time."""
        lines = [line for line in log.splitlines() if line.strip()]
        if not lines:
            return ""
        # 4242:M 23 Nov 2025 18:02:11.101 # Fatal error …
        _, mark, words = lines[-1].partition(" # ")
        return words if mark else lines[-1]
