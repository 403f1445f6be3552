"""The frontier in Redis: one worker's view of it. Asyncio, no Scrapy."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Any, Final

import msgspec
from redis.exceptions import RedisError

from crawler.errors import UsageError
from crawler.frontier.redis.clock import FrontierClock, moment
from crawler.frontier.redis.inspection import inspect, unreachable
from crawler.frontier.redis.keys import Keys, list_name
from crawler.frontier.redis.model import Ask, HostEvent, Lease, Reply, Run
from crawler.frontier.redis.operations import numbers
from crawler.frontier.redis.scripts import Scripts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from crawler.frontier.options import Options
    from crawler.frontier.redis.connection import Connection
    from crawler.frontier.redis.model import Op
    from crawler.frontier.redis.politeness import Pace

__all__ = ["Frontier"]

_PACK: Final = msgspec.msgpack.Encoder().encode
_DAY_MS: Final = 86_400_000


class Frontier:
    """Queue, leases, clocks and marks of all portals, shared by all workers of the same ``FRONTIER``.

    Every method is one round trip, atomic, and safe to call again after an error: an exchange carries the
    number of its batch and of its lease call, the rest changes nothing the second time. Methods raise what
    redis-py raises; the caller decides whether to wait.

    Args:
        connection: to Redis 6.2 or newer.
        options: its name and times.
        worker: a name that no other process has or had.
    """

    def __init__(self, connection: Connection, options: Options, worker: str) -> None:
        self.connection = connection
        self.options = options
        self.worker = worker
        self.keys = Keys(options.name)
        self.clock = FrontierClock()
        self.warnings: tuple[str, ...] = ()
        self.epoch = 0
        self.script = Scripts(connection.redis, self.keys.tag)

    async def open(self) -> None:
        """Look at the server; ``warnings`` then has what a person should know.

        Raises:
            Unreachable: it does not answer, or cannot be used, in one line that says why.
            UsageError: the frontier's name cannot be a hash tag.
        """
        if not self.options.name or set("{}: ") & set(self.options.name):
            raise UsageError(f"FRONTIER={self.options.name!r}: a name without braces, colons and spaces")
        address = self.connection.address
        try:
            self.warnings = (await inspect(self.connection.redis, self.script, address)).warnings
            sent = monotonic()
            # the first script that builds a name of its own: some managed clusters refuse that
            answer = await self.script("reserve_slot", "", "", "", -1)
            self.clock.set(float(answer[0]), sent, monotonic())
        except (RedisError, OSError) as error:
            raise unreachable(error, address) from error

    async def leave(self) -> None:
        """Note that this worker is gone, and holds nothing."""
        await self.connection.redis.zrem(self.keys("workers"), self.worker)
        await self.connection.redis.delete(self.keys(f"worker:{self.worker}"))

    async def join(
        self, portal: str, pace: Pace, *, limit: int = 0, days: tuple[str, str] = ("", ""), orders: str = ""
    ) -> Run:
        """Take up a portal: the run that is under way, or a new one with this ``limit`` of articles.

        ``days`` are the first and the last day that articles are asked for, in ISO 8601; empty for no bound.
        ``orders`` is all that the run is asked for, in words: only a run with the same is joined.
        """
        sent = monotonic()
        options = self.options
        horizon, longest = options.delay_max * 1000, options.run_max * 1000
        arguments = (
            self.worker,
            portal,
            [*pace.fields(), "patience", options.patience * 1000],
            limit,
            horizon,
            longest,
            options.join_only,
            *days,
            orders,
            options.lease * 1000,
        )
        server_ms, epoch, number, joined, run_limit, days_range, under_way, birth = await self.script(
            "join", _PACK(arguments)
        )
        self.clock.set(float(server_ms), sent, monotonic())
        self.epoch = int(epoch)
        return Run(
            int(number), bool(joined), int(run_limit), int(days_range), under_way.decode(), birth.decode()
        )

    async def orders(self, portal: str) -> str:
        """Return what a portal's present run was asked for; empty for everything."""
        redis: Any = self.connection.redis
        orders, of_run, run = await redis.hmget(self.keys(f"portal:{portal}"), "orders", "orders_run", "run")
        return orders.decode() if orders and of_run == run else ""

    async def exchange(self, batch: int, ops: Sequence[Op], ask: Ask | None = None) -> Reply:
        """Do ``ops`` in order, then lease.

        ``batch`` numbers this worker's batches, upwards; a batch that was done is not done again, so it has
        to be sent with the same operations until it is answered. 0 is no number. All or nothing where Redis
        is full.
        """
        options = self.options
        lease: Any = False
        if ask is not None:
            lease = {
                "worker": self.worker, "call": ask.call, "want": ask.want, "extra": ask.extra,
                "portals": ask.portals, "suspects": ask.suspects, "lease_ms": options.lease * 1000,
                "poison": options.poison, "horizon": options.delay_max * 1000,
            }  # fmt: skip
        sent = monotonic()
        answer = await self.script.kept(
            "exchange", _PACK((self.worker, batch, ops, lease, options.seen_days * _DAY_MS))
        )
        self.clock.set(float(answer[0]), sent, monotonic())
        self.epoch = int(answer[1])
        leases, wait, drained, reclaimed = answer[9]
        return Reply(
            server_ms=float(answer[0]),
            epoch=self.epoch,
            repeated=bool(answer[2]),
            pushed=answer[3],
            seen=answer[4],
            acked=answer[5],
            nacked=answer[6],
            buried=answer[7],
            fenced=tuple(entry.decode() for entry in answer[8]),
            leases=tuple(_lease(*parts) for parts in leases),
            wait_ms=int(wait) if wait else None,
            drained=bool(drained),
            reclaimed=reclaimed,
            crowded=tuple(portal.decode() for portal in answer[10]),
            hosts=tuple(_host_event(*parts) for parts in answer[11]),
            birth=answer[12].decode(),
        )

    async def settle(self, ops: Sequence[Op]) -> None:
        """Send settlements only, also where Redis is out of memory: they free some."""
        await self.script.kept("settle", _PACK((self.worker, ops)))

    async def renew(self, leases: Sequence[Lease]) -> frozenset[str]:
        """Put off the deadlines of ``leases``: the heartbeat. Return the entries that are lost."""
        kept = [part for lease in leases for part in (lease.entry, lease.token)]
        sent = monotonic()
        answer = await self.script("renew", _PACK((self.worker, kept, self.options.lease * 1000)))
        self.clock.set(float(answer[0]), sent, monotonic())
        return frozenset(entry.decode() for entry in answer[2])

    async def reserve_slot(self, portal: str, host: str, site: str, *, longest_s: float) -> float:
        """Reserve the next slot of a host and its site for a fetch outside the queue.

        Seconds until then; negative when they are more than ``longest_s``, and then nothing is reserved.
        """
        sent = monotonic()
        answer = await self.script("reserve_slot", portal, host, site, longest_s * 1000)
        self.clock.set(float(answer[0]), sent, monotonic())
        return int(answer[1]) / 1000

    async def claim(self, portal: str, identifier: str) -> bool:
        """Say whether an article may be stored within the run's limit; the same article gets the same answer."""
        return bool(await self.script("claim", portal, identifier))

    async def unlisted(self, portal: str, list_key: str, identifiers: Sequence[str]) -> set[str]:
        """Return those articles that a list has never shown."""
        return await self._missing(f"listed:{portal}:{list_name(list_key)}", identifiers)

    async def unshown(self, portal: str, entries: Sequence[str]) -> set[str]:
        """Return those entries (as of ``operations.shown``) that no list of this run has shown."""
        return await self._missing(f"shown:{portal}", entries)

    async def _missing(self, marks: str, identifiers: Sequence[str]) -> set[str]:
        return {identifiers[i] for i in await self.script("find", _PACK((marks, numbers(identifiers))))}

    async def walked(self, portal: str, list_key: str, run: int = 0) -> bool:
        """Say whether a list was walked to its end once, and no walk since broke off but perhaps that of ``run``."""
        found: Any = await self.connection.redis.hget(self.keys(f"lists:{portal}"), list_name(list_key))
        return found is not None and (found[:2] in (b"1", b"1 ") or found == b"run %d" % run)

    async def mark_seen(self, portal: str, identifiers: Iterable[str]) -> int:
        """Mark articles as seen without queueing them; return how many were new. Up to some thousands a call."""
        packed = _PACK((portal, numbers(identifiers), self.options.seen_days * _DAY_MS))
        return int(await self.script("mark", packed))

    async def cached(self, key: str) -> bytes | None:
        """Return what any worker has put under ``key``."""
        value: Any = await self.connection.redis.get(self.keys(f"cache:{key}"))
        return bytes(value) if value is not None else None

    async def cache(self, key: str, value: bytes, ttl_s: float) -> None:
        """Put ``value`` under ``key`` for all workers."""
        await self.connection.redis.set(self.keys(f"cache:{key}"), value, px=max(1, int(ttl_s * 1000)))

    async def hold(self, key: str, ttl_s: float) -> bool:
        """Take ``key`` for this worker; False where another has it."""
        name = self.keys(f"hold:{key}")
        return bool(await self.connection.redis.set(name, self.worker, px=max(1, int(ttl_s * 1000)), nx=True))

    async def sweep(self, count: int = 2000) -> int:
        """Remove up to ``count`` arrays of forgotten marks; return how many sets are left to sweep."""
        return int(await self.script("sweep", count))


def _host_event(host: bytes, what: Any, until: bytes, why: bytes, times: int, since: bytes) -> HostEvent:
    return HostEvent(host.decode(), what.decode(), moment(until), why.decode(), times, moment(since))


def _lease(entry: bytes, token: bytes, tries: bytes, suspect: int, value: bytes, fails: int) -> Lease:
    record = _tries(tries)
    # the value is "slot \t score \t payload"; one that is not was not written by us, and does not decode
    slot, *_, payload = [b"", *value.split(b"\t", 2)][-3:]
    return Lease(
        entry=entry.decode("utf-8", "replace"),
        token=token.decode(),
        payload=payload,
        tries=record,
        suspect=bool(suspect),
        host=slot.partition(b"/")[0].decode("utf-8", "replace"),
        fails=bool(fails),
    )


def _tries(record: bytes) -> int:
    if not record:
        return 0
    try:
        found = msgspec.json.decode(record)
        return int(found["n"]) + int(found["l"])
    except (msgspec.DecodeError, KeyError, TypeError, ValueError):
        return 0
