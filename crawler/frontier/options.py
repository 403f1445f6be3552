"""The frontier's settings, read and checked; their defaults are in ``crawler.settings.frontier``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from crawler.errors import UsageError

__all__ = ["Options", "Settings", "redis_url_of"]


class Settings(Protocol):
    """What the frontier reads of Scrapy's settings, without knowing Scrapy."""

    def get(self, name: Any, default: Any = None) -> Any:
        """Return a value as it is."""
        ...

    def getbool(self, name: Any, default: bool = False) -> bool:  # noqa: FBT001, FBT002  as Scrapy has it
        """Return a value as a truth value."""
        ...

    def getfloat(self, name: Any, default: float = 0.0) -> float:
        """Return a value as a number."""
        ...

    def getdict(self, name: Any, default: Any = None) -> Any:
        """Return a value as a dictionary."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Seconds unless a name says otherwise.

    Attributes:
        name: ``FRONTIER``. Workers with the same name share one crawl; it is the hash tag of the keys.
        lease: ``LEASE_SECONDS``. A worker that is silent for so long loses what it holds. Shorter: a crash
            is noticed sooner; longer than the longest freeze of worker or Redis: nothing is fetched twice.
        heartbeat: ``HEARTBEAT_SECONDS``, by default a third of the lease.
        hold_max: ``HOLD_MAX``. A request that takes longer than this is no longer renewed: it hangs.
        batch: ``FRONTIER_BATCH``. Operations of the outbox in one call.
        prefetch: ``FRONTIER_PREFETCH``. Requests leased ahead where no host or site has a limit.
        poll: ``FRONTIER_POLL``. How often a worker that has nothing to do asks.
        tries: ``RETRY_TIMES`` + 1 attempts, then a request is dead.
        pause, pause_max: ``RETRY_PAUSE``, ``RETRY_PAUSE_MAX``: the pause after the first failed attempt,
            four times as long after every further one, and its bound.
        poison: ``POISON_LOSSES``. A request that lost its lease so often (its worker died or hung) is dead.
        delay_max: ``DELAY_MAX``. What has to wait longer does not keep a run alive.
        patience: ``HOST_PATIENCE``. A host that has failed for so long, twice at least, does not either.
        run_max: ``RUN_SECONDS``. An interrupted run older than this is followed by a new one, which reads
            the lists again; what is queued stays queued.
        grace: ``SHUTDOWN_GRACE``. How long a stopped worker may finish what it has begun.
        seen_days: ``SEEN_DAYS``. After so many days without being listed an article is forgotten; 0: never.
        host_max, site_max: ``HOST_CONCURRENCY``, ``SITE_CONCURRENCY``: requests to a host or site at a time,
            of all workers together; 0 for no limit.
        hang: ``HANG_SECONDS``. A worker whose loop stands still for so long (a page that hangs its parser)
            prints where, and ends; 0: never.
        join_only: ``JOIN_ONLY``. Take part in the runs that are under way, and begin none (for workers that are
            added to a crawl while it needs them).
        start_urls: ``REDIS_START_URLS_KEY``, as in scrapy-redis; ``%(name)s`` is the spider's name, ``%(frontier)s``
            that of the frontier.
    """

    name: str
    lease: float
    heartbeat: float
    hold_max: float
    batch: int
    prefetch: int
    poll: float
    tries: int
    pause: float
    pause_max: float
    poison: int
    delay_max: float
    patience: float
    run_max: float
    grace: float
    seen_days: float
    host_max: int
    site_max: int
    hang: float
    join_only: bool
    start_urls: str

    @classmethod
    def from_settings(cls, settings: Settings) -> Options:
        """Return the project's settings. Raises UsageError where one is missing or a value makes no sense."""
        lease = _number(settings, "LEASE_SECONDS")
        beat = settings.get("HEARTBEAT_SECONDS")
        values: dict[str, Any] = {
            "name": _text(settings, "FRONTIER"),
            "lease": lease,
            "heartbeat": lease / 3 if beat is None else _number(settings, "HEARTBEAT_SECONDS"),
            "tries": int(_number(settings, "RETRY_TIMES")) + 1,
            "join_only": settings.getbool("JOIN_ONLY"),
            "start_urls": _text(settings, "REDIS_START_URLS_KEY"),
        }
        for field, setting in _FLOATS.items():
            values[field] = _number(settings, setting)
        for field, setting in _INTS.items():
            values[field] = int(_number(settings, setting))
        if lease <= 0 or values["heartbeat"] >= lease:
            raise UsageError("LEASE_SECONDS has to be longer than HEARTBEAT_SECONDS, and both more than 0")
        return cls(**values)


def _text(settings: Settings, name: str) -> str:
    text: str = settings.get(name)
    if not text:
        raise UsageError(f"{name} is empty")
    return text


def redis_url_of(settings: Settings) -> str:
    """Return ``REDIS_URL``, else that of ``REDIS_HOST``, ``REDIS_PORT`` and ``REDIS_DB``; empty where none is set."""
    url = str(settings.get("REDIS_URL") or "")
    host, port, database = settings.get("REDIS_HOST"), settings.get("REDIS_PORT"), settings.get("REDIS_DB")
    if url or not (host or port or database):
        return url
    return f"redis://{host or 'localhost'}:{port or 6379}/{database or 0}"


def _number(settings: Settings, name: str) -> float:
    if settings.get(name) is None:
        raise UsageError(f"{name} is not set: these are not the settings of this project")
    try:
        value = settings.getfloat(name)
    except (TypeError, ValueError):
        raise UsageError(f"{name}={settings.get(name)!r} is not a number") from None
    if value < 0:
        raise UsageError(f"{name}={value:g}: it cannot be negative")
    return value


_FLOATS = {
    "hold_max": "HOLD_MAX",
    "poll": "FRONTIER_POLL",
    "pause": "RETRY_PAUSE",
    "pause_max": "RETRY_PAUSE_MAX",
    "delay_max": "DELAY_MAX",
    "patience": "HOST_PATIENCE",
    "run_max": "RUN_SECONDS",
    "grace": "SHUTDOWN_GRACE",
    "seen_days": "SEEN_DAYS",
    "hang": "HANG_SECONDS",
}
_INTS = {
    "batch": "FRONTIER_BATCH",
    "prefetch": "FRONTIER_PREFETCH",
    "poison": "POISON_LOSSES",
    "host_max": "HOST_CONCURRENCY",
    "site_max": "SITE_CONCURRENCY",
}
