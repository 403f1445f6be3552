"""Runs: joined, taken up, limited; and the marks that go with them."""

from __future__ import annotations

import asyncio

from crawler.frontier.admin import Admin
from crawler.frontier.dead_letters import DeadLetters
from crawler.frontier.redis import operations
from crawler.frontier.redis.counters import RunCounters
from crawler.frontier.redis.status import portal_status
from tests.frontier.conftest import UNLIMITED, ident, push


async def test_two_that_start_together_make_one_run(worker):
    one, two = await worker("one", join=()), await worker("two", join=())
    runs = await asyncio.gather(*(w.store.join("p", UNLIMITED) for w in (one, two)))
    assert sorted((run.number, run.joined) for run in runs) == [(1, False), (1, True)]


async def test_a_run_with_work_left_is_taken_up(worker):
    w = await worker()
    await w.tell(push("list", mode="R"), push("a"))
    late = await worker("late", join=())
    run = await late.store.join("p", UNLIMITED)
    assert (run.number, run.joined) == (1, True)
    assert (await late.tell(push("list", mode="R"))).seen == 1


async def test_a_run_that_is_drained_is_over(worker):
    w = await worker()
    await w.tell(push("list", mode="R"))
    (lease,) = await w.leases()
    await w.tell(operations.ack(lease))
    run = await w.store.join("p", UNLIMITED)
    assert (run.number, run.joined) == (2, False)


async def test_a_run_that_is_too_old_is_followed_by_another_which_keeps_the_queue(worker):
    w = await worker(run_max=0.05)
    await w.tell(push("list", mode="R"), push("a"))
    await asyncio.sleep(0.06)
    run = await w.store.join("p", UNLIMITED)
    assert (run.number, run.joined) == (2, False)
    # it is still queued, so it is not queued again; once fetched it would be
    assert (await w.tell(push("list", mode="R"))).pushed == 0
    assert len(await w.leases(5)) == 2


async def test_the_limit_of_a_run_is_exact_and_idempotent(worker):
    w = await worker(join=())
    await w.store.join("p", UNLIMITED, limit=3)
    claims = await asyncio.gather(*(w.store.claim("p", ident(n)) for n in range(10)))
    assert sum(claims) == 3
    again = await asyncio.gather(*(w.store.claim("p", ident(n)) for n in range(10)))
    assert again == claims


async def test_a_run_that_is_full_hands_out_nothing_and_is_drained(worker):
    w = await worker(join=())
    await w.store.join("p", UNLIMITED, limit=1)
    await w.tell(push("a"), push("b"))
    (lease,) = await w.leases()
    assert await w.store.claim("p", ident("a"))
    assert not (await w.lease()).drained
    await w.tell(operations.ack(lease))
    reply = await w.lease()
    assert (reply.leases, reply.drained) == ((), True)
    # what is left belongs to the next run
    run = await w.store.join("p", UNLIMITED)
    assert (run.number, run.limit) == (2, 0)
    assert len(await w.leases(5)) == 1


async def test_who_joins_a_run_gets_its_limit(worker):
    w = await worker(join=())
    await w.store.join("p", UNLIMITED, limit=7)
    assert (await w.store.join("p", UNLIMITED, limit=99)).limit == 7


async def test_lists_remember_what_they_showed(worker):
    w = await worker()
    known, other = [ident(n) for n in range(5)], [ident(n) for n in range(5, 8)]
    assert await w.store.unlisted("p", "c", known) == set(known)
    assert not await w.store.walked("p", "c")
    await w.tell(operations.listed("p", "c", known), operations.walked("p", "c"))
    assert await w.store.unlisted("p", "c", known + other) == set(other)
    assert await w.store.unlisted("p", "another", known) == set(known)
    assert await w.store.walked("p", "c")
    await w.tell(operations.listed("p", "c", other))
    assert await w.store.walked("p", "c")


async def test_a_list_may_have_any_name(worker):
    w = await worker()
    for name in ("http://x.cn/节点?a={b}:c", "", "x" * 5000):
        await w.tell(operations.listed("p", name, [ident(1)]), operations.walked("p", name))
        assert await w.store.unlisted("p", name, [ident(1), ident(2)]) == {ident(2)}
        assert await w.store.walked("p", name)


async def test_pause_and_resume(worker):
    w = await worker()
    await w.tell(push("a"))
    await Admin(w.store).pause("p")
    reply = await w.lease()
    assert (reply.leases, reply.drained) == ((), True)
    assert (await portal_status(w.store, "p")).paused
    await Admin(w.store).pause("p", paused=False)
    assert len(await w.leases()) == 1


async def test_clear_leaves_nothing_but_clocks(worker):
    w = await worker(pace=UNLIMITED)
    await w.tell(
        *(push(n) for n in range(2500)),
        *(push(f"l{n}", mode="R") for n in range(30)),
        operations.listed("p", "c", [ident(1)]),
    )
    leases = await w.leases(20)
    await w.tell(
        operations.nack(leases[0], "x", 0, 60_000, 5),
        operations.nack(leases[1], "x", 0, 0, 1),
        operations.undecodable(leases[2]),
    )
    other = await worker(join=("q",))
    await other.tell(push(1, portal="q"))
    assert await Admin(w.store).clear("p") == 2530
    left = [
        key.decode()
        async for key in w.store.connection.redis.scan_iter(w.store.keys("*").replace("[", r"\["))
    ]
    ours = {key.partition(":")[2] for key in left}
    assert not {key for key in ours if ":p" in key} - {"portal:p", "seen:p", "visited:p", "listed:p:c"}
    assert (await portal_status(w.store, "q")).ready == 1
    assert await w.store.connection.redis.hlen(w.store.keys("requests")) == 1
    # forgotten means new
    assert (await w.tell(push(1), operations.listed("p", "c", []))).pushed == 1
    assert await w.store.unlisted("p", "c", [ident(1)]) == {ident(1)}


async def test_load_and_rebuild(worker):
    from scrapy import Request

    from crawler.portals.model import Profile

    w = await worker(join=())
    profile = Profile(name="p", title="p", home="http://a.x.cn/", domains=("x.cn",))
    requests = [Request(f"http://a.x.cn/{n}", meta={"kind": "article"}) for n in range(1500)]
    admin = Admin(w.store)
    assert await admin.load(requests, profile) == (1500, 0, 0)
    assert await admin.load(requests[:10], profile) == (0, 10, 0)

    async def stored():
        for n in range(2100):
            yield ident(n)

    assert await admin.rebuild("r", stored()) == 2100
    assert await admin.mark_seen("r", [ident(1), ident("new")]) == 1
    assert (await w.tell(push(2000, portal="r"))).seen == 1
    assert set(await admin.portals()) == {"p", "r"}


async def test_what_is_dead_stays_known(worker):
    w = await worker()
    await w.tell(push("a"))
    (lease,) = await w.leases()
    await w.tell(operations.nack(lease, "x", 0, 0, 1))
    assert (await w.tell(push("a"))).seen == 1


async def test_a_walk_that_breaks_off_leaves_a_list_unwalked_for_later_runs(worker):
    w = await worker()
    await w.tell(operations.walking("p", "c", 1))
    assert not await w.store.walked("p", "c", 1), "it never was at its end"
    await w.tell(operations.walked("p", "c"), operations.walking("p", "c", 2))
    assert await w.store.walked("p", "c", 2)
    assert not await w.store.walked("p", "c", 3)
    await w.tell(operations.walking("p", "c", 3))
    assert not await w.store.walked("p", "c", 3), "the gap of run 2 is still there"
    await w.tell(operations.walked("p", "c"))
    assert await w.store.walked("p", "c", 4)


async def test_pages_of_a_walk_are_acknowledged_in_any_order(worker):
    w = await worker()
    await w.tell(operations.walked("p", "c", 1))
    await w.tell(operations.walked("p", "c", 2), operations.walking("p", "c", 2))
    assert await w.store.walked("p", "c", 3), "the walk was at its end before its first page was done"
    await w.tell(operations.walking("p", "c", 3))
    assert not await w.store.walked("p", "c", 4)


async def test_what_was_of_no_day_asked_for_stays_known_until_more_days_are(worker):
    w = await worker(join=())
    await w.store.join("p", UNLIMITED, days=("2026-01-10", ""))
    await w.tell(push("a"), push("b"))
    leases = await w.leases(2)
    await w.tell(operations.skipped("p", ident("a")), *(operations.ack(lease) for lease in leases))

    for days in (("2026-01-10", ""), ("2026-01-11", ""), ("2026-01-11", "2026-01-20")):
        assert (await w.store.join("p", UNLIMITED, days=days)).range == 0
        assert (await w.tell(push("a"), push("b"))).seen == 2, days
        await _drain(w)
    assert (await w.store.join("p", UNLIMITED, days=("2026-01-11", "2026-01-21"))).range == 1
    reply = await w.tell(push("a"), push("b"))
    assert (reply.pushed, reply.seen) == (1, 1)


async def test_a_run_of_all_days_gets_what_another_worker_of_its_last_run_skipped(worker):
    w = await worker()
    await w.tell(push("a"))
    assert (await w.store.join("p", UNLIMITED, days=("", "2026-01-10"))).joined
    (lease,) = await w.leases()
    await w.tell(operations.skipped("p", ident("a")), operations.ack(lease))

    run = await w.store.join("p", UNLIMITED)
    assert (run.joined, run.range) == (False, 1)
    assert (await w.tell(push("a"))).pushed == 1


async def _drain(w):
    """A run that is a moment old and has queued nothing counts as under way."""
    await w.tell(push(object(), mode="R"))
    await w.tell(*(operations.ack(lease) for lease in await w.leases(9)))


async def test_a_run_that_was_asked_for_something_else_is_not_joined(worker):
    w = await worker()
    late = await worker("late", join=())
    await w.tell(push("a"), push("b"))
    told = await late.store.join("p", UNLIMITED, orders="since=2026-01-01")
    assert (told.number, told.orders) == (0, ""), "somebody is there"

    await w.store.leave()
    run = await late.store.join("p", UNLIMITED, orders="since=2026-01-01")
    assert (run.number, run.joined) == (2, False), "it was left: its queue is taken up"
    assert len(await late.leases(5)) == 2
    assert (await late.store.join("p", UNLIMITED, orders="since=2026-01-01")).joined
    told = await w.store.join("p", UNLIMITED)
    assert (told.number, told.orders) == (0, "since=2026-01-01")
    assert (await w.store.join("p", UNLIMITED, orders="since=2026-01-01")).joined


async def test_who_only_joins_does_not_join_other_orders(worker):
    w = await worker()
    await w.tell(push("a"))
    helper = await worker("helper", join=(), join_only=True)
    assert (await helper.store.join("p", UNLIMITED, orders="limit=3")).number == 0
    assert (await helper.store.join("p", UNLIMITED)).number == 1


async def test_other_orders_do_not_take_over_a_long_run_that_is_worked_on(worker):
    w = await worker()
    await w.tell(push("a"))
    late = await worker("late", join=(), run_max=0.001)
    await asyncio.sleep(0.01)
    told = await late.store.join("p", UNLIMITED, orders="since=2026-01-01")
    assert (told.number, told.orders) == (0, "")
    assert (await late.store.join("p", UNLIMITED)).number == 2, "the same orders: the lists are read again"
    other = await worker("other", join=())
    assert (await other.store.join("p", UNLIMITED, orders="limit=1")).number == 0, (
        "its workers are still there"
    )


async def test_a_run_that_a_version_without_orders_began_is_joined(worker):
    w = await worker()
    await w.tell(push("a"))
    await w.store.connection.redis.hset(
        w.store.keys("portal:p"), mapping={"orders": "limit=5", "orders_run": 0}
    )
    assert (await w.store.join("p", UNLIMITED)).joined
    assert (await w.store.join("p", UNLIMITED, orders="full=1")).joined


async def test_a_list_that_failed_is_not_dead_when_it_is_read_again(worker):
    w = await worker()
    await w.tell(push("list", mode="R"))
    (lease,) = await w.leases(1)
    await w.tell(operations.nack(lease, "http-500", 500, 0, 1))
    assert (await portal_status(w.store, "p")).dead == 1
    await w.store.join("p", UNLIMITED)
    await w.tell(push("list", mode="R"))
    assert (await portal_status(w.store, "p")).dead == 0
    assert await DeadLetters(w.store).unreported() == []


async def test_a_name_that_is_no_text_is_reported_once(worker):
    w = await worker()
    redis, keys = w.store.connection.redis, w.store.keys
    entry = b"p:\xff\xfe"
    await redis.hset(keys("dead:p"), entry, b"a.x.cn/x.cn\t1\t{}")
    await redis.hset(keys("why"), entry, b'{"reason":"poison","status":0,"tries":1,"at":1}')
    await redis.sadd(keys("unreported"), entry)
    (dead,) = await DeadLetters(w.store).unreported()
    assert await DeadLetters(w.store).reported([dead.id]) == {dead.id}
    assert await DeadLetters(w.store).unreported() == []


async def test_counts_that_are_told_twice_count_once(worker):
    w = await worker()
    counters = RunCounters(w.store.connection, w.store.options.name)
    for _ in range(2):
        await counters.report("p", 1, "one", {"crawl/fetched": 5})
        await counters.report("p", 1, "two", {"crawl/fetched": 2, "crawl/failed": 1})
    assert await counters.read("p", 1) == {"crawl/fetched": 7, "crawl/failed": 1}


async def test_one_sweep_clears_what_many_runs_left(worker):
    w = await worker()
    for n in range(20):
        await w.tell(push(f"list {n}", portal=f"q{n}", mode="R"))
        await w.store.join(f"q{n}", UNLIMITED)
        (lease,) = await w.leases(1, portals=(f"q{n}",))
        await w.tell(operations.ack(lease))
        await w.store.join(f"q{n}", UNLIMITED)
    assert await w.store.connection.redis.llen(w.store.keys("trash")) == 20
    assert await w.store.sweep() == 0
