"""``scrapy stack``: what it prints, and its exit codes."""

from __future__ import annotations

import re

import pytest

pytestmark = pytest.mark.servers

ADDRESSES = re.compile(
    r"REDIS_URL=redis://127\.0\.0\.1:\d+/0\n"
    r"MONGO_URI=mongodb://127\.0\.0\.1:\d+/\?replicaSet=rs0\n"
)


def test_up_status_down(scrapy, data_dir):
    status = scrapy("stack", "status")
    assert (status.returncode, status.stdout) == (2, "")
    assert status.stderr == f"Redis: does not run in {data_dir}\nMongoDB: does not run in {data_dir}\n"

    up = scrapy("stack", "up")
    assert up.returncode == 0
    assert ADDRESSES.fullmatch(up.stdout)
    assert up.stderr == f"started Redis and MongoDB in {data_dir} (scrapy stack down ends what runs there)\n"

    again = scrapy("stack", "up")
    assert (again.returncode, again.stdout, again.stderr) == (0, up.stdout, "")

    status = scrapy("stack", "status")
    assert (status.returncode, status.stdout) == (0, up.stdout)
    assert re.fullmatch(r"Redis: process \d+ answers .*\nMongoDB: process \d+ answers .*\n", status.stderr)

    down = scrapy("stack", "down")
    assert (down.returncode, down.stdout) == (0, "")
    assert down.stderr == f"ended Redis and MongoDB of {data_dir}; the data stays\n"
    assert scrapy("stack", "status").returncode == 2


def test_given_addresses_are_tried_and_printed(scrapy, redis_url, mongo_uri, data_dir):
    for verb in ("up", "status"):
        answer = scrapy("stack", verb, REDIS_URL=redis_url, MONGO_URI=mongo_uri)
        assert (answer.returncode, answer.stdout) == (0, f"REDIS_URL={redis_url}\nMONGO_URI={mongo_uri}\n")
    assert list(data_dir.iterdir()) == []


def test_a_given_server_that_is_away_stops_everything(scrapy, data_dir):
    answer = scrapy("stack", "up", REDIS_URL="redis://me:secret@127.0.0.1:1/0")
    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr == (
        "error: Redis at redis://127.0.0.1:1 does not answer: start it, or correct REDIS_URL\n"
    )
    assert list(data_dir.iterdir()) == []


@pytest.mark.parametrize(
    ("args", "variables", "says"),
    [
        ([], {}, "scrapy stack takes one of up, status, down"),
        (["sideways"], {}, "scrapy stack takes one of up, status, down"),
        (["up", "--frob"], {}, "unknown option --frob: see scrapy stack --help"),
        (
            ["up"],
            {"SCRAPY_JOB": "1"},
            "REDIS_URL and MONGO_URI must be set here: a job of scrapyd starts no servers",
        ),
        (
            ["up"],
            {"DATA_DIR": "/proc/none"},
            "cannot run servers in /proc/none: /proc/none: No such file or directory",
        ),
    ],
)
def test_a_mistake_is_one_line(scrapy, data_dir, args, variables, says):
    answer = scrapy("stack", *args, **variables)
    assert (answer.returncode, answer.stdout, answer.stderr) == (2, "", f"error: {says}\n")
    assert list(data_dir.iterdir()) == []
