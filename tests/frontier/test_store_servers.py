"""The server behind the frontier: full, restarted, foreign, missing."""

from __future__ import annotations

import pytest
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError

from crawler.errors import Unreachable, UsageError
from crawler.frontier.redis import operations
from crawler.frontier.redis.connection import Connection
from crawler.frontier.redis.faults import describe, is_full
from crawler.frontier.redis.scripts import SCRIPTS, source
from crawler.frontier.redis.status import portal_status
from crawler.frontier.redis.store import Frontier
from crawler.stack.ports import free_port
from tests.frontier.conftest import options_of, push


@pytest.fixture
async def full(own_redis, worker):
    """A worker with five leases on a Redis that is out of memory, and the way back."""
    w = await worker(url=own_redis.url)
    await w.store.exchange(1, [push(n) for n in range(20)])
    leases = await w.leases(5)
    redis = w.store.connection.redis
    await redis.config_set("maxmemory", "1")

    async def room():
        await redis.config_set("maxmemory", "0")

    return w, leases, room


async def test_a_full_redis_does_an_exchange_as_a_whole_or_not_at_all(full):
    w, leases, room = full
    before = await portal_status(w.store, "p")
    for batch in ([push("x")], [operations.ack(leases[0])], [operations.ack(leases[0]), push("x")], []):
        with pytest.raises(RedisError) as error:
            await (w.store.exchange(2, batch) if batch else w.lease(5))
        assert is_full(error.value)
        assert describe(error.value) == "Redis is out of memory (maxmemory)"
    assert await portal_status(w.store, "p") == before
    await room()
    reply = await w.store.exchange(2, [operations.ack(leases[0]), push("x")])
    assert (reply.repeated, reply.acked, reply.pushed) == (False, 1, 1)


async def test_a_full_redis_takes_heartbeats_and_settlements(full):
    w, leases, _ = full
    assert await w.store.renew(leases) == frozenset()
    await w.store.settle(
        [
            operations.ack(leases[0]),
            operations.nack(leases[1], "x", 0, 60_000, 3),
            operations.release(leases[2]),
        ]
    )
    status = await portal_status(w.store, "p")
    assert (status.leased, status.delayed, status.ready) == (2, 1, 16)
    assert await w.store.reserve_slot("p", "a.x.cn", "x.cn", longest_s=1) == 0
    assert await w.store.claim("p", "x")
    assert await w.store.unlisted("p", "c", ["0" * 32]) == {"0" * 32}


async def test_a_restarted_redis_is_noticed_and_goes_on(own_redis, worker):
    w = await worker(url=own_redis.url)
    await w.tell(push("a"), push("b"))
    (lease, _) = await w.leases(2)
    assert w.store.connection.servers == 1
    own_redis.kill()
    with pytest.raises(RedisConnectionError):
        await w.lease()
    own_redis.start()
    assert (await w.tell(operations.ack(lease))).acked in {0, 1}
    assert w.store.connection.servers == 2
    # a connection that breaks is not a new server
    await w.store.connection.redis.connection_pool.disconnect()
    await w.lease()
    assert w.store.connection.servers == 2


async def test_scripts_that_the_server_forgot_are_told_again(worker):
    w = await worker()
    await w.store.connection.redis.script_flush()
    assert (await w.tell(push("a"))).pushed == 1


async def test_no_server_a_wrong_server_and_a_wrong_name_are_one_line(redis_url, own_redis):
    port = free_port()
    with own_redis.client() as client:
        client.config_set("requirepass", "secret")
    wrong = [
        (f"redis://user:secret@127.0.0.1:{port}", "f", Unreachable, f"127.0.0.1:{port}"),
        (own_redis.url, "f", Unreachable, "another user or password"),
        (own_redis.url.replace("redis://", "redis://:wrong@"), "f", Unreachable, "another user or password"),
        (redis_url, "a b", UsageError, "FRONTIER"),
        (redis_url, "{a}", UsageError, "FRONTIER"),
    ]
    for url, name, error, words in wrong:
        connection = Connection(url=url)
        with pytest.raises(error, match=words) as raised:
            await Frontier(connection, options_of(name), "w").open()
        await connection.close()
        assert "\n" not in str(raised.value)
        assert "secret" not in str(raised.value)
    with pytest.raises(UsageError, match="REDIS_URL"):
        Connection(url="nonsense")


async def test_an_evicting_redis_and_one_without_persistence_are_warned_of(own_redis):
    with own_redis.client() as client:
        client.config_set("maxmemory", "100mb")
        client.config_set("maxmemory-policy", "allkeys-lru")
        client.config_set("appendonly", "no")
    connection = Connection(url=own_redis.url)
    store = Frontier(connection, options_of("f"), "w")
    await store.open()
    await connection.close()
    assert len(store.warnings) == 2
    assert "noeviction" in store.warnings[0]
    assert "append-only" in store.warnings[1]


def test_every_script_has_its_parts_and_two_workers_agree_on_its_hash():
    for name in SCRIPTS:
        with_flags, sha = source(name, flags=True)
        plain, other = source(name, flags=False)
        assert with_flags.startswith("#!lua")
        assert not plain.startswith("#!")
        assert sha != other
