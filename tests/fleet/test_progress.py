"""What a person sees of a crawl."""

from __future__ import annotations

import io

from rich.console import Console

from crawler.fleet import LineProgress, LiveProgress, Snapshot


def at(seconds: float, fetched: int, **more: int) -> Snapshot:
    figures = {"queued": 10, "leased": 2, "stored": fetched, "failures": 0, "workers": 2} | more
    return Snapshot(at=seconds, fetched=fetched, **figures)


def test_one_line_every_five_seconds_and_no_more():
    output = io.StringIO()
    with LineProgress(output) as display:
        for tick in range(25):
            display.show(at(tick * 0.5, tick * 10))

    lines = output.getvalue().splitlines()
    assert len(lines) == 2
    assert lines[0] == (
        "crawl 00:05  workers=2 queued=10 leased=2 fetched=100 stored=100 failures=0 pages/s=20.0"
    )


def test_the_figures_of_an_earlier_run_make_no_negative_speed():
    output = io.StringIO()
    with LineProgress(output, every_s=1) as display:
        for seconds, fetched in ((0, 700), (1, 0), (2, 30)):
            display.show(at(seconds, fetched))

    assert "pages/s=-" not in output.getvalue()
    assert output.getvalue().splitlines()[-1].endswith("pages/s=30.0")


def test_the_bar_shows_all_counters_on_a_narrow_terminal():
    output = io.StringIO()
    with LiveProgress(Console(file=output, force_terminal=True, width=100)) as display:
        display.show(at(0, 5, failures=3))

    for word in ("queued", "leased", "fetched", "stored", "failures", "pages/s", "workers"):
        assert word in output.getvalue()


def test_the_share_that_is_done():
    assert at(0, 0, queued=0, leased=0).done == 0.0
    assert at(0, 88).done == 0.88
