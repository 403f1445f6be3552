"""A frontier of one test's own on the session's Redis, and workers of it."""

from __future__ import annotations

import itertools
from dataclasses import replace
from hashlib import sha256

import msgspec
import pytest
from scrapy.utils.project import get_project_settings

from crawler.frontier.options import Options
from crawler.frontier.redis import operations
from crawler.frontier.redis.connection import Connection
from crawler.frontier.redis.model import Ask
from crawler.frontier.redis.politeness import Pace
from crawler.frontier.redis.store import Frontier
from crawler.stack.ports import free_port
from tests.frontier.redis_process import RedisProcess

UNLIMITED = Pace(gap=0, site_gap=0, slack=0, host_max=0, site_max=0)


def ident(text) -> str:
    return sha256(str(text).encode()).hexdigest()[:32]


def push(
    name,
    *,
    portal="p",
    host="a.x.cn",
    site="x.cn",
    mode="A",
    rank=500,
    payload=b'{"v":1,"u":"http://a.x.cn/"}',
):
    return operations.push(mode, portal, ident(name), host, site, rank, payload)


async def unseen(store: Frontier, portal: str, identifiers):
    """Those articles that the portal has never queued."""
    packed = msgspec.msgpack.encode((f"seen:{portal}", operations.numbers(identifiers)))
    return {identifiers[found] for found in await store.script("find", packed)}


class Worker:
    """A worker that numbers its batches and calls."""

    def __init__(self, store: Frontier) -> None:
        self.store = store
        self.batch = itertools.count(1)
        self.call = itertools.count(1)

    async def tell(self, *operations):
        return await self.store.exchange(next(self.batch), operations)

    async def lease(self, want=1, *, portals=("p",), extra=0, suspects=0):
        ask = Ask(next(self.call), want, extra, tuple(portals), suspects)
        return await self.store.exchange(0, (), ask)

    async def leases(self, want=1, **more):
        return (await self.lease(want, **more)).leases


def options_of(name, **changes):
    """The project's own options, for a frontier of this name."""
    return replace(Options.from_settings(get_project_settings()), name=name, **changes)


@pytest.fixture
async def worker(redis_url, frontier_name):
    """Makes workers; the first one joins portal ``p`` without any limit of speed."""
    made = []

    async def make(name="w", *, join=("p",), pace=UNLIMITED, limit=0, url=redis_url, **options):
        connection = Connection(url=url)
        store = Frontier(connection, options_of(frontier_name, **options), f"{name}-{len(made)}")
        made.append(connection)
        await store.open()
        for portal in join:
            await store.join(portal, pace, limit=limit)
        return Worker(store)

    yield make
    for connection in made:
        await connection.close()


@pytest.fixture
def own_cluster(tmp_path):
    """Redis Cluster: a node with slots 0 to ``last``, and, where that is not all of them, one with the others."""
    nodes, buses = [], []

    def start(last=16383):
        for number, (first, end) in enumerate(((0, last), (last + 1, 16383))):
            if first > end:
                continue
            folder = tmp_path / f"node-{number}"
            folder.mkdir()
            buses.append(free_port())
            nodes.append(RedisProcess(folder, "--cluster-enabled", "yes", "--cluster-port", str(buses[-1])))
            nodes[-1].start()
            with nodes[-1].client() as client:
                client.execute_command("CLUSTER", "ADDSLOTSRANGE", first, end)
                client.execute_command("CLUSTER", "SET-CONFIG-EPOCH", number + 1)
                if number:
                    client.execute_command("CLUSTER", "MEET", "127.0.0.1", nodes[0].port, buses[0])
        for node in nodes:
            node.wait_for(b"cluster_state:ok", "CLUSTER", "INFO")
        return nodes

    yield start
    for node in nodes:
        node.stop()


@pytest.fixture
def own_redis(tmp_path):
    """A Redis that this test may kill."""
    process = RedisProcess(tmp_path)
    process.start()
    yield process
    process.stop()
