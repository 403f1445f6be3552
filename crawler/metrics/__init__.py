"""Figures for Prometheus, and the small HTTP server that answers with them.

The package knows neither the queue nor Scrapy: whoever has figures gives them to it. Import it only where
something is served, since HTTP costs every other command 0.4 s.
"""

from crawler.metrics.portals import PORTAL_GAUGES, PortalGauges
from crawler.metrics.server import HttpServer, metrics_handler

__all__ = ["PORTAL_GAUGES", "HttpServer", "PortalGauges", "metrics_handler"]
