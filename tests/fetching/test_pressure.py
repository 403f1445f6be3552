from __future__ import annotations

from crawler.fetching.pressure import MAX_PAUSE_S, Pause, Pressure


def test_a_refusal_with_a_pause_is_taken_at_its_word_and_bounded():
    pressure = Pressure()
    assert pressure.refused("h", 429, 30.0, 0.0) == Pause(30.0, "http-429")
    assert pressure.refused("h", 503, 90_000.0, 31.0) == Pause(MAX_PAUSE_S, "http-503")


def test_a_shorter_pause_within_a_longer_one_is_not_repeated():
    pressure = Pressure()
    assert pressure.refused("h", 429, 30.0, 0.0) is not None
    assert pressure.refused("h", 429, 10.0, 5.0) is None
    assert pressure.refused("h", 429, 30.0, 5.0) == Pause(30.0, "http-429")


def test_refusals_without_a_pause_double_it_up_to_five_minutes():
    pressure, now, pauses = Pressure(), 0.0, []
    for _ in range(8):
        pause = pressure.refused("h", 429, None, now)
        pauses.append(pause.seconds)
        now += pause.seconds
    assert pauses == [10, 20, 40, 80, 160, 300, 300, 300]


def test_what_was_under_way_when_the_pause_began_tells_nothing_new():
    pressure = Pressure()
    pauses = [pressure.refused("h", 503, None, second * 0.1) for second in range(20)]
    assert [pause for pause in pauses if pause] == [Pause(10.0, "http-503")]


def test_a_sound_answer_ends_the_trouble():
    pressure = Pressure()
    assert pressure.refused("h", 429, None, 0.0).seconds == 10
    assert pressure.refused("h", 429, None, 10.0).seconds == 20
    assert pressure.answered("h", 0.1, 30.0) is None
    assert pressure.refused("h", 429, None, 30.0).seconds == 10


def test_only_failures_in_a_row_count():
    pressure = Pressure()
    assert [pressure.failed("h", 0.0), pressure.failed("h", 0.0)] == [None, None]
    assert pressure.answered("h", 0.1, 0.0) is None
    assert [pressure.failed("h", 0.0), pressure.failed("h", 0.0)] == [None, None]
    assert pressure.failed("h", 0.0) == Pause(10.0, "failing")


def test_hosts_are_apart_and_memory_is_bounded():
    pressure = Pressure(hosts=10)
    for number in range(1000):
        assert pressure.failed(f"h{number}", 0.0) is None
    assert len(pressure._hosts) == 10
    assert pressure.refused("other", 429, None, 0.0) == Pause(10.0, "http-429")


def latencies(pressure, *answers):
    """The pauses after answers of (time, latency)."""
    return [pressure.answered("h", latency, now) for now, latency in answers]


def test_a_host_that_has_become_slow_gets_a_pause_and_recovers_by_itself():
    pressure = Pressure()
    latencies(pressure, *((second / 2, 0.2) for second in range(100)))
    slow = latencies(pressure, *((50 + second, 3.0) for second in range(12)))
    # seen for five seconds, then a pause of three, and one more each time that it is over
    assert [pause.seconds if pause else 0 for pause in slow] == [0, 0, 0, 0, 0, 3, 0, 0, 3, 0, 0, 3]
    assert {pause.reason for pause in slow if pause} == {"slow"}
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
    assert [pause.seconds for pause in pauses] == [20.0, 20.0, 20.0]


def test_small_latencies_never_count():
    pressure = Pressure()
    latencies(pressure, *((second / 2, 0.01) for second in range(100)))
    assert latencies(pressure, *((50.0 + second, 0.9) for second in range(60))) == [None] * 60
