"""Several workers on this machine under one command: processes, their progress, and their end."""

from crawler.fleet.processes import Fleet, Worker
from crawler.fleet.progress import LineProgress, LiveProgress, Snapshot

__all__ = ["Fleet", "LineProgress", "LiveProgress", "Snapshot", "Worker"]
