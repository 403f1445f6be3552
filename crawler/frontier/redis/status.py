"""How the portals stand, for whoever watches from outside: progress, status, dashboards."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import TYPE_CHECKING, Any, Final

from crawler.frontier.redis.clock import clock_time, moment
from crawler.frontier.redis.model import LeftAlone, PortalStatus

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from crawler.frontier.redis.store import Frontier

__all__ = ["hosts_failing_since", "in_a_row", "portal_status", "waiting_lines"]

_FLAGS: Final = frozenset({"paused", "drained"})
_FIELDS: Final = frozenset(field.name for field in fields(PortalStatus)) - {"portal", "left_alone"}


async def portal_status(store: Frontier, portal: str) -> PortalStatus:
    """Return one portal's figures at this moment. Raises what redis-py raises."""
    answer, hosts = await store.script("status", portal, store.options.delay_max * 1000)
    found: dict[str, Any] = {
        name.decode(): int(value) for name, value in zip(answer[::2], answer[1::2], strict=True)
    }
    values = {name: bool(found[name]) if name in _FLAGS else found[name] for name in _FIELDS}
    return PortalStatus(portal=portal, left_alone=tuple(_left_alone(*host) for host in hosts), **values)


async def hosts_failing_since(store: Frontier, since: datetime) -> tuple[str, ...]:
    """Return the hosts that failed after a moment and have not answered since, whether or not anything waits for them.

    Raises what redis-py raises.
    """
    redis: Any = store.connection.redis
    found = []
    for host, value in (await redis.hgetall(store.keys("alone"))).items():
        record = json.loads(value)
        if moment(record["at"]) >= since and (record["times"] > 1 or record["till"] > record["asked"]):
            found.append(host.decode())
    return tuple(sorted(found))


def waiting_lines(status: PortalStatus, most: int = 20) -> Iterator[str]:
    """Yield what waits of a portal, for whom and until when: the first ``most`` hosts left alone, and the rest."""
    hosts = status.left_alone
    for host in hosts[:most]:
        yield (
            f"{host.host} is left alone until {clock_time(host.until)} ({host.why}, {in_a_row(host.times)} since "
            f"{clock_time(host.since)}): {host.requests:,} requests wait"
        )
    if len(hosts) > most:
        yield f"and {len(hosts) - most:,} more hosts are left alone"
    if status.doubtful:
        yield f"{status.doubtful:,} links wait because those like them on their page were dead"
    others = status.queued - status.doubtful - sum(host.requests for host in hosts)
    if status.drained and not status.paused and others > 0 and status.next_due:
        yield f"{others:,} requests wait, the first until {clock_time(moment(status.next_due))}"


def in_a_row(times: int) -> str:
    """Write how often, for a person."""
    return "once" if times == 1 else f"{times} times"


def _left_alone(
    host: bytes, until: bytes, why: bytes, times: int, since: bytes, requests: int, asked: int
) -> LeftAlone:
    return LeftAlone(host.decode(), moment(until), why.decode(), times, moment(since), requests, bool(asked))
