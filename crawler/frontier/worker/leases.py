"""The leases of a worker: handed out to the engine, or waiting for it."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING, Generic

from crawler.frontier.worker.engine import RequestT

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from crawler.frontier.redis.model import Lease, Op

__all__ = ["Failed", "LeaseTable", "LeasedRequest"]


@dataclass(frozen=True, slots=True)
class Failed:
    """A try that failed, with the shortest pause (s) before the next one."""

    reason: str
    status: int | None = None
    after: float = 0


@dataclass(slots=True)
class LeasedRequest(Generic[RequestT]):
    """A lease, bound to its Request object: never to ``meta``, which redirects copy.

    ``failed``, ``released`` or ``put_off`` (s) say what the frontier is sent once the engine has forgotten the
    request; without them it is an acknowledgement, and ``with_ack`` is done right before it: what may only be
    remembered of a page whose children are all queued. ``lost``: the frontier has given it to another. ``group``
    and ``dead`` go with the acknowledgement.
    """

    lease: Lease
    request: RequestT
    since: float
    failed: Failed | None = None
    released: bool = False
    put_off: float | None = None
    lost: bool = False
    group: str = ""
    dead: str = ""
    with_ack: list[Op] = field(default_factory=list)

    @property
    def done(self) -> bool:
        """Whether it will be acknowledged."""
        return self.failed is None and not self.released and self.put_off is None and not self.lost


class LeaseTable(Generic[RequestT]):
    """All leases of this process."""

    def __init__(self) -> None:
        self._waiting: deque[LeasedRequest[RequestT]] = deque()
        self._out: dict[RequestT, LeasedRequest[RequestT]] = {}
        self._settling: dict[str, Lease] = {}

    def __len__(self) -> int:
        return len(self._waiting) + len(self._out)

    def __iter__(self) -> Iterator[LeasedRequest[RequestT]]:
        yield from self._out.values()
        yield from self._waiting

    @property
    def waiting(self) -> int:
        """How many the engine has not asked for yet."""
        return len(self._waiting)

    @property
    def suspects(self) -> int:
        """How many of them may be poison."""
        return sum(leased.lease.suspect for leased in self)

    def add(self, lease: Lease, request: RequestT) -> None:
        """Add a new lease."""
        self._waiting.append(LeasedRequest(lease, request, monotonic()))

    def hand_out(self) -> RequestT | None:
        """Return the next request for the engine."""
        while self._waiting:
            leased = self._waiting.popleft()
            if not leased.lost:
                self._out[leased.request] = leased
                return leased.request
        return None

    def find(self, request: RequestT | None) -> LeasedRequest[RequestT] | None:
        """Find the lease of a request that the engine was given; None for any other."""
        return None if request is None else self._out.get(request)

    def finished(self, unfinished: Collection[RequestT]) -> list[LeasedRequest[RequestT]]:
        """Take those handed out that the engine no longer knows; they are not leased any more."""
        gone = [leased for request, leased in self._out.items() if request not in unfinished]
        for leased in gone:
            del self._out[leased.request]
        return gone

    def take_waiting(self) -> list[LeasedRequest[RequestT]]:
        """Take those that were not handed out; they are not leased any more."""
        taken = list(self._waiting)
        self._waiting.clear()
        return taken

    def take_all(self) -> list[LeasedRequest[RequestT]]:
        """Take all; none is leased any more."""
        taken = list(self)
        self._waiting.clear()
        self._out.clear()
        return taken

    def settling(self, lease: Lease) -> None:
        """Keep a lease that is not in the table any more, but of whose end the frontier does not know yet."""
        self._settling[lease.token] = lease

    def settled(self, token: str) -> None:
        """Note that the frontier knows."""
        self._settling.pop(token, None)

    def renewable(self, since: float) -> list[Lease]:
        """Return the leases to be kept: those leased no longer than ``since`` (monotonic), and those being settled."""
        kept = [leased.lease for leased in self if not leased.lost and leased.since > since]
        return kept + list(self._settling.values())

    def lose(self, entries: frozenset[str]) -> int:
        """Mark leases as lost; return how many that were."""
        count = 0
        for leased in self:
            if leased.lease.entry in entries and not leased.lost:
                leased.lost = True
                count += 1
        return count
