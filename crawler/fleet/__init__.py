"""Several workers on this machine under one command: processes, their progress, and their end."""

from crawler.fleet.news import News
from crawler.fleet.processes import Fleet, Worker
from crawler.fleet.progress import LineProgress, LiveProgress, Progress, Snapshot, WhileRead
from crawler.fleet.upkeep import keep_up
from crawler.fleet.watch import Watch

__all__ = [
    "Fleet",
    "LineProgress",
    "LiveProgress",
    "News",
    "Progress",
    "Snapshot",
    "Watch",
    "WhileRead",
    "Worker",
    "keep_up",
]
