"""``Retry-After``: how long a server asks to be left alone (RFC 9110, 10.2.3)."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

__all__ = ["MAX_PAUSE_S", "retry_after"]

MAX_PAUSE_S: Final = 86_400.0
"""A day. A server that asks for more is asked again tomorrow: the header may be a mistake, or a trap."""


def retry_after(value: str | None, *, now: datetime, date: str | None = None) -> float | None:
    """Return seconds to wait, between 0 and :data:`MAX_PAUSE_S`; None where the header is missing or says nothing.

    ``value`` is a number of seconds or an HTTP date. A date is measured against the response's own ``Date``
    header (``date``) where that can be read, since the two come from one clock; else against ``now`` (UTC).
    """
    text = (value or "").strip()
    if not text:
        return None
    seconds = _number(text)
    if seconds is None:
        moment = _date(text)
        if moment is None:
            return None
        seconds = (moment - (_date(date) or now)).total_seconds()
    return min(max(seconds, 0.0), MAX_PAUSE_S)


def _number(text: str) -> float | None:
    """Return delay-seconds; a fraction, which some servers send although the grammar has none, is read too."""
    whole, _, fraction = text.partition(".")
    if not (whole.isascii() and whole.isdigit()) or (
        fraction and not (fraction.isascii() and fraction.isdigit())
    ):
        return None
    return float(text) if len(whole) < 10 else MAX_PAUSE_S


def _date(text: str | None) -> datetime | None:
    if not text or len(text) > 100:
        return None
    try:
        moment = parsedate_to_datetime(text)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
