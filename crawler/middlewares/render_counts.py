"""What is counted and told of rendered pages."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.context.counters import RENDERED

if TYPE_CHECKING:
    from scrapy import Request

    from crawler.context import Counters
    from crawler.rendering.renderer import Result

__all__ = ["RenderCounts"]

logger = logging.getLogger("crawler.middlewares.render")  # one name for all that is said of rendering


@dataclass(frozen=True, slots=True)
class RenderCounts:
    """This worker's counters that begin with ``render/``, and its rendered pages by portal."""

    counters: Counters

    def add(self, name: str, number: int = 1) -> None:
        """Count something that happened."""
        self.counters.add(f"render/{name}", number)

    def add_page(self, request: Request, result: Result) -> None:
        """Count a page that a browser has filled, with all that it took."""
        self.counters.add(RENDERED, portal=request.meta.get("portal", ""))
        self.add("steps", result.steps)
        self.add("requests", result.requests)
        for reason, count in result.refused.items():
            self.add(f"refused/{reason}", count)
        if result.cut:
            self.add(f"cut/{result.cut}")
            logger.info(
                "%s: there may be more than %d steps brought (%s)", request.url, result.steps, result.cut
            )
