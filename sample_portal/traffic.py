"""Checks the log of a crawl: what must not have been asked for, and what was asked for twice."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sample_portal.addresses import Addresses
from sample_portal.faults import Faults, Trap, forbidden, trap_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sample_portal.log import Request
    from sample_portal.world import World

__all__ = ["RequestReport", "check_requests"]

#: How many requests of one endless trap are still reasonable.
TRAP_LIMIT = 60


@dataclass(slots=True)
class RequestReport:
    """What the portal saw of a crawl.

    ``twice`` counts full answers (200) to the pages of an article beyond the first, whatever the URL's form;
    ``odd`` are the answers 200 to an article under another URL than its own.
    """

    total: int = 0
    articles: int = 0
    lists: int = 0
    forbidden: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    twice: dict[str, int] = field(default_factory=dict)
    odd: list[str] = field(default_factory=list)
    traps: Counter[Trap] = field(default_factory=Counter)

    @property
    def problems(self) -> list[str]:
        """One line for each thing that must not happen; empty if nothing did."""
        found = []
        if self.forbidden:
            found.append(f"{len(self.forbidden)} requests under a Disallow: {self.forbidden[0]}")
        if self.foreign:
            found.append(f"{len(self.foreign)} requests to other hosts: {self.foreign[0]}")
        if self.twice:
            found.append(f"{len(self.twice)} articles were fetched twice: {next(iter(self.twice))}")
        found += [
            f"{count} requests in the {trap} trap" for trap, count in self.traps.items() if count > TRAP_LIMIT
        ]
        return found

    def text(self) -> str:
        """Return the report for a person."""
        traps = ", ".join(f"{trap} {count}" for trap, count in sorted(self.traps.items())) or "none"
        pages = f"{self.articles} article pages, {self.lists} list pages, {len(self.odd)} under another URL"
        refused = (
            f"{len(self.forbidden)} disallowed, {len(self.foreign)} foreign, {len(self.twice)} articles twice"
        )
        lines = [
            f"requests   {self.total}: {pages}",
            f"traps      {traps}",
            f"refused    {refused}",
        ]
        return "\n".join(lines + [f"  problem   {problem}" for problem in self.problems])


def check_requests(world: World, requests: Iterable[Request]) -> RequestReport:
    """Check the requests of one or more crawls of ``world`` against its rules."""
    addresses, faults, report = Addresses(world), Faults(world), RequestReport()
    fetched: Counter[str] = Counter()
    for request in requests:
        report.total += 1
        if request.foreign:
            report.foreign.append(f"{request.method} {request.url}")
            continue
        if forbidden(world.portal, request.url) or request.url in faults.disallowed:
            report.forbidden.append(request.url)
        trap = trap_of(request.url)
        if trap:
            report.traps[trap] += 1
        place = addresses.find(request.url)
        if place is None or request.status != 200:
            continue
        if place.article is None:
            report.lists += 1
            continue
        report.articles += 1
        own = place.article.pages[place.page - 1]
        fetched[own] += 1
        if request.url != own:
            report.odd.append(request.url)
    report.twice = {url: count for url, count in fetched.items() if count > 1}
    return report
