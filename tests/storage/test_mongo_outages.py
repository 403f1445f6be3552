"""A MongoDB that is killed, stopped, or steps down while articles are stored."""

from __future__ import annotations

import asyncio
import logging
import os
import signal

import pytest

from crawler import stack
from crawler.storage import ArticleStore, GroupWriter, Outage, connect, create_indexes
from crawler.urls import url_id

pytestmark = [pytest.mark.servers, pytest.mark.chaos]


class OwnMongo:
    """A MongoDB of this module's own, to be mistreated. The port survives a restart."""

    def __init__(self, folder):
        self.folder = folder
        self.uri = self._ensure()

    def _ensure(self):
        nowhere = "redis://127.0.0.1:1/0"
        return stack.ensure(
            self.folder, redis_url=nowhere, mongo_uri=None, announce=lambda line: None
        ).mongo_uri

    def kill(self):
        os.kill(stack.status(self.folder)[1].pid, signal.SIGKILL)

    async def start(self):
        assert await asyncio.to_thread(self._ensure) == self.uri


@pytest.fixture(scope="module")
def own_mongo(guarded_data_dir):
    mongo = OwnMongo(guarded_data_dir())
    yield mongo
    stack.down(mongo.folder, lambda line: None, force=True)


@pytest.fixture
async def own(own_mongo):
    client = await connect(own_mongo.uri, patience=1)
    database = client["news"]
    await client.drop_database("news")
    await create_indexes(database)
    yield database
    await client.close()


async def feed(writer, articles, acknowledged, stop):
    """Hand articles in, as eight callbacks would, until told to stop; note what was acknowledged."""

    async def hand_in():
        for article in articles:
            if stop.is_set():
                return
            await writer.put(article)
            acknowledged.append(url_id(article.url))

    await asyncio.gather(*(hand_in() for _ in range(8)))


async def until(condition):
    for _ in range(1200):
        if condition():
            return
        await asyncio.sleep(0.05)
    pytest.fail("not within a minute")


async def test_a_killed_mongod_loses_nothing_acknowledged_and_the_crawl_goes_on(
    own_mongo, own, make_article, clock, caplog
):
    writer = GroupWriter(ArticleStore(own, clock).store, Outage(120), size=50)
    acknowledged, stop = [], asyncio.Event()
    articles = (make_article(n, url=f"http://a.fjsen.com/{n}.htm") for n in range(100_000))
    with caplog.at_level(logging.INFO, "crawler"):
        feeding = asyncio.create_task(feed(writer, articles, acknowledged, stop))
        await asyncio.sleep(1.5)
        own_mongo.kill()
        before = len(acknowledged)
        await asyncio.sleep(2)
        assert not feeding.done(), "it waits"
        await own_mongo.start()
        await until(lambda: len(acknowledged) >= before + 100)
        stop.set()
        await asyncio.wait_for(feeding, 30)
    stored = {article["_id"] async for article in own["articles"].find({}, {"_id": 1})}
    assert before > 100
    assert set(acknowledged) <= stored
    assert len(acknowledged) == len(set(acknowledged)) == len(stored)
    assert await own["articles"].count_documents({"leader": True}) == len(stored)
    waiting = [record for record in caplog.records if "cannot store" in record.getMessage()]
    assert len(waiting) == 1, "one line an outage, whatever its length"
    assert any("stores again" in record.getMessage() for record in caplog.records)


async def test_a_primary_that_steps_down_is_waited_for(own, make_article, clock):
    config = (await own.client.admin.command("replSetGetConfig"))["config"]
    writer = GroupWriter(ArticleStore(own, clock).store, Outage(120), size=20)
    acknowledged, stop = [], asyncio.Event()
    articles = (make_article(n, url=f"http://b.fjsen.com/{n}.htm") for n in range(100_000))
    feeding = asyncio.create_task(feed(writer, articles, acknowledged, stop))
    await asyncio.sleep(0.5)
    before = len(acknowledged)
    await own.client.admin.command("replSetStepDown", 2, force=True)
    await until(lambda: len(acknowledged) >= before + 200)
    stop.set()
    await asyncio.wait_for(feeding, 30)
    assert before > 0
    assert config["members"]
    stored = {article["_id"] async for article in own["articles"].find({}, {"_id": 1})}
    assert set(acknowledged) <= stored
    assert await own["revisions"].count_documents({}) == 0
