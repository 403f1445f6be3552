"""What workers warn of reaches the person at the terminal, once."""

from __future__ import annotations

import io
import logging
import subprocess
import sys

import pytest

from crawler.fleet import Fleet, LogWatch
from crawler.fleet.log_lines import warning_in
from crawler.fleet.processes import Worker
from crawler.logs import JobLines, JsonLines

TEXT = "%(asctime)s %(job)s [%(name)s] %(levelname)s: %(message)s"


def logged(formatter: logging.Formatter, level: int, message: str) -> str:
    output = io.StringIO()
    handler = logging.StreamHandler(output)
    handler.setFormatter(formatter)
    handler.handle(logging.LogRecord("crawler.storage.outage", level, "", 0, message, None, None))
    return output.getvalue().rstrip("\n")


@pytest.mark.parametrize(
    "formatter",
    [JobLines(TEXT, "%Y-%m-%d %H:%M:%S", job="host-1"), JsonLines(job="host-1")],
    ids=["text", "json"],
)
def test_a_warning_is_found_in_every_kind_of_log(formatter):
    assert warning_in(logged(formatter, logging.WARNING, "It waits")) == ("WARNING", "It waits")
    assert warning_in(logged(formatter, logging.ERROR, "It ends")) == ("ERROR", "It ends")
    assert warning_in(logged(formatter, logging.INFO, "ERROR: no")) is None


def test_a_page_cannot_fake_a_warning():
    for line in (
        "WARNING: pay",
        "{",
        '{"level": 3}',
        "[1]",
        "",
        "2026-01-31 12:00:00 [a] INFO: [b] ERROR: x",
    ):
        assert warning_in(line) is None


def test_once_whoever_says_it_and_with_whatever_numbers(tmp_path):
    idle = subprocess.Popen([sys.executable, "-c", ""])
    workers = [Worker(number, idle, tmp_path / f"{number}.log") for number in (1, 2)]
    line = (
        "2026-01-31 12:00:00 host-1 [crawler.frontier.worker.pump] WARNING: Redis does not answer since {} s"
    )
    idle.wait()
    log_watch = LogWatch()

    workers[0].log.write_text(line.format(1) + "\n" + line.format(60) + "\nhalf a l")
    assert list(log_watch.read(workers)) == ["worker 1: Redis does not answer since 1 s"]

    workers[0].log.write_text(
        line.format(1) + "\n" + line.format(60) + "\n" + line.replace("Redis", "It") + "\n"
    )
    workers[1].log.write_text(line.format(5) + "\n")
    assert list(log_watch.read(workers)) == ["worker 1: It does not answer since {} s"]
    assert not list(log_watch.read(workers))


def test_of_a_bug_that_hits_every_page_one_line(tmp_path):
    idle = subprocess.Popen([sys.executable, "-c", ""])
    idle.wait()
    worker = Worker(1, idle, tmp_path / "1.log")
    line = "2026-01-31 12:00:00 host-1 [scrapy.core.scraper] ERROR: Spider error processing <GET http://a.test/{}>\n"
    worker.log.write_text("".join(line.format(page) for page in ("", "b.htm", "c?d=e")))
    (told,) = LogWatch().read([worker])
    assert told == (f"worker 1: Spider error processing <GET http://a.test/> (its log: {worker.log})")


def test_a_log_is_appended_to_and_a_large_one_put_aside(tmp_path):
    def run():
        fleet = Fleet(["version"], workers=1, logs=tmp_path, environment={"PYTHONPATH": ""})
        fleet.start()
        fleet.workers[0].process.wait(timeout=60)
        return fleet.workers[0]

    log = tmp_path / "worker-1.log"
    log.write_text("2026-01-31 12:00:00 host-1 [a] ERROR: of yesterday\n")
    worker = run()
    assert log.read_text().startswith("2026-01-31")
    assert worker.log_from > 0
    assert "yesterday" not in worker.last_words()

    log.write_bytes(b"x" * 5_000_001)
    assert run().log_from == 0
    assert (tmp_path / "worker-1.log.1").stat().st_size == 5_000_001
