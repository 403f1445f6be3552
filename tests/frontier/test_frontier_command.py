"""``scrapy frontier``, as a person calls it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pymongo import MongoClient

from crawler.frontier import ops
from crawler.stack.ports import free_port
from tests.frontier.conftest import ident, push

ROOT = Path(__file__).resolve().parents[2]
ARTICLE = "http://fz.fjsen.com/2022-11/03/content_31177{}.htm"


@pytest.fixture
def command(redis_url, mongo_uri, mongo_database, frontier_name):
    def run(*args, stdin="", **variables):
        environment = {
            **os.environ, "REDIS_URL": redis_url, "MONGO_URI": mongo_uri, "MONGO_DATABASE": mongo_database,
            "FRONTIER": frontier_name, **variables,
        }  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-m", "scrapy", "frontier", *args],
            cwd=ROOT,
            env=environment,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        return done.returncode, done.stdout, done.stderr

    return run


def row(output, portal):
    header, *lines = [line.split() for line in output.splitlines()]
    (found,) = [dict(zip(header, line, strict=True)) for line in lines if line[0] == portal]
    return found


async def test_from_loading_to_forgetting(command, worker):
    urls = "".join(ARTICLE.format(n) + "\n" for n in range(5)) + "\nhttp://other.cn/\nnonsense\n"
    assert command("load", "fjsen", "-", stdin=urls) == (
        0,
        "",
        "fjsen: 5 URLs queued, 0 known before, 2 not of it\n",
    )
    assert (
        command("load", "--seen", "fjsen", "-", stdin=urls + ARTICLE.format(9))[2]
        == "fjsen: 1 URLs known now, 5 were before, 2 not of it\n"
    )
    w = await worker(join=("fjsen",))
    leases = await w.leases(2, portals=("fjsen",))
    await w.tell(ops.nack(leases[0], "http-500", 500, 0, tries=1))
    code, output, _ = command("status")
    assert code == 0
    assert row(output, "fjsen") == {
        "portal": "fjsen",
        "ready": "3",
        "leased": "1",
        "delayed": "0",
        "later": "0",
        "dead": "1",
        "undecodable": "0",
        "seen": "6",
        "run": "1",
        "state": "active",
    }
    assert command("requeue", "fjsen")[2] == "fjsen: 1 requests put back\n"
    assert row(command("status", "fjsen")[1], "fjsen")["dead"] == "0"
    assert command("clear", "fjsen")[2] == "fjsen: 5 entries forgotten, and all that was seen\n"
    assert row(command("status", "fjsen")[1], "fjsen")["seen"] == "0"


async def test_rebuild_takes_what_is_stored_for_known(command, worker, mongo_uri, mongo_database):
    ids = [ident(n) for n in range(7)]
    with MongoClient(mongo_uri) as client:
        client[mongo_database]["articles"].insert_many(
            [
                {"_id": ids[n], "portal": "fjsen" if n else "sample", "found_on": [{"portal": "fjsen"}]}
                for n in range(6)
            ]
            + [{"_id": ids[6], "portal": "sample", "found_on": []}]
        )
    assert command("rebuild", "fjsen")[2] == "fjsen: 6 articles are known again\n"
    w = await worker(join=())
    assert await w.store.unseen("fjsen", ids) == {ids[6]}


@pytest.mark.parametrize(
    ("args", "variables", "words"),
    [
        ((), {}, "scrapy frontier takes status"),
        (("clear", "fjsem"), {}, "did you mean fjsen?"),
        (("load", "fjsen", "/nowhere"), {}, "/nowhere: No such file"),
        (("status",), {"REDIS_URL": f"redis://127.0.0.1:{free_port()}"}, "no Redis answers at 127.0.0.1"),
    ],
)
def test_what_cannot_be_done_is_one_line(command, args, variables, words):
    code, output, errors = command(*args, **variables)
    assert (code, output) == (2, "")
    assert words in errors
    assert errors.count("\n") == 1


def test_the_shell_keeps_scrapys_own_scheduler():
    """One set for the whole project would take requests of a running crawl."""
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "shell", "-c", "settings['SCHEDULER']", "--nolog"],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert "scrapy.core.scheduler.Scheduler" in done.stdout, done.stderr
