"""What becomes of leases: the operation that says so, and that it stays renewed until it is confirmed."""

from __future__ import annotations

from random import random
from typing import TYPE_CHECKING, Generic

from crawler.frontier.redis import operations
from crawler.frontier.worker.backoff import retry_delay
from crawler.frontier.worker.engine import RequestT

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from crawler.frontier.options import Options
    from crawler.frontier.redis.model import Lease, Op
    from crawler.frontier.worker.leases import LeasedRequest, LeaseTable
    from crawler.frontier.worker.outbox import Outbox

__all__ = ["Settling"]


class Settling(Generic[RequestT]):
    """Puts acknowledgements, retries and returns of a worker's leases into its outbox."""

    def __init__(self, leases: LeaseTable[RequestT], outbox: Outbox, options: Options) -> None:
        self._leases = leases
        self._outbox = outbox
        self._options = options

    def collect(self, unfinished: Collection[RequestT]) -> bool:
        """Settle what the engine no longer knows; whether there was any."""
        gone = self._leases.finished(unfinished)
        for leased in gone:
            for op in leased.with_ack if leased.done else ():
                self._outbox.put(op)
            self.settle(leased.lease, self.settlement(leased))
        return bool(gone)

    def release(self, given_back: Iterable[LeasedRequest[RequestT]]) -> None:
        """Give leases back, without a try being counted."""
        for leased in given_back:
            self.settle(leased.lease, operations.release(leased.lease))

    def settle(self, lease: Lease, op: Op) -> None:
        """Settle one lease by ``op``. It is renewed until that is confirmed.

        Redis may be full or away for longer than a lease.
        """
        self._leases.settling(lease)
        self._outbox.put(op)

    def confirm(self, sent: Iterable[Op]) -> None:
        """Renew the leases of these settlements no longer: the frontier has done them."""
        for op in sent:
            if op[0] in operations.SETTLEMENTS:
                self._leases.settled(op[2])

    def settlement(self, leased: LeasedRequest[RequestT]) -> Op:
        """Return what to tell the frontier of a request that the engine is done with."""
        lease, failed = leased.lease, leased.failed
        if leased.released:
            return operations.release(lease)
        if leased.put_off is not None:
            return operations.newer(lease, leased.put_off * 1000)
        if failed is None:
            return operations.ack(lease, leased.group, leased.dead)
        options = self._options
        delay = retry_delay(
            lease.tries + 1, first=options.pause, longest=options.pause_max,
            after=failed.after, jitter=random(),
        )  # fmt: skip
        return operations.nack(lease, failed.reason, failed.status or 0, delay * 1000, options.tries)
