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
_LONGEST_ASKED_S: Final = 3600.0
_HARDER: Final = frozenset({"http-429", "http-503"})


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

    def slow_down(self, url: str, seconds: float) -> None:
        """Leave the URL's host, which has become slow, alone for so long (a day at most); for all workers."""
        pause_ms = min(max(seconds, 0.0), _LONGEST_PAUSE_S) * 1000
        self._worker.send(operations.slow_down(host(url), pause_ms))

    def is_host_failing(self, url: str) -> bool:
        """Say whether the URL's host is left alone for failing, as far as this worker knows."""
        return self._worker.hosts.is_failing(host(url))

    def host_failed(self, url: str, why: str, *, asked_s: float | None = None, least_s: float = 0) -> None:
        """Leave the URL's host alone, for all workers: it fails, or asks to be left alone for ``asked_s``.

        The pause is ``asked_s`` (an hour at most), or doubles with every failure that follows a pause (10 s, 20 s …
        half an hour) and is ``least_s`` at least. Where ``why`` is ``http-429`` or ``http-503`` it is asked half as
        often afterwards too, a quarter as often after the next time, and so on; that fades by half every 8 s.
        """
        name = host(url)
        self._worker.hosts.failed(name)
        op = operations.fail_host(
            name, why, asked_ms=min(asked_s or 0.0, _LONGEST_ASKED_S) * 1000,
            least_ms=min(least_s, _LONGEST_ASKED_S) * 1000, harder=why in _HARDER,
        )  # fmt: skip
        self._worker.send(op)

    def host_answered(self, url: str) -> None:
        """Note a sound answer of the URL's host: its failures are over."""
        name = host(url)
        if self._worker.hosts.answered(name):
            self._worker.send(operations.host_is_back(name))

    def set_crawl_delay(self, url: str, seconds: float | None) -> None:
        """Set the pause between two requests that the robots.txt of the URL's host asks for; None for none."""
        delay_ms = min(max(seconds or 0.0, 0.0), _LONGEST_CRAWL_DELAY_S) * 1000
        self._worker.send(operations.crawl_delay(host(url), delay_ms))
