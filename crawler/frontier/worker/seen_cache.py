"""Links that this worker need not send again: a small memory of what is on its way or confirmed."""

from __future__ import annotations

from time import monotonic
from typing import Final

__all__ = ["SeenCache", "of_run"]

_SIZE: Final = 200_000
_LISTS_S: Final = 60


class SeenCache:
    """Articles whose push Redis has confirmed or will be asked to, by portal and id.

    What waits in the outbox counts too: the outbox is ordered, so it stands before the acknowledgement of
    every page that leaves the link out now, and is sent until Redis has it.

    Bounded: two halves of which the older is dropped when the younger is full, so it holds between one and
    two times ``size`` (some 100 bytes each). Emptied when Redis lost its memory (another server, a clear),
    and after ``max_age`` seconds where the seen-set ages: what is still listed is then marked afresh there.
    """

    def __init__(self, size: int = _SIZE, max_age: float = 0) -> None:
        self._size = size
        self._max_age = max_age
        self._began = monotonic()
        self._young: set[int] = set()
        self._old: set[int] = set()
        self._expected: set[int] = set()
        self._source: tuple[int, int] | None = None

    def __len__(self) -> int:
        return len(self._young | self._old | self._expected)

    def has(self, portal: str, identifier: str) -> bool:
        """Say whether the article is certainly known to the frontier."""
        key = _key(portal, identifier)
        if key in self._young or key in self._expected:
            return True
        if key in self._old:
            self._add(key)
            return True
        return False

    def expect(self, portal: str, identifier: str) -> None:
        """Note that the article's push is in the outbox."""
        self._expected.add(_key(portal, identifier))

    def settle(self, portal: str, identifier: str, *, keep: bool = True) -> None:
        """Note that the article's push is confirmed; without ``keep`` it is forgotten (see :meth:`check`)."""
        key = _key(portal, identifier)
        self._expected.discard(key)
        if keep:
            self._add(key)

    def check(self, server: int, epoch: int) -> bool:
        """Empty the memory where it is of another server or epoch; to be called before confirming.

        False when it was emptied: then what is confirmed now may be of the old one, and is not to be kept.
        """
        source = (server, epoch)
        same = self._source in {None, source}
        if not same or (self._max_age and monotonic() - self._began > self._max_age):
            self.clear()
        self._source = source
        return same

    def clear(self) -> None:
        """Forget all that is confirmed."""
        self._young, self._old = set(), set()
        self._began = monotonic()

    def _add(self, key: int) -> None:
        if len(self._young) >= self._size:
            self._old, self._young = self._young, set()
        self._young.add(key)


def of_run(portal: str, run: int) -> str:
    """Return what stands for the portal where lists are remembered: known within a run, and for a minute.

    A worker that outlives its run (RUN_SECONDS) must not keep lists from the next one for longer than that.
    """
    return f"{portal} {run} {int(monotonic() // _LISTS_S)}"


def _key(portal: str, identifier: str) -> int:
    # 64 bits of the page's hash, told apart by portal within this process
    return int(identifier[:16], 16) ^ (hash(portal) & 0xFFFF_FFFF_FFFF_FFFF)
