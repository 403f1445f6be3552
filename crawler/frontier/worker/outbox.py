"""What a worker has to send to the frontier, in order."""

from __future__ import annotations

from collections import deque
from itertools import islice
from time import monotonic
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from crawler.frontier.redis.model import Op

__all__ = ["Batch", "Outbox", "SeenKey"]

SeenKey = tuple[str, str]
"""What a :class:`~crawler.frontier.worker.seen_cache.SeenCache` keeps of a push: a portal (of a run), and an id."""

_MAX_CHARACTERS: Final = 4_000_000
_LOSABLE_S: Final = 5.0
_LOSABLE: Final = 50_000
_ONCE: Final = "st"


class Batch(NamedTuple):
    """Operations under one number. The same number always stands for the same operations."""

    number: int
    ops: tuple[Op, ...]
    seen: tuple[SeenKey, ...]


class Outbox:
    """An ordered queue of operations in memory.

    Order is what makes a crash harmless: an acknowledgement stands behind the children of its page, so what
    Redis has of it is always a beginning. A batch that was taken stays at the head, unchanged, until it is
    confirmed.

    What was confirmed is kept for five seconds more: a Redis that crashes loses the last one or two of its
    append-only file (a replica that takes over, what had not reached it), and an acknowledgement that comes after
    that would stand behind children that are not there. :meth:`repeat` sends it again. All operations may be done
    twice; only pauses of hosts would add up, and are left out.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._recent: deque[tuple[float, tuple[Op, ...]]] = deque()
        self._ops: deque[tuple[Op, SeenKey | None]] = deque()
        self._batch: Batch | None = None
        self._next = 1
        self.since: float | None = None

    def __len__(self) -> int:
        return len(self._ops) + (len(self._batch.ops) if self._batch else 0)

    def put(self, op: Op, seen: SeenKey | None = None) -> None:
        """Append an operation. ``seen`` is seen when the operation is confirmed."""
        if not self._ops:
            self.since = monotonic()
        self._ops.append((op, seen))

    def batch(self) -> Batch:
        """Return the batch that is due: the one that was not confirmed yet, or a new one (maybe empty)."""
        if self._batch is None:
            taken: list[tuple[Op, SeenKey | None]] = []
            characters = 0
            while self._ops and len(taken) < self._size and characters < _MAX_CHARACTERS:
                op, seen = self._ops.popleft()
                taken.append((op, seen))
                characters += len(op[-1]) if op[0] == "p" else 64
            self.since = monotonic() if self._ops else None
            self._batch = Batch(
                self._next,
                tuple(op for op, _ in taken),
                tuple(seen for _, seen in taken if seen is not None),
            )
        return self._batch

    def confirm(self) -> Batch | None:
        """Note that the batch was done; the next one gets the next number."""
        done, self._batch = self._batch, None
        if done is not None and done.ops:
            self._next += 1
            self._remember(done.ops)
        return done

    def repeat(self) -> int:
        """Put what was confirmed lately before everything else, to be sent again; return how much that is."""
        ops = [op for _, batch in self._recent for op in batch if op[0] not in _ONCE]
        self._recent.clear()
        self._ops.extendleft((op, None) for op in reversed(ops))
        if ops:
            self.since = monotonic()
        return len(ops)

    def head(self, kinds: str) -> tuple[Op, ...]:
        """Return the operations at the head that are all of these kinds (first letters)."""
        found = []
        waiting = self._batch.ops if self._batch else (op for op, _ in islice(self._ops, self._size))
        for op in waiting:
            if op[0] not in kinds:
                break
            found.append(op)
        return tuple(found)

    def cut(self, count: int) -> None:
        """Drop so many operations from the head. Only where the batch was certainly not done."""
        if self._batch is None:
            for _ in range(count):
                self._ops.popleft()
        else:
            self._remember(self._batch.ops[:count])
            self._batch = self._batch._replace(ops=self._batch.ops[count:])

    def _remember(self, ops: tuple[Op, ...]) -> None:
        """Remember what was done, counted back from the last: while Redis is away nothing is forgotten."""
        now = monotonic()
        self._recent.append((now, ops))
        count = sum(len(batch) for _, batch in self._recent)
        while self._recent[0][0] < now - _LOSABLE_S or (count > _LOSABLE and len(self._recent) > 1):
            count -= len(self._recent.popleft()[1])
