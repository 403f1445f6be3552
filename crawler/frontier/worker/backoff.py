"""How long a failed request waits for its next try."""

from __future__ import annotations

__all__ = ["retry_delay"]


def retry_delay(attempt: int, *, first: float, longest: float, after: float = 0, jitter: float = 0) -> float:
    """Return seconds: ``first``, then four times as long after every further attempt, up to ``longest``.

    ``attempt`` counts from 1. ``jitter`` (0 to 1) adds up to a quarter, so that what failed together does not
    come back together. ``after`` is what the server asked for; it is never undercut.
    """
    grown = min(longest, first * 4.0 ** min(attempt - 1, 20))
    return max(grown * (1 + jitter / 4), after)
