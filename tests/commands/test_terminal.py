"""Commands with closed streams, with a terminal that lacks characters, and interrupted before they begin."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from crawler.fleet import Fleet
from crawler.terminal import is_command

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
SCRAPY = f"exec '{sys.executable}' -W error -m scrapy"


def shell(words: str, **variables: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        ["sh", "-c", f"{SCRAPY} {words}"],
        cwd=ROOT,
        env={**os.environ, **variables},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=120,
        check=False,
    )


def test_an_interrupted_import_is_one_line(tmp_path):
    (tmp_path / "rich.py").write_text("raise KeyboardInterrupt")
    done = shell("portals", PYTHONPATH=str(tmp_path))
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"interrupted\n")


def test_a_worker_that_is_stopped_before_its_first_import_says_so_in_its_log(tmp_path):
    fleet = Fleet(["portals"], workers=1, logs=tmp_path, environment=os.environ)
    fleet.start()
    fleet.stop()
    (worker,) = fleet.workers
    assert worker.process.wait(60) == 130
    assert worker.interrupted()
    assert worker.log.read_text() == "interrupted\n"


def test_closed_streams():
    assert shell("portals <&- >&- 2>&-").returncode == 0
    done = shell("portals fjsen >&-")
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_terminal_without_chinese():
    done = shell("portals", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"fjsen   ???" in done.stdout
    done = shell("portals fjsen", PYTHONIOENCODING="ascii")
    assert 'title = "东南网"'.encode() in done.stdout, "TOML is UTF-8"
    assert shell("fleet --help", PYTHONIOENCODING="ascii").returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
@pytest.mark.parametrize("words", ["portals", "portals fjsen"])
def test_a_full_disk_is_one_line(words):
    done = shell(f"{words} > /dev/full")
    assert (done.returncode, done.stderr) == (2, b"error: stdout: No space left on device\n")


@pytest.mark.parametrize(
    ("program", "expected"),
    [
        ("/home/a/.venv/bin/scrapy", True),
        ("/a/site-packages/scrapy/__main__.py", True),
        ("/a/site-packages/scrapyd/runner.py", True),
        ("/a/bin/pytest", False),
        ("/a/site-packages/pytest/__main__.py", False),
        ("/home/scrapy/notebook.py", False),
        ("-c", False),
        ("", False),
    ],
)
def test_who_imports_the_package_for_something_else_keeps_its_streams(program, expected):
    assert is_command(program) is expected
