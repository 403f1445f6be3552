from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from crawler.errors import GiveUp
from crawler.items import ListedArticles, Listing, Move
from crawler.urls import url_id


@pytest.fixture
def listing(clock, make_article):
    def make(*numbers, channel="fujian", portal="fjsen", kind="channel", **fields):
        ids = tuple(url_id(make_article(n).url) for n in numbers)
        return ListedArticles(
            Listing(portal, channel, kind, fields.pop("at", clock.now)), ids, fields.pop("tags", {})
        )

    return make


async def article(database, number=1):
    return await database["articles"].find_one({"url": {"$regex": f"content_{number}.htm$"}})


async def test_the_first_time_stays(database, listings, listing, clock):
    first = clock.now
    await listings.store([listing(1, 2)])
    await listings.store([listing(2, 3, at=clock.forward(hours=1))])
    times = {entry["article"]: entry["at"] async for entry in database["listings"].find({})}
    ids = listing(1, 2, 3).articles
    assert [times[name] for name in ids] == [first, first, clock.now]


async def test_listed_before_stored(database, articles, listings, listing, make_article, clock):
    await listings.store([listing(1, tags={"topic": "海峡"})])
    clock.forward(minutes=1)
    await listings.store([listing(1, channel="shizheng", tags={"topic": "时政", "level": "省"})])
    await articles.store(
        [make_article(1, found_on=(Listing("fjsen", None, "related", clock.forward(hours=1)),))]
    )
    found = await article(database)
    assert found["channels"] == ["fujian", "shizheng"]
    assert {(entry["channel"], entry["list"]) for entry in found["found_on"]} == {
        ("fujian", "channel"),
        ("shizheng", "channel"),
        (None, "related"),
    }
    assert len(found["found_on"]) == 3
    assert found["tags"] == {"province": "福建", "topic": "海峡", "level": "省"}


async def test_stored_before_listed(database, articles, listings, listing, make_article, clock):
    await articles.store([make_article(1)])
    before = await article(database)
    stored_at = clock.forward(minutes=1)
    shizheng = listing(1, channel="shizheng", tags={"province": "江西", "topic": "时政"})
    assert await listings.store([shizheng, listing(1, channel="fujian")]) == [None, None]
    found = await article(database)
    assert found["channels"] == ["fujian", "shizheng"]
    assert found["found_on"][0] == before["found_on"][0], "what is known keeps its time"
    assert found["tags"] == {"province": "福建", "topic": "时政"}
    assert found["stored_at"] == stored_at


async def test_reading_a_list_again_writes_nothing(
    database, articles, listings, listing, make_article, clock
):
    await articles.store([make_article(1)])
    await listings.store([listing(1, channel="shizheng")])
    before = await article(database)
    clock.forward(hours=1)
    await listings.store([listing(1, channel="shizheng")])
    assert await article(database) == before


async def test_a_crash_after_the_listing_is_healed_by_the_page_that_comes_again(
    database, articles, listings, listing, make_article
):
    await articles.store([make_article(1)])
    await listings.store([listing(1, channel="shizheng")])
    lost = {"$set": {"channels": ["fujian"]}, "$pop": {"found_on": 1}}
    await database["articles"].update_one({}, lost)  # what a worker leaves that died before it applied them
    await listings.store([listing(1, channel="shizheng")])
    assert (await article(database))["channels"] == ["fujian", "shizheng"]


async def test_an_article_that_is_fetched_again_catches_up(
    database, articles, listings, listing, make_article, clock
):
    await articles.store([make_article(1)])
    await listings.store([listing(1, channel="shizheng")])
    await database["articles"].update_one({}, {"$set": {"channels": [], "found_on": []}})
    await articles.store([make_article(1, fetched_at=clock.forward(hours=1))])
    found = await article(database)
    assert found["channels"] == ["fujian", "shizheng"]
    assert len(found["found_on"]) == 2


async def test_lists_of_another_portal_are_noted_but_are_no_channels(
    database, articles, listings, listing, make_article
):
    await articles.store([make_article(1)])
    await listings.store([listing(1, portal="other", channel="fujian2", tags={"x": "y"})])
    found = await article(database)
    assert found["channels"] == ["fujian"]
    assert [entry["portal"] for entry in found["found_on"]] == ["fjsen", "other"]
    assert "x" not in found["tags"]


async def test_a_long_list(database, listings, clock):
    ids = tuple(f"{n:032x}" for n in range(2500))
    hot = ListedArticles(Listing("fjsen", None, "hot", clock.now), ids)
    assert await listings.store([hot, replace(hot, articles=ids[:10])]) == [None, None]
    assert await database["listings"].count_documents({"list": "hot"}) == 2500
    assert (await database["listings"].find_one({}))["_id"].endswith(":fjsen:hot")


async def test_only_the_list_that_cannot_be_stored_fails(database, listings, listing):
    outcomes = await listings.store([listing(1), listing(2, tags={"a": "\ud800"}), listing(3)])
    assert [type(outcome) for outcome in outcomes] == [type(None), GiveUp, type(None)]
    assert await database["listings"].count_documents({}) == 2


def moved(article, *ids):
    return Move(ids, url_id(article.url))


@pytest.mark.parametrize("order", list(permutations(("listed", "moved", "stored"))), ids="-".join)
async def test_a_list_that_names_a_moved_address(
    database, articles, listings, listing, make_article, clock, order
):
    old = "0" * 32
    steps = {
        "listed": lambda: listings.store([replace(listing(channel="shizheng"), articles=(old,))]),
        "moved": lambda: listings.store_moves([moved(make_article(1), old)]),
        "stored": lambda: articles.store([make_article(1)]),
    }
    for step in order:
        assert await steps[step]() == [None]
        clock.forward(minutes=1)
    assert (await article(database))["channels"] == ["fujian", "shizheng"]

    for step in order:
        await steps[step]()
    found = await article(database)
    assert [entry["channel"] for entry in found["found_on"]].count("shizheng") == 1
    assert await database["moves"].count_documents({}) == 1


async def test_an_address_that_moves_on(database, articles, listings, listing, make_article):
    """Its first target was an address that leads on itself: the last word is where the article is."""
    old, between = "0" * 32, "1" * 32
    await listings.store_moves([Move((old,), between)])
    await listings.store([replace(listing(channel="shizheng"), articles=(old,))])
    await articles.store([make_article(1)])
    await listings.store_moves([moved(make_article(1), old, between)])
    await listings.store([replace(listing(channel="yaowen"), articles=(old,))])
    assert (await article(database))["channels"] == ["fujian", "shizheng", "yaowen"]


async def test_an_address_does_not_lead_to_itself(database, listings, make_article):
    own = url_id(make_article(1).url)
    assert await listings.store_moves([moved(make_article(1), own)]) == [None]
    assert await database["moves"].count_documents({}) == 0
