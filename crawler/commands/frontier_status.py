"""What ``scrapy frontier status`` prints: how portals stand, as a table or as JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from crawler.commands.base import show, write_json
from crawler.frontier.redis.clock import moment
from crawler.frontier.redis.status import waiting_lines

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from crawler.frontier.redis.model import PortalStatus

__all__ = ["print_json", "print_table"]

_COLUMNS: Final = (
    "ready",
    "leased",
    "delayed",
    "later",
    "failing",
    "doubtful",
    "dead",
    "undecodable",
    "seen",
    "parked",
    "parked_full",
    "run",
)


def print_json(found: Iterable[PortalStatus]) -> None:
    """Print one JSON object a portal and line. Raise what :func:`write_json` raises."""
    for status in found:
        line = {**asdict(status), "queued": status.queued, "demand": status.demand, "state": _state(status)}
        line["next_due"] = _iso(moment(status.next_due)) if status.next_due else None
        for host in line["left_alone"]:
            host.update(until=_iso(host["until"]), since=_iso(host["since"]))
        write_json(line)


def print_table(found: Iterable[PortalStatus]) -> None:
    """Print a table for people. Raise what :func:`show` raises."""
    rows: list[tuple[str, ...]] = [("portal", *_COLUMNS, "state")]
    statuses = list(found)
    rows += [
        (status.portal, *(f"{getattr(status, name):,}" for name in _COLUMNS), _state(status))
        for status in statuses
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        first, *numbers, last = row
        cells = [
            first.ljust(widths[0]),
            *(cell.rjust(width) for cell, width in zip(numbers, widths[1:-1], strict=True)),
        ]
        show("  ".join([*cells, last]))
    for status in statuses:
        for line in waiting_lines(status):
            show(f"{status.portal}: {line}")


def _state(status: PortalStatus) -> str:
    if status.paused:
        return "paused"
    if status.limit and status.claimed >= status.limit:
        return f"limit of {status.limit:,} reached"
    if not status.drained:
        return "active"
    return "failing" if status.left_alone else "drained"


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
