"""The feed of start URLs, as scrapy-redis users fill it."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import replace

import pytest
from redis.crc import key_slot

from crawler.frontier.redis import operations
from crawler.frontier.requests import codec
from crawler.frontier.requests.payload import read_payload
from crawler.frontier.start_urls import StartUrlReader, StartUrls, entry_op, start_url_keys
from crawler.portals.model import Profile
from tests.frontier.conftest import ident, options_of, push, unseen

PROFILES = {"p": Profile(name="p", title="p", home="http://a.x.cn/", domains=("x.cn",))}


URL = "http://a.x.cn/2022-11/03/content_1.htm"


async def nobody_else():
    return {}


@pytest.mark.parametrize(
    "raw",
    [
        b"http://a.x.cn/2022-11/03/content_1.htm",
        b" http://a.x.cn/2022-11/03/content_1.htm\n",
        b'{"url": "http://a.x.cn/2022-11/03/content_1.htm"}',
        b'{"url": "http://a.x.cn/2022-11/03/content_1.htm", "meta": {"channel": "c", "job-id": "1", "portal": "other"}}',
    ],
)
def test_urls_and_json(raw):
    op = entry_op(raw, PROFILES)
    stored = read_payload(op[8].encode())
    assert op[:3] == ("p", "G", "p")
    assert stored.u == "http://a.x.cn/2022-11/03/content_1.htm"
    assert (stored.meta.portal, stored.meta.kind) == ("p", "article")


def test_forms():
    op = entry_op(b'{"url": "http://a.x.cn/api", "method": "post", "page": 2}', PROFILES)
    stored = read_payload(op[8].encode())
    assert (stored.m, stored.u) == ("POST", "http://a.x.cn/api")
    assert codec.decode(op[8].encode()).body == b"page=2"


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"\xff\xfe", b"{}", b"{", b"[]", b'{"url": 1}', b'{"url": "http://a.x.cn/", "meta": 3}', b"http://other.cn/",
        b"ftp://a.x.cn/", b"http://127.0.0.1/", b"http://" + b"a" * 70_000, b'{"url": "http://a.x.cn/", "meta": {"depth": "x"}}',
        b'{"a":' * 5000, b'{"url": null}', b"nonsense", b'{"url": "http://a.x.cn/", "method": "GET /x"}',
    ],
)  # fmt: skip
def test_anything_else_is_refused(raw):
    assert entry_op(raw, PROFILES) is None


FOREIGN = [b"http://foreign.cn/", b'{"url": "https://other.cn/a", "meta": {"x": 1}}', b"http://127.0.0.1/"]
NONSENSE = [b"\xff\x00", b"{", b"ftp://a.x.cn/", b"nonsense", b'{"url": "http://foreign.cn/", "meta": 3}']


async def fill(redis, key, kind, entries):
    if kind == "list":
        await redis.rpush(key, *entries)
    elif kind == "set":
        await redis.sadd(key, *entries)
    else:
        await redis.zadd(key, {entry: -n for n, entry in enumerate(entries)})


async def what_is_left(redis, key, kind):
    if kind == "list":
        return await redis.lrange(key, 0, -1)
    return sorted(await (redis.smembers(key) if kind == "set" else redis.zrange(key, 0, -1)))


@pytest.mark.parametrize("kind", ["list", "set", "zset"])
async def test_entries_move_once_what_is_no_request_is_refused_and_what_others_may_know_is_left(
    worker, kind, caplog
):
    w = await worker()
    redis, key = w.store.connection.redis, f"{w.store.options.name}:start_urls"
    entries = [json.dumps({"url": f"http://a.x.cn/2022-11/03/content_{n}.htm"}) for n in range(5)]
    await fill(redis, key, kind, [*FOREIGN, *entries, *NONSENSE])
    feed = StartUrls(w.store, key, PROFILES, nobody_else)
    assert await feed.move() == 5
    assert await feed.move() == 0
    assert await what_is_left(redis, key, kind) == (FOREIGN if kind == "list" else sorted(FOREIGN))
    assert await redis.hget(w.store.keys("counters"), "refused") == b"5"
    assert len(await w.leases(9)) == 5
    assert len([record for record in caplog.records if "are left for workers" in record.getMessage()]) == 1
    # the other frontier, which knows them
    there = {"q": Profile(name="q", title="q", home="http://foreign.cn/", domains=("foreign.cn", "other.cn"))}
    assert await StartUrls(w.store, key, there, nobody_else).move() == 2


@pytest.mark.parametrize("kind", ["list", "set", "zset"])
async def test_entries_behind_many_that_are_left_are_found(worker, kind):
    w = await worker()
    redis, key = w.store.connection.redis, f"{w.store.options.name}:start_urls"
    await fill(redis, key, kind, [f"http://foreign.cn/{n}".encode() for n in range(350)])
    feed = StartUrls(w.store, key, PROFILES, nobody_else)
    assert await feed.move() == 0
    await (
        redis.rpush(key, URL)
        if kind == "list"
        else redis.sadd(key, URL)
        if kind == "set"
        else redis.zadd(key, {URL: -999})
    )
    assert await feed.move() == 1
    assert await feed.move() == 0
    assert len(feed.left) == 350


async def test_what_the_profile_excludes_is_left_too(worker):
    """Another frontier's profile of the same domain may want it."""
    w = await worker()
    redis, key = w.store.connection.redis, f"{w.store.options.name}:start_urls"
    await redis.rpush(key, "http://a.x.cn/secret/1")
    strict = {"p": replace(PROFILES["p"], exclude=(re.compile("/secret/"),))}
    assert await StartUrls(w.store, key, strict, nobody_else).move() == 0
    assert await redis.llen(key) == 1


@pytest.mark.parametrize(
    ("frontier", "template", "keys"),
    [
        ("news", None, ("{news}:portal:start_urls", "portal:start_urls")),
        ("west", None, ("{west}:portal:start_urls",)),
        ("news", "%(name)s:start_urls", ("portal:start_urls",)),
        ("west", "%(name)s:start_urls", ("portal:start_urls",)),
        ("news", "{news}:%(name)s:todo", ("{news}:portal:todo",)),
        ("news", "todo", ("todo",)),
    ],
)
def test_the_key_carries_the_frontiers_name(frontier, template, keys):
    options = options_of(frontier)
    if template:
        options = replace(options, start_urls=template)
    assert start_url_keys(options, "portal") == keys


async def test_two_frontiers_on_one_redis_take_nothing_from_each_other(worker, frontier_name):
    w = await worker()
    redis = w.store.connection.redis
    ours, theirs = (
        start_url_keys(options_of(name), "portal")[0] for name in (frontier_name, f"{frontier_name}2")
    )
    await redis.rpush(ours, URL)
    await redis.rpush(theirs, URL)
    assert await StartUrls(w.store, ours, PROFILES, nobody_else).move() == 1
    assert (await redis.llen(ours), await redis.llen(theirs)) == (0, 1)
    await redis.delete(theirs)


async def test_what_another_worker_took_is_not_queued_twice(worker):
    w = await worker()
    redis, key = w.store.connection.redis, f"{w.store.options.name}:start_urls"
    op = entry_op(b"http://a.x.cn/1", PROFILES)
    from crawler.frontier.start_urls import _PACK

    await redis.rpush(key, b"http://a.x.cn/1")
    for expected in ([1, 0], [0, 0]):
        assert await w.store.script("start_urls", _PACK([op]), b"http://a.x.cn/1", keys=(key,)) == expected


async def test_a_seen_article_that_is_fed_is_fetched_again_and_stays_seen(worker):
    w = await worker()
    redis, key = w.store.connection.redis, f"{w.store.options.name}:start_urls"
    feed = StartUrls(w.store, key, PROFILES, nobody_else)
    for _ in range(2):
        await redis.rpush(key, "http://a.x.cn/2022-11/03/content_1.htm")
        assert await feed.move() == 1
        (lease,) = await w.leases(5)
        await w.tell(operations.ack(lease))
    identifier = lease.entry[2:]
    assert await unseen(w.store, "p", [identifier]) == set()


async def test_portals_of_others_are_found_too(worker):
    w = await worker()

    async def others():
        return {"q": Profile(name="q", title="q", home="http://q.cn/", domains=("q.cn",))}

    redis, key = w.store.connection.redis, f"{w.store.options.name}:start_urls"
    await redis.rpush(key, "http://q.cn/1", "http://a.x.cn/2")
    assert await StartUrls(w.store, key, PROFILES, others).move() == 2
    assert [lease.portal for lease in await w.leases(5, portals=("q",))] == ["q"]
    assert await w.tell(push(1)), ident(1)


@pytest.mark.parametrize("frontier_name", ["frontier"])
@pytest.mark.parametrize("nodes", [1, 2])
async def test_on_a_cluster_a_key_in_another_slot_is_told_once(
    own_cluster, worker, nodes, caplog, monkeypatch
):
    """One node refuses a script with keys of two slots, of two the one says that the key is with the other."""
    monkeypatch.setattr("crawler.frontier.start_urls._EVERY_S", 0.01)
    tag, key = "{frontier}:", "portal:start_urls"
    assert key_slot(tag.encode()) < 8192 < key_slot(key.encode())
    node, *others = own_cluster(16383 if nodes == 1 else 8191)
    w = await worker(url=node.url)
    with (others or [node])[0].client() as client:
        client.rpush(key, URL)
    moved = asyncio.Event()
    reader = StartUrlReader(w.store, moved.set, ())

    reader.start([key], PROFILES)
    await asyncio.sleep(0.3)
    await reader.stop()

    (record,) = [record for record in caplog.records if record.levelname == "WARNING"]
    assert record.getMessage() == (
        f"start URLs in {key} are not read: on a Redis Cluster that key is in another slot than the frontier; "
        f"push to {tag}{key} instead, and leave REDIS_START_URLS_KEY to its default"
    )

    with node.client() as client:
        client.rpush(tag + key, URL)
    reader.start(start_url_keys(w.store.options, "portal"), PROFILES)
    await asyncio.wait_for(moved.wait(), 5)
    await reader.stop()
    (lease,) = await w.leases(5)
    assert read_payload(lease.payload).u == URL
    assert (await w.tell(operations.ack(lease))).acked == 1
