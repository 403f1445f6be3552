"""Several workers on this machine under one command: processes, their progress, and their end."""

from crawler.fleet.monitor import Monitor
from crawler.fleet.processes import Fleet, Worker
from crawler.fleet.progress import LineProgress, LiveProgress, Progress, WhileRead
from crawler.fleet.reports import DistinctReports
from crawler.fleet.server_supervisor import supervise_servers
from crawler.fleet.snapshot import Snapshot

__all__ = [
    "DistinctReports",
    "Fleet",
    "LineProgress",
    "LiveProgress",
    "Monitor",
    "Progress",
    "Snapshot",
    "WhileRead",
    "Worker",
    "supervise_servers",
]
