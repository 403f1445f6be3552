"""Both servers together: what commands call."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from crawler.errors import Unreachable, UsageError
from crawler.stack.addresses import Addresses, Announce
from crawler.stack.lock import exclusive
from crawler.stack.mongo_server import MongoServer
from crawler.stack.redis_server import RedisServer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crawler.stack.server import Server, State

__all__ = ["down", "ensure", "revive", "status", "up"]

LOCK_S = 400.0
"""How long to wait for another command that starts the servers: longer than a start may take."""


def ensure(
    data_dir: Path,
    *,
    redis_url: str | None,
    mongo_uri: str | None,
    announce: Announce,
    may_start: bool = True,
    tcp: bool = False,
    sockets: Path | None = None,
) -> Addresses:
    """Return the two addresses: those given, else those of the embedded servers of ``data_dir``, started if need be.

    Any number of processes may call it at once; they get the same servers. What was started is announced in one
    line and left running; it listens on sockets in ``data_dir`` (in ``sockets`` where that path is too long), or with
    ``tcp`` on ports of loopback. Given addresses are not tried (see :mod:`crawler.commands.server_checks`).

    Raise UsageError where an address is missing and no server may be started (``may_start=False``) or none
    is installed, Unreachable where one does not come up.
    """
    if redis_url and mongo_uri:
        return Addresses(redis_url, mongo_uri)
    if not may_start:
        missing = " and ".join(
            name for name, value in (("REDIS_URL", redis_url), ("MONGO_URI", mongo_uri)) if not value
        )
        raise UsageError(f"{missing} must be set here: a job of scrapyd starts no servers")
    started: list[str] = []
    with _locked(data_dir):
        if not redis_url:
            redis_url = _start(RedisServer(data_dir, sockets), started, tcp=tcp)
        if not mongo_uri:
            mongo_uri = _start(MongoServer(data_dir, sockets), started, tcp=tcp)
    if started:
        announce(f"started {' and '.join(started)} in {data_dir} (scrapy stack down ends what runs there)")
    return Addresses(redis_url, mongo_uri)


def up(data_dir: Path, announce: Announce, *, tcp: bool = False) -> Addresses:
    """Start whichever of the two does not run."""
    return ensure(data_dir, redis_url=None, mongo_uri=None, announce=announce, tcp=tcp)


def status(data_dir: Path) -> tuple[State, State]:
    """Return how Redis and MongoDB of the folder are; nothing is started or created."""
    return RedisServer(data_dir).state(), MongoServer(data_dir).state()


def revive(
    data_dir: Path, *, redis: bool, mongo: bool, announce: Announce, sockets: Path | None = None
) -> None:
    """Start those of the two that ended without having been told to, where they were; what ``down`` has ended stays so.

    Raise Unreachable where one does not come up (yet: its disk may be full still).
    """
    wanted: list[Server] = []
    wanted += [RedisServer(data_dir, sockets)] if redis else []
    wanted += [MongoServer(data_dir, sockets)] if mongo else []
    if not any(server.crashed() for server in wanted):
        return
    with _locked(data_dir):
        for server in wanted:
            if server.crashed():
                server.start(tcp=None)
                announce(f"{server.title} had ended by itself and was started again (its log: {server.log})")


def down(data_dir: Path, announce: Announce, *, force: bool = False) -> None:
    """End both, gracefully; fine when none runs. ``force`` kills one that does not end in ten seconds."""
    if not data_dir.exists():
        return
    servers = (RedisServer(data_dir), MongoServer(data_dir))
    with _locked(data_dir):
        ended = [server.title for server in servers if server.stop(force=force)]
    if ended:
        announce(f"ended {' and '.join(ended)} of {data_dir}; the data stays")


@contextmanager
def _locked(data_dir: Path) -> Iterator[None]:
    """Hold the folder's lock; a disk that is full or a folder that is not ours becomes one clear line."""
    try:
        run = data_dir / "run"
        run.mkdir(parents=True, exist_ok=True, mode=0o700)
        with exclusive(run / "stack.lock", patience_s=LOCK_S):
            yield
    except OSError as error:
        where = error.filename or data_dir
        raise Unreachable(f"cannot run servers in {data_dir}: {where}: {error.strerror or error}") from error


def _start(server: Server, started: list[str], *, tcp: bool) -> str:
    url, new = server.start(tcp=tcp)
    if new:
        started.append(server.title)
    return url
