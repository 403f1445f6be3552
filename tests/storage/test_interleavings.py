"""The same races as in test_races, but each at its one dangerous moment: between a worker's read and its write."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crawler.items import ListedArticles, Listing
from crawler.storage import ArticleStore
from crawler.storage.write.cluster_leaders import ClusterLeaders
from crawler.urls import url_id


class Interrupted(ArticleStore):
    """Between its first read and its write, somebody else does something."""

    def __init__(self, database, clock, meanwhile):
        super().__init__(database, clock)
        self._meanwhile = meanwhile
        self._read_first = True

    async def _read(self, ids):
        known = await super()._read(ids)
        if self._meanwhile is not None:
            meanwhile, self._meanwhile = self._meanwhile, None
            await meanwhile()
        return known


@pytest.fixture
def interrupted(database, clock):
    return lambda meanwhile: Interrupted(database, clock, meanwhile)


async def test_another_inserts_it_first(database, articles, interrupted, make_article, clock):
    mine = make_article(title="旧")
    theirs = replace(mine, title="新", fetched_at=clock.forward(seconds=1))
    assert await interrupted(lambda: articles.store([theirs])).store([mine]) == [None]
    found = await database["articles"].find_one({})
    assert (found["title"], found["revision"]) == ("新", 1)


async def test_another_stores_a_newer_fetch(database, articles, interrupted, make_article, clock):
    first = make_article()
    await articles.store([first])
    mine = replace(first, title="第二", fetched_at=clock.forward(seconds=1))
    theirs = replace(first, title="第三", fetched_at=clock.forward(seconds=1))
    assert await interrupted(lambda: articles.store([theirs])).store([mine]) == [None]
    found = await database["articles"].find_one({})
    assert (found["title"], found["revision"]) == ("第三", 2)
    assert await database["revisions"].count_documents({}) == 1


@pytest.mark.parametrize("changed", [True, False])
async def test_another_stores_an_older_fetch(database, articles, interrupted, make_article, clock, changed):
    """Unchanged in title and text, it has the same revision, and is another document all the same."""
    first = make_article()
    await articles.store([first])
    title = "第二" if changed else first.title
    theirs = replace(first, title=title, published_at=clock.now, fetched_at=clock.forward(seconds=1))
    mine = replace(first, title="第三", fetched_at=clock.forward(seconds=1))
    assert await interrupted(lambda: articles.store([theirs])).store([mine]) == [None]
    found = await database["articles"].find_one({})
    assert (found["title"], found["revision"]) == ("第三", 3 if changed else 2)
    kept = await database["revisions"].find({}, sort=[("revision", 1)]).to_list()
    assert [entry["title"] for entry in kept] == [first.title, title][: 2 if changed else 1]
    assert kept[-1]["fetched_at"] == theirs.fetched_at, "what is kept is what was there last"


async def test_a_list_is_read(database, listings, interrupted, make_article, clock):
    article = make_article(found_on=())
    shown = ListedArticles(Listing("fjsen", "shizheng", "channel", clock.now), (url_id(article.url),))
    await interrupted(lambda: listings.store([shown])).store([article])
    found = await database["articles"].find_one({})
    assert found["channels"] == ["shizheng"]
    assert len(found["found_on"]) == 1


async def test_a_better_copy_is_stored(database, articles, interrupted, make_article, clock):
    mine = make_article(1, published_at=clock.now)
    theirs = replace(mine, url="http://copy.fjsen.com/1.htm", published_at=None)
    best = replace(mine, url="http://best.fjsen.com/1.htm", published_at=mine.published_at.replace(year=2021))
    await interrupted(lambda: articles.store([theirs, best])).store([mine])
    leaders = await database["articles"].find({"leader": True}).to_list()
    assert [leader["url"] for leader in leaders] == [best.url]


async def test_the_leader_leaves_while_a_copy_is_stored(database, articles, interrupted, make_article, clock):
    leader = make_article(1, published_at=clock.now)
    await articles.store([leader])
    copy = replace(leader, url="http://copy.fjsen.com/1.htm", published_at=None)
    moved = replace(
        leader, text="换了一篇完全不同的文章。" * 9, content_hash="f" * 64, fetched_at=clock.forward(hours=1)
    )
    await interrupted(lambda: articles.store([moved])).store([copy])
    assert await database["articles"].count_documents({"leader": True}) == 2
    assert len(await database["articles"].distinct("cluster_id")) == 2


class InterruptedLeaders(ClusterLeaders):
    """Between the verdict on a loser and its execution, somebody else does something."""

    def __init__(self, collection, clock, meanwhile):
        super().__init__(collection, clock)
        self._meanwhile = meanwhile

    async def _demote(self, losers):
        if losers and self._meanwhile is not None:
            meanwhile, self._meanwhile = self._meanwhile, None
            await meanwhile()
        await super()._demote(losers)


async def test_the_winner_leaves_before_the_loser_is_told(database, articles, make_article, clock):
    winner = make_article(1, published_at=clock.now)
    await articles.store([winner])
    loser = replace(winner, url="http://copy.fjsen.com/1.htm", published_at=clock.forward(hours=1))
    moved = replace(winner, text="换了一篇完全不同的文章。" * 9, content_hash="f" * 64, fetched_at=clock.now)
    store = ArticleStore(database, clock)
    store._leaders = InterruptedLeaders(database["articles"], clock, lambda: articles.store([moved]))
    await store.store([loser])
    leaders = [article["url"] async for article in database["articles"].find({"leader": True})]
    assert sorted(leaders) == sorted([winner.url, loser.url]), "each leads a cluster of its own by now"


async def test_the_winner_is_corrected_before_the_loser_is_told(database, articles, make_article, clock):
    winner = make_article(1, published_at=clock.now)
    await articles.store([winner])
    loser = replace(winner, url="http://copy.fjsen.com/1.htm", published_at=clock.forward(hours=1))
    corrected = replace(winner, published_at=clock.forward(hours=1), fetched_at=clock.now)
    store = ArticleStore(database, clock)
    store._leaders = InterruptedLeaders(database["articles"], clock, lambda: articles.store([corrected]))
    await store.store([loser])
    leaders = [article["url"] async for article in database["articles"].find({"leader": True})]
    assert leaders == [loser.url]
