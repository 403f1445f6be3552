"""Scrapy's process, which also stops gracefully while its spider is still being opened."""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

from scrapy.crawler import AsyncCrawlerProcess

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

__all__ = ["GracefulProcess"]

_LOOK_EVERY_S: Final = 0.05


class GracefulProcess(AsyncCrawlerProcess):
    """Scrapy ends the reactor under a spider that is being opened when it is asked to stop.

    What its components have begun is then never ended: its leases run out a minute later, for one. Here the
    spider is opened first (for SHUTDOWN_GRACE at most), and closed like any other. A second signal ends the
    process at once, as ever; that a crawl was ended by it tells ``is_forced``.
    """

    is_forced = False

    async def stop(self) -> None:
        """Complete when all crawls have ended."""
        # no signal tells of an engine that runs
        deadline = monotonic() + self.settings.getfloat("SHUTDOWN_GRACE")
        while any(not _runs(crawler) for crawler in self.crawlers) and monotonic() < deadline:  # noqa: ASYNC110
            await asyncio.sleep(_LOOK_EVERY_S)
        await super().stop()

    def _signal_kill(self, signum: int, frame: Any) -> None:
        """Note that not all crawls had ended; called by the second signal."""
        self.is_forced = bool(self.crawlers)
        super()._signal_kill(signum, frame)


def _runs(crawler: Crawler) -> bool:
    """Return whether its engine has been started; one that could not be leaves ``crawlers`` by itself."""
    try:
        return crawler.engine.running
    except RuntimeError:  # there is none yet
        return False
