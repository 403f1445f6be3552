"""Articles that were stored under several addresses become one, with all that is known of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from crawler.items import LearntParameters, ListedArticles, Listing, Move
from crawler.storage import ParameterStore
from crawler.urls import url_id

BASE = "http://news.fjsen.com/2022-11/03/content_{}.htm"


@pytest.fixture
def store(database, clock):
    return ParameterStore(database, clock)


def spell(url: str) -> str:
    return url.partition("?")[0]


def listing(clock, channel: str) -> Listing:
    return Listing("fjsen", channel, "channel", clock.now)


async def test_two_become_one_with_what_lists_know_of_them(
    store, articles, listings, database, make_article, clock
):
    began = clock.now
    olds = [BASE.format(1) + f"?t={n}" for n in (1, 2)]
    new = url_id(BASE.format(1))
    for old, channel in zip(olds, ("fujian", "fuzhou"), strict=True):
        clock.forward(minutes=1)
        one = replace(
            make_article(1),
            url=old,
            fetched_at=clock.now,
            found_on=(listing(clock, channel),),
            channels=(channel,),
        )
        assert await articles.store([one]) == [None]
    late = ListedArticles(Listing("fjsen", "third", "home", clock.now), (url_id(olds[0]),))
    await listings.store([late])
    await listings.store_moves([Move(("0" * 32,), url_id(olds[1]))])
    assert [*await store.targets("fjsen", spell)] == [new]

    for merged in ([new], []):
        assert [*await store.merge("fjsen", spell)] == merged
        (document,) = await database["articles"].find().to_list()
        assert (document["_id"], document["url"], document["leader"]) == (new, BASE.format(1), True)
        assert document["first_seen_at"] == began + timedelta(minutes=1)
        assert document["last_seen_at"] == document["fetched_at"] == began + timedelta(minutes=2)
        assert {entry["channel"] for entry in document["found_on"]} == {"fujian", "fuzhou", "third"}
        assert document["channels"] == ["fujian", "fuzhou", "third"]
        assert document["revision"] == 1
        moves = {move["_id"]: move["article"] async for move in database["moves"].find()}
        assert moves == {**{url_id(old): new for old in olds}, "0" * 32: new}
    # what lists say of the old ids from now on is told of the article
    await listings.store([ListedArticles(Listing("fjsen", "fourth", "home", clock.now), (url_id(olds[1]),))])
    document = await database["articles"].find_one()
    assert "fourth" in document["channels"]


async def test_the_newer_fetch_stays_and_so_do_revisions(store, articles, database, make_article, clock):
    old = BASE.format(1) + "?t=1"
    await articles.store([replace(make_article(1), url=old, title="早先的标题", fetched_at=clock.now)])
    await articles.store([replace(make_article(1), url=old, fetched_at=clock.forward(minutes=1))])
    await store.merge("fjsen", spell)
    document = await database["articles"].find_one()
    assert (document["_id"], document["revision"]) == (url_id(BASE.format(1)), 2)
    kept = await database["revisions"].find_one({"article": document["_id"]})
    assert (kept["_id"], kept["title"]) == (f"{document['_id']}:1", "早先的标题")

    # a worker that does not know it yet stores once more, of an older fetch
    await articles.store(
        [replace(make_article(1), url=old, title="早先的标题", fetched_at=clock.now - timedelta(hours=1))]
    )
    await store.merge("fjsen", spell)
    (document,) = await database["articles"].find().to_list()
    assert (document["title"], document["revision"]) == (make_article(1).title, 2)


async def test_clusters_have_one_leader_each(store, articles, database, make_article, clock):
    """A copy under another address, and an article whose text is too short to be a copy of any."""
    short = replace(make_article(3), text="详情请看视频", content_hash="")
    stored = [
        replace(make_article(1), url=BASE.format(1) + "?t=1"),
        replace(make_article(1), url="http://fz.fjsen.com/2022-11/03/content_9.htm"),
        replace(make_article(1), url=BASE.format(1) + "?t=2", fetched_at=clock.forward(minutes=1)),
        replace(short, url=BASE.format(3) + "?t=1"),
        replace(short, url=BASE.format(3) + "?t=2", fetched_at=clock.forward(minutes=1)),
    ]
    for one in stored:
        await articles.store([one])
    await store.merge("fjsen", spell)
    documents = await database["articles"].find().to_list()
    assert len(documents) == 3
    leaders = [document["cluster_id"] for document in documents if document["leader"]]
    assert len(leaders) == len(set(leaders)) == 2
    await articles.store([replace(short, url=BASE.format(3), fetched_at=clock.forward(minutes=1))])
    assert await database["articles"].count_documents({"leader": True}) == 2


async def test_a_merge_that_broke_off_is_finished(store, articles, database, make_article):
    old, new = BASE.format(1) + "?t=1", url_id(BASE.format(1))
    await articles.store([replace(make_article(1), url=old)])
    document = await database["articles"].find_one()
    await database["articles"].insert_one({**document, "_id": new, "url": BASE.format(1)})
    await store.merge("fjsen", spell)
    (document,) = await database["articles"].find().to_list()
    assert (document["_id"], document["leader"]) == (new, True)
    assert await database["moves"].count_documents({"_id": url_id(old), "article": new}) == 1


async def test_what_was_learnt_is_kept_once_and_settles(store, database, clock):
    found = LearntParameters(
        place="news.fjsen.com/#.htm",
        others=(),
        names=("t",),
        portal="fjsen",
        example="http://a/",
        at=clock.now,
    )
    assert [await store.add(found), await store.add(replace(found, example="http://b/"))] == [True, False]
    assert await store.load() == [found]
    await store.merge("fjsen", spell)
    assert not (await store.load())[0].settled
    clock.forward(hours=7)
    await store.merge("other", spell)
    assert not (await store.load())[0].settled
    await store.merge("fjsen", spell)
    assert (await store.load())[0].settled
    assert found.id == "news.fjsen.com/#.htm t"
