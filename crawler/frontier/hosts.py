"""The time slots of hosts and sites, which all workers share."""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

from crawler.errors import Retry
from crawler.frontier.redis import operations
from crawler.urls import host, site

if TYPE_CHECKING:
    from crawler.frontier.worker.worker import Worker

__all__ = ["HostSlots"]

_LONGEST_WAIT_S: Final = 60.0
_LONGEST_PAUSE_S: Final = 86_400.0
_LONGEST_CRAWL_DELAY_S: Final = 3600.0
_TROUBLED: Final = frozenset({"http-429", "http-503"})


class HostSlots:
    """A part of :class:`~crawler.frontier.client.FrontierClient`."""

    def __init__(self, worker: Worker[Any]) -> None:
        self._worker = worker

    async def reserve_slot(self, url: str, portal: str) -> None:
        """Wait for the next turn of the URL's host and site among all workers, and take it.

        For a fetch outside the queue. Raises :class:`crawler.errors.Retry` (``host-paused``) where that would
        take more than a minute, or where this worker is being stopped.
        """
        worker, name, domain = self._worker, host(url), site(url)
        longest = min(_LONGEST_WAIT_S, worker.store.options.delay_max)
        wait = await worker.persist(
            lambda: worker.store.reserve_slot(portal, name, domain, longest_s=longest)
        )
        if wait < 0:
            raise Retry("host-paused", f"{name} is left alone for {-wait:.0f} s")
        deadline = monotonic() + wait
        while (left := deadline - monotonic()) > 0:
            if worker.stopping and left > 1:
                raise Retry("host-paused", "this worker is being stopped")
            await asyncio.sleep(min(left, 1))

    def slow_down(self, url: str, seconds: float, reason: str) -> None:
        """Leave the URL's host alone for so long (a day at most); for all workers.

        Where ``reason`` is ``http-429`` or ``http-503`` it is asked half as often afterwards too, a quarter
        as often after the next time, and so on; that fades by half every 8 s.
        """
        pause_ms = min(max(seconds, 0.0), _LONGEST_PAUSE_S) * 1000
        self._worker.send(operations.slow_down(host(url), pause_ms, harder=reason in _TROUBLED))

    def set_crawl_delay(self, url: str, seconds: float | None) -> None:
        """Set the pause between two requests that the robots.txt of the URL's host asks for; None for none."""
        delay_ms = min(max(seconds or 0.0, 0.0), _LONGEST_CRAWL_DELAY_S) * 1000
        self._worker.send(operations.crawl_delay(host(url), delay_ms))
