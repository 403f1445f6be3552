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
    pressure.answered("h")
    assert pressure.refused("h", 429, None, 30.0).seconds == 10


def test_only_failures_in_a_row_count():
    pressure = Pressure()
    assert [pressure.failed("h", 0.0), pressure.failed("h", 0.0)] == [None, None]
    pressure.answered("h")
    assert [pressure.failed("h", 0.0), pressure.failed("h", 0.0)] == [None, None]
    assert pressure.failed("h", 0.0) == Pause(10.0, "failing")


def test_hosts_are_apart_and_memory_is_bounded():
    pressure = Pressure(hosts=10)
    for number in range(1000):
        assert pressure.failed(f"h{number}", 0.0) is None
    assert len(pressure._hosts) == 10
    assert pressure.refused("other", 429, None, 0.0) == Pause(10.0, "http-429")
