"""Long bodies wait in the network while the worker is behind with what it has."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["LONG_BODY", "BodyThrottle", "Transfer"]

LONG_BODY: Final = 1_000_000
"""Bytes of a body from which on it is throttled. Hardly any real page has them."""

_AT_A_TIME: Final = 4
_POLL_S: Final = 0.1


class Transfer(Protocol):
    """A connection with a long body under way."""

    @property
    def finished(self) -> bool:
        """Whether nothing of the body is still to come."""
        ...

    def pause(self) -> None:
        """Stop reading: the sender's window closes."""
        ...

    def resume(self) -> None:
        """Read again."""
        ...


class BodyThrottle:
    """Lets a few long bodies through at a time, and none while ``behind()``.

    What CONCURRENT_REQUESTS times DOWNLOAD_MAXSIZE would allow is more than a worker should ever hold. A body
    that waits too long ends by its time-out and is tried again. ``later`` calls a function after seconds.
    """

    def __init__(self, behind: Callable[[], bool], later: Callable[[float, Callable[[], None]], Any]) -> None:
        self._behind = behind
        self._later = later
        self._running: set[Transfer] = set()
        self._waiting: deque[Transfer] = deque()
        self._polling = False

    def admit(self, transfer: Transfer) -> None:
        """Let a body go on, or pause it until it may. To be called once for each."""
        if self._has_room():
            self._running.add(transfer)
            return
        transfer.pause()
        self._waiting.append(transfer)
        self._poll()

    def _has_room(self) -> bool:
        self._running = {transfer for transfer in self._running if not transfer.finished}
        return len(self._running) < _AT_A_TIME and not self._behind()

    def _poll(self) -> None:
        if not self._polling and self._waiting:
            self._polling = True
            self._later(_POLL_S, self._resume_some)

    def _resume_some(self) -> None:
        self._polling = False
        while self._waiting and (self._waiting[0].finished or self._has_room()):
            transfer = self._waiting.popleft()
            if not transfer.finished:
                self._running.add(transfer)
                transfer.resume()
        self._poll()
