"""What the frontier has to know of Scrapy's engine that Scrapy does not offer.

The only file that touches private names. A request is finished when it has left ``engine._slot.inprogress``:
the engine takes it out after its callback is drained, every child is scheduled and every item is through the
pipelines, and for a redirect after the new request is enqueued. tests/contract/ holds Scrapy to that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scrapy import __version__ as scrapy_version

from crawler.errors import UsageError
from crawler.frontier.requests import codec
from crawler.frontier.worker.engine import Room

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from scrapy import Request
    from scrapy.core.engine import ExecutionEngine
    from scrapy.crawler import Crawler

__all__ = ["ScrapyEngine", "check", "is_closing"]


def check(engine: ExecutionEngine | None) -> None:
    """Raise UsageError where this Scrapy lacks one of the names that are used below."""
    slot: Any = getattr(engine, "_slot", None)
    call: Any = getattr(slot, "nextcall", None)
    downloader: Any = getattr(engine, "downloader", None)
    missing = [
        name
        for name, found in (
            ("engine._slot.inprogress", isinstance(getattr(slot, "inprogress", None), set)),
            ("engine._slot.closing", hasattr(slot, "closing")),
            ("engine._slot.nextcall.schedule", callable(getattr(call, "schedule", None))),
            ("engine._slot._maybe_fire_closing", callable(getattr(slot, "_maybe_fire_closing", None))),
            ("engine.needs_backout", callable(getattr(engine, "needs_backout", None))),
            ("engine.downloader.active", hasattr(downloader, "active")),
            ("engine.downloader.total_concurrency", hasattr(downloader, "total_concurrency")),
        )
        if not found
    ]  # fmt: skip
    if missing:
        raise UsageError(
            f"Scrapy {scrapy_version} has no {missing[0]}, by which the frontier knows that a page is done: "
            "install the version in requirements.txt"
        )


def is_closing(engine: ExecutionEngine) -> bool:
    """Say whether the spider is being closed: nothing more is asked for."""
    return engine._slot is None or engine._slot.closing is not None  # noqa: SLF001


class ScrapyEngine:
    """Scrapy's engine, as a :class:`~crawler.frontier.worker.worker.Worker` sees it.

    ``callback`` and ``errback`` serve every request. Raises UsageError where this Scrapy lacks what is needed.
    """

    def __init__(
        self, crawler: Crawler, callback: Callable[..., Any] | None, errback: Callable[..., Any] | None
    ) -> None:
        engine = crawler.engine
        check(engine)
        assert engine is not None
        self._engine = engine
        self._stats = crawler.stats
        self._callback = callback
        self._errback = errback

    def room(self) -> Room | None:
        """Return what it has room for; None while it is paused, or when it is closing."""
        engine = self._engine
        if engine.paused or is_closing(engine):
            return None
        limit = engine.downloader.total_concurrency
        if engine.scraper.slot is None or engine.needs_backout():  # None: it is still opening
            free = 0
        else:
            free = max(0, limit - len(engine.downloader.active)) if limit else 100
        return Room(free, limit or 100)

    def is_closing(self) -> bool:
        """Say whether the spider is being closed."""
        return is_closing(self._engine)

    def unfinished(self) -> Collection[Request]:
        """Return the requests that it works on: not one of them may be acknowledged."""
        slot = self._engine._slot  # noqa: SLF001
        return slot.inprogress if slot is not None else ()

    def wake(self) -> None:
        """Have it ask for the next request now, and not at its heartbeat every five seconds."""
        slot = self._engine._slot  # noqa: SLF001
        if slot is not None and slot.closing is None:
            slot.nextcall.schedule()

    def abandon(self, requests: Iterable[Request]) -> None:
        """Let it end, when it is closing, without waiting for these; their leases have been given back."""
        slot = self._engine._slot  # noqa: SLF001
        if slot is not None:
            slot.inprogress.difference_update(requests)
            if slot.closing is not None and not slot.closing.called:
                slot._maybe_fire_closing()  # noqa: SLF001

    def decode(self, payload: bytes) -> Request:
        """Return the request of a payload. Raises Undecodable or Newer."""
        return codec.decode(payload, callback=self._callback, errback=self._errback)

    def count(self, name: str, count: int = 1) -> None:
        """Add to a counter of Scrapy's stats."""
        if count and self._stats is not None:
            self._stats.inc_value(f"frontier/{name}", count)
