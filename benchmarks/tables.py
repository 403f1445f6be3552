"""The frontier's, the seen-set's and the web servers' figures as Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.frontier import Figures
from benchmarks.report import table
from benchmarks.seen import Filled
from benchmarks.server_load import Served

__all__ = ["frontier_section", "seen_section", "server_section"]


def frontier_section(found: Sequence[Figures]) -> str:
    """One row a phase and number of clients."""
    return table(
        (
            "phase",
            "client processes",
            "a second, measured",
            "Redis CPU µs each",
            "round trips each",
            "append-only file bytes each",
            "one Redis is full at",
        ),
        [
            (
                figures.phase,
                str(figures.clients),
                f"{figures.per_s:,.0f} {figures.unit}",
                f"{figures.redis_us:.1f}",
                f"{figures.trips:.3f}",
                f"{figures.aof_bytes:.0f}",
                f"{figures.full_at:,.0f} {figures.unit}/s",
            )
            for figures in found
        ],
    )


def seen_section(found: Sequence[Filled]) -> str:
    """One row a size."""
    return table(
        (
            "URLs",
            "bytes a URL",
            "of them the sets",
            "keys",
            "Redis µs a new URL",
            "µs a known one",
            "slowest call of 5,000, ms",
        ),
        [
            (
                f"{filled.urls:,}",
                f"{filled.resident:.1f}",
                f"{filled.sets:.1f}",
                f"{filled.keys:,}",
                f"{filled.add_us:.2f}",
                f"{filled.find_us:.2f}",
                f"{filled.longest_ms:.0f}",
            )
            for filled in found
        ],
    )


def server_section(found: Sequence[Served]) -> str:
    """One row a server."""
    return table(
        ("server", "pages/s (the client is the bottleneck)", "server CPU ms/page"),
        [(served.server, f"{served.per_s:,.0f}", f"{served.cpu_ms:.3f}") for served in found],
    )
