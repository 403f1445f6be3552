"""The contenders: how each one's worker is called, and what may be read of it afterwards."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

__all__ = ["CONTENDERS", "Contender", "at_revision"]

HERE: Final = Path(__file__).resolve().parent

# Scrapy's defaults, but as many requests in flight as the others, and no debug log.
_DEFAULTS: Final = (
    "-s",
    "CONCURRENT_REQUESTS=32",
    "-s",
    "CONCURRENT_REQUESTS_PER_DOMAIN=32",
    "-s",
    "LOG_LEVEL=INFO",
)
_REDIS: Final[Mapping[str, str]] = {
    "SCHEDULER": "scrapy_redis.scheduler.Scheduler",
    "DUPEFILTER_CLASS": "scrapy_redis.dupefilter.RFPDupeFilter",
    "SCHEDULER_PERSIST": "1",  # else it would delete its seen-set before that could be measured
    "ITEM_PIPELINES": json.dumps({"benchmarks.contenders.plain.UpdateOne": 100}),
}


@dataclass(frozen=True, slots=True)
class Contender:
    """``arguments`` follow ``python -m scrapy``.

    ``settings`` names the settings module (None: Scrapy's defaults); ``seen`` matches the keys of the seen-set;
    ``follows`` says that list pages are crawled too; ``stores`` that the articles are in MongoDB afterwards;
    ``code`` is a folder whose ``crawler`` is imported instead of this project's.
    """

    key: str
    title: str
    arguments: tuple[str, ...]
    settings: str | None = None
    seen: str | None = None
    follows: bool = True
    stores: bool = False
    code: Path | None = None


CONTENDERS: Final = (
    Contender(
        "a",
        "Scrapy, in memory, `LinkExtractor`, four CSS fields, nothing stored",
        ("runspider", str(HERE / "plain.py"), *_DEFAULTS),
    ),
    Contender(
        "b",
        "Scrapy + scrapy-redis 0.9.1, the same spider, one `update_one` an item",
        (
            *("runspider", str(HERE / "plain.py"), *_DEFAULTS),
            *(word for name, value in _REDIS.items() for word in ("-s", f"{name}={value}")),
        ),
        seen="links:dupefilter",
        stores=True,
    ),
    Contender(
        "c",
        "this project, everything on (archive off)",
        ("crawl", "portal", "-a", "portal=bench", "-a", "rate=0"),
        settings="benchmarks.contenders.ours",
        seen="*:seen:*",
        stores=True,
    ),
    Contender(
        "d1",
        "floor: the articles fetched from a list, Scrapy's defaults",
        ("runspider", str(HERE / "floor.py"), *_DEFAULTS),
        follows=False,
    ),
    Contender(
        "d2",
        "floor at this project's settings",
        ("runspider", str(HERE / "floor.py")),
        settings="benchmarks.contenders.ours_bare",
        follows=False,
    ),
)


def at_revision(name: str, folder: Path) -> Contender:
    """Return contender (c) as it was at the commit called ``name``, whose code is in ``folder``."""
    ours = next(contender for contender in CONTENDERS if contender.key == "c")
    return replace(ours, key="c0", title=f"this project at {name}", code=folder)
