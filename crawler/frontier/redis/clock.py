"""The one clock of all workers: Redis's."""

from __future__ import annotations

from datetime import UTC, datetime
from time import monotonic

__all__ = ["FrontierClock", "clock_time", "moment"]

_TRUSTED_S = 1.0
_LAST = datetime(9999, 1, 1, tzinfo=UTC)


class FrontierClock:
    """Redis's time at the last answer, plus what has elapsed on this machine since.

    The machine's own clock is never asked, so a worker whose clock is wrong stores right times.
    """

    def __init__(self) -> None:
        self._epoch: float | None = None

    def set(self, server_ms: float, sent: float, received: float) -> None:
        """Set it by an answer's ``server_ms``; its call was sent and it was received at these monotonic seconds.

        An answer that took long says little: either side may have been frozen before or after the time was
        taken. It only counts while there is no better one.
        """
        if received - sent <= _TRUSTED_S or self._epoch is None:
            self._epoch = server_ms / 1000 - (sent + received) / 2

    def now(self) -> datetime:
        """Return the time now, aware, in UTC. Raises RuntimeError before the first answer."""
        return datetime.fromtimestamp(self.seconds(), UTC)

    def seconds(self) -> float:
        """Return the seconds since the epoch. Raises RuntimeError before the first answer."""
        if self._epoch is None:
            raise RuntimeError("the frontier is not open")
        return self._epoch + monotonic()


def clock_time(moment: datetime) -> str:
    """Write a moment as the clock of this machine's zone shows it, for a person."""
    return moment.astimezone().strftime("%Y-%m-%d %H:%M:%S")


def moment(ms: float | bytes) -> datetime:
    """Return a time of the scripts (ms) as a datetime in UTC; the last of all for one that is too far away."""
    try:
        return datetime.fromtimestamp(float(ms) / 1000, UTC)
    except (OverflowError, ValueError, OSError):
        return _LAST
