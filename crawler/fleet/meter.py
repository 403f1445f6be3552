"""What the snapshots of a crawl come to: how fast it is, and how it went."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from crawler.fleet.snapshot import Snapshot

__all__ = ["Meter"]

_RATE_WINDOW_S: Final = 10.0


class Meter:
    """What the snapshots so far come to: the speed now, and the whole crawl in one line."""

    def __init__(self) -> None:
        self._began: float | None = None
        self._base: Snapshot | None = None
        self._recent: deque[Snapshot] = deque()

    def add(self, snapshot: Snapshot) -> None:
        """Take the next snapshot."""
        if self._began is None:
            self._began = snapshot.at
        if self._recent and snapshot.answered < self._recent[-1].answered:
            self._recent.clear()  # another run has begun
        if not self._recent:
            self._base = snapshot
        self._recent.append(snapshot)
        while len(self._recent) > 2 and snapshot.at - self._recent[0].at > _RATE_WINDOW_S:
            self._recent.popleft()

    def speed(self) -> float:
        """Return the pages a second over the last ten seconds."""
        return _speed(self._recent[0], self._recent[-1]) if self._recent else 0.0

    def elapsed(self) -> str:
        """Return the time since the first snapshot: ``MM:SS``."""
        seconds = int(self._recent[-1].at - self._began) if self._began is not None else 0
        return f"{seconds // 60:02}:{seconds % 60:02}"

    def closing_line(self) -> str:
        """Return the counters at the end, and the mean speed; empty where there was no snapshot."""
        if self._base is None:
            return ""
        last = self._recent[-1]
        unchanged = f" unchanged={last.unchanged}" if last.unchanged else ""
        return (
            f"crawl {self.elapsed()}  ended  fetched={last.fetched}{unchanged} stored={last.stored} "
            f"failures={last.failures} pages/s={_speed(self._base, last):.1f}"
        )


def _speed(first: Snapshot, last: Snapshot) -> float:
    elapsed = last.at - first.at
    return (last.answered - first.answered) / elapsed if elapsed > 0 else 0.0
