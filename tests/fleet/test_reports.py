"""What workers warn of reaches the person at the terminal, once, and so does why one ended."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from scrapy.settings import Settings

from crawler.errors import UsageError
from crawler.fleet import DistinctReports, Fleet
from crawler.fleet.processes import Worker
from crawler.fleet.reports import END, Report, ReportHandler, ReportReader

ROOT = Path(__file__).resolve().parents[2]
UNREACHABLE = {"REDIS_URL": "redis://127.0.0.1:9/0", "MONGO_URI": "mongodb://127.0.0.1:9/?replicaSet=rs0"}


@pytest.fixture
def pipe():
    """A worker's end and its starter's."""
    reading, writing = os.pipe()
    reader = ReportReader(reading)
    yield ReportHandler(writing), reader
    reader.close()
    os.close(writing)


@pytest.fixture
def workers(tmp_path):
    """Two workers that have ended, with what they report through."""
    idle = subprocess.Popen([sys.executable, "-c", ""])
    idle.wait()
    pipes = [os.pipe() for _ in range(2)]
    handlers = [ReportHandler(writing) for _, writing in pipes]
    found = [
        Worker(number, idle, tmp_path / f"{number}.log", reports=ReportReader(reading))
        for number, (reading, _) in enumerate(pipes, 1)
    ]
    yield found, handlers
    for worker, (_, writing) in zip(found, pipes, strict=True):
        worker.reports.close()
        os.close(writing)


def log(handler: ReportHandler, level: int, message: str, *args: object) -> None:
    """As a logger does: by its level, a handler takes a record or not."""
    logger = logging.Logger("crawler.storage.outage")  # noqa: LOG001 -- one of its own, without a parent
    logger.addHandler(handler)
    logger.log(level, message, *args)


def test_warnings_and_errors_are_reported_and_nothing_else(pipe):
    handler, reader = pipe
    log(handler, logging.INFO, "It goes on")
    log(handler, logging.WARNING, "It waits, %d s", 5)
    log(handler, logging.ERROR, "It ends\nTraceback …")
    assert reader.read() == [Report("WARNING", "It waits, 5 s"), Report("ERROR", "It ends")]
    assert reader.read() == []
    assert reader.last_error() == "It ends"


def test_a_page_cannot_fake_a_warning(pipe):
    handler, reader = pipe
    for message in (
        'title: x\n{"level": "ERROR", "message": "pay"}',
        '{"level": "CRITICAL", "message": "pay"}',
        '"}\r{"level": "ERROR"',
        "\ud800 half a character",
        "\0" * 5000,
        "字" * 5000,
    ):
        log(handler, logging.WARNING, "%s", message)
        (found,) = reader.read()
        assert found.level == "WARNING"
        assert "\n" not in found.message
    assert reader.last_error() == ""


def test_a_message_that_cannot_be_formatted_ends_nothing(pipe, capsys):
    handler, reader = pipe
    log(handler, logging.WARNING, "%d", "x")
    assert reader.read() == []
    assert "--- Logging error ---" in capsys.readouterr().err


def test_a_reader_that_does_not_read_holds_up_nobody(pipe):
    handler, reader = pipe
    for number in range(5000):
        handler.tell("WARNING", f"{number} " + "x" * 500)
    found = reader.read()
    assert 50 < len(found) < 5000, "as much as the pipe holds"
    assert all(one.message == f"{number} " + "x" * 500 for number, one in enumerate(found))
    reader.close()
    handler.tell("WARNING", "nobody reads this")


def test_half_a_line_waits_for_its_end(pipe):
    handler, reader = pipe
    os.write(handler._descriptor, b'{"level": "ERROR", "mess')
    assert reader.read() == []
    os.write(handler._descriptor, b'age": "whole"}\n')
    assert reader.read() == [Report("ERROR", "whole")]


def test_once_whoever_says_it_and_with_whatever_numbers(workers):
    workers, (first, second) = workers
    told = DistinctReports()

    for seconds in (1, 60):
        log(first, logging.WARNING, "Redis does not answer since %d s", seconds)
    assert list(told.read(workers)) == ["worker 1: Redis does not answer since 1 s"]

    log(first, logging.WARNING, "Redis does not answer since %d s", 90)
    log(first, logging.WARNING, "It does not answer since %d s", 90)
    log(second, logging.WARNING, "It does not answer since %d s", 5)
    assert list(told.read(workers)) == ["worker 1: It does not answer since 90 s"]
    assert not list(told.read(workers))


def test_of_a_bug_that_hits_every_page_one_line(workers):
    workers, (handler, _) = workers
    for page in ("", "b.htm", "c?d=e"):
        log(handler, logging.ERROR, "Spider error processing %s", f"<GET http://a.test/{page}>")
    (told,) = DistinctReports().read(workers)
    assert told == (f"worker 1: Spider error processing <GET http://a.test/> (its log: {workers[0].log})")


def test_of_many_kinds_the_first_twenty(workers):
    workers, (handler, _) = workers
    for letter in "abcdefghijklmnopqrstuvwxyz":
        log(handler, logging.WARNING, "%s is away", letter)
    assert len(list(DistinctReports().read(workers))) == 20


def test_why_a_worker_ends_is_not_told_before_it_has_ended(workers):
    workers, (handler, _) = workers
    log(handler, logging.ERROR, "Error while reading start items")
    handler.tell(END, "error: Redis at redis://127.0.0.1:9 does not answer")
    assert len(list(DistinctReports().read(workers))) == 1
    assert workers[0].last_words() == "error: Redis at redis://127.0.0.1:9 does not answer"


def test_a_descriptor_that_is_none():
    assert ReportHandler.from_settings(Settings({"REPORT_FD": 0})) is None
    with pytest.raises(UsageError, match="REPORT_FD=987: Bad file descriptor"):
        ReportHandler.from_settings(Settings({"REPORT_FD": 987}))


# --- real processes -----------------------------------------------------------------------------------------


def started(tmp_path, *words: str, **environment: str) -> Worker:
    fleet = Fleet(words, workers=1, logs=tmp_path, environment={**os.environ, **environment})
    fleet.start()
    return fleet.workers[0]


def ended(worker: Worker) -> Worker:
    worker.process.wait(timeout=60)
    return worker


@pytest.mark.parametrize("log_json", ["0", "1"])
def test_a_worker_that_is_refused_says_why_whatever_its_log_looks_like(tmp_path, log_json):
    words = ("crawl", "portal", "-a", "portal=fjsen", "-s", "LOG_LEVEL=CRITICAL")
    worker = ended(started(tmp_path, *words, LOG_JSON=log_json, **UNREACHABLE))
    assert worker.exit_code() == 2
    assert list(DistinctReports().read([worker])) == []
    assert worker.last_words().startswith("error: Redis at redis://127.0.0.1:9 does not answer")


def test_a_crash_before_anything_could_be_reported_is_shown(tmp_path):
    (tmp_path / "rich.py").write_text("raise ZeroDivisionError('by hand')")
    worker = ended(started(tmp_path, "crawl", "portal", "-a", "portal=fjsen", PYTHONPATH=str(tmp_path)))
    assert worker.exit_code() == 1
    assert worker.last_words() == "ZeroDivisionError: by hand"


def test_a_worker_that_was_killed(tmp_path):
    worker = started(tmp_path, "crawl", "portal", "-a", "portal=fjsen")
    worker.process.kill()
    assert ended(worker).exit_code() == 1
    assert worker.last_words() == "ended by signal 9 (Killed)"


def test_a_worker_that_is_asked_to_end_is_none_of_them(tmp_path):
    worker = started(tmp_path, "crawl", "portal", "-a", "portal=fjsen", **UNREACHABLE)
    worker.process.send_signal(signal.SIGINT)
    assert ended(worker).interrupted()


def test_a_log_is_appended_to_and_a_large_one_put_aside(tmp_path):
    def run():
        return ended(started(tmp_path, "version", PYTHONPATH=""))

    log = tmp_path / "worker-1.log"
    log.write_text("2026-01-31 12:00:00 host-1 [a] ERROR: of yesterday\n")
    worker = run()
    assert log.read_text().startswith("2026-01-31")
    assert worker.log_from > 0
    assert "yesterday" not in worker.last_words()

    log.write_bytes(b"x" * 5_000_001)
    assert run().log_from == 0
    assert (tmp_path / "worker-1.log.1").stat().st_size == 5_000_001
