"""The clocks of hosts and sites, atomic with the lease."""

from __future__ import annotations

import asyncio
import itertools
import time

from crawler.frontier.redis import operations
from crawler.frontier.redis.politeness import Pace
from tests.frontier.conftest import UNLIMITED, push


def gap(ms, *, site_ms=0.0, slack=0.0, hosts=0, sites=0) -> Pace:
    return Pace(gap=ms, site_gap=site_ms, slack=slack, host_max=hosts, site_max=sites)


async def drain(workers, seconds, **more):
    """Leases one by one, acknowledges at once; (worker's view of) time and entry of each."""
    found = []

    async def one(w):
        while time.monotonic() < end:
            reply = await w.lease(1, **more)
            for lease in reply.leases:
                found.append((reply.server_ms, lease))
                await w.tell(operations.ack(lease))
            await asyncio.sleep(0.002)

    end = time.monotonic() + seconds
    await asyncio.gather(*(one(w) for w in workers))
    return sorted(found, key=lambda pair: pair[0])


async def test_one_host_is_asked_at_its_pace_by_all_workers_together(worker):
    workers = [await worker(f"w{n}", pace=gap(100)) for n in range(3)]
    await workers[0].tell(*(push(n) for n in range(50)))
    times = [at for at, _ in await drain(workers, 1.5)]
    gaps = [b - a for a, b in itertools.pairwise(times)]
    assert len(times) >= 10
    assert min(gaps) >= 99.9


async def test_two_portals_on_one_host_share_its_clock(worker):
    w = await worker(join=("p", "q"), pace=gap(100))
    await w.tell(*(push(n, portal=portal) for n in range(20) for portal in "pq"))
    found = await drain([w], 1.0, portals=("p", "q"))
    times = [at for at, _ in found]
    assert min(b - a for a, b in itertools.pairwise(times)) >= 99.9
    portals = [lease.portal for _, lease in found]
    assert abs(portals.count("p") - portals.count("q")) <= 1


async def test_the_hosts_of_a_site_share_the_sites_pace_fairly(worker):
    w = await worker(pace=gap(10, site_ms=50))
    hosts = [f"h{n}.x.cn" for n in range(5)]
    await w.tell(*(push(f"{host}{n}", host=host, payload=host.encode()) for host in hosts for n in range(20)))
    found = await drain([w], 1.2)
    times = [at for at, _ in found]
    assert min(b - a for a, b in itertools.pairwise(times)) >= 49.9
    counts = [[lease.payload for _, lease in found].count(host.encode()) for host in hosts]
    assert max(counts) - min(counts) <= 1


async def test_other_hosts_go_on_while_one_waits(worker):
    w = await worker(pace=gap(10_000))
    await w.tell(
        *(push(f"slow{n}", host="slow.x.cn") for n in range(5)),
        *(push(f"h{n}", host=f"h{n}.x.cn") for n in range(40)),
    )
    leased = [await w.leases(50), await w.leases(50)]
    assert sum(map(len, leased)) == 41


async def test_a_late_start_within_the_slack_does_not_push_back_the_next(worker):
    w = await worker(pace=gap(100, slack=40))
    await w.tell(*(push(n) for n in range(3)))
    first = (await w.lease()).server_ms
    await asyncio.sleep(0.125)
    late = (await w.lease()).server_ms
    reply = await w.lease()
    planned = reply.server_ms + reply.wait_ms
    # 100 after the plan, not after the late start
    assert late - first > 120
    assert planned - first < 100 * 2 + 10


async def test_slow_down_holds_for_all_workers(worker):
    one, two = await worker("one"), await worker("two")
    await one.tell(push("a"), operations.slow_down("a.x.cn", 300))
    reply = await two.lease()
    assert reply.leases == ()
    assert 200 < reply.wait_ms <= 300
    await asyncio.sleep(0.31)
    assert len(await two.leases()) == 1


async def test_a_pause_beyond_the_horizon_ends_the_run(worker):
    w = await worker(delay_max=60)
    await w.tell(push("a"), operations.slow_down("a.x.cn", 3_600_000))
    assert not (await w.lease()).leases
    assert (await w.lease()).drained


async def test_trouble_halves_the_pace_and_that_fades(worker):
    w = await worker(pace=gap(400))
    await w.tell(*(push(n) for n in range(5)))
    await w.leases()

    async def later(seconds, at):
        redis, key = w.store.connection.redis, w.store.keys
        await redis.hset(key("host:a.x.cn"), mapping={"next": 0, "back_at": at - seconds * 1000})
        await redis.delete(key("alone"))
        await redis.zadd(key("due:p"), {"a.x.cn/x.cn": 0})
        await redis.zadd(key("portals"), {"p": 0})

    async def pause(seconds):
        await later(seconds, w.store.clock.seconds() * 1000)
        assert len(await w.leases()) == 1
        return (await w.lease()).wait_ms

    await w.tell(operations.fail_host("a.x.cn", "http-503", harder=True))
    assert 750 < await pause(0) <= 801
    await w.tell(operations.fail_host("a.x.cn", "http-503", harder=True))
    assert 1500 < await pause(0) <= 1601
    assert await pause(60) <= 401


async def test_a_crawl_delay_replaces_a_faster_rate_but_not_for_a_crawl_without_limits(worker):
    w = await worker(join=())
    await w.store.join("p", gap(10))
    await w.store.join("free", UNLIMITED)
    await w.tell(operations.crawl_delay("a.x.cn", 500), operations.crawl_delay("b.x.cn", 500))
    await w.tell(*(push(n) for n in range(3)), *(push(n, portal="free", host="b.x.cn") for n in range(3)))
    assert len(await w.leases(3)) == 1
    assert 400 < (await w.lease()).wait_ms <= 500
    assert len(await w.leases(3, portals=("free",))) == 3


async def test_concurrency_of_a_host_is_bounded_and_a_settlement_makes_room(worker):
    w = await worker(pace=gap(1, hosts=3))
    await w.tell(*(push(n) for n in range(10)))
    held = []
    for _ in range(20):
        held += await w.leases(5)
        await asyncio.sleep(0.002)
    assert len(held) == 3
    await w.tell(operations.ack(held.pop()))
    await asyncio.sleep(0.002)
    assert len(await w.leases(5)) == 1


async def test_concurrency_of_a_site_is_bounded(worker):
    w = await worker(pace=gap(1, site_ms=1, sites=4))
    await w.tell(*(push(n, host=f"h{n}.x.cn") for n in range(10)))
    held = []
    for _ in range(20):
        held += await w.leases(10)
        await asyncio.sleep(0.002)
    assert len(held) == 4


async def test_room_is_not_lost_with_a_dead_worker(worker):
    w = await worker(pace=gap(1, hosts=1), lease=0.05)
    await w.tell(push("a"), push("b"))
    assert len(await w.leases()) == 1
    await asyncio.sleep(0.07)
    assert len(await w.leases()) == 1
    assert await w.store.connection.redis.hget(w.store.keys("host:a.x.cn"), "busy") == b"1"


async def test_turns_outside_the_queue_share_the_clock(worker):
    w = await worker(pace=gap(200))
    assert await w.store.reserve_slot("p", "a.x.cn", "x.cn", longest_s=10) == 0
    assert 0.15 < await w.store.reserve_slot("p", "a.x.cn", "x.cn", longest_s=10) <= 0.2
    await w.tell(push("a"))
    reply = await w.lease()
    assert reply.leases == ()
    assert 300 < reply.wait_ms <= 400


async def test_a_turn_that_is_too_far_away_is_not_reserved(worker):
    w = await worker()
    await w.tell(operations.slow_down("a.x.cn", 60_000))
    before = await w.store.connection.redis.hget(w.store.keys("host:a.x.cn"), "next")
    assert -60.1 < await w.store.reserve_slot("p", "a.x.cn", "x.cn", longest_s=5) < -59
    assert await w.store.connection.redis.hget(w.store.keys("host:a.x.cn"), "next") == before
