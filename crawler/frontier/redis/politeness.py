"""How fast a portal may be asked: from its profile, or from the run's own ``rate``."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Pace", "pace"]

_MARGIN_MS = 70
_SLACK_MS = 20


@dataclass(frozen=True, slots=True)
class Pace:
    """Pauses in ms between two requests to a host and to a site (0: no limit), and how many at a time.

    A request that starts late by up to ``slack`` ms does not push back the ones after it.
    """

    gap: float
    site_gap: float
    slack: float
    host_max: int
    site_max: int

    def fields(self) -> list[str | float]:
        """Return it as the frontier keeps it (``portal:<portal>``)."""
        return [
            "gap", self.gap, "site_gap", self.site_gap, "slack", self.slack,
            "host_max", self.host_max, "site_max", self.site_max,
        ]  # fmt: skip


def pace(
    rate: float, site_rate: float, *, override: float | None = None, host_max: int = 8, site_max: int = 16
) -> Pace:
    """Return the pace for requests a second for one host and for one site (0: no limit).

    ``override`` replaces both. What is promised is counted at the server: N a second means at most N in any
    second of its clock, although requests arrive a few ms earlier or later than they were meant to. So N are
    spread over a little more than a second, from two a second up.
    """
    if override is not None:
        rate = site_rate = override
    return Pace(
        gap=_gap(rate), site_gap=_gap(site_rate), slack=_SLACK_MS if rate > 1 else 0,
        host_max=host_max, site_max=site_max,
    )  # fmt: skip


def _gap(rate: float) -> float:
    if rate <= 0:
        return 0
    return (1000 + _MARGIN_MS if rate > 1 else 1000) / rate
