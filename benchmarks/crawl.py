"""The side-by-side crawl: every contender fetches the same site, in turn, several rounds, one process each."""

from __future__ import annotations

import json
import os
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, Self

import redis
from pymongo import MongoClient

from benchmarks.contenders.catalogue import Contender
from benchmarks.process import cpu_seconds, run
from benchmarks.redis_cost import RedisMeter, seen_bytes
from benchmarks.server import Server
from benchmarks.site import Site
from crawler import stack
from crawler.stack import Addresses

__all__ = ["Bench", "Result", "medians", "ratios"]

ROOT: Final = Path(__file__).resolve().parent.parent
DATABASE: Final = "bench"
LIMIT_S: Final = 600.0

_PROFILE: Final = """\
schema = 1
family = "founder"
title = "示例新闻网"
home = "{url}/index.htm"
domains = ["127.0.0.1"]
private = true
robots = false
"""


@dataclass(frozen=True, slots=True)
class Result:
    """One contender's crawl in one round; the Redis figures are None where there was no Redis.

    ``cpu_ms`` is the worker's, a page, from the spider's opening on; ``redis_cpu_us``, ``mongo_cpu_ms`` and
    ``web_cpu_ms`` are the servers', a page. ``articles`` counts those that were stored (or scraped, or fetched).
    """

    contender: str
    round: int
    pages: int
    articles: int
    pages_per_s: float
    cpu_ms: float
    crawl_s: float
    closing_s: float
    start_s: float
    peak_mb: float
    web_cpu_ms: float
    trips: float | None = None
    calls: float | None = None
    redis_cpu_us: float | None = None
    aof_bytes: float | None = None
    mongo_cpu_ms: float | None = None
    seen_bytes: float | None = None


class Bench:
    """A site, its web server, and a pair of servers in ``folder``; all of it ends with :meth:`close`."""

    def __init__(self, folder: Path, articles: int, *, own_server: bool = False) -> None:
        self.folder = folder
        self.site = Site(articles)
        self.site.write(folder / "site")
        self.server = Server(folder / "site", folder / "web", own=own_server)
        self._data = folder / "data"

    def __enter__(self) -> Self:
        self.server.__enter__()
        self.addresses: Addresses = stack.up(self._data, lambda _line: None, tcp=True)
        self.redis = redis.Redis.from_url(self.addresses.redis_url)
        self.mongo: MongoClient[dict[str, Any]] = MongoClient(self.addresses.mongo_uri)
        profiles = self.folder / "profiles"
        profiles.mkdir(exist_ok=True)
        (profiles / "bench.toml").write_text(_PROFILE.format(url=self.server.url), "utf-8")
        urls = (self.server.url + article.path for article in self.site.articles)
        (self.folder / "urls.txt").write_text("\n".join(urls), "utf-8")
        return self

    def __exit__(self, *_: object) -> None:
        self.redis.close()
        self.mongo.close()
        stack.down(self._data, lambda _line: None, force=True)
        self.server.__exit__(None, None, None)

    def measure(self, contender: Contender, number: int) -> Result:
        """One crawl on empty databases. Raises RuntimeError when an article is missing."""
        self.redis.flushall()
        self.mongo.drop_database(DATABASE)
        out, log = self.folder / "out.json", self.folder / f"{contender.key}-{number}.log"
        out.unlink(missing_ok=True)
        mongo_pid, web_before = self._mongo_pid(), cpu_seconds(self.server.pid)
        mongo_before = cpu_seconds(mongo_pid)
        meter = RedisMeter(self.redis)
        cost = run(
            [*contender.arguments, *self._options(contender, out)],
            environment=self._environment(contender, out),
            folder=self.folder,
            log=log,
            limit_s=LIMIT_S,
        )
        redis_cost = meter.stop()
        figures = json.loads(out.read_text("utf-8"))
        pages, crawl_s = int(figures["pages"]), float(figures["crawl_s"])
        self._verify(contender, figures, log)
        size, members = seen_bytes(self.redis, contender.seen) if contender.seen else (0, 0)
        stores = contender.stores
        return Result(
            contender=contender.key,
            round=number,
            pages=pages,
            articles=self._articles(contender, figures),
            pages_per_s=pages / crawl_s,
            cpu_ms=figures["crawl_cpu_s"] * 1000 / pages,
            crawl_s=crawl_s,
            closing_s=figures["closing_s"],
            start_s=cost.wall_s - crawl_s - figures["closing_s"],
            peak_mb=cost.peak_mb,
            web_cpu_ms=(cpu_seconds(self.server.pid) - web_before) * 1000 / pages,
            trips=redis_cost.trips / pages if stores else None,
            calls=redis_cost.calls / pages if stores else None,
            redis_cpu_us=redis_cost.cpu_s * 1e6 / pages if stores else None,
            aof_bytes=redis_cost.aof_bytes / pages if stores else None,
            mongo_cpu_ms=(cpu_seconds(mongo_pid) - mongo_before) * 1000 / pages if stores else None,
            seen_bytes=size / members if members else None,
        )

    def _environment(self, contender: Contender, out: Path) -> dict[str, str]:
        # Nothing of the caller's settings may leak into one contender and not into another.
        kept = {
            name: os.environ[name]
            for name in ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR")
            if name in os.environ
        }
        if contender.settings:
            kept["SCRAPY_SETTINGS_MODULE"] = contender.settings
        return kept | {
            "PYTHONPATH": os.pathsep.join(map(str, [*([contender.code] if contender.code else []), ROOT])),
            "PYTHONHASHSEED": "0",
            "REDIS_URL": self.addresses.redis_url,
            "MONGO_URI": self.addresses.mongo_uri,
            "MONGO_DATABASE": DATABASE,
            "DATA_DIR": str(self._data),
            "PORTALS_DIR": str(self.folder / "profiles"),
            "BENCHMARK_SITE": self.server.url,
            "BENCHMARK_LIST": str(self.folder / "urls.txt"),
            "BENCHMARK_OUT": str(out),
        }

    def _options(self, contender: Contender, out: Path) -> list[str]:
        if contender.settings:
            return []
        probe = json.dumps({"benchmarks.contenders.probe.Probe": 0})
        options = {"EXTENSIONS": probe, "BENCHMARK_OUT": str(out), "REDIS_URL": self.addresses.redis_url}
        return [word for name, value in options.items() for word in ("-s", f"{name}={value}")]

    def _articles(self, contender: Contender, figures: dict[str, Any]) -> int:
        if contender.stores:
            return self.mongo[DATABASE]["articles"].count_documents({})
        return int(figures["items"] if contender.follows else figures["pages"])

    def _verify(self, contender: Contender, figures: dict[str, Any], log: Path) -> None:
        found = self._articles(contender, figures)
        if found != self.site.size:
            raise RuntimeError(f"({contender.key}) has {found} of {self.site.size} articles; see {log}")

    def _mongo_pid(self) -> int:
        pid: int = self.mongo.admin.command("serverStatus")["pid"]
        return pid


def medians(results: Sequence[Result]) -> dict[str, dict[str, Any]]:
    """Return, for each contender, the median of every figure over its rounds."""
    found: dict[str, dict[str, Any]] = {}
    for key in sorted({result.contender for result in results}):
        mine = [asdict(result) for result in results if result.contender == key]
        found[key] = {
            name: statistics.median(result[name] for result in mine)
            for name, value in mine[0].items()
            if name not in {"contender", "round"} and value is not None
        }
    return found


def ratios(results: Sequence[Result], above: str, below: str, figure: str = "pages_per_s") -> list[float]:
    """Return a figure of one contender over another's, round by round."""
    values = {(result.contender, result.round): getattr(result, figure) for result in results}
    rounds = sorted({result.round for result in results})
    return [
        values[above, number] / values[below, number]
        for number in rounds
        if (above, number) in values and (below, number) in values
    ]
