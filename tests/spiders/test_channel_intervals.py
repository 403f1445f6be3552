"""``every`` of a channel: who is left out, and who is not."""

from __future__ import annotations

from datetime import date

import pytest
from scrapy import Request

from crawler.context import CrawlScope
from crawler.portals import parse_profile
from crawler.portals.page_kind import PageKind
from crawler.spiders.intervals import ChannelIntervals
from crawler.spiders.requests import Task

PROFILE = parse_profile(
    """title = "x"
domains = ["a.cn"]
channels = [{ url = "http://a.cn/x/", every = "1h" }, { url = "http://a.cn/y/" }]
""",
    "a",
)
SLOW, USUAL = PROFILE.channels


class Frontier:
    def __init__(self):
        self.epoch = 3
        self.kept = {}

    async def cached(self, key):
        return self.kept.get(key, (None, 0))[0]

    def keep(self, request, key, value, ttl_s):
        self.kept[key] = (value, ttl_s)


@pytest.fixture
def frontier():
    return Frontier()


@pytest.fixture
def intervals(frontier):
    def intervals(**scope):
        return ChannelIntervals(frontier, CrawlScope(**scope), {"a": PROFILE})

    return intervals


def read(intervals, channel, page=1):
    task = Task(portal="a", kind=PageKind.CHANNEL, list="channel", channel=channel.id, page=page)
    intervals.note(Request(channel.url), task)


async def test_a_channel_rests_once_it_was_read_and_others_do_not(intervals, frontier):
    assert await intervals().is_due("a", SLOW)
    for channel in PROFILE.channels:
        read(intervals(), channel)
    assert [ttl for _, ttl in frontier.kept.values()] == [3240]
    assert not await intervals().is_due("a", SLOW)
    assert await intervals().is_due("a", USUAL)
    assert await intervals().is_due("b", SLOW)
    assert await intervals().is_due("a", None)


async def test_a_later_page_says_nothing(intervals):
    read(intervals(), SLOW, page=2)
    assert await intervals().is_due("a", SLOW)


@pytest.mark.parametrize("scope", [{"full": True}, {"channels": ("x",)}, {"since": date(2026, 1, 1)}])
async def test_a_run_that_wants_more_than_what_is_new_reads_it(intervals, scope):
    read(intervals(), SLOW)
    assert await intervals(**scope).is_due("a", SLOW)


async def test_a_cleared_frontier_has_read_nothing(intervals, frontier):
    read(intervals(), SLOW)
    frontier.epoch += 1
    assert await intervals().is_due("a", SLOW)
