"""Push, lease, settle: what the scripts promise."""

from __future__ import annotations

import asyncio

import msgspec
import pytest

from crawler.frontier.redis import operations
from crawler.frontier.redis.model import Ask
from crawler.frontier.redis.status import portal_status
from tests.frontier.conftest import ident, push


async def test_a_request_comes_out_as_it_went_in(worker):
    w = await worker()
    reply = await w.tell(push("a", payload=b'{"v":1,"u":"http://a.x.cn/\xe6\x96\xb0"}'))
    assert (reply.pushed, reply.seen) == (1, 0)
    (lease,) = await w.leases(5)
    assert lease.entry == f"p:{ident('a')}"
    assert lease.portal == "p"
    assert lease.payload == b'{"v":1,"u":"http://a.x.cn/\xe6\x96\xb0"}'
    assert (lease.tries, lease.suspect) == (0, False)


async def test_what_was_seen_is_not_queued_again_even_after_it_is_done(worker):
    w = await worker()
    assert (await w.tell(push("a"), push("a"))).seen == 1
    (lease,) = await w.leases()
    await w.tell(operations.ack(lease))
    reply = await w.tell(push("a"))
    assert (reply.pushed, reply.seen) == (0, 1)
    assert await w.leases() == ()


async def test_the_same_batch_is_done_once(worker):
    w = await worker()
    batch = (push("a"), push("b", mode="F"))
    first = await w.store.exchange(1, batch)
    (lease, _) = await w.leases(2)
    again = await w.store.exchange(1, batch)
    assert (first.pushed, first.repeated) == (2, False)
    assert (again.pushed, again.repeated) == (0, True)
    assert await w.leases(5) == ()
    await w.store.exchange(2, (operations.ack(lease),))


async def test_the_same_lease_call_gets_the_same_leases(worker):
    w = await worker()
    await w.tell(*(push(n) for n in range(10)))
    first = await w.store.exchange(0, (), Ask(7, 4, 0, ("p",)))
    again = await w.store.exchange(0, (), Ask(7, 4, 0, ("p",)))
    assert first.leases == again.leases
    assert len(first.leases) == 4
    after = await w.store.exchange(0, (), Ask(8, 10, 0, ("p",)))
    assert len(after.leases) == 6


async def test_a_repeated_call_does_not_return_what_was_settled_in_between(worker):
    w = await worker()
    await w.tell(push(1), push(2))
    first = await w.store.exchange(0, (), Ask(7, 2, 0, ("p",)))
    await w.tell(operations.ack(first.leases[0]))
    again = await w.store.exchange(0, (), Ask(7, 2, 0, ("p",)))
    assert again.leases == first.leases[1:]


async def test_better_ranks_go_first_then_first_come_first_served(worker):
    w = await worker()
    await w.tell(
        push("deep", rank=2500),
        push("list", rank=1500),
        push("b", rank=500),
        push("c", rank=500),
        push("top", rank=400),
    )
    order = []
    for _ in range(5):
        order += [lease.entry[2:] for lease in await w.leases()]
    assert order == [ident(n) for n in ("top", "b", "c", "list", "deep")]


async def test_hosts_take_turns(worker):
    w = await worker()
    await w.tell(
        *(push(f"a{n}", host="a.x.cn") for n in range(6)), *(push(f"b{n}", host="b.x.cn") for n in range(3))
    )
    leased = [lease.entry[2:] for lease in await w.leases(6)]
    of_b = [n for n, entry in enumerate(leased) if entry in {ident(f"b{n}") for n in range(3)}]
    assert of_b == [1, 3, 5]


async def test_portals_take_turns_and_only_those_that_are_served(worker):
    w = await worker(join=("p", "q", "r"))
    for portal in "pqr":
        await w.tell(*(push(n, portal=portal, host=f"{portal}.cn", site=f"{portal}.cn") for n in range(4)))
    leased = [lease.portal for lease in await w.leases(6, portals=("p", "q"))]
    assert sorted(leased[:2]) == ["p", "q"]
    assert (leased.count("p"), leased.count("q"), leased.count("r")) == (3, 3, 0)


async def test_a_new_article_on_another_host_goes_before_a_deep_list(worker):
    w = await worker()
    await w.tell(*(push(f"l{n}", host="l.x.cn", rank=2500) for n in range(3)))
    await w.tell(push("new", host="n.x.cn", rank=500))
    assert [lease.entry[2:] for lease in await w.leases(1)] == [ident("new")]


async def test_release_gives_back_without_a_try(worker):
    w = await worker()
    await w.tell(push("a"), push("b"))
    (lease,) = await w.leases()
    await w.tell(operations.release(lease))
    (again,) = await w.leases()
    assert again.entry == lease.entry
    assert again.tries == 0
    assert again.token != lease.token


async def test_a_failed_try_waits_and_counts_and_the_last_one_buries(worker):
    w = await worker()
    await w.tell(push("a"))
    for tries in range(3):
        (lease,) = await w.leases()
        assert lease.tries == tries
        reply = await w.tell(operations.nack(lease, "http-500", 500, 40, tries=3))
        assert await w.leases() == ()
        await asyncio.sleep(0.05)
    assert reply.buried == 1
    assert await w.leases() == ()
    status = await portal_status(w.store, "p")
    assert (status.dead, status.queued, status.leased) == (1, 0, 0)


async def test_a_wait_beyond_the_horizon_does_not_keep_the_run_alive(worker):
    w = await worker(delay_max=60)
    await w.tell(push("a"), push("b"))
    lease, other = await w.leases(2)
    await w.tell(
        operations.nack(lease, "http-503", 503, 3_600_000, tries=3),
        operations.nack(other, "http-503", 503, 30_000, tries=3),
    )
    reply = await w.lease()
    assert not reply.drained
    status = await portal_status(w.store, "p")
    assert (status.delayed, status.later) == (1, 1)


async def test_drained_means_that_nobody_holds_anything(worker):
    one, two = await worker("one"), await worker("two")
    assert (await two.lease()).drained
    await one.tell(push("a"))
    (lease,) = await one.leases()
    assert not (await two.lease()).drained
    await one.tell(operations.ack(lease))
    assert (await two.lease()).drained


async def test_nothing_of_other_portals_counts_for_drained(worker):
    w = await worker(join=("p", "q"))
    await w.tell(push("a", portal="q"))
    assert (await w.lease(portals=("p",))).drained
    assert not (await w.lease(portals=("q",))).drained


async def test_wait_says_when_something_is_due(worker):
    w = await worker()
    await w.tell(push("a"))
    (lease,) = await w.leases()
    await w.tell(operations.nack(lease, "timeout", 0, 500, tries=3))
    reply = await w.lease()
    assert 400 < reply.wait_ms <= 500
    assert (await w.lease(portals=("other",))).wait_ms is None


async def test_a_run_scoped_page_is_queued_once_a_run(worker):
    w = await worker()
    await w.tell(push("list", mode="R"))
    (lease,) = await w.leases()
    assert (await w.tell(push("list", mode="R"), operations.ack(lease))).seen == 1
    run = await w.store.join("p", _pace())
    assert (run.number, run.joined) == (2, False)
    assert (await w.tell(push("list", mode="R"))).pushed == 1


async def test_a_forced_request_does_not_collide_with_its_leased_parent(worker):
    w = await worker()
    await w.tell(push("a"))
    (parent,) = await w.leases()
    assert (await w.tell(push("a", mode="F"), operations.ack(parent))).pushed == 1
    (hop,) = await w.leases()
    assert hop.entry == parent.entry + "~"
    # the hop redirects to its own id once more
    assert (await w.tell(push("a", mode="F"), operations.ack(hop))).pushed == 1
    (second,) = await w.leases()
    await w.tell(operations.ack(second))
    assert (await w.lease()).drained


async def test_a_forced_request_that_is_queued_is_not_queued_twice(worker):
    w = await worker()
    await w.tell(push("a"))
    assert (await w.tell(push("a", mode="F"))).seen == 1
    assert len(await w.leases(5)) == 1


async def test_an_undecodable_payload_is_set_apart_and_counted(worker):
    w = await worker()
    await w.tell(push("a", payload=b"nonsense"))
    (lease,) = await w.leases()
    await w.tell(operations.undecodable(lease))
    status = await portal_status(w.store, "p")
    assert (status.undecodable, status.queued, status.leased) == (1, 0, 0)
    assert (await w.lease()).drained


async def test_entries_that_nobody_wrote_do_no_harm(worker):
    w = await worker()
    await w.tell(push("a"))
    redis, key = w.store.connection.redis, w.store.keys
    await redis.zadd(key("ready:p:a.x.cn/x.cn"), {"p:ghost": 0, "no portal": 1, b"p:\xff\xfe": 2})
    await redis.zadd(key("due:p"), {"nonsense": 0, "empty/slot": 0})
    await redis.zadd(key("portals"), {"p": 0})
    await redis.hset(key("requests"), "p:ghost", b"\x00\xff no header")
    leases = await w.leases(10)
    seen = {lease.entry: lease.payload for lease in leases}
    assert set(seen) == {f"p:{ident('a')}", "p:ghost"}
    assert seen["p:ghost"] == b"\x00\xff no header"
    await w.tell(operations.undecodable(leases[0]), operations.ack(leases[1]))
    assert (await w.lease()).drained


async def test_concurrent_workers_never_get_the_same_request(worker):
    workers = [await worker(f"w{n}") for n in range(4)]
    await workers[0].tell(*(push(n) for n in range(200)))
    got = await asyncio.gather(*(w.leases(7) for _ in range(10) for w in workers))
    entries = [lease.entry for leases in got for lease in leases]
    assert len(entries) == len(set(entries)) == 200
    tokens = [int(lease.token) for leases in got for lease in leases]
    assert len(set(tokens)) == 200


async def test_extra_leases_only_where_nothing_limits(worker):
    w = await worker(join=())
    await w.store.join("free", _pace())
    await w.store.join("slow", _pace(gap=1000))
    for portal in ("free", "slow"):
        await w.tell(*(push(n, portal=portal, host=f"{portal}.cn", site=f"{portal}.cn") for n in range(5)))
    leased = await w.leases(0, extra=10, portals=("free", "slow"))
    assert [lease.portal for lease in leased] == ["free"] * 5


async def test_the_cache_takes_any_bytes_with_the_acknowledgement(worker):
    w = await worker()
    value = bytes(range(256)) * 300
    await w.tell(push("a"))
    (lease,) = await w.leases()
    await w.tell(operations.keep("k", value, 60_000), operations.ack(lease))
    assert await w.store.cached("k") == value


@pytest.mark.parametrize("size", [0, 1, 500])
async def test_batches_of_any_size(worker, size):
    w = await worker()
    reply = await w.tell(*(push(n) for n in range(size)))
    assert reply.pushed == size


async def test_a_large_payload_survives(worker):
    w = await worker()
    payload = msgspec.json.encode({"v": 1, "u": "http://a.x.cn/", "meta": {"hint": {"title": "新" * 50_000}}})
    await w.tell(push("a", payload=payload))
    assert (await w.leases())[0].payload == payload


def _pace(gap=0):
    from crawler.frontier.redis.politeness import Pace

    return Pace(gap=gap, site_gap=0, slack=0, host_max=0, site_max=0)
