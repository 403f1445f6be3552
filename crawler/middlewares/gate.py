"""Long bodies wait in the network while the worker is behind with what it has."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["BIG", "Gate", "Passenger"]

BIG: Final = 1_000_000
"""Bytes of a body from which on it needs leave to go on. Hardly any real page has them."""

_AT_A_TIME: Final = 4
_POLL_S: Final = 0.1


class Passenger(Protocol):
    """A connection with a long body under way."""

    @property
    def arrived(self) -> bool:
        """Whether nothing of the body is still to come."""
        ...

    def halt(self) -> None:
        """Stop reading: the sender's window closes."""
        ...

    def go_on(self) -> None:
        """Read again."""
        ...


class Gate:
    """Lets a few long bodies through at a time, and none while ``behind()``.

    What CONCURRENT_REQUESTS times DOWNLOAD_MAXSIZE would allow is more than a worker should ever hold. A body
    that waits too long ends by its time-out and is tried again. ``later`` calls a function after seconds.
    """

    def __init__(self, behind: Callable[[], bool], later: Callable[[float, Callable[[], None]], Any]) -> None:
        self._behind = behind
        self._later = later
        self._inside: set[Passenger] = set()
        self._waiting: deque[Passenger] = deque()
        self._polling = False

    def ask(self, passenger: Passenger) -> None:
        """Let a body go on, or halt it until it may. To be called once for each."""
        if self._is_open():
            self._inside.add(passenger)
            return
        passenger.halt()
        self._waiting.append(passenger)
        self._poll()

    def _is_open(self) -> bool:
        self._inside = {passenger for passenger in self._inside if not passenger.arrived}
        return len(self._inside) < _AT_A_TIME and not self._behind()

    def _poll(self) -> None:
        if not self._polling and self._waiting:
            self._polling = True
            self._later(_POLL_S, self._look)

    def _look(self) -> None:
        self._polling = False
        while self._waiting and (self._waiting[0].arrived or self._is_open()):
            passenger = self._waiting.popleft()
            if not passenger.arrived:
                self._inside.add(passenger)
                passenger.go_on()
        self._poll()
