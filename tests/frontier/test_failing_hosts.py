"""Hosts that fail: for how long they are left alone, who is told, and when a run waits for them no longer."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta

import pytest

from crawler.frontier.admin import Admin
from crawler.frontier.redis import operations
from crawler.frontier.redis.politeness import Pace
from crawler.frontier.redis.status import hosts_failing_since, portal_status, waiting_lines
from tests.frontier.conftest import UNLIMITED, push

HOST = "a.x.cn"
POLITE = Pace(gap=1, site_gap=0, slack=0, host_max=8, site_max=0)


def fail(host=HOST, why="refused", **more):
    return operations.fail_host(host, why, **more)


async def record(w, host=HOST):
    found = await w.store.connection.redis.hget(w.store.keys("alone"), host)
    return json.loads(found) if found else None


async def pass_pause(w, host=HOST, *, back_ms=0):
    """As if the pause were over, and everything of the host had happened so much earlier."""
    redis, key = w.store.connection.redis, w.store.keys
    changed = await record(w, host)
    over = w.store.clock.seconds() * 1000 - 10
    changed |= {"till": over, "asked": 0, "since": changed["since"] - back_ms, "at": changed["at"] - back_ms}
    await redis.hset(key("alone"), host, json.dumps(changed))
    for slot in await redis.zrange(key("due:p"), 0, -1):
        await redis.zadd(key("due:p"), {slot: 0})
    await redis.zadd(key("portals"), {"p": 0})


async def fail_again(w, times, **more):
    events = []
    for _ in range(times):
        reply = await w.tell(fail(**more))
        events += reply.hosts
        await pass_pause(w)
    return events


async def test_a_pause_doubles_up_to_half_an_hour(worker):
    w = await worker()
    pauses = []
    for _ in range(10):
        reply = await w.tell(fail())
        found = await record(w)
        pauses.append(round((found["till"] - reply.server_ms) / 1000))
        await pass_pause(w)
    assert pauses == [10, 20, 40, 80, 160, 320, 640, 1280, 1800, 1800]
    assert found["times"] == 10


async def test_what_was_under_way_when_the_pause_began_tells_nothing_new(worker):
    one, two = await worker("one"), await worker("two")
    for w in (one, two, one, two):
        await w.tell(fail())
    assert (await record(one))["times"] == 1


@pytest.mark.parametrize(
    ("more", "seconds"),
    [
        ({"asked_ms": 30_000}, 30),
        ({"asked_ms": 3_600_000}, 3600),
        ({"least_ms": 60_000}, 60),
        ({"least_ms": 500}, 10),
    ],
)
async def test_who_says_how_long_is_taken_at_his_word(worker, more, seconds):
    w = await worker()
    reply = await w.tell(push("a"), fail(why="http-503", **more))
    found = await record(w)
    assert round((max(found["till"], found["asked"]) - reply.server_ms) / 1000) == seconds
    assert not (await w.lease()).leases
    due = await w.store.connection.redis.zscore(w.store.keys("due:p"), "a.x.cn/x.cn")
    assert round((due - reply.server_ms) / 1000) == seconds


async def test_a_longer_pause_that_is_asked_for_meanwhile_counts(worker):
    w = await worker()
    await w.tell(fail(why="http-503", asked_ms=5_000))
    reply = await w.tell(fail(why="http-503", asked_ms=60_000))
    assert round(((await record(w))["asked"] - reply.server_ms) / 1000) == 60
    await w.tell(fail(why="http-503", asked_ms=1_000))
    assert round(((await record(w))["asked"] - reply.server_ms) / 1000) == 60


async def test_one_line_a_host_and_one_when_it_is_back(worker):
    w, other = await worker("one"), await worker("two")
    events = await fail_again(w, 5)
    assert [(event.host, event.what, event.why, event.times) for event in events] == [
        (HOST, "alone", "refused", 1)
    ]
    (event,) = (await other.tell(operations.host_is_back(HOST))).hosts
    assert (event.what, event.times) == ("back", 5)
    assert await record(w) is None
    assert (await w.tell(operations.host_is_back(HOST))).hosts == ()


async def test_a_host_that_comes_and_goes_is_told_of_again_only_where_it_stays_away(worker):
    w = await worker()
    for told in (1, 0, 0):
        assert len(await fail_again(w, 2)) == told
        assert len((await w.tell(operations.host_is_back(HOST))).hosts) == told
    assert [event.times for event in await fail_again(w, 4)] == [3]


@pytest.mark.parametrize(
    ("more", "at"), [({"why": "refused"}, [1]), ({"why": "http-429", "harder": True}, [2]),
                     ({"why": "http-503", "harder": True, "asked_ms": 120_000}, [1])]
)  # fmt: skip
async def test_a_host_that_is_only_a_little_busy_is_not_told_of(worker, more, at):
    w = await worker()
    assert [event.times for event in await fail_again(w, 4, **more)] == at


async def test_an_answer_from_before_the_pause_does_not_end_it(worker):
    w = await worker()
    await w.tell(fail())
    assert (await w.tell(operations.host_is_back(HOST))).hosts == ()
    assert (await record(w))["times"] == 1


async def test_a_host_that_fails_is_tried_by_one_request_at_a_time_and_by_others_each_time(worker):
    w = await worker(pace=POLITE)
    await w.tell(*(push(n) for n in range(6)), fail())
    tried = []
    for _ in range(6):
        await pass_pause(w)
        (lease,) = await w.leases(5)
        assert lease.fails
        assert lease.host == HOST
        assert await w.leases(5) == ()
        tried.append(lease.entry)
        await w.tell(fail(), operations.nack(lease, "refused", 0, 0, tries=5))
        await asyncio.sleep(0.005)
    assert len(set(tried)) == 6, "none of them loses all its tries to a host that is down for a while"


async def test_so_is_one_that_said_when_it_may_be_asked_again(worker):
    w = await worker(pace=POLITE)
    await w.tell(*(push(n) for n in range(6)), fail(why="http-503", asked_ms=100))
    await asyncio.sleep(0.11)
    assert len(await w.leases(5)) == 1
    await asyncio.sleep(0.01)
    assert await w.leases(5) == ()


async def test_and_by_as_many_as_before_once_it_is_back(worker):
    w = await worker(pace=UNLIMITED)
    await w.tell(*(push(n) for n in range(6)), fail())
    await pass_pause(w)
    (lease,) = await w.leases(5)
    await w.tell(operations.host_is_back(HOST), operations.ack(lease))
    found = await w.leases(5)
    assert len(found) == 5
    assert not any(lease.fails for lease in found)


async def test_a_run_waits_for_a_host_that_began_to_fail_and_no_longer_when_it_goes_on(worker):
    w = await worker(patience=60)
    await w.tell(push("a"), push("b"), fail())
    assert not (await w.lease()).drained
    await pass_pause(w, back_ms=120_000)
    await w.tell(fail())
    reply = await w.lease()
    assert (reply.leases, reply.drained) == ((), True)
    status = await portal_status(w.store, "p")
    assert (status.drained, status.failing, status.queued, status.demand) == (True, 1, 2, 0)
    (host,) = status.left_alone
    assert (host.host, host.why, host.times, host.requests, host.asked) == (HOST, "refused", 2, 2, False)
    (line,) = waiting_lines(status)
    assert line.startswith("a.x.cn is left alone until 20")
    assert line.endswith("2 requests wait")


async def test_one_long_failure_alone_is_not_enough(worker):
    """A host that was not tried again after its first pause may be there by now."""
    w = await worker(patience=0)
    await w.tell(push("a"), fail())
    assert not (await w.lease()).drained


async def test_what_waits_for_another_try_there_keeps_no_run_alive_either(worker):
    w = await worker(patience=0)
    await w.tell(push("a"))
    (lease,) = await w.leases()
    await w.tell(fail(), operations.nack(lease, "refused", 0, 30_000, tries=5))
    await pass_pause(w)
    await w.tell(fail())
    assert (await w.lease()).drained
    (host,) = (await portal_status(w.store, "p")).left_alone
    assert host.requests == 1


async def test_but_other_hosts_do(worker):
    w = await worker(patience=0)
    await w.tell(push("a"), push("b", host="b.x.cn"))
    (lease, other) = await w.leases(2)
    await fail_again(w, 2)
    await w.tell(fail(), *(operations.nack(each, "x", 0, 30_000, tries=5) for each in (lease, other)))
    assert not (await w.lease()).drained


async def test_a_later_run_tries_it_once_more(worker):
    w = await worker(patience=0)
    await w.tell(push("a"))
    await fail_again(w, 3)
    assert not (await w.lease(0)).leases
    run = await w.store.join("p", UNLIMITED)
    assert (run.number, run.joined) == (2, False), "what waits for a host that fails is no run under way"
    (lease,) = await w.leases()
    assert lease.fails
    assert not (await w.lease()).drained


async def test_who_failed_lately_is_known_though_nothing_waits(worker):
    w = await worker()
    began = w.store.clock.now() - timedelta(seconds=1)
    await w.tell(fail("dead.x.cn"), fail("asked.x.cn", "http-503", asked_ms=60_000))
    assert await hosts_failing_since(w.store, began) == ("dead.x.cn",)
    assert await hosts_failing_since(w.store, began + timedelta(seconds=5)) == ()


async def test_what_failed_days_ago_begins_anew(worker):
    w = await worker()
    await fail_again(w, 5)
    await pass_pause(w, back_ms=2 * 86_400_000)
    (event,) = (await w.tell(fail())).hosts
    assert (event.what, event.times) == ("alone", 1)


@pytest.mark.parametrize("meant", [{"host": HOST}, {"portal": "p"}])
async def test_a_pause_is_lifted(worker, meant):
    w = await worker(pace=POLITE)
    await w.tell(push("a"), push("b"), push("c", host="b.x.cn"))
    leases = await w.leases(3)
    failed = next(lease for lease in leases if lease.host == HOST)
    await w.tell(
        *(operations.ack(lease) for lease in leases if lease is not failed),
        fail(why="http-503", asked_ms=3_600_000),
        operations.nack(failed, "http-503", 503, 3_600_000, tries=5),
    )
    await w.store.cache("robots:http://a.x.cn", b'{"robots":{"state":"closed"}}', 60)
    await w.store.cache("robots:http://b.x.cn", b'{"robots":{"state":"open"}}', 60)
    await asyncio.sleep(0.01)
    assert await w.leases(3) == ()
    waiting = 2 if len(leases) == 2 else 1
    assert await Admin(w.store).resume(**meant) == (1, waiting)
    assert await record(w) is None
    assert await w.store.cached("robots:http://a.x.cn") is None
    assert await w.store.cached("robots:http://b.x.cn") is not None
    found = []
    for _ in range(5):
        await asyncio.sleep(0.005)
        found += await w.leases(3)
    assert len(found) == waiting
    assert await Admin(w.store).resume(**meant) == (0, 0)


async def test_resuming_a_portal_lifts_a_pause_by_hand_too(worker):
    w = await worker()
    await w.tell(push("a"))
    await Admin(w.store).pause("p")
    assert await w.leases() == ()
    await Admin(w.store).resume(portal="p")
    assert len(await w.leases()) == 1


async def test_turns_outside_the_queue_heed_it(worker):
    w = await worker()
    await w.tell(fail())
    assert -10.1 < await w.store.reserve_slot("p", HOST, "x.cn", longest_s=5) < -9
