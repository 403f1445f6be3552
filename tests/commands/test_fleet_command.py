"""``scrapy fleet``: how it ends, and that it never ends because of who watches."""

from __future__ import annotations

import asyncio
import io
import os
import signal
from dataclasses import replace
from types import SimpleNamespace

import pytest
from rich.console import Console

from crawler.commands import fleet as command
from crawler.commands import outcomes
from crawler.commands.base import on_stop
from crawler.fleet import LineProgress, LiveProgress, Snapshot, Worker

LAST = Snapshot(at=1, queued=9, leased=0, fetched=29, stored=20, failures=2, workers=0)


def ended(*codes: int, log) -> SimpleNamespace:
    """A fleet whose workers have ended, each with the return code that Popen tells."""
    return SimpleNamespace(
        workers=[Worker(1, SimpleNamespace(poll=lambda code=code: code), log) for code in codes]
    )


@pytest.mark.parametrize(
    ("codes", "stopped", "expected"),
    [
        ((0, 0), False, 0),
        ((0, 3), False, 3),
        ((2, 3), False, 3),
        ((1, 3), True, 3),
        ((0, 130), True, 0),
        ((0, -2), True, 0),
        ((0, 130), False, 130),
        ((0, 77), False, 1),
        ((0, -9), True, 1),
        ((2, 0), False, 2),
        ((2, 1), True, 2),
    ],
)
def test_the_worst_worker(codes, stopped, expected, tmp_path, capsys):
    assert outcomes._worst(ended(*codes, log=tmp_path), stopped=stopped) == expected
    # a worker that ends with 3 has said why itself
    bad = [code for code in codes if code not in (0, 3) and not (stopped and code in (130, -2))]
    assert bool(capsys.readouterr().err) is bool(bad)


@pytest.mark.parametrize(
    ("drained", "stopped", "failures", "left_out", "expected"),
    [
        (True, False, 2, False, 3),
        (True, False, 0, True, 3),
        (True, False, 0, False, 0),
        (False, True, 2, True, 0),  # Ctrl-C
        (False, False, 2, True, 0),  # max_runtime
        (True, True, 2, False, 0),
    ],
)
def test_too_many_failures_are_judged_where_the_crawl_went_through(
    drained, stopped, failures, left_out, expected, tmp_path
):
    last = replace(LAST, drained=drained, failures=failures)
    found = outcomes.fleet_outcome(
        ended(0, 3 if expected else 0, log=tmp_path),
        last,
        stopped=stopped,
        left_out=left_out,
        bounds=outcomes.FailureBounds(0.05, 2),
    )
    assert found == expected


@pytest.mark.parametrize(
    ("signals", "calls"),
    [
        ((signal.SIGHUP,), 1),
        ((signal.SIGHUP, signal.SIGHUP), 1),  # the shell and the kernel both tell
        ((signal.SIGINT, signal.SIGHUP), 1),
        ((signal.SIGHUP, signal.SIGTERM), 2),
        ((signal.SIGINT, signal.SIGINT), 2),
    ],
)
def test_a_closed_terminal_stops_once_and_gracefully(signals, calls):
    told = []

    async def run():
        on_stop(lambda: told.append(1))
        for number in signals:
            os.kill(os.getpid(), number)
            await asyncio.sleep(0.05)

    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    try:
        asyncio.run(run())
    finally:
        signal.signal(signal.SIGHUP, before)
    assert len(told) == calls


def test_nohup_is_heeded():
    async def run():
        on_stop(lambda: None)
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN

    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        asyncio.run(run())
    finally:
        signal.signal(signal.SIGHUP, before)


@pytest.mark.parametrize(
    ("term", "kind"), [("dumb", LineProgress), ("unknown", LineProgress), ("xterm", LiveProgress)]
)
def test_a_terminal_that_cannot_redraw_gets_lines(term, kind):
    console = Console(file=io.StringIO(), force_terminal=True, _environ={"TERM": term})
    assert type(command._display(console)) is kind


def test_the_summary_of_a_crawl_that_nobody_reads_ends_nothing(monkeypatch):
    dropped = []
    monkeypatch.setattr(command, "drop_stdout", lambda: dropped.append(1))
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as output:
        command._Console(file=output).print("In MongoDB now")
        os.dup2(os.open(os.devnull, os.O_WRONLY), writing)
    assert dropped


@pytest.mark.parametrize(
    ("fetched", "failed", "share", "least", "expected"),
    [
        (10, 1, 0.05, 5, False),  # one dead link of a small run
        (10, 4, 0.05, 5, False),
        (10, 5, 0.05, 5, True),
        (1000, 51, 0.05, 5, False),
        (1000, 60, 0.05, 5, True),
        (0, 1, 0.05, 5, True),  # nothing came
        (0, 0, 0.05, 5, False),
        (10, 1, 0, 5, True),  # none is allowed
        (10, 1, 0.05, 0, True),
        (10, 9, 1, 5, False),
    ],
)
def test_few_failures_of_a_small_run_are_not_too_many(fetched, failed, share, least, expected):
    assert outcomes.FailureBounds(share, least).are_exceeded(fetched=fetched, failed=failed) is expected
