"""The state of a crawl at one moment."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Snapshot"]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The state of a crawl at one moment; ``at`` is monotonic seconds, counters are the whole run's.

    ``drained``: nothing is left to do now, so whoever worked on it has ended by itself.
    """

    at: float
    queued: int
    leased: int
    fetched: int
    stored: int
    failures: int
    workers: int
    unchanged: int = 0
    drained: bool = False

    @property
    def answered(self) -> int:
        """Return the pages that came, those that had not changed (304) included."""
        return self.fetched + self.unchanged

    @property
    def done(self) -> float:
        """Return the share of the requests known so far that are done, 0 to 1.

        It may fall: a crawl finds its work.
        """
        known = self.answered + self.queued + self.leased
        return self.answered / known if known else 0.0
