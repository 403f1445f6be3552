"""A robots.txt as the workers keep it for one another."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Final

from crawler.fetching.robots import Robots

__all__ = ["CLOSED_S", "FRESH_S", "STALE_S", "RobotsRecord"]

FRESH_S: Final = 86_400.0
"""A day: RFC 9309, 2.4."""

STALE_S: Final = 7 * 86_400.0
"""How long a copy is kept, for the case that the server cannot answer when it is old."""

CLOSED_S: Final = (60.0, 120.0, 240.0, 900.0, 3600.0)
"""After how many seconds a server that failed once, twice … is asked again."""

_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class RobotsRecord:
    """``robots`` holds until ``until`` (epoch seconds); ``failures`` counts fetches in a row that failed."""

    robots: Robots
    until: float
    failures: int = 0

    @classmethod
    def after(cls, robots: Robots, now: float, previous: RobotsRecord | None = None) -> RobotsRecord:
        """Return the record after a fetch at ``now``; ``previous`` is the one before.

        A server that fails does not close what it had opened: its last rules go on to hold meanwhile.
        """
        if robots.state != "closed":
            return cls(robots, now + FRESH_S)
        failures = previous.failures if previous is not None else 0
        pause = CLOSED_S[min(failures, len(CLOSED_S) - 1)]
        kept = previous.robots if previous is not None else robots
        return cls(kept, now + pause, failures + 1)

    def holds(self, now: float) -> bool:
        """Say whether it need not be fetched again. One that holds for more than a day has a wrong clock."""
        return now < self.until <= now + FRESH_S + 60

    def to_bytes(self) -> bytes:
        """Return it as JSON, in UTF-8."""
        return json.dumps({"v": _VERSION, **asdict(self)}, separators=(",", ":"), ensure_ascii=False).encode()

    @classmethod
    def from_bytes(cls, data: bytes | None) -> RobotsRecord | None:
        """Return what :meth:`to_bytes` wrote; None for anything else."""
        try:
            value = json.loads(data or b"null")
            if not isinstance(value, dict) or value.get("v") != _VERSION:
                return None
            given = value["robots"]
            if given["state"] not in {"open", "closed", "rules"}:
                return None
            delay = given["crawl_delay"]
            robots = Robots(
                given["state"],
                str(given["text"]),
                None if delay is None else float(delay),
                str(given.get("cause", "")),
            )
            return cls(robots, float(value["until"]), int(value["failures"]))
        except (ValueError, TypeError, KeyError):
            return None
