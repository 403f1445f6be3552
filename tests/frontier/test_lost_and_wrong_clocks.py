"""A frontier that was lost under its workers, and one whose Redis had a clock in the future."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta

import pytest

from crawler.frontier.redis import operations
from crawler.frontier.redis.politeness import Pace
from crawler.frontier.redis.status import portal_status
from tests.frontier.conftest import UNLIMITED, push

HOUR = 3_600_000
YEAR = 365 * 24 * HOUR
PACE = Pace(gap=100, site_gap=50, slack=0, host_max=8, site_max=16)


async def flush(w):
    """All of this frontier is gone, as after a FLUSHALL; other tests keep theirs."""
    redis = w.store.connection.redis
    keys = [key async for key in redis.scan_iter(match=w.store.keys("*").replace("[", "\\["))]
    await redis.delete(*keys)


async def test_every_answer_tells_which_frontier_it_comes_from(worker):
    w = await worker()
    birth = (await w.store.join("p", UNLIMITED)).birth
    assert birth
    assert (await w.tell(push("a"))).birth == (await w.lease()).birth == birth
    await flush(w)
    assert (await w.lease()).birth == ""
    other = await worker("other")
    assert (await w.lease()).birth == (await other.lease()).birth not in {"", birth}


async def test_a_portal_that_is_cleared_is_the_same_frontier(worker):
    from crawler.frontier.admin import Admin

    w = await worker()
    await w.tell(push("a"))
    before = (await w.lease()).birth
    await Admin(w.store).clear("p")
    assert (await w.lease()).birth == before


def now_ms(w):
    return w.store.clock.seconds() * 1000


async def set_clocks(w, ahead_ms, *, site=True):
    """As a Redis writes them whose clock stands so far in the future."""
    redis, key, at = w.store.connection.redis, w.store.keys, now_ms(w) + ahead_ms
    await redis.hset(key("host:a.x.cn"), mapping={"next": at, "back": 1000, "back_at": at})
    if site:
        await redis.hset(key("site:x.cn"), "next", at)
    for name, member in (("due:p", "a.x.cn/x.cn"), ("portals", "p")):
        await redis.zadd(key(name), {member: at})


async def waits_s(w):
    """How long the portal has to wait now."""
    due = await w.store.connection.redis.zscore(w.store.keys("due:p"), "a.x.cn/x.cn")
    return round((due - now_ms(w)) / 1000)


@pytest.mark.parametrize("ahead", [YEAR, 24 * HOUR, HOUR + 60_000])
@pytest.mark.parametrize("site", [True, False])
async def test_clocks_of_politeness_that_stand_more_than_an_hour_ahead_are_set_back(worker, ahead, site):
    w = await worker(pace=PACE)
    await w.tell(push("a"))
    await set_clocks(w, ahead, site=site)
    reply = await w.lease()
    assert reply.drained
    assert await waits_s(w) == 3600
    told = {event.host for event in reply.hosts}
    assert told == ({"a.x.cn", "x.cn"} if site else {"a.x.cn"})
    assert {event.what for event in reply.hosts} == {"clock"}
    assert all(event.since - event.until > timedelta(0) for event in reply.hosts)
    assert (await w.lease()).hosts == (), "once"
    status = await portal_status(w.store, "p")
    assert (status.queued, status.later_hosts) == (1, 1)
    assert round((status.next_due - now_ms(w)) / 1000) == 3600


@pytest.mark.parametrize("ahead", [1_000, 60_000, HOUR - 60_000])
async def test_clocks_within_an_hour_stay(worker, ahead):
    w = await worker(pace=PACE)
    await w.tell(push("a"))
    await set_clocks(w, ahead)
    reply = await w.lease()
    assert (reply.leases, reply.hosts) == ((), ())
    assert await waits_s(w) == round(ahead / 1000)


async def test_a_portal_that_is_asked_less_than_once_an_hour_keeps_its_pace(worker):
    w = await worker(pace=Pace(gap=5 * HOUR, site_gap=5 * HOUR, slack=0, host_max=8, site_max=16))
    await w.tell(push("a"), push("b"))
    assert len(await w.leases(2)) == 1
    reply = await w.lease()
    assert (reply.leases, reply.hosts) == ((), ())
    assert await waits_s(w) == 5 * 3600


async def test_a_crawl_delay_of_an_hour_is_kept_to(worker):
    w = await worker(pace=PACE)
    await w.tell(operations.crawl_delay("a.x.cn", HOUR), push("a"), push("b"))
    assert len(await w.leases(2)) == 1
    await asyncio.sleep(0.06)  # the site's turn
    assert (await w.lease()).hosts == ()
    assert await waits_s(w) == 3600


async def test_what_a_server_asked_for_is_never_shortened(worker):
    w = await worker(pace=PACE)
    await w.tell(push("a"), operations.fail_host("a.x.cn", "http-503", asked_ms=HOUR))
    redis, key = w.store.connection.redis, w.store.keys("alone")
    record = json.loads(await redis.hget(key, "a.x.cn"))
    asked = now_ms(w) + 20 * HOUR
    await redis.hset(key, "a.x.cn", json.dumps({**record, "asked": asked}))
    await set_clocks(w, 24 * HOUR)
    reply = await w.lease()
    assert reply.drained
    assert await waits_s(w) == 20 * 3600
    assert json.loads(await redis.hget(key, "a.x.cn"))["asked"] == asked


async def test_but_the_pause_of_a_host_that_fails_is_a_clock_like_others(worker):
    w = await worker(pace=PACE)
    await w.tell(push("a"), operations.fail_host("a.x.cn", "refused"))
    redis, key = w.store.connection.redis, w.store.keys("alone")
    record = json.loads(await redis.hget(key, "a.x.cn"))
    await redis.hset(key, "a.x.cn", json.dumps({**record, "till": now_ms(w) + YEAR}))
    for _ in range(2):
        reply = await w.lease()
    assert await waits_s(w) == 3600
    assert reply.hosts == (), "once"


async def test_what_waits_for_another_try_since_a_clock_was_wrong(worker):
    w = await worker()
    await w.tell(push("a"), push("b"))
    leases = await w.leases(2)
    await w.tell(*(operations.nack(lease, "x", 0, 60_000, tries=5) for lease in leases))
    redis, key = w.store.connection.redis, w.store.keys
    await redis.zadd(
        key("delayed:p"), {leases[0].entry: now_ms(w) + YEAR, leases[1].entry: now_ms(w) + 23 * HOUR}
    )
    await redis.zadd(key("portals"), {"p": now_ms(w) + 23 * HOUR})
    assert (await w.lease()).drained
    waits = dict(await redis.zrange(key("delayed:p"), 0, -1, withscores=True))
    assert round((waits[leases[0].entry.encode()] - now_ms(w)) / HOUR) == 1
    assert round((waits[leases[1].entry.encode()] - now_ms(w)) / HOUR) == 23, "perhaps a Retry-After of a day"


async def test_a_lease_from_the_future_is_taken_back(worker):
    w = await worker(lease=0.2)
    await w.tell(push("a"))
    (lease,) = await w.leases()
    redis, key = w.store.connection.redis, w.store.keys
    await redis.zadd(key("leases:p"), {lease.entry: now_ms(w) + YEAR})
    await redis.zadd(key("portals"), {"p": now_ms(w) + YEAR})
    other = await worker("other", lease=0.2)
    assert not (await other.lease()).drained
    await asyncio.sleep(0.25)
    assert [found.entry for found in await other.leases()] == [lease.entry]


async def test_a_run_and_its_workers_from_the_future_keep_nobody_out(worker):
    w = await worker()
    await w.tell(push("a"))
    redis, key = w.store.connection.redis, w.store.keys
    await redis.hset(key("portal:p"), "started", now_ms(w) + YEAR)
    await redis.zadd(key("workers"), {"gone": now_ms(w) + YEAR})
    await redis.delete(key("crew:p"))
    await redis.sadd(key("crew:p"), "gone")
    run = await w.store.join("p", UNLIMITED, orders="full=1")
    assert (run.number, run.joined) == (2, False)
    await w.store.renew(())
    assert await redis.zscore(key("workers"), "gone") is None


async def test_a_back_off_from_the_future_is_no_eternity(worker):
    w = await worker(pace=PACE)
    await w.tell(push("a"), push("b"))
    await set_clocks(w, YEAR)
    await w.store.connection.redis.hset(w.store.keys("host:a.x.cn"), "next", 0)
    await w.store.connection.redis.delete(w.store.keys("site:x.cn"))
    await w.lease()
    assert len(await w.leases(1)) == 1
    await w.lease()
    assert await waits_s(w) <= 1


def test_a_robots_txt_that_holds_for_longer_than_a_day_is_asked_for_again():
    from crawler.fetching.robots import Robots
    from crawler.fetching.robots_record import RobotsRecord

    now = datetime(2026, 11, 30, tzinfo=UTC).timestamp()
    record = RobotsRecord.after(Robots("open", "", None), now)
    assert [record.holds(now + s) for s in (0, 86_399, 86_401)] == [True, True, False]
    assert not record.holds(now - 365 * 86_400)
