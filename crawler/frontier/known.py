"""Links that this worker need not send again: a small memory of what is confirmed."""

from __future__ import annotations

from time import monotonic
from typing import Final

__all__ = ["KnownLinks"]

_SIZE: Final = 200_000


class KnownLinks:
    """Articles whose push Redis has confirmed, by portal and id.

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
        self._source: tuple[int, int] | None = None

    def __len__(self) -> int:
        return len(self._young | self._old)

    def has(self, portal: str, identifier: str) -> bool:
        """Whether the article is certainly known to the frontier."""
        key = _key(portal, identifier)
        if key in self._young:
            return True
        if key in self._old:
            self._add(key)
            return True
        return False

    def add(self, portal: str, identifier: str) -> None:
        """The article's push is confirmed."""
        self._add(_key(portal, identifier))

    def check(self, server: int, epoch: int) -> bool:
        """To be called before confirming: empties the memory where it is of another server or epoch.

        False when it was emptied: then what is confirmed now may be of the old one, and is not to be added.
        """
        source = (server, epoch)
        same = self._source in {None, source}
        if not same or (self._max_age and monotonic() - self._began > self._max_age):
            self.clear()
        self._source = source
        return same

    def clear(self) -> None:
        """Forgets all."""
        self._young, self._old = set(), set()
        self._began = monotonic()

    def _add(self, key: int) -> None:
        if len(self._young) >= self._size:
            self._old, self._young = self._young, set()
        self._young.add(key)


def _key(portal: str, identifier: str) -> int:
    # 64 bits of the page's hash, told apart by portal within this process
    return int(identifier[:16], 16) ^ (hash(portal) & 0xFFFF_FFFF_FFFF_FFFF)
