"""The settings of the second floor: the project's, without the project's own components."""

from __future__ import annotations

from typing import Any

from benchmarks.contenders import ours
from benchmarks.contenders.ours import *  # noqa: F403 - Scrapy reads the module's names


def _bare(components: dict[Any, Any]) -> dict[Any, Any]:
    """What is not the project's own: Scrapy's components, switched on and off as the project has them."""
    return {
        component: order
        for component, order in components.items()
        if not str(component if isinstance(component, str) else component.__module__).startswith("crawler.")
    }


SPIDER_MIDDLEWARES = _bare(getattr(ours, "SPIDER_MIDDLEWARES", {}))  # type: ignore[misc]
DOWNLOADER_MIDDLEWARES = _bare(getattr(ours, "DOWNLOADER_MIDDLEWARES", {}))  # type: ignore[misc]
ITEM_PIPELINES = _bare(getattr(ours, "ITEM_PIPELINES", {}))  # type: ignore[misc]
EXTENSIONS = _bare(getattr(ours, "EXTENSIONS", {}))  # type: ignore[misc]
# What the project counts in its place is gone; the probe reads its counters.
EXTENSIONS.pop("scrapy.extensions.corestats.CoreStats", None)
