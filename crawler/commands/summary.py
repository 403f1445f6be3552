"""The end of ``make crawl``: what is in MongoDB, by portal and channel, and the newest headlines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from rich.markup import escape
from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rich.console import Console

    from crawler.storage.summary import PortalSummary

__all__ = ["print_summary"]

ZONE: Final = ZoneInfo("Asia/Shanghai")


def print_summary(
    console: Console, portals: Iterable[PortalSummary], names: Mapping[str, Mapping[str, str]] | None = None
) -> None:
    """Print one table and the headlines. ``names``: of each portal's channels, by their ids."""
    summaries = list(portals)
    console.print(_table(summaries, names or {}))
    for summary in summaries:
        for headline in summary.headlines:
            when = (headline.published or "").replace("T", " ")[:16]
            source = f"  [dim]{escape(headline.source)}[/dim]" if headline.source else ""
            console.print(f"[cyan]{when:<16}[/cyan]  {escape(headline.title)}{source}", soft_wrap=True)


def _table(summaries: list[PortalSummary], names: Mapping[str, Mapping[str, str]]) -> Table:
    table = Table(title="In MongoDB now", title_justify="left")
    table.add_column("portal")
    table.add_column("channel")
    table.add_column("articles", justify="right")
    table.add_column("newest")
    for summary in summaries:
        portal = summary.portal or "(none)"
        for row in summary.channels:
            name = (
                names.get(portal, {}).get(row.channel or "")
                or row.channel
                or "(lists around articles, sitemaps)"
            )
            newest = row.newest.astimezone(ZONE).strftime("%Y-%m-%d %H:%M") if row.newest else ""
            table.add_row(escape(portal), escape(name), f"{row.articles:,}", newest)
        failed = ", ".join(f"{count:,} {reason}" for reason, count in summary.failures.items())
        table.add_row(
            f"[bold]{escape(portal)}[/bold]",
            f"[bold]all[/bold], {summary.clusters:,} without copies"
            + (f"; failed: {escape(failed)}" if failed else ""),
            f"[bold]{summary.articles:,}[/bold]",
            "",
            end_section=True,
        )
    return table
