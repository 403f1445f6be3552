"""``scrapy frontier``, as a person calls it."""

from __future__ import annotations

import argparse
import asyncio
import io
import json
import sys

import pytest
from pymongo import MongoClient
from scrapy.settings import Settings
from scrapy.utils.project import get_project_settings

from crawler import settings as declared
from crawler.commands.frontier import Command
from crawler.frontier.redis import operations
from crawler.stack.ports import free_port
from tests.frontier.conftest import ident, push, unseen

ARTICLE = "http://fz.fjsen.com/2022-11/03/content_31177{}.htm"


@pytest.fixture
def command(redis_url, mongo_uri, mongo_database, frontier_name, capsys, monkeypatch):
    """Runs the command on a thread (it has its own event loop): exit code, stdout, stderr."""

    async def run(*args, stdin="", **more):
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        given = {
            "REDIS_URL": redis_url,
            "MONGO_URI": mongo_uri,
            "MONGO_DATABASE": mongo_database,
            "FRONTIER": frontier_name,
            **more,
        }
        found = Command()
        found.settings = Settings()
        found.settings.setmodule(declared)
        found.settings.setdict(given, priority="cmdline")
        parser = argparse.ArgumentParser()
        found.add_options(parser)
        options, words = parser.parse_known_args(args)
        await asyncio.to_thread(found.run, words, options)
        return found.exitcode, *capsys.readouterr()

    return run


def row(output, portal):
    header, *lines = [line.split() for line in output.splitlines()]
    (found,) = [dict(zip(header, line, strict=True)) for line in lines if line[0] == portal]
    return found


async def test_from_loading_to_forgetting(command, worker):
    urls = "".join(ARTICLE.format(n) + "\n" for n in range(5)) + "\nhttp://other.cn/\nnonsense\n"
    loaded = await command("load", "fjsen", "-", stdin=urls)
    assert loaded == (0, "", "fjsen: 5 URLs queued, 0 known before, 2 not of it\n")
    _, _, said = await command("load", "--seen", "fjsen", "-", stdin=urls + ARTICLE.format(9))
    assert said == "fjsen: 1 URLs known now, 5 were before, 2 not of it\n"
    w = await worker(join=("fjsen",))
    leases = await w.leases(2, portals=("fjsen",))
    await w.tell(operations.nack(leases[0], "http-500", 500, 0, tries=1))
    code, output, _ = await command("status")
    assert (code, output) == (0, (await command("status", "all"))[1])
    assert row(output, "fjsen") == {
        "portal": "fjsen",
        "ready": "3",
        "leased": "1",
        "delayed": "0",
        "later": "0",
        "failing": "0",
        "doubtful": "0",
        "dead": "1",
        "undecodable": "0",
        "seen": "6",
        "parked": "0",
        "parked_full": "0",
        "run": "1",
        "state": "active",
    }
    assert (await command("requeue", "fjsen"))[2] == "fjsen: 1 requests put back\n"
    assert row((await command("status", "fjsen"))[1], "fjsen")["dead"] == "0"
    assert (await command("clear", "fjsen"))[2] == "fjsen: 5 entries forgotten, and all that was seen\n"
    assert row((await command("status", "fjsen"))[1], "fjsen")["seen"] == "0"


async def test_what_is_parked_and_what_found_no_room(command, worker):
    w = await worker(join=("fjsen", "sample"))
    await w.tell(*(operations.park("fjsen", ident(n), b"x", 2, once=True) for n in range(7)))
    found = row((await command("status"))[1], "fjsen")
    assert (found["parked"], found["parked_full"]) == ("2", "5")
    told = json.loads((await command("status", "--json", "fjsen"))[1])
    assert (told["parked"], told["parked_full"]) == (2, 5)
    assert row((await command("status"))[1], "sample")["parked_full"] == "0"
    await command("clear", "fjsen")
    assert json.loads((await command("status", "--json", "fjsen"))[1])["parked_full"] == 0


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
    assert (await command("rebuild", "fjsen"))[2] == "fjsen: 6 articles are known again\n"
    w = await worker(join=())
    assert await unseen(w.store, "fjsen", ids) == {ids[6]}


async def test_all_portals_at_once_and_what_is_gone_for_good(command, worker, mongo_uri, mongo_database):
    ids = [ident(n) for n in range(6)]
    with MongoClient(mongo_uri) as client:
        database = client[mongo_database]
        assert (await command("rebuild", "all"))[
            2
        ] == "nothing to take for known: no article is in MONGO_DATABASE\n"
        database["articles"].insert_one(
            {"_id": ids[0], "portal": "fjsen", "found_on": [{"portal": "sample"}]}
        )
        reasons = ("http-404", "soft-404", "http-503", "refused", "robots")
        database["failures"].insert_many(
            [{"_id": ids[n + 1], "portal": "fjsen", "reason": reason} for n, reason in enumerate(reasons)]
        )
    code, _, said = await command("rebuild", "all")
    assert (code, said) == (
        0,
        "fjsen: 3 articles are known again\nsample: 1 articles are known again\n",
    )
    w = await worker(join=("fjsen",))
    # what may be there another day is asked for again
    assert await unseen(w.store, "fjsen", ids) == set(ids[3:])
    await w.tell(push("x", portal="fjsen"))
    (lease,) = await w.leases(1, portals=("fjsen",))
    await w.tell(operations.nack(lease, "http-500", 500, 0, tries=1))
    assert (await command("requeue", "all"))[2] == "fjsen: 1 requests put back\nsample: 0 requests put back\n"


async def test_what_is_left_alone_is_shown_and_lifted(command, worker):
    w = await worker(join=("fjsen",))
    await w.tell(push("x", portal="fjsen", host="fz.fjsen.com", site="fjsen.com"))
    await w.tell(operations.fail_host("fz.fjsen.com", "dns"))
    _, output, _ = await command("status")
    table, line = output.rstrip().rsplit("\n", 1)
    assert row(table, "fjsen")["failing"] == "1"
    assert line.startswith("fjsen: fz.fjsen.com is left alone until 20")
    assert line.endswith("1 requests wait")
    told = json.loads((await command("status", "--json", "fjsen"))[1])
    assert (told["failing"], told["left_alone"][0]["why"], told["left_alone"][0]["times"]) == (1, "dns", 1)
    for name in ("fz.fjsen.com", "FZ.fjsen.com", "http://fz.fjsen.com/"):
        code, _, said = await command("resume", name)
        assert code == 0
    assert said == "http://fz.fjsen.com/ was not left alone; 1 requests may be asked now\n"
    await w.tell(operations.fail_host("fz.fjsen.com", "dns"))
    assert (await command("resume", "fjsen"))[
        2
    ] == "fjsen: 1 hosts asked again from now on; 1 requests waited\n"


@pytest.mark.parametrize(
    ("args", "variables", "words"),
    [
        ((), {}, "scrapy frontier takes status"),
        (("clear", "fjsem"), {}, "did you mean fjsen?"),
        (("resume", "fjsem"), {}, "did you mean fjsen?"),
        (("resume", "http://a.cn:99999/"), {}, "neither a host nor a portal"),
        (("resume",), {}, "resume HOST|PORTAL"),
        (("load", "fjsen", "no/such/file"), {}, "no/such/file: No such file"),
        (("status",), {"REDIS_URL": f"redis://127.0.0.1:{free_port()}"}, "Redis at redis://127.0.0.1"),
    ],
)
async def test_what_cannot_be_done_is_one_line(command, args, variables, words):
    code, output, errors = await command(*args, **variables)
    assert (code, output) == (2, "")
    assert words in errors
    assert errors.count("\n") == 1


def test_the_project_keeps_scrapys_own_scheduler():
    """Set for the whole project, the frontier would give requests of a running crawl to ``scrapy shell``."""
    assert get_project_settings()["SCHEDULER"] == "scrapy.core.scheduler.Scheduler"
