"""How a middleware says no: exceptions that reach the spider's errback with a reason, without a traceback."""

from __future__ import annotations

from scrapy.exceptions import IgnoreRequest

from crawler.errors import GiveUp, Retry, SkipPage

__all__ = ["Needless", "Postponed", "Refused"]


class Refused(GiveUp, IgnoreRequest):
    """This request is not made, now or later. ``reason`` is stored in ``failures``."""


class Postponed(Retry, IgnoreRequest):
    """This request is not made now, but in ``after_s`` seconds (None: after the usual pause)."""

    def __init__(self, reason: str, detail: str = "", *, after_s: float | None = None) -> None:
        super().__init__(reason, detail)
        self.after_s = after_s


class Needless(SkipPage, IgnoreRequest):
    """This request is not made: what it would bring is not wanted any more. It is only counted."""
