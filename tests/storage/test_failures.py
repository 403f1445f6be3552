from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from pymongo import AsyncMongoClient
from pymongo.monitoring import CommandListener

from crawler.items import Failure, Listing, Reached
from crawler.storage import FailureStore
from crawler.urls import url_id


@pytest.fixture
def failure(clock):
    return Failure(
        url="http://news.fjsen.com/2022-11/03/content_1.htm",
        portal="fjsen",
        reason="timeout",
        detail="no answer in 30 s",
        status=None,
        tries=5,
        at=clock.now,
        found_on=(Listing("fjsen", "fujian", "channel", clock.now),),
    )


async def test_every_field(database, failures, failure, clock):
    assert await failures.store([failure]) == [None]
    event = {"at": clock.now, "reason": "timeout", "detail": "no answer in 30 s", "status": None, "tries": 5}
    assert await database["failures"].find_one({}) == {
        "_id": url_id(failure.url),
        "url": failure.url,
        "portal": "fjsen",
        "found_on": [{"portal": "fjsen", "channel": "fujian", "list": "channel", "at": clock.now}],
        **event,
        "history": [event],
    }


async def test_storing_twice_is_storing_once_and_another_try_is_history(database, failures, failure, clock):
    later = replace(failure, reason="404", status=404, tries=6, at=clock.forward(days=1))
    await failures.store([failure, failure])
    await failures.store([later])
    await failures.store([failure])
    document = await database["failures"].find_one({})
    assert await database["failures"].count_documents({}) == 1
    assert (document["reason"], document["status"], document["tries"]) == ("404", 404, 6)
    assert [event["reason"] for event in document["history"]] == ["timeout", "404"]


async def test_a_report_that_comes_late_does_not_hide_the_newer_one(database, failures, failure, clock):
    await failures.store([replace(failure, reason="404", at=clock.forward(days=1))])
    await failures.store([failure])
    document = await database["failures"].find_one({})
    assert document["reason"] == "404"
    assert {event["reason"] for event in document["history"]} == {"404", "timeout"}


async def test_history_is_bounded(database, failures, failure, clock):
    for n in range(30):
        await failures.store([replace(failure, tries=n, at=clock.forward(minutes=1))])
    document = await database["failures"].find_one({})
    assert [event["tries"] for event in document["history"]] == list(range(10, 30))


async def test_an_article_that_is_stored_is_no_failure(
    database, failures, articles, failure, make_article, clock
):
    await failures.store([failure, replace(failure, url="http://news.fjsen.com/other.htm")])
    await articles.store([make_article(1, fetched_at=clock.forward(hours=3))])
    assert [entry["url"] async for entry in database["failures"].find({})] == [
        "http://news.fjsen.com/other.htm"
    ]


@pytest.mark.parametrize(("minutes", "kept"), [(-10, False), (10, False), (90, True)])
async def test_who_lost_the_lease_cannot_report_what_another_has_stored(
    database, failures, articles, failure, make_article, clock, minutes, kept
):
    """A worker that was frozen wakes up and reports; a failure a day later is a fact of its own."""
    at = clock.now + timedelta(minutes=minutes)
    await articles.store([make_article(1)])
    await failures.store([replace(failure, at=at)])
    assert await database["failures"].count_documents({}) == kept


async def test_whoever_comes_first_a_stored_article_is_no_failure(
    database, failures, articles, failure, make_article
):
    made = [make_article(n) for n in range(60)]
    await asyncio.gather(
        *(articles.store([article]) for article in made),
        *(failures.store([replace(failure, url=article.url)]) for article in made),
    )
    assert await database["failures"].count_documents({}) == 0


async def test_two_workers_report_the_same_url_at_once(database, failures, failure, clock):
    reports = [replace(failure, tries=n, at=clock.now + timedelta(seconds=n)) for n in range(8)]
    outcomes = await asyncio.gather(*(failures.store([report]) for report in reports))
    assert outcomes == [[None]] * 8
    document = await database["failures"].find_one({})
    assert document["tries"] == 7
    assert sorted(event["tries"] for event in document["history"]) == list(range(8))


async def test_hostile_words_are_stored_as_far_as_they_are_words(database, failures, failure):
    hostile = replace(
        failure, url="http://a.fjsen.com/\ud800", detail="$ROOT\ud83d" + "长" * 9000, reason="$reason"
    )
    assert await failures.store([hostile]) == [None]
    document = await database["failures"].find_one({})
    assert document["url"] == "http://a.fjsen.com/?"
    assert document["reason"] == "$reason"
    assert len(document["detail"]) == 500


async def test_forget(database, failures, failure):
    await failures.store([failure])
    assert await failures.forget([url_id(failure.url), "0" * 32]) == 1
    assert await database["failures"].count_documents({}) == 0


LIST = "http://fz.fjsen.com/node_176.htm"
MOVED = "http://fz.fjsen.com/fuzhou/"


async def test_a_list_that_was_read_is_no_failure_any_more(database, failures, failure, clock):
    others = [replace(failure, url=url) for url in (LIST, MOVED, LIST + "?page=2")]
    await failures.store(others)
    read = Reached((url_id(LIST), url_id(MOVED)), clock.forward(days=1))

    assert (
        await failures.reached([read, read, Reached((url_id(LIST),), clock.now - timedelta(days=9))])
        == [None] * 3
    )

    assert [entry["url"] async for entry in database["failures"].find({})] == [LIST + "?page=2"]
    assert await failures.reached([read]) == [None]


@pytest.mark.parametrize(("seconds", "kept"), [(-1, False), (0, False), (1, True)])
async def test_what_failed_after_the_list_was_read_stays(database, failures, failure, clock, seconds, kept):
    """Also where the read is told late, or again: a list is asked for every few minutes, and may fail at once."""
    await failures.store([replace(failure, url=LIST, at=clock.now + timedelta(seconds=seconds))])
    await failures.reached([Reached((url_id(LIST),), clock.now)])
    assert await database["failures"].count_documents({}) == kept


async def test_lists_that_never_failed_cost_a_look_and_no_write(
    mongo_uri, mongo_database, failures, failure, clock
):
    await failures.store([replace(failure, url=LIST + "?page=2")])
    commands = Commands()
    client = AsyncMongoClient(mongo_uri, event_listeners=[commands])
    reached = [Reached((url_id(f"{LIST}?page={n}"),), clock.now) for n in range(9, 99)]
    await FailureStore(client[mongo_database]).reached(reached)
    assert commands.names == ["find"]
    await FailureStore(client[mongo_database]).reached(
        [*reached, Reached((url_id(LIST + "?page=2"),), clock.now)]
    )
    await client.close()
    assert commands.names == ["find", "find", "delete"]


class Commands(CommandListener):
    """Their names, without those of the driver's own."""

    def __init__(self):
        self.names = []

    def started(self, event):
        if event.command_name in {"find", "insert", "update", "delete", "aggregate", "getMore"}:
            self.names.append(event.command_name)

    def succeeded(self, event):
        pass

    def failed(self, event):
        pass
