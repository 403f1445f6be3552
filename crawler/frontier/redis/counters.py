"""What all workers of a run have done so far, counted in Redis: for progress, summaries and exit codes.

Counters, not bookkeeping: a worker that is killed takes the counts of its last second along. What must be
exact (what is stored, what failed) is asked of MongoDB.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from crawler.frontier.redis.keys import Keys

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crawler.frontier.redis.connection import Connection

__all__ = ["RunCounters"]

_KEPT_S: Final = 7 * 86_400


class RunCounters:
    """Counters of the runs of portals: HASH ``tally:<portal>:<run>``, kept for a week."""

    def __init__(self, connection: Connection, name: str) -> None:
        self._redis = connection.redis
        self._keys = Keys(name)

    async def report(self, portal: str, run: int, who: str, counts: Mapping[str, int]) -> None:
        """Write what ``who`` has counted in this run so far, in all: writing it twice changes nothing.

        Raises what redis-py raises.
        """
        key = self._key(portal, run)
        pipe = self._redis.pipeline(transaction=False)
        pipe.hset(key, mapping={f"{who} {name}": count for name, count in counts.items()})
        pipe.expire(key, _KEPT_S)
        await pipe.execute()

    async def read(self, portal: str, run: int) -> dict[str, int]:
        """Read the counters of all so far; empty for a run that counted nothing."""
        found: Any = await self._redis.hgetall(self._key(portal, run))
        total: Counter[str] = Counter()
        for name, count in found.items():
            total[name.decode().rpartition(" ")[2]] += int(count)
        return dict(total)

    def _key(self, portal: str, run: int) -> str:
        return self._keys(f"tally:{portal}:{run}")
