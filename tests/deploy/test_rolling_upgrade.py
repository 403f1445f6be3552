"""Old and new workers on one run: what a newer one queued in a new format is left to the newer ones."""

from __future__ import annotations

import json

import msgspec
import pytest

from crawler.frontier.redis import operations
from crawler.frontier.redis.connection import Connection
from crawler.frontier.redis.model import Ask
from crawler.frontier.redis.politeness import Pace
from crawler.frontier.redis.status import portal_status
from crawler.frontier.redis.store import Frontier
from crawler.frontier.requests.codec import decode
from crawler.frontier.requests.payload import VERSION, Newer
from sample_portal.portals import PORTALS
from sample_portal.world import World
from tests.frontier.conftest import options_of

SEED = 20260105
UNLIMITED = Pace(gap=0, site_gap=0, slack=0, host_max=0, site_max=0)


@pytest.fixture
async def frontier(redis_url, frontier_name):
    connection = Connection(url=redis_url)
    store = Frontier(connection, options_of(frontier_name), "newer-worker")
    await store.open()
    yield store
    await connection.close()


async def test_an_older_worker_leaves_a_newer_payload_alone(serve, frontier):
    site = serve(World(PORTALS["sample"], SEED))
    url = "http://fz.sample-news.test/2022-11/01/content_99999999.htm"
    payload = msgspec.json.encode({"v": VERSION + 1, "u": url, "sealed": {"of": "the future"}})
    entry = "f" * 32
    await frontier.join("sample", UNLIMITED, orders="channels=node_177")
    await frontier.exchange(
        1, [operations.push("A", "sample", entry, "fz.sample-news.test", "sample-news.test", 500, payload)]
    )

    old = site.run(
        "crawl",
        "portal",
        "-a",
        "portal=sample",
        "-a",
        "rate=0",
        "-a",
        "channels=node_177",
        "-s",
        "DELAY_MAX=1",
    )

    assert old.returncode == 0, old.stderr
    assert "is left to a newer worker: version 2; this program writes 1" in old.stderr
    status = await portal_status(frontier, "sample")
    assert (status.dead, status.undecodable, status.leased) == (0, 0, 0), "neither buried nor held"
    assert status.queued == 1
    assert not any(url in failure["url"] for failure in site.failures())
    assert not [one for one in site.server.log.entries() if "99999999" in one.target]

    # the newer worker gets it as it was, with all its tries
    redis = frontier.connection.redis
    await redis.zadd(frontier.keys("delayed:sample"), {f"sample:{entry}": 0})
    await redis.zadd(frontier.keys("portals"), {"sample": 0})
    await frontier.join("sample", UNLIMITED, orders="channels=node_177")
    (lease,) = (await frontier.exchange(0, (), Ask(1, 5, 0, ("sample",)))).leases
    assert json.loads(lease.payload) == json.loads(payload)
    assert lease.tries == 0
    with pytest.raises(Newer):
        decode(lease.payload)
