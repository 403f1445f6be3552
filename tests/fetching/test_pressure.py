from __future__ import annotations

from crawler.fetching.pressure import Pressure


def test_only_failures_in_a_row_count():
    pressure = Pressure()
    assert [pressure.failed("h"), pressure.failed("h")] == [False, False]
    assert pressure.answered("h", 0.1, 0.0) is None
    assert [pressure.failed("h"), pressure.failed("h"), pressure.failed("h")] == [False, False, True]
    assert pressure.failed("h"), "and every further one, until it answers"


def test_of_a_host_that_is_known_to_fail_the_first_failure_counts():
    pressure = Pressure()
    assert pressure.failed("h", known=True)


def test_one_failure_is_enough_where_nobody_has_ever_answered():
    pressure = Pressure()
    assert pressure.failed("h", is_absent=True)
    pressure.answered("h", 0.1, 0.0)
    assert [pressure.failed("h", is_absent=True) for _ in range(3)] == [False, False, True]
    assert not pressure.failed("slow")


def test_hosts_are_apart_and_memory_is_bounded():
    pressure = Pressure(hosts=10)
    for number in range(1000):
        assert not pressure.failed(f"h{number}")
    assert len(pressure._hosts) == 10


def latencies(pressure, *answers):
    """The pauses after answers of (time, latency)."""
    return [pressure.answered("h", latency, now) for now, latency in answers]


def test_a_host_that_has_become_slow_gets_a_pause_and_recovers_by_itself():
    pressure = Pressure()
    latencies(pressure, *((second / 2, 0.2) for second in range(100)))
    slow = latencies(pressure, *((50 + second, 3.0) for second in range(12)))
    # seen for five seconds, then a pause of three, and one more each time that it is over
    assert [pause or 0 for pause in slow] == [0, 0, 0, 0, 0, 3, 0, 0, 3, 0, 0, 3]
    assert latencies(pressure, (62.0, 0.2), (63.0, 3.0), (64.0, 3.0)) == [None] * 3


def test_a_stall_of_this_process_is_not_the_hosts():
    pressure = Pressure()
    latencies(pressure, *((second / 2, 0.2) for second in range(100)))
    assert latencies(pressure, *((50 + number / 100, 4.0) for number in range(30))) == [None] * 30


def test_a_host_that_was_always_slow_is_not_congested_by_us():
    pressure = Pressure()
    assert latencies(pressure, *((float(second), 4.0) for second in range(60))) == [None] * 60


def test_but_eight_seconds_are_too_long_for_anyone():
    pressure = Pressure()
    pauses = [
        pause for pause in latencies(pressure, *((float(second), 30.0) for second in range(60))) if pause
    ]
    assert pauses == [20.0, 20.0, 20.0]


def test_small_latencies_never_count():
    pressure = Pressure()
    latencies(pressure, *((second / 2, 0.01) for second in range(100)))
    assert latencies(pressure, *((50.0 + second, 0.9) for second in range(60))) == [None] * 60
