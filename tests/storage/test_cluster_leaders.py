from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from crawler.urls import url_id

TEXT = "这篇通稿由新华社播发，各地报纸和网站当天都原文转载，所以在数据库里它们应当属于同一个簇，并且只有一篇领头。"


@pytest.fixture
def copy(make_article, clock):
    def make(name, *, minutes=0, **fields):
        values = {
            "url": f"http://{name}.fjsen.com/a.htm",
            "text": TEXT,
            "content_hash": "a" * 64,
            "published_at": clock.now + timedelta(minutes=minutes),
        }
        return make_article(**{**values, **fields})

    return make


async def leaders(database, cluster=None):
    found = database["articles"].find({"leader": True, **({"cluster_id": cluster} if cluster else {})})
    return sorted([article["url"].split("/")[2].split(".")[0] async for article in found])


async def test_an_article_alone_leads_its_own_cluster(database, articles, make_article):
    await articles.store([make_article(1), make_article(2)])
    assert len(await database["articles"].distinct("cluster_id")) == 2
    assert await database["articles"].count_documents({"leader": True}) == 2


async def test_a_copy_published_earlier_takes_the_lead_when_it_comes_later(database, articles, copy):
    await articles.store([copy("b", minutes=5)])
    await articles.store([copy("a", minutes=9)])
    assert await leaders(database) == ["b"]
    await articles.store([copy("c", minutes=1)])
    assert await leaders(database) == ["c"]
    assert len(await database["articles"].distinct("cluster_id")) == 1


async def test_of_two_published_at_once_the_first_stored_leads(database, articles, copy, clock):
    await articles.store([copy("b")])
    await articles.store([copy("a", published_at=clock.now, fetched_at=clock.now + timedelta(hours=1))])
    assert await leaders(database) == ["b"]


async def test_one_without_a_time_leads_only_without_a_better(database, articles, copy):
    await articles.store([copy("b", published_at=None)])
    assert await leaders(database) == ["b"]
    await articles.store([copy("a", minutes=600)])
    assert await leaders(database) == ["a"]


async def test_copies_in_one_batch(database, articles, copy):
    await articles.store([copy("a", minutes=3), copy("b", minutes=1), copy("c", minutes=2)])
    assert await leaders(database) == ["b"]


async def test_a_corrected_time_moves_the_lead(database, articles, copy, clock):
    a, b, c = copy("a", minutes=1), copy("b", minutes=2), copy("c", minutes=3)
    await articles.store([a, b, c])
    later = clock.forward(hours=1)
    await articles.store([replace(a, published_at=later, fetched_at=later)])
    assert await leaders(database) == ["b"]
    await articles.store([replace(c, published_at=a.published_at, fetched_at=later)])
    assert await leaders(database) == ["c"]


async def test_a_leader_with_a_new_text_leaves_a_cluster_that_has_a_leader(database, articles, copy, clock):
    a, b = copy("a", minutes=1), copy("b", minutes=2)
    await articles.store([a, b])
    old = (await database["articles"].find_one({"_id": url_id(b.url)}))["cluster_id"]
    changed = replace(
        a, text=TEXT.replace("新华社", "中新社"), content_hash="b" * 64, fetched_at=clock.forward(hours=1)
    )
    await articles.store([changed])
    assert await leaders(database, old) == ["b"]
    assert await leaders(database) == ["a", "b"]


async def test_a_crash_before_the_lead_was_settled_heals_when_the_page_comes_again(
    database, articles, copy, clock
):
    a, b = copy("a", minutes=1), copy("b", minutes=2)
    await articles.store([a, b])
    await database["articles"].update_many({}, {"$set": {"leader": True}})  # as a killed worker leaves it
    await articles.store([replace(b, fetched_at=clock.forward(minutes=1))])
    assert await leaders(database) == ["a"]
    await database["articles"].update_many({}, {"$set": {"leader": False}})
    await articles.store([b])
    assert await leaders(database) == ["a"], "even a fetch that is not stored settles what it finds"


async def test_formulas_and_empty_texts_do_not_make_copies(database, articles, make_article):
    short = {"text": "点击图片进入下一页", "content_hash": "c" * 64}
    await articles.store(
        [
            make_article(1, **short),
            make_article(2, **short),
            make_article(3, text="", content_hash=""),
            make_article(4, text="", content_hash=""),
            make_article(5, url="http://x.fjsen.com/5.htm", **short, title="第1届海峡论坛开幕"),
        ]
    )
    clusters = [a["cluster_id"] async for a in database["articles"].find({}, sort=[("url", 1)])]
    assert len(set(clusters)) == 4
    assert clusters[0] == clusters[4], "a short text with the same title is a copy"
