"""What the frontier holds of each portal, as gauges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from prometheus_client.metrics_core import Metric

__all__ = ["PORTAL_GAUGES", "PortalGauges"]

PORTAL_GAUGES: Final = {
    "unserved": "requests that are due now and that nobody fetches",
    "demand": "requests that are fetched now, and those that are due",
    "queued": "requests that wait, now or later",
    "leased": "requests that workers hold",
    "dead": "requests that were given up",
}
"""Each figure's name, and what it counts; ``crawler_frontier_NAME{portal="…"}`` is the metric."""


class PortalGauges(Collector):
    """The figures of some portals at one moment: ``{PORTAL: {NAME: number}}``, every name of PORTAL_GAUGES."""

    def __init__(self, figures: Mapping[str, Mapping[str, int]]) -> None:
        self._figures = figures

    def collect(self) -> Iterator[Metric]:
        """Yield a gauge a figure, with a sample a portal."""
        for name, what in PORTAL_GAUGES.items():
            gauge = GaugeMetricFamily(f"crawler_frontier_{name}", what, labels=["portal"])
            for portal, figures in self._figures.items():
                gauge.add_metric([portal], figures[name])
            yield gauge
