"""The settings of contender (c): the project's own, with nothing but the probe added."""

from __future__ import annotations

import os

from crawler import settings
from crawler.settings import *  # noqa: F403 - Scrapy reads the module's names

EXTENSIONS = {**getattr(settings, "EXTENSIONS", {}), "benchmarks.contenders.probe.Probe": 0}  # type: ignore[misc]
BENCHMARK_OUT = os.environ["BENCHMARK_OUT"]
