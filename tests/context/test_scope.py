"""The arguments of a crawl, read."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from crawler.context import CrawlScope
from crawler.errors import UsageError
from crawler.storage.read.selection import Selection


def test_everything_that_can_be_asked_for():
    read = CrawlScope.read({
        "portal": "fjsen, sample", "channels": "福州,node_101", "since": "2022-11-01", "until": "2022-11-03",
        "full": "1", "limit": "25", "rate": "0", "max_runtime": "3600", "_job": "a1",
    })  # fmt: skip

    assert read == CrawlScope(
        portals=("fjsen", "sample"),
        channels=("福州", "node_101"),
        since=date(2022, 11, 1),
        until=date(2022, 11, 3),
        full=True,
        limit=25,
        rate=0.0,
        max_runtime=3600.0,
    )


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, "no portal given"),
        ({"portal": " , "}, "no portal given"),
        ({"portal": "a", "limits": "3"}, "did you mean limit=?"),
        ({"portal": "a", "zzz": "3"}, "known are"),
        ({"portal": "a", "since": "2022-2-30"}, "expected a date like"),
        ({"portal": "a", "since": "2022-02-30"}, "no such day"),
        ({"portal": "a", "since": "2022-11-03", "until": "2022-11-01"}, "lies after"),
        ({"portal": "a", "since": "0001-01-01"}, "since=0001-01-01: expected a year from 1900 to 9998"),
        ({"portal": "a", "until": "9999-12-31"}, "until=9999-12-31: expected a year from 1900 to 9998"),
        ({"portal": "a", "since": "２０２２-11-03"}, "expected a date like"),
        ({"portal": "a", "limit": "-1"}, "whole number"),
        ({"portal": "a", "limit": "２５"}, "whole number"),
        ({"portal": "a", "rate": "-1"}, "number of 0 or more"),
        ({"portal": "a", "rate": "nan"}, "number of 0 or more"),
        ({"portal": "a", "max_runtime": "0"}, "number of 1 or more"),
        ({"portal": "a", "full": "maybe"}, "expected 1 or 0"),
    ],
)
def test_what_makes_no_sense_is_said_in_one_line(given, told):
    with pytest.raises(UsageError, match=told) as caught:
        CrawlScope.read(given)
    assert "\n" not in str(caught.value)


def test_both_days_are_included_in_the_portals_own_time():
    wanted = CrawlScope(portals=("a",), since=date(2022, 11, 2), until=date(2022, 11, 3))

    def published(*moment: int) -> datetime:
        return datetime(*moment, tzinfo=UTC)

    assert not wanted.wants(published(2022, 11, 1, 15, 59), "Asia/Shanghai")
    assert wanted.wants(published(2022, 11, 1, 16, 0), "Asia/Shanghai")
    assert wanted.wants(published(2022, 11, 3, 15, 59), "Asia/Shanghai")
    assert not wanted.wants(published(2022, 11, 3, 16, 0), "Asia/Shanghai")
    assert wanted.wants(None, "Asia/Shanghai"), "an article without a time is not lost"


def test_a_list_is_only_left_when_it_is_safely_too_old():
    wanted = CrawlScope(portals=("a",), since=date(2022, 11, 2))

    assert not wanted.is_too_old(None)
    assert not wanted.is_too_old(datetime(2022, 11, 1, 11, tzinfo=UTC))
    assert wanted.is_too_old(datetime(2022, 11, 1, 9, tzinfo=UTC))


@pytest.mark.parametrize("day", ["1900-01-01", "9998-12-31"])
def test_the_first_and_the_last_day_can_be_reckoned_with(day):
    asked = CrawlScope.read({"portal": "a", "since": day, "until": day})
    moment = datetime(2022, 11, 2, tzinfo=UTC)

    assert asked.is_too_old(moment) is (day > "2022")
    assert not asked.wants(moment, "Asia/Shanghai")
    Selection(since=asked.since, until=asked.until).query()


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"since": "2022-11-01"},
        {"channels": "a b,福州要闻", "since": "2022-11-01", "until": "2022-11-02", "full": "1", "limit": "5"},
    ],
)
def test_a_scope_in_words_and_back(given):
    canonical = CrawlScope.read({"portal": "x", **given}).canonical
    assert CrawlScope.read({"portal": "x", **CrawlScope.arguments_of(canonical)}).canonical == canonical
    assert bool(canonical) is bool(given)
