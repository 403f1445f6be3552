"""Which lists a browser fills, how often it is tried, and how long a list is left to others."""

from __future__ import annotations

import pytest

from crawler.fetching.rendering import (
    is_worth_another_try,
    leave_for,
    may_be_remembered,
    may_be_rendered,
    memory_key,
)


@pytest.mark.parametrize(
    ("meta", "rendered", "remembered"),
    [
        ({"kind": "channel"}, True, True),
        ({"kind": "home", "page": 1}, True, True),
        ({"kind": "channel", "page": 2}, True, False),
        ({"kind": "channel", "robots": True}, True, False),
        ({"kind": "article", "render": "profile"}, True, False),
        ({"kind": "article"}, False, False),
        ({"kind": "feed"}, False, False),
        ({"kind": "sitemap"}, False, False),
        ({}, False, False),
    ],
)
def test_a_browser_is_a_question_for_lists_of_readers_alone(meta, rendered, remembered):
    assert (may_be_rendered(meta), may_be_remembered(meta)) == (rendered, remembered)


@pytest.mark.parametrize(
    ("complete", "cut", "attempt", "again"),
    [
        (True, "", 1, False),
        (False, "", 1, True),
        (False, "", 2, True),
        (False, "", 3, False),
        (False, "time", 1, False),
    ],
)
def test_what_is_incomplete_is_tried_three_times_unless_the_browser_would_stop_again(
    complete, cut, attempt, again
):
    assert is_worth_another_try(complete=complete, cut=cut, attempt=attempt) is again


def test_a_list_is_left_to_others_for_six_minutes_in_growing_pauses():
    pauses = [leave_for(times) for times in range(40)]
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1], sum(pauses)) == (3.0, 15.0, 360.0)
    assert leave_for(40) is leave_for(41) is None


def test_a_list_is_remembered_by_portal_and_address():
    key = memory_key("a", "http://www.sample.example/node_1.htm")
    assert key.startswith("render:a:")
    assert key == memory_key("a", "http://WWW.sample.example:80/node_1.htm#top")
    assert key != memory_key("b", "http://www.sample.example/node_1.htm")
