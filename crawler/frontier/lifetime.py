"""How long a connection lives that extensions use after the scheduler and the pipelines were closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy import signals

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from scrapy.crawler import Crawler

__all__ = ["EngineLifetime"]


class EngineLifetime:
    """Calls ``close`` when the engine has stopped: the handlers of ``spider_closed`` may ask until then."""

    def __init__(self, crawler: Crawler, close: Callable[[], Awaitable[None]]) -> None:
        self._close = close
        self._started = False
        # not weak: the engine lets go of its scheduler before it has stopped
        crawler.signals.connect(self._engine_started, signals.engine_started, weak=False)
        crawler.signals.connect(self._engine_stopped, signals.engine_stopped, weak=False)

    async def owner_closed(self) -> None:
        """Close now where the engine has never started: it will not say that it stopped."""
        if not self._started:
            await self._close()

    def _engine_started(self) -> None:
        self._started = True

    async def _engine_stopped(self) -> None:
        await self._close()
