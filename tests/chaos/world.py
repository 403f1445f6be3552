"""One round's world: a site with some dead links, a web server that takes its time, servers, and workers."""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

from pymongo import MongoClient

from benchmarks.server import Server
from benchmarks.site import Site
from tests.chaos.servers import Pair, ReplicaSet
from tests.chaos.workers import Workers

__all__ = ["Scale", "Stage", "World"]

PORTAL = "chaos"
DEAD_LINKS = 5

_PROFILE = """\
schema = 1
family = "founder"
title = "示例新闻网"
home = "{url}/index.htm"
domains = ["127.0.0.1"]
private = true
robots = false
"""


@dataclass(frozen=True, slots=True)
class Scale:
    """How long and how hard. Seconds; ``lease`` is shorter than ``freeze``, so that leases run out in a freeze."""

    articles: int = 200
    workers: int = 3
    concurrent: int = 6
    delay: float = 0.25
    lease: float = 2.0
    freeze: float = 3.5
    outage: float = 3.0
    kills: int = 4
    limit: float = 120.0


@dataclass(slots=True)
class Stage:
    """What rounds share: the site's files and the web server, started once."""

    folder: Path
    articles: int
    delay: float
    site: Site = field(init=False)
    server: Server = field(init=False)

    def __post_init__(self) -> None:
        self.site = Site(self.articles)
        self.site.write(self.folder / "site")
        for path in self.dead_links():
            (self.folder / "site" / path.removeprefix("/")).unlink()
        self.server = Server(self.folder / "site", self.folder / "web", delay=self.delay)

    def dead_links(self) -> list[str]:
        """Articles that every list names and that are not there: what truly fails."""
        step = self.site.size // DEAD_LINKS
        return [self.site.articles[number].path for number in range(step // 2, self.site.size, step)]

    def there(self) -> dict[str, str]:
        """Path -> title of the articles that can be fetched."""
        dead = set(self.dead_links())
        return {article.path: article.title for article in self.site.articles if article.path not in dead}


class World:
    """One crawl in names of its own. ``rng`` decides all that is left to chance; ``notes`` tell what happened."""

    def __init__(
        self,
        stage: Stage,
        pair: Pair,
        folder: Path,
        rng: Random,
        scale: Scale,
        *,
        replica_set: ReplicaSet | None = None,
    ) -> None:
        self.stage = stage
        self.pair = pair
        self.rng = rng
        self.scale = scale
        self.notes: list[str] = []
        self.began = datetime.now(UTC)
        name = uuid.uuid4().hex[:12]
        self.frontier, self.database = f"chaos-{name}", f"chaos_{name}"
        self.replica_set = replica_set
        self.mongo_uri = replica_set.uri if replica_set else pair.addresses.mongo_uri
        folder.mkdir(parents=True, exist_ok=True)
        profiles = folder / "profiles"
        profiles.mkdir()
        (profiles / f"{PORTAL}.toml").write_text(_PROFILE.format(url=stage.server.url), "utf-8")
        environment = {
            **os.environ,
            "REDIS_URL": pair.addresses.redis_url,
            "MONGO_URI": self.mongo_uri,
            "MONGO_DATABASE": self.database,
            "FRONTIER": self.frontier,
            "DATA_DIR": str(pair.data_dir),
            "PORTALS_DIR": str(profiles),
        }
        self.workers = Workers(self._arguments(), environment, folder)
        self.mongo: MongoClient[dict[str, Any]] = MongoClient(self.mongo_uri, tz_aware=True)

    def _arguments(self) -> Sequence[str]:
        settings = {
            "LEASE_SECONDS": self.scale.lease,
            "CONCURRENT_REQUESTS": self.scale.concurrent,
            "CONCURRENT_REQUESTS_PER_DOMAIN": self.scale.concurrent,
            "HOST_CONCURRENCY": 0,
            "SITE_CONCURRENCY": 0,
            "LOG_LEVEL": "INFO",
            # A worker that happens to meet three of the five dead links is not a failed crawl.
            "FAILURE_THRESHOLD": 0.5,
        }
        options = [word for name, value in settings.items() for word in ("-s", f"{name}={value}")]
        return ["-a", f"portal={PORTAL}", "-a", "rate=0", *options]

    def note(self, words: str) -> None:
        """Written down with the second at which it happened."""
        self.notes.append(f"{(datetime.now(UTC) - self.began).total_seconds():5.1f} s  {words}")

    def stored(self) -> int:
        return self.mongo[self.database]["articles"].estimated_document_count()

    def when_stored(self, share: float) -> None:
        """Waits until this share of the articles is stored, so that a fault falls into the middle of the work."""
        wanted = share * len(self.stage.there())
        deadline = time.monotonic() + self.scale.limit
        while self.stored() < wanted:
            if time.monotonic() > deadline:
                raise TimeoutError(
                    f"{self.stored()} articles stored, {wanted:.0f} were waited for\n{self.words()}"
                )
            if not self.workers.running:
                raise RuntimeError(f"all workers ended with {self.stored()} articles stored\n{self.words()}")
            time.sleep(0.02)

    def pause(self, least: float, most: float) -> None:
        """A random time."""
        time.sleep(self.rng.uniform(least, most))

    def words(self) -> str:
        """The last words of every worker, for a person who wants to know why."""
        return "\n".join(
            f"--- worker {worker.number} (exit code {worker.process.poll()}) ---\n{worker.last_words()}"
            for worker in self.workers.all
        )

    def close(self) -> None:
        self.workers.end()
        self.mongo.drop_database(self.database)
        self.mongo.close()
