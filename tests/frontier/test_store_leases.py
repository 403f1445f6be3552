"""Leases that run out: fencing, reclaim, poison."""

from __future__ import annotations

import asyncio

from crawler.frontier.dead_letters import DeadLetters
from crawler.frontier.redis import operations
from crawler.frontier.redis.status import portal_status
from tests.frontier.conftest import ident, push


async def test_a_lease_that_ran_out_goes_to_another_and_its_holder_is_fenced(worker):
    one, two = await worker("one", lease=0.1), await worker("two", lease=30)
    await one.tell(push("a"))
    (old,) = await one.leases()
    assert await two.leases() == ()
    await asyncio.sleep(0.15)
    reply = await two.lease()
    (new,) = reply.leases
    assert reply.reclaimed == 1
    assert (new.entry, new.tries) == (old.entry, 1)
    for op in (
        operations.ack(old),
        operations.nack(old, "x", 0, 0, 1),
        operations.release(old),
        operations.undecodable(old),
    ):
        assert (await one.tell(op)).fenced == (old.entry,)
    assert (await portal_status(two.store, "p")).leased == 1
    assert (await two.tell(operations.ack(new))).acked == 1
    assert (await two.lease()).drained


async def test_a_heartbeat_keeps_leases_and_says_which_are_lost(worker):
    one, two = await worker("one", lease=0.3), await worker("two")
    await one.tell(push("a"), push("b"))
    a, b = await one.leases(2)
    for _ in range(4):
        await asyncio.sleep(0.1)
        assert await one.store.renew([a]) == frozenset()
    (stolen,) = await two.leases(2)
    assert stolen.entry == b.entry
    assert await one.store.renew([a, b]) == {b.entry}


async def test_a_late_heartbeat_saves_what_nobody_took(worker):
    one, two = await worker("one", lease=0.1), await worker("two")
    await one.tell(push("a"))
    (lease,) = await one.leases()
    await asyncio.sleep(0.15)
    assert await one.store.renew([lease]) == frozenset()
    assert await two.leases() == ()
    assert (await one.tell(operations.ack(lease))).acked == 1


async def test_the_token_of_another_worker_is_worth_nothing(worker):
    one, two = await worker("one"), await worker("two")
    await one.tell(push("a"))
    (lease,) = await one.leases()
    assert (await two.tell(operations.ack(lease))).fenced == (lease.entry,)
    assert (await one.tell(operations.ack(lease))).acked == 1


async def test_a_page_that_kills_its_workers_is_set_aside(worker):
    w = await worker(lease=0.02, poison=4)
    await w.tell(push("killer"))
    leases = []
    for _ in range(4):
        (lease,) = await w.leases()
        leases.append(lease)
        await asyncio.sleep(0.04)
    assert await w.leases() == ()
    assert [lease.suspect for lease in leases] == [False, False, True, True]
    (dead,) = await DeadLetters(w.store).unreported()
    assert (dead.reason, dead.tries, dead.status) == ("poison", 4, None)
    assert [step[0] for step in dead.history] == ["lost by w-0"] * 4


async def test_those_that_stood_beside_a_killer_are_not_set_aside_with_it(worker):
    """Every lease call kills the worker if it has the killer, and else does its pages."""
    w = await worker(lease=0.02, poison=4)
    names = [f"n{n}" for n in range(12)]
    await w.tell(push("killer"), *(push(name) for name in names))
    done = set()
    for _ in range(200):
        leases = await w.leases(16)
        if any(lease.entry.endswith(ident("killer")) for lease in leases):
            await asyncio.sleep(0.04)  # dead: all its leases run out
            continue
        for lease in leases:
            done.add(lease.entry)
        await w.tell(*(operations.ack(lease) for lease in leases))
        await asyncio.sleep(0.01)
        if len(done) == len(names):
            break
    assert done == {f"p:{ident(name)}" for name in names}
    status = await portal_status(w.store, "p")
    assert (status.dead, status.queued, status.leased) == (1, 0, 0)


async def test_a_worker_holds_one_suspect_at_a_time(worker):
    w = await worker(lease=0.02, poison=9)
    await w.tell(push("a"), push("b"))
    for _ in range(2):
        assert len(await w.leases(2)) == 2
        await asyncio.sleep(0.04)
    assert len(await w.leases(5)) == 1
    await asyncio.sleep(0.04)
    assert await w.leases(5, suspects=1) == ()


async def test_the_dead_are_reported_once_and_can_be_put_back(worker):
    from crawler.frontier.admin import Admin

    w = await worker()
    await w.tell(push("a", payload=b'{"v":1,"u":"http://a.x.cn/1","meta":{"kind":"article","channel":"c1"}}'))
    for _ in range(2):
        (lease,) = await w.leases()
        await w.tell(operations.nack(lease, "http-503", 503, 0, tries=2))
    reports = DeadLetters(w.store)
    (dead,) = await reports.unreported()
    assert (dead.id, dead.url, dead.portal) == (f"p:{ident('a')}", "http://a.x.cn/1", "p")
    assert (dead.reason, dead.status, dead.tries) == ("http-503", 503, 2)
    assert dead.meta["channel"] == "c1"
    assert abs((w.store.clock.now() - dead.at).total_seconds()) < 5
    assert [(reason, status) for reason, status, _ in dead.history] == [("http-503", 503)] * 2
    await reports.reported([dead.id])
    assert await reports.unreported() == []
    assert await Admin(w.store).requeue("p") == 1
    (again,) = await w.leases()
    assert again.tries == 0
    await w.tell(operations.ack(again))
    assert (await w.lease()).drained


async def test_a_clear_fences_what_is_out(worker):
    from crawler.frontier.admin import Admin

    w = await worker()
    await w.tell(push("a"), push("b"))
    (lease,) = await w.leases()
    before = (await w.lease(0)).epoch
    assert await Admin(w.store).clear("p") == 2
    reply = await w.tell(operations.ack(lease))
    assert reply.fenced == (lease.entry,)
    assert reply.epoch > before
    assert (await w.tell(push("a"))).pushed == 1
