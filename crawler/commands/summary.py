"""The end of ``make crawl``: what is in MongoDB, by portal and channel, and the newest headlines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from rich.markup import escape
from rich.table import Table

from crawler.fetching.admission import EMPTY_LIST, LEFT_OUT, NOT_ALLOWED
from crawler.frontier.redis.status import waiting_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rich.console import Console

    from crawler.frontier.redis.model import PortalStatus
    from crawler.storage.read.summary import PortalSummary

__all__ = ["print_summary"]

ZONE: Final = ZoneInfo("Asia/Shanghai")
_MOST_HOSTS: Final = 5


def print_summary(
    console: Console,
    portals: Iterable[PortalSummary],
    names: Mapping[str, Mapping[str, str]] | None = None,
    statuses: Mapping[str, PortalStatus] | None = None,
) -> None:
    """Print one table, what failed, what waits, and the headlines.

    Args:
        console: where to.
        portals: what is in MongoDB.
        names: of each portal's channels, by their ids.
        statuses: how the frontier left the portals, by name.
    """
    summaries = list(portals)
    statuses = statuses or {}
    console.print(_table(summaries, names or {}, statuses))
    for summary in summaries:
        portal = escape(summary.portal or "(none)")
        if (status := statuses.get(summary.portal or "")) is not None:
            for line in waiting_lines(status, _MOST_HOSTS):
                console.print(f"{portal}: {escape(line)}", highlight=False, soft_wrap=True)
        for word, reasons in _failures(summary):
            counts = ", ".join(f"{count:,} {escape(reason)}" for reason, count in reasons.items())
            console.print(f"{portal} {word}: {counts}", highlight=False, soft_wrap=True)
    for summary in summaries:
        for headline in summary.headlines:
            when = (headline.published or "").replace("T", " ")[:16]
            source = f"  [dim]{escape(headline.source)}[/dim]" if headline.source else ""
            console.print(
                f"[cyan]{when:<16}[/cyan]  {escape(headline.title)}{source}", highlight=False, soft_wrap=True
            )


def _table(
    summaries: list[PortalSummary],
    names: Mapping[str, Mapping[str, str]],
    statuses: Mapping[str, PortalStatus],
) -> Table:
    table = Table(title="In MongoDB now", title_justify="left")
    table.add_column("portal")
    table.add_column("channel")
    table.add_column("articles", justify="right")
    table.add_column("newest")
    is_shown = any(summary.empty_lists for summary in summaries)
    if is_shown:
        table.add_column("empty lists", justify="right")
    failing = {portal: status.failing for portal, status in statuses.items() if status.failing}
    if failing:
        table.add_column("failing", justify="right")
    for summary in summaries:
        portal = summary.portal or "(none)"
        rows = [(row.channel, row.articles, row.newest) for row in summary.channels]
        without = summary.empty_lists.keys() - {channel for channel, _, _ in rows}
        rows += [(channel, 0, None) for channel in sorted(without, key=str)]
        for channel, articles, newest in sorted(rows, key=lambda row: row[0] is None):
            name = names.get(portal, {}).get(channel or "") or channel or "(listed by no channel)"
            when = newest.astimezone(ZONE).strftime("%Y-%m-%d %H:%M") if newest else ""
            empty = summary.empty_lists.get(channel, 0)
            cells = [escape(portal), escape(name), f"{articles:,}", when]
            table.add_row(*cells, *([f"{empty:,}" if empty else ""] if is_shown else []))
        cells = [
            f"[bold]{escape(portal)}[/bold]",
            f"[bold]all[/bold] ({summary.clusters:,} without exact copies)",
            f"[bold]{summary.articles:,}[/bold]",
            "",
        ]
        total = sum(summary.empty_lists.values())
        cells += [f"[bold]{total:,}[/bold]"] if is_shown else []
        cells += [f"[bold]{failing.get(portal, 0):,} hosts[/bold]"] if failing else []
        table.add_row(*cells, end_section=True)
    return table


def _failures(summary: PortalSummary) -> Iterator[tuple[str, dict[str, int]]]:
    """Return what failed, what may not be fetched, and what could not be rendered here; each with its reasons."""
    by_word: dict[str, dict[str, int]] = {"failed": {}, "not allowed": {}, "left out": {}}
    for reason, count in summary.failures.items():
        if reason == EMPTY_LIST:  # a column
            continue
        word = "not allowed" if reason in NOT_ALLOWED else "left out" if reason in LEFT_OUT else "failed"
        by_word[word][reason] = count
    yield from ((word, reasons) for word, reasons in by_word.items() if reasons)
