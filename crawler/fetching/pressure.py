"""How hard a host may be pressed: what its answers say, for one worker.

Two signs are read. A host that fails several times in a row, or says so (429, 503), is to be left alone: for how long,
the frontier knows, which counts for all workers. A host that *has become slow*, for some seconds and without one fast
answer in between, gets a pause as long as its answers take, which about halves what is asked of it; the first fast
answer ends that. The idea is that of TCP Vegas: growing delay is congestion, seen before anything is lost. It is
conservative, since the latency that is measured holds this process's own stalls as well.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

__all__ = ["Pressure"]

_FAILURES: Final = 3  # in a row: one broken page says nothing of its host

_LEAST_SLOW_S: Final = 1.0
_SURELY_SLOW_S: Final = 8.0
_TIMES_SLOWER: Final = 4.0
_SLOW_FOR_S: Final = 5.0
_SLOW_ANSWERS: Final = 5
_LONGEST_FOR_LATENCY_S: Final = 20.0


@dataclass(slots=True)
class _Host:
    failures: int = 0
    has_answered: bool = False
    until: float = 0.0
    usual: float = 0.0
    slow: int = 0
    slow_since: float = 0.0


class Pressure:
    """What one worker has seen of the hosts it asks. Not shared: what follows from it is.

    ``now`` is any clock in seconds that does not go back. At most ``hosts`` are remembered; the one that was
    not asked for longest is forgotten first.
    """

    def __init__(self, hosts: int = 4096) -> None:
        self._size = hosts
        self._hosts: OrderedDict[str, _Host] = OrderedDict()

    def answered(self, host: str, latency_s: float, now: float) -> float | None:
        """Note a sound answer, whose head came after ``latency_s``; return the pause (s) for a host that is slow."""
        state = self._state(host)
        state.failures, state.has_answered = 0, True
        usual = state.usual or latency_s
        # follows a server that becomes faster at once, and one that stays slower over hundreds of answers
        state.usual = usual + (0.25 if latency_s < usual else 0.005) * (latency_s - usual)
        if latency_s <= _LEAST_SLOW_S or (latency_s <= _SURELY_SLOW_S and latency_s <= _TIMES_SLOWER * usual):
            state.slow = 0
            return None
        if state.slow == 0:
            state.slow_since = now
        state.slow += 1
        if state.slow < _SLOW_ANSWERS or now - state.slow_since < _SLOW_FOR_S or now < state.until:
            return None
        seconds = min(latency_s, _LONGEST_FOR_LATENCY_S)
        state.until = now + seconds
        return seconds

    def failed(self, host: str, *, known: bool = False, is_absent: bool = False) -> bool:
        """Note that no answer came, or a 5xx; whether the host is to be left alone.

        ``known``: it fails already. ``is_absent``: nobody listens there, or it has no address, or no robots.txt can be
        had; of a host that has never answered this worker one such failure says enough.
        """
        state = self._state(host)
        state.failures += 1
        return known or state.failures >= _FAILURES or (is_absent and not state.has_answered)

    def _state(self, host: str) -> _Host:
        state = self._hosts.setdefault(host, _Host())
        self._hosts.move_to_end(host)
        if len(self._hosts) > self._size:
            self._hosts.popitem(last=False)
        return state
