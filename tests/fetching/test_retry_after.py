from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.fetching.retry_after import MAX_PAUSE_S, retry_after

NOW = datetime(2026, 1, 10, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0.0),
        ("120", 120.0),
        (" 7 ", 7.0),
        ("1.5", 1.5),
        ("1.", 1.0),
        ("86401", MAX_PAUSE_S),
        ("9" * 400, MAX_PAUSE_S),
        ("Sat, 10 Jan 2026 12:00:30 GMT", 30.0),
        ("Saturday, 10-Jan-26 12:01:00 GMT", 60.0),
        ("Sat Jan 10 12:02:00 2026", 120.0),
        ("Sat, 10 Jan 2026 20:00:30 +0800", 30.0),
        ("Sat, 10 Jan 2026 11:00:00 GMT", 0.0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", MAX_PAUSE_S),
    ],
)
def test_seconds_and_dates(value, seconds):
    assert retry_after(value, now=NOW) == seconds


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        "soon",
        "-5",
        "1.x",
        "1e9",
        "inf",
        "nan",
        "٣",
        "Sat, 99 Jan 2026 12:00:30 GMT",
        "x" * 5000,
        "\x00",
        ".",
    ],
)
def test_what_says_nothing(value):
    assert retry_after(value, now=NOW) is None


def test_a_date_is_measured_on_the_servers_own_clock():
    # the server is an hour behind; it asks for thirty seconds
    assert retry_after("Sat, 10 Jan 2026 11:00:30 GMT", now=NOW, date="Sat, 10 Jan 2026 11:00:00 GMT") == 30.0


def test_a_date_header_that_cannot_be_read_is_ignored():
    assert retry_after("Sat, 10 Jan 2026 12:00:30 GMT", now=NOW, date="yesterday") == 30.0
