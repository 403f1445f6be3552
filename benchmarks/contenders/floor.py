"""Contender (d): what Scrapy needs to fetch the articles and do nothing with them."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from scrapy import Request, Spider
from scrapy.http import Response

__all__ = ["FloorSpider"]


class FloorSpider(Spider):
    """Asks for the addresses in the file ``BENCHMARK_LIST``, one a line."""

    name = "floor"

    def __init__(self) -> None:
        super().__init__()
        self._urls = Path(os.environ["BENCHMARK_LIST"]).read_text("utf-8").splitlines()

    async def start(self) -> AsyncIterator[Any]:
        for url in self._urls:
            yield Request(url, dont_filter=True)

    def parse(self, response: Response) -> None:
        """Nothing."""
