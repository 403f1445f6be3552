"""The frontier in a Redis with a stand-by: where it is found, what counts there, what is said where it cannot be."""

from __future__ import annotations

from contextlib import suppress

import pytest
from redis.exceptions import ConnectionError as RedisConnectionError

from crawler.errors import Unreachable
from crawler.frontier.redis import operations
from crawler.frontier.redis.connection import Connection
from crawler.frontier.redis.faults import describe
from crawler.frontier.redis.primary import Node
from crawler.frontier.redis.scripts import NotReplicatedError
from crawler.frontier.redis.status import portal_status
from crawler.frontier.redis.store import Frontier
from crawler.stack.ports import free_port
from tests.frontier.conftest import options_of, push
from tests.frontier.redis_process import RedisProcess
from tests.frontier.redis_topologies import Cluster, Watched, wait_until


async def refusal(url: str, frontier: str) -> str:
    connection = Connection(url=url)
    with pytest.raises(Unreachable) as error:
        await Frontier(connection, options_of(frontier), "w").open()
    await connection.close()
    assert "\n" not in str(error.value)
    return str(error.value)


@pytest.fixture
def cluster(tmp_path, frontier_name):
    made = Cluster(tmp_path, frontier_name)
    yield made
    made.stop()


@pytest.fixture
def watched(tmp_path):
    made = Watched(tmp_path, password="Secr3t", userinfo=":Secr3t@")
    yield made
    made.stop()


async def test_any_node_of_a_cluster_leads_to_the_frontier(cluster, worker, frontier_name):
    for number, node in enumerate(cluster.nodes):
        w = await worker(url=node.url)
        assert (await w.tell(push(number))).pushed == 1
        assert w.store.warnings == ()
    with cluster.primary.client() as client:
        assert client.hlen("{" + frontier_name + "}:requests") == len(cluster.nodes)


async def test_a_slot_that_moves_is_followed(cluster, worker, frontier_name):
    w = await worker(url=cluster.primary.url)
    await w.tell(push("before"))
    (before,) = await w.leases(1)
    cluster.fail_over()
    cluster.primary.start()
    wait_until(lambda: not cluster_says(cluster.primary, "master"), "the old primary does not follow")
    # as the pump does it: the same batch, until it is answered
    for _ in range(3):
        with suppress(RedisConnectionError):
            reply = await w.store.exchange(9, [operations.ack(before), push("after")])
            break
    assert reply.pushed == 1
    assert (await portal_status(w.store, "p")).ready == 1


def cluster_says(node: RedisProcess, role: str) -> bool:
    with node.client() as client:
        return client.info("replication")["role"] == role


async def test_a_cluster_that_is_down_is_one_line(cluster, frontier_name):
    cluster.replica.stop()
    cluster.primary.kill()
    cluster.other.wait_for(b"cluster_state:fail", "CLUSTER", "INFO")
    said = await refusal(cluster.url, frontier_name)
    assert said.startswith(f"Redis at {cluster.url.removesuffix('/0')}")
    assert "the Redis Cluster is down" in said


async def test_a_cluster_that_has_no_node_for_the_frontier_is_one_line(own_cluster, frontier_name):
    (node,) = own_cluster()
    with node.client() as client:
        client.execute_command("CLUSTER", "FLUSHSLOTS")
    node.wait_for(b"cluster_state:fail", "CLUSTER", "INFO")
    assert "the Redis Cluster is down (" in await refusal(node.url, frontier_name)


async def test_a_node_that_points_to_one_that_is_away_is_one_line(cluster, frontier_name):
    cluster.replica.stop()
    cluster.primary.freeze()
    try:
        said = await refusal(f"{cluster.url}?socket_timeout=1&socket_connect_timeout=1", frontier_name)
    finally:
        cluster.primary.thaw()
    assert "does not answer" in said


async def test_sentinels_name_the_primary_and_a_wrong_word_is_one_line(watched, worker):
    w = await worker(url=watched.url)
    assert (await w.tell(push("a"))).pushed == 1
    with watched.primary.client() as client:
        assert client.info("clients")["connected_clients"] >= 2
    # one of the sentinels is away
    watched.sentinels[0].kill()
    assert (await (await worker(url=watched.url)).tell(push("b"))).pushed == 1
    for wrong, says in {
        watched.url.replace("/crawl/", "/other/"): "no sentinel of Redis names a primary (",
        watched.url.replace("Secr3t", "wrong5"): "wants another user or password",
        f"redis+sentinel://:Secr3t@127.0.0.1:{free_port()}/crawl": "no sentinel of Redis names a primary (",
        f"redis://127.0.0.1:{watched.sentinels[1].port}/0": "is a sentinel: REDIS_URL=redis+sentinel://",
    }.items():
        said = await refusal(wrong, "f")
        assert says in said
        assert not [secret for secret in ("Secr3t", "wrong5") if secret in said]


async def test_a_primary_that_became_a_replica_is_left(watched, worker):
    w = await worker(url=watched.url)
    await w.tell(push("a"))
    with watched.sentinels[0].client() as client:
        client.execute_command("SENTINEL", "FAILOVER", "crawl")
    wait_until(watched.promoted, "the replica did not take over")
    wait_until(lambda: cluster_says(watched.primary, "slave"), "the old primary does not follow")
    assert (await w.tell(push("b"))).pushed == 1
    assert (await portal_status(w.store, "p")).ready == 2


async def test_what_no_replica_has_does_not_count(watched, worker):
    watched.keep_two()
    w = await worker(url=watched.url)
    assert w.store.script.replicas == 1
    assert (await w.store.exchange(1, [push("a")])).repeated is False
    watched.replica.freeze()
    with pytest.raises(NotReplicatedError) as error:
        await w.store.exchange(2, [push("b")])
    assert describe(error.value) == (
        "Redis does not pass on what is written (0 of 1 replicas have what was written)"
    )
    watched.replica.thaw()
    reply = await w.store.exchange(2, [push("b")])
    assert (reply.repeated, (await portal_status(w.store, "p")).ready) == (True, 2)


def test_the_nodes_of_a_cluster_are_asked_in_turn():
    node = Node(("a", 1))
    node.learn([("b", 2), ("c", 3), ("a", 1)])
    seen = []
    for _ in range(4):
        seen.append(node._now)
        node.unreachable(node._now)
    assert seen == [("a", 1), ("b", 2), ("c", 3), ("a", 1)]
    # what another connection has found out already counts
    node.unreachable(("z", 9))
    assert node._now == ("b", 2)
    alone = Node(("a", 1))
    alone.unreachable(("a", 1))
    assert alone._now == ("a", 1)
