"""The side-by-side crawl as Markdown."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.contenders.catalogue import CONTENDERS
from benchmarks.crawl import Result, medians, ratios
from benchmarks.report import machine, table

__all__ = ["compared_section", "crawl_section"]

_RATIOS = (
    ("c", "b", "this project over scrapy-redis"),
    ("c", "a", "this project over Scrapy alone"),
    ("c", "d1", "share of the floor at Scrapy's defaults"),
    ("c", "d2", "share of the floor at this project's settings"),
)
_COMPARED = (
    ("pages_per_s", "pages/s", ".0f"),
    ("cpu_ms", "CPU ms/page", ".2f"),
    ("trips", "Redis round trips/page", ".3f"),
    ("calls", "Redis commands/page", ".1f"),
    ("redis_cpu_us", "Redis CPU µs/page", ".0f"),
    ("aof_bytes", "Redis log bytes/page", ".0f"),
    ("seen_bytes", "Redis bytes/seen URL", ".1f"),
    ("mongo_cpu_ms", "MongoDB CPU ms/page", ".2f"),
    ("peak_mb", "peak MB", ".0f"),
)


def crawl_section(results: Sequence[Result], *, articles: int, list_pages: int, served: str) -> str:
    """Two tables and the ratios. ``served`` names the web server."""
    found = medians(results)
    rounds = max(result.round for result in results)
    of = machine()
    intro = (
        f"{articles:,} articles and {list_pages} list pages, served by {served}; {rounds} interleaved round(s), "
        f"medians. {of['cpu']}, {of['cores']} cores, Python {of['python']}, Scrapy {of['versions']['Scrapy']}."
    )
    main = table(
        (
            "",
            "contender",
            "pages/s",
            "CPU ms/page",
            "Redis round trips/page",
            "Redis bytes/seen URL",
            "peak MB",
        ),
        [
            (
                f"({contender.key})",
                contender.title,
                f"{found[contender.key]['pages_per_s']:.0f}",
                f"{found[contender.key]['cpu_ms']:.2f}",
                _number(found[contender.key], "trips", ".2f"),
                _number(found[contender.key], "seen_bytes", ".0f"),
                f"{found[contender.key]['peak_mb']:.0f}",
            )
            for contender in CONTENDERS
            if contender.key in found
        ],
    )
    pairs = [
        (f"({above}) / ({below}): {words}", f"{statistics.median(values):.2f}", _all(values))
        for above, below, words in _RATIOS
        if (values := ratios(results, above, below))
    ]
    compared = table(("ratio of pages/s", "median", "rounds"), pairs) if pairs else ""
    servers = table(
        (
            "",
            "articles",
            "Redis commands/page",
            "Redis CPU µs/page",
            "Redis log bytes/page",
            "MongoDB CPU ms/page",
            "web server CPU ms/page",
            "s to notice the end",
        ),
        [
            (
                f"({key})",
                f"{values['articles']:.0f}",
                _number(values, "calls", ".1f"),
                _number(values, "redis_cpu_us", ".0f"),
                _number(values, "aof_bytes", ".0f"),
                _number(values, "mongo_cpu_ms", ".2f"),
                f"{values['web_cpu_ms']:.2f}",
                f"{values['closing_s']:.1f}",
            )
            for key, values in found.items()
        ],
    )
    return "\n\n".join(part for part in (intro, main, compared, servers) if part)


def compared_section(results: Sequence[Result], *, name: str, articles: int) -> str:
    """Both commits' figures and what one is of the other. ``name`` is the earlier commit's."""
    found = medians(results)
    rounds = max(result.round for result in results)
    rows: list[tuple[str, ...]] = []
    for figure, words, form in _COMPARED:
        of = ratios(results, "c", "c0", figure)
        before, after = found["c0"][figure], found["c"][figure]
        rows.append(
            (words, format(before, form), format(after, form), f"{statistics.median(of):.2f}", _all(of))
        )
    for below in ("b", "d2"):
        before, after = (ratios(results, key, below) for key in ("c0", "c"))
        if after:
            medium = statistics.median(before), statistics.median(after)
            rows.append((f"(c) / ({below})", *(f"{value:.2f}" for value in medium), "", ""))
    intro = (
        f"{articles:,} articles, {rounds} round(s), the two in turn on the same site and servers; "
        "medians, and the later commit's share of the earlier one's."
    )
    return f"{intro}\n\n{table(('', f'at {name}', 'now', 'now / before', 'rounds'), rows)}"


def _number(values: Mapping[str, Any], name: str, form: str) -> str:
    return format(values[name], form) if name in values else "-"


def _all(values: Sequence[float]) -> str:
    return ", ".join(f"{value:.2f}" for value in values)
