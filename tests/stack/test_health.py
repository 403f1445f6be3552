"""``python -m crawler.health``, which the images' health checks run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def health(redis_url: str, mongo_uri: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "crawler.health"], cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True,
        env={**os.environ, "REDIS_URL": redis_url, "MONGO_URI": mongo_uri}, timeout=60, check=False,
    )  # fmt: skip


def test_it_is_quiet_where_both_servers_answer(redis_url, mongo_uri):
    done = health(redis_url, mongo_uri)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize(
    ("redis", "mongo", "told"),
    [
        ("redis://u:secret@127.0.0.1:9/0", None, "Redis at redis://127.0.0.1:9 does not answer"),
        (None, "mongodb://u:secret@127.0.0.1:9/", "MongoDB at mongodb://127.0.0.1:9 "),
        ("", None, "REDIS_URL is not set"),
        (None, "", "MONGO_URI is not set"),
        ("http://secret", None, "REDIS_URL is no "),
    ],
)
def test_one_line_says_what_does_not(redis_url, mongo_uri, redis, mongo, told):
    done = health(redis_url if redis is None else redis, mongo_uri if mongo is None else mongo)
    (line,) = done.stderr.splitlines()
    assert (done.returncode, line.startswith(told)) == (2, True), line
    assert "secret" not in line


def test_it_starts_no_scrapy():
    loaded = "import sys, crawler.health; print({'scrapy', 'twisted'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", loaded], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout == "set()\n", done.stderr
