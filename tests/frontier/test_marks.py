"""The compact sets: exact, small at every size, ageing."""

from __future__ import annotations

import random

import pytest

from crawler.frontier.redis import operations
from crawler.frontier.redis.status import portal_status
from tests.frontier.conftest import ident, push, unseen


def idents(count, seed=0):
    rng = random.Random(seed)
    return [f"{rng.getrandbits(128):032x}" for _ in range(count)]


async def test_they_are_exact_across_levels(worker):
    w = await worker()
    known, other = idents(30_000, 1), idents(5_000, 2)
    for at in range(0, len(known), 1000):
        assert await w.store.mark_seen("p", known[at : at + 1000]) == 1000
    assert await w.store.mark_seen("p", known[::7]) == 0
    assert await unseen(w.store, "p", known[:2000] + other) == set(other)
    assert (await portal_status(w.store, "p")).seen == pytest.approx(30_000, rel=0.01)
    levels = {
        key.decode().split(":")[-2]
        async for key in w.store.connection.redis.scan_iter("*:seen:p:*")
        if w.store.keys.tag in key.decode()
    }
    assert levels == {"0", "1", "2", "3"}


@pytest.fixture
async def small_arrays(worker):
    """Redis as it is where nobody has set it up."""
    redis = (await worker()).store.connection.redis
    usual = await redis.config_get("set-max-intset-entries")
    await redis.config_set("set-max-intset-entries", 512)
    yield
    await redis.config_set("set-max-intset-entries", usual["set-max-intset-entries"])


async def test_every_array_stays_an_array(worker, small_arrays):
    w = await worker()
    for at in range(40):
        await w.store.mark_seen("p", idents(1000, at))
    kinds = set()
    async for key in w.store.connection.redis.scan_iter(w.store.keys("seen:p:*").replace("{", "[{]")):
        kinds.add(await w.store.connection.redis.object("encoding", key))
    assert kinds == {b"intset"}


@pytest.mark.parametrize("count", [3_000, 30_000, 100_000])
async def test_thirteen_bytes_are_enough(worker, count):
    w = await worker()
    redis = w.store.connection.redis
    for at in range(0, count, 1000):
        await w.store.mark_seen("p", idents(1000, f"{count} {at}"))
    total = 0
    async for key in redis.scan_iter(w.store.keys("seen:p*").replace("{", "[{]"), count=5000):
        total += await redis.memory_usage(key, samples=0)
    assert total / count < 13


async def test_negative_and_extreme_numbers(worker):
    w = await worker()
    extremes = ["0" * 32, "f" * 32, "0" * 8 + "8" + "0" * 23, "f" * 8 + "7" + "f" * 23]
    assert await w.store.mark_seen("p", extremes) == 4
    assert await unseen(w.store, "p", extremes) == set()
    assert [operations.number(extreme)[1] for extreme in extremes] == [
        "0",
        "-1",
        str(-(2**63)),
        str(2**63 - 1),
    ]


async def test_what_is_not_listed_any_more_is_forgotten_and_what_is_moves_up(worker):
    w = await worker(seen_days=8)
    day = 86_400_000
    redis, key = w.store.connection.redis, w.store.keys("seen:p")

    async def days_pass(days):
        """Makes all generations older."""
        found = await redis.hgetall(key)
        starts = {name: int(value) - days * day for name, value in found.items() if name.startswith(b"T")}
        await redis.hset(key, mapping=starts)

    await w.tell(push("old"), push("listed"))
    for _ in range(6):
        await days_pass(3)
        assert (await w.tell(push("listed"))).seen == 1
    assert (await w.tell(push("listed"))).seen == 1
    # still queued, so it is only marked again
    assert await unseen(w.store, "p", [ident("old"), ident("listed")]) == {ident("old")}
    while await w.store.sweep():
        pass
    count = 0
    async for name in redis.scan_iter(w.store.keys("seen:p:*").replace("{", "[{]")):
        count += await redis.scard(name)
    assert count == 1


async def test_sweeping_ends_and_removes_all(worker):
    w = await worker()
    for at in range(8):
        await w.store.mark_seen("p", idents(1000, at))
    redis = w.store.connection.redis
    pattern = w.store.keys("seen:p:*").replace("{", "[{]")
    assert len([key async for key in redis.scan_iter(pattern)]) > 60
    await w.store.script("clear", "p", 1000)
    rounds = 0
    while await w.store.sweep(20):
        rounds += 1
        assert rounds < 100
    assert [key async for key in redis.scan_iter(pattern)] == []
