"""Writers that know nothing of one another, at the same moment."""

from __future__ import annotations

import asyncio
import random
from dataclasses import replace
from datetime import timedelta

from crawler.items import ListedArticles, Listing
from crawler.storage import ArticleStore, ListingStore, connect
from crawler.urls import url_id

WRITERS = 6


async def with_writers(mongo_uri, mongo_database, clock, work):
    """Run ``work(number, database)`` for each writer, each with a client of its own."""
    clients = [await connect(mongo_uri) for _ in range(WRITERS)]
    try:
        await asyncio.gather(*(work(n, client[mongo_database]) for n, client in enumerate(clients)))
    finally:
        for client in clients:
            await client.close()


async def test_copies_stored_at_once_share_a_cluster_with_the_right_leader(
    mongo_uri, mongo_database, database, make_article, clock
):
    rounds = 12
    copies = {
        (cluster, n): make_article(
            f"{cluster}-{n}",
            url=f"http://host{n}.fjsen.com/{cluster}.htm",
            text=f"第{cluster}篇，同一篇文章被好几个主机转载，正文一字不差，因此它们属于同一个簇，只有最早的一篇领头，其余的都跟在它后面。",
            content_hash=f"{cluster:064d}",
            published_at=None
            if (cluster + n) % 5 == 0
            else clock.now - timedelta(minutes=(n * 7 + cluster) % 11),
        )
        for cluster in range(rounds)
        for n in range(WRITERS)
    }

    async def work(n, own):
        store = ArticleStore(own, clock)
        for cluster in range(rounds):
            await store.store([copies[cluster, n]])

    await with_writers(mongo_uri, mongo_database, clock, work)
    assert await database["articles"].count_documents({}) == rounds * WRITERS
    for cluster in range(rounds):
        members = await database["articles"].find({"content_hash": f"{cluster:064d}"}).to_list()
        assert len({member["cluster_id"] for member in members}) == 1
        leaders = [member["url"] for member in members if member["leader"]]
        timed = [member for member in members if member["published_at"]]
        best = min(timed, key=lambda m: (m["published_at"], m["first_seen_at"], m["_id"]))
        assert leaders == [best["url"]]
    assert len(await database["articles"].distinct("cluster_id")) == rounds


async def test_one_article_fetched_by_all_ends_as_the_newest_with_an_unbroken_history(
    mongo_uri, mongo_database, database, make_article, clock
):
    versions = [
        replace(make_article(), title=f"第{n}版", fetched_at=clock.now + timedelta(seconds=n))
        for n in range(WRITERS * 5)
    ]
    random.Random(3).shuffle(versions)

    async def work(n, own):
        store = ArticleStore(own, clock)
        for version in versions[n::WRITERS]:
            assert await store.store([version]) == [None]

    await with_writers(mongo_uri, mongo_database, clock, work)
    article = await database["articles"].find_one({})
    assert article["title"] == f"第{WRITERS * 5 - 1}版"
    kept = {entry["revision"]: entry async for entry in database["revisions"].find({})}
    assert sorted(kept) == list(range(1, article["revision"]))
    times = [kept[n]["fetched_at"] for n in sorted(kept)] + [article["fetched_at"]]
    assert times == sorted(times), "each revision is newer than the one before"
    assert len(set(times)) == len(times)


async def test_found_on_is_complete_whoever_comes_first(
    mongo_uri, mongo_database, database, make_article, clock
):
    count = 40
    made = [make_article(n, found_on=(Listing("fjsen", None, "related", clock.now),)) for n in range(count)]
    ids = tuple(url_id(article.url) for article in made)
    chances = random.Random(11)

    async def work(n, own):
        if n == 0:
            store = ArticleStore(own, clock)
            for article in made:
                await store.store([article])
        else:
            lists = ListingStore(own, clock)
            order = list(range(0, count, 5))
            chances.shuffle(order)
            for start in order:
                await asyncio.sleep(chances.random() / 50)
                shown = ids[start : start + 5]
                await lists.store(
                    [
                        ListedArticles(
                            Listing("fjsen", f"channel{n}", "channel", clock.now), shown, {f"t{n}": "1"}
                        )
                    ]
                )

    await with_writers(mongo_uri, mongo_database, clock, work)
    async for article in database["articles"].find({}):
        assert article["channels"] == [f"channel{n}" for n in range(1, WRITERS)]
        assert len(article["found_on"]) == WRITERS
        assert {entry["channel"] for entry in article["found_on"]} == {None, *article["channels"]}
        assert article["tags"] == {"province": "福建", **{f"t{n}": "1" for n in range(1, WRITERS)}}
    assert await database["articles"].count_documents({}) == count
