"""How hard a host may be pressed: from its refusals and failures to a pause.

A host that says so (429, 503), or that fails several times in a row, is left alone for a pause that doubles
with every further sign and is forgotten with the first sound answer. That a host becomes slow is read
elsewhere: the frontier gets the latency of every answer, from all workers, with the acknowledgement.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

__all__ = ["MAX_PAUSE_S", "Pause", "Pressure"]

MAX_PAUSE_S: Final = 3600.0
"""Seconds. The most that one answer can do to a whole host; the URL that got it may have to wait longer."""

_FIRST_S: Final = 10.0
_LONGEST_S: Final = 300.0
_FAILURES: Final = 3  # in a row: one broken page says nothing of its host


@dataclass(frozen=True, slots=True)
class Pause:
    """Leave a host alone for ``seconds``; ``reason`` is ``http-429``, ``http-503`` or ``failing``."""

    seconds: float
    reason: str


@dataclass(slots=True)
class _Host:
    failures: int = 0
    strikes: int = 0
    until: float = 0.0


class Pressure:
    """What one worker has seen of the hosts it asks. Not shared: the pauses are.

    ``now`` is any clock in seconds that does not go back. At most ``hosts`` are remembered, and only those
    that are in trouble.
    """

    def __init__(self, hosts: int = 4096) -> None:
        self._size = hosts
        self._hosts: OrderedDict[str, _Host] = OrderedDict()

    def answered(self, host: str) -> None:
        """A sound answer came: the host's troubles are over."""
        self._hosts.pop(host, None)

    def refused(self, host: str, status: int, asked_s: float | None, now: float) -> Pause | None:
        """A 429 or 503 came; ``asked_s`` is its ``Retry-After`` in seconds."""
        state = self._state(host)
        if asked_s is None:
            return self._strike(state, now, f"http-{status}")
        seconds = min(asked_s, MAX_PAUSE_S)
        if now + seconds <= state.until:
            return None
        state.until = now + seconds
        return Pause(seconds, f"http-{status}")

    def failed(self, host: str, now: float) -> Pause | None:
        """No answer came, or a 5xx."""
        state = self._state(host)
        state.failures += 1
        return self._strike(state, now, "failing") if state.failures >= _FAILURES else None

    def _strike(self, state: _Host, now: float, reason: str) -> Pause | None:
        # what was under way when the pause began tells nothing new
        if now < state.until:
            return None
        seconds = min(_FIRST_S * 2 ** min(state.strikes, 16), _LONGEST_S)
        state.strikes += 1
        state.until = now + seconds
        return Pause(seconds, reason)

    def _state(self, host: str) -> _Host:
        state = self._hosts.setdefault(host, _Host())
        self._hosts.move_to_end(host)
        if len(self._hosts) > self._size:
            self._hosts.popitem(last=False)
        return state
