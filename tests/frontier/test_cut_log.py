"""A Redis that comes back without the end of its append-only file: what it lost is done again, and stored once."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from crawler.frontier.redis import operations
from crawler.frontier.redis.status import portal_status
from crawler.frontier.requests.payload import read_payload
from crawler.items import Article
from crawler.storage import ArticleStore, connect, create_indexes
from crawler.urls import url_id
from tests.frontier.conftest import Worker
from tests.frontier.redis_process import RedisProcess

LISTS = 8
A_LIST = 10
SITE = "http://a.x.cn"
TEXT = "本报讯，第一届海峡论坛在厦门开幕，来自两岸的嘉宾共两千余人出席了开幕式，会期三天。"


def article_url(n: int) -> str:
    return f"{SITE}/2022-11/03/content_{n}.htm"


def list_url(page: int) -> str:
    return f"{SITE}/node_{page}.htm"


EVERYTHING = {article_url(n) for n in range(LISTS * A_LIST)}
PARENT = {list_url(page): list_url(page - 1) for page in range(1, LISTS)}
PARENT |= {article_url(n): list_url(n // A_LIST) for n in range(LISTS * A_LIST)}


def push(url: str):
    mode = "A" if url in EVERYTHING else "R"
    payload = b'{"v":1,"u":"%s"}' % url.encode()
    return operations.push(mode, "p", url_id(url), "a.x.cn", "x.cn", 500, payload)


class Crawl:
    """A worker without Scrapy: children, marks and acknowledgement in the outbox's order, articles in MongoDB."""

    def __init__(self, worker: Worker, articles: ArticleStore, fetched: list[str]) -> None:
        self.worker = worker
        self.articles = articles
        self.fetched = fetched

    async def start(self) -> None:
        await self.worker.tell(push(list_url(0)))

    async def step(self, want: int = 3) -> bool:
        """Does up to ``want`` requests; False where all is done."""
        reply = await self.worker.lease(want)
        for lease in reply.leases:
            url = read_payload(lease.payload).u
            self.fetched.append(url)
            if url in EVERYTHING:
                await self._store(url)
                await self.worker.tell(operations.ack(lease))
            else:
                await self._list(url, lease)
        return not reply.drained

    async def _store(self, url: str) -> None:
        now = self.worker.store.clock.now() + timedelta(milliseconds=len(self.fetched))
        article = Article(url=url, portal="p", title=f"题 {url}", text=TEXT + url, fetched_at=now)
        assert await self.articles.store([article]) == [None]

    async def _list(self, url: str, lease) -> None:
        """In pieces, so that the end of the file may lie between a list's links, or before its acknowledgement."""
        shown = [child for child, parent in PARENT.items() if parent == url]
        for start in range(0, len(shown), 4):
            await self.worker.tell(*(push(child) for child in shown[start : start + 4]))
        ids = [url_id(child) for child in shown if child in EVERYTHING]
        await self.worker.tell(operations.listed("p", "node", ids), operations.ack(lease))


@pytest.fixture
async def database(mongo_uri, mongo_database):
    client = await connect(mongo_uri)
    await create_indexes(client[mongo_database])
    yield client[mongo_database]
    await client.close()


@pytest.fixture
def redis(tmp_path):
    process = RedisProcess(tmp_path, "--appendfsync", "everysec", "--aof-load-truncated", "yes")
    process.start()
    yield process
    process.stop()


async def reachable(worker: Worker, stored: set[str]) -> set[str]:
    """What is stored, queued, leased, or found again by a list that is."""
    there = await worker.store.connection.redis.hkeys(worker.store.keys("requests"))
    ids = {entry.decode().partition(":")[2] for entry in there}

    def comes(url: str) -> bool:
        return url_id(url) in ids or url == list_url(0) or comes(PARENT[url])

    return {url for url in EVERYTHING if url in stored or comes(url)}


@pytest.mark.parametrize("lost", [1, 40, 700, 6_000, 25_000, 10**9])
async def test_nothing_is_lost_and_what_is_fetched_twice_is_stored_once(worker, redis, database, lost):
    w = await worker("dies", url=redis.url, lease=0.8)
    articles, fetched = ArticleStore(database, w.store.clock.now), []
    crawl = Crawl(w, articles, fetched)
    await crawl.start()
    for step in range(12):
        if step == 6:
            assert len(await w.leases(5)) == 5, "under way, and lost with their worker"
        await crawl.step()
    stored = {entry["url"] async for entry in database["articles"].find()}
    assert 10 < len(stored) < len(EVERYTHING)
    assert (await portal_status(w.store, "p")).leased == 5
    assert await reachable(w, stored) == EVERYTHING

    redis.kill()
    redis.cut_log(max(0, redis.log_size() - lost))
    redis.start()
    if lost == 1:
        assert "Truncating the AOF" in (redis.folder / "redis.log").read_text(), "half a command was left"

    w = await worker("goes on", url=redis.url, lease=0.8)
    assert await reachable(w, stored) == EVERYTHING
    crawl = Crawl(w, articles, fetched)
    await crawl.start()
    async with asyncio.timeout(10):
        while await crawl.step():
            pass

    found = [entry async for entry in database["articles"].find()]
    assert sorted(entry["url"] for entry in found) == sorted(EVERYTHING)
    assert {entry["revision"] for entry in found} == {1}
    assert await database["revisions"].count_documents({}) == 0
    status = await portal_status(w.store, "p")
    assert (status.ready, status.leased, status.delayed, status.dead) == (0, 0, 0, 0)
    assert len(fetched) > len(EVERYTHING) + LISTS or lost < 6_000, (
        "what was acknowledged in the lost part comes again"
    )
