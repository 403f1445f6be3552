"""What a person sees of a crawl."""

from __future__ import annotations

import io
import os
import sys

from rich.console import Console

from crawler.fleet import LineProgress, LiveProgress, Snapshot, WhileRead


def at(seconds: float, fetched: int, **more: int) -> Snapshot:
    figures = {"queued": 10, "leased": 2, "stored": fetched, "failures": 0, "workers": 2} | more
    return Snapshot(at=seconds, fetched=fetched, **figures)


def test_one_line_every_five_seconds_and_no_more():
    output = io.StringIO()
    with LineProgress(output) as display:
        for tick in range(25):
            display.show(at(tick * 0.5, tick * 10))

    lines = output.getvalue().splitlines()
    assert len(lines) == 3, "two, and one at the end"
    assert lines[0] == (
        "crawl 00:05  workers=2 queued=10 leased=2 fetched=100 stored=100 failures=0 pages/s=20.0"
    )


def test_the_figures_of_an_earlier_run_make_no_negative_speed():
    output = io.StringIO()
    with LineProgress(output, every_s=1) as display:
        for seconds, fetched in ((0, 700), (1, 0), (2, 30)):
            display.show(at(seconds, fetched))

    assert "pages/s=-" not in output.getvalue()
    assert output.getvalue().splitlines()[-2].endswith("pages/s=30.0")
    assert (
        output.getvalue().splitlines()[-1]
        == "crawl 00:02  ended  fetched=30 stored=30 failures=0 pages/s=30.0"
    )


def test_the_bar_shows_all_counters_on_a_narrow_terminal():
    output = io.StringIO()
    with LiveProgress(Console(file=output, force_terminal=True, width=100)) as display:
        display.show(at(0, 5, failures=3))

    for word in ("queued", "leased", "fetched", "stored", "failures", "pages/s", "workers"):
        assert word in output.getvalue()


def test_lists_that_had_not_changed_are_answers_too():
    output = io.StringIO()
    with LineProgress(output) as display:
        display.show(at(0, 0))
        display.show(at(2, 0, queued=0, leased=0, unchanged=11))

    assert output.getvalue() == "crawl 00:02  ended  fetched=0 unchanged=11 stored=0 failures=0 pages/s=5.5\n"
    assert at(0, 0, queued=0, leased=0, unchanged=11).done == 1.0


def test_the_share_that_is_done():
    assert at(0, 0, queued=0, leased=0).done == 0.0
    assert at(0, 88).done == 0.88


def test_a_crawl_that_was_over_before_the_first_look_says_nothing():
    output = io.StringIO()
    with LineProgress(output):
        pass
    assert not output.getvalue()


def test_a_joined_run_counts_its_pages_but_not_its_time():
    output = io.StringIO()
    with LineProgress(output) as display:
        display.show(at(0, 700))
        display.show(at(10, 720))
    assert "fetched=720 stored=720 failures=0 pages/s=2.0" in output.getvalue()


def test_the_live_display_of_a_large_crawl_fits_into_80_columns():
    console = Console(file=io.StringIO(), width=80)
    display = LiveProgress(console)
    large = at(5, 847_000, queued=1_253_421, leased=64, stored=817_000, failures=9_999)

    display.show(at(0, 0))
    display.show(large)
    console.print(display._draw(large))

    bar, numbers = console.file.getvalue().splitlines()
    assert len(bar) <= 80
    assert bar.endswith("00:05  169400.0 pages/s  2 workers")
    assert numbers.rstrip() == "queued 1253421  leased 64  fetched 847000  stored 817000  failures 9999"


def test_one_line_of_the_live_display_stays():
    console = Console(file=io.StringIO(), width=80, force_terminal=True, color_system=None)
    with LiveProgress(console) as display:
        for tick in range(21):
            display.show(at(tick, tick * 5))
    *_, last = console.file.getvalue().splitlines()
    assert last.endswith("crawl 00:20  ended  fetched=100 stored=100 failures=0 pages/s=5.0")


def test_a_crawl_goes_on_when_nobody_reads_its_progress():
    reading, writing = os.pipe()
    told = []
    with os.fdopen(writing, "w") as output:
        with WhileRead(LineProgress(output, every_s=0), lambda: told.append("gone")) as watched:
            watched.show(at(0, 5))
            assert os.read(reading, 10)
            os.close(reading)
            for second in range(1, 4):
                watched.show(at(second, 5))
        assert told == ["gone"]
        os.dup2(os.open(os.devnull, os.O_WRONLY), writing)


def test_a_display_that_fails_gives_its_streams_back():
    class Gone(io.StringIO):
        def write(self, _):
            raise OSError(5, "Input/output error")

    before = sys.stdout, sys.stderr
    with WhileRead(LiveProgress(Console(file=Gone(), force_terminal=True)), lambda: None) as watched:
        watched.show(at(0, 5))
        assert (sys.stdout, sys.stderr) == before
