"""``scrapy stack``: what it prints, and its exit codes."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

import pytest

pytestmark = pytest.mark.servers

ON_PORTS = re.compile(
    r"REDIS_URL=redis://127\.0\.0\.1:\d+/0\n"
    r"MONGO_URI=mongodb://127\.0\.0\.1:\d+/\?replicaSet=rs0\n"
)


def on_sockets(folder: Path) -> str:
    return (
        f"REDIS_URL=unix://{quote(str(folder / 'run' / 'redis.sock'))}?db=0\n"
        f"MONGO_URI=mongodb://{quote(str(folder / 'run' / 'mongo.sock'), safe='')}/?directConnection=true\n"
    )


def test_up_status_down(scrapy, data_dir):
    status = scrapy("stack", "status")
    assert (status.returncode, status.stdout) == (2, "")
    assert status.stderr == f"Redis: does not run in {data_dir}\nMongoDB: does not run in {data_dir}\n"

    up = scrapy("stack", "up")
    assert up.returncode == 0
    assert up.stdout == on_sockets(data_dir)
    assert up.stderr == f"started Redis and MongoDB in {data_dir} (scrapy stack down ends what runs there)\n"

    again = scrapy("stack", "up")
    assert (again.returncode, again.stdout, again.stderr) == (0, up.stdout, "")

    status = scrapy("stack", "status")
    assert (status.returncode, status.stdout) == (0, up.stdout)
    said = r"Redis: process \d+ answers at .*/redis\.sock, .*\nMongoDB: process \d+ answers at .*/mongo\.sock, .*\n"
    assert re.fullmatch(said, status.stderr)

    down = scrapy("stack", "down")
    assert (down.returncode, down.stdout) == (0, "")
    assert down.stderr == f"ended Redis and MongoDB of {data_dir}; the data stays\n"
    assert scrapy("stack", "status").returncode == 2


def test_ports_where_they_are_asked_for(scrapy, data_dir):
    up = scrapy("stack", "up", "--tcp")
    assert (up.returncode, bool(ON_PORTS.fullmatch(up.stdout))) == (0, True)
    # what runs is used as it is
    assert scrapy("stack", "up").stdout == up.stdout
    assert re.search(r"Redis: process \d+ answers on port \d+, ", scrapy("stack", "status").stderr)
    scrapy("stack", "down")
    assert scrapy("stack", "up", STACK_TCP="1").stdout == up.stdout, "the ports are kept"
    scrapy("stack", "down")
    assert scrapy("stack", "up").stdout == on_sockets(data_dir)
    refused = scrapy("stack", "up", "--tcp")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert (
        refused.stderr == "error: the servers run on sockets: scrapy stack down, then scrapy stack up --tcp\n"
    )


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
        (["down", "--tcp"], {}, "--tcp is for: scrapy stack up --tcp"),
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
