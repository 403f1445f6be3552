"""What an autoscaler goes by: requests that are due now and that nobody serves."""

from __future__ import annotations

import asyncio

from crawler.frontier.admin import Admin
from crawler.frontier.redis import operations
from crawler.frontier.redis.politeness import Pace
from crawler.frontier.redis.status import portal_status
from tests.frontier.conftest import push

SLOW = Pace(gap=3_600_000, site_gap=0, slack=0, host_max=8, site_max=16)
QUICK = Pace(gap=50, site_gap=0, slack=0, host_max=8, site_max=16)
SITE = Pace(gap=50, site_gap=3_600_000, slack=0, host_max=8, site_max=16)


async def figures(w):
    status = await portal_status(w.store, "p")
    return status.unserved, status.demand


async def test_all_of_a_host_without_a_rate_is_due(worker):
    w = await worker()
    await w.tell(*(push(n) for n in range(30)))
    assert await figures(w) == (30, 30)

    leases = await w.leases(10)
    assert await figures(w) == (20, 30)

    await w.tell(*(operations.ack(lease) for lease in leases))
    assert await figures(w) == (20, 20)


async def test_of_a_host_with_a_rate_only_the_next_one_is_due(worker):
    w = await worker(pace=SLOW)
    await w.tell(*(push(n) for n in range(30)))
    assert await figures(w) == (1, 1)

    (lease,) = await w.leases(10)
    assert await figures(w) == (0, 1), "more workers would not help"

    await w.tell(operations.ack(lease))
    assert await figures(w) == (0, 0)


async def test_turns_that_nobody_takes_add_up(worker):
    w = await worker(pace=QUICK)
    await w.tell(*(push(n) for n in range(30)))
    await asyncio.sleep(0.5)
    unserved, _ = await figures(w)
    assert 10 <= unserved <= 30


async def test_hosts_of_one_site_wait_for_one_another(worker):
    w = await worker(pace=SITE)
    await w.tell(*(push(n, host=f"{n}.x.cn") for n in range(10)))
    assert await figures(w) == (1, 1)
    await w.tell(*(push(n, host=f"{n}.y.cn", site="y.cn") for n in range(10, 20)))
    assert await figures(w) == (2, 2)


async def test_what_a_lost_worker_held_is_due_again(worker):
    w = await worker(lease=0.2, heartbeat=0.1)
    await w.tell(push("a"), push("b"))
    assert len(await w.leases(2)) == 2
    assert await figures(w) == (0, 2)
    await asyncio.sleep(0.3)
    assert await figures(w) == (2, 2)


async def test_a_portal_that_is_paused_needs_nobody(worker):
    w = await worker()
    await w.tell(push("a"))
    await Admin(w.store).pause("p")
    assert await figures(w) == (0, 0)


async def test_who_only_joins_begins_no_run(worker):
    helper = await worker("helper", join=(), join_only=True)
    assert (await helper.store.join("p", SLOW)).number == 0

    w = await worker("first")
    assert (await helper.store.join("p", SLOW)).number == 1, "a run is a moment old"
    await w.tell(push("a"))
    run = await helper.store.join("p", SLOW)
    assert (run.number, run.joined) == (1, True)

    (lease,) = await w.leases(1)
    await w.tell(operations.ack(lease))
    assert (await helper.store.join("p", QUICK)).number == 0
    assert (await portal_status(w.store, "p")).run == 1
