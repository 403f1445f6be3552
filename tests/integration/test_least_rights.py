"""A whole crawl by users who may do what docs/machines.md says, and nothing else."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from pymongo import MongoClient
from redis import Redis

from sample_portal.portals import PORTALS
from sample_portal.world import World
from tests.stack.mongo_process import MongoProcess

DOCS = (Path(__file__).parents[2] / "docs" / "machines.md").read_text("utf-8")
USER, PASSWORD = "crawler", "p/w@#1"
QUOTED = "p%2Fw%40%231"


def granted_by_redis(frontier: str) -> list[str]:
    """The rules of the documented access list, for a frontier of this name."""
    (rule,) = re.findall(r"ACL SETUSER crawler on >PASSWORD ((?:.+\n)+?)```", DOCS)
    return rule.replace("{news}", "{" + frontier + "}").split()


def granted_by_mongodb() -> list[str]:
    """The actions of the documented role."""
    (actions,) = re.findall(r"actions: (\[[^]]+\])", DOCS)
    return json.loads(actions)


@pytest.fixture
def mongo(tmp_path):
    folder = tmp_path / "mongo"
    folder.mkdir()
    process = MongoProcess(folder, "--auth")
    yield process
    process.stop()


def test_a_crawl_with_the_least_rights(serve, fleet, redis, mongo, tmp_path):
    site = serve(World(PORTALS["sample"], 20260107))
    frontier, database = site.environment["FRONTIER"], site.database
    mongo.start().admin.command("createUser", "root", pwd="r", roles=["root"])
    site.mongo_uri = mongo.uri.replace("://", "://root:r@")
    with MongoClient(site.mongo_uri) as client:
        resource = {"db": database, "collection": ""}
        client[database].command(
            "createRole",
            "crawler",
            roles=[],
            privileges=[{"resource": resource, "actions": granted_by_mongodb()}],
        )
        client[database].command("createUser", USER, pwd=PASSWORD, roles=["crawler"])
    with redis.client() as client:
        client.execute_command("ACL", "SETUSER", USER, "on", f">{PASSWORD}", *granted_by_redis(frontier))
        client.execute_command("ACL", "SETUSER", "default", "resetpass", "off")
    site.environment |= {
        "REDIS_URL": redis.url.replace("://", f"://{USER}:{QUOTED}@"),
        "MONGO_URI": mongo.uri.replace("://", f"://{USER}:{QUOTED}@") + database,
    }
    log = tmp_path / "log"
    codes = fleet([site.scrapy("fleet", "sample", "--workers", "2", "-a", "rate=0", log=log)])
    text = log.read_text()
    assert codes == [0], text
    assert "Traceback" not in text
    for worker in (tmp_path / "data" / "logs").glob("worker-*.log"):
        said = worker.read_text()
        assert not re.search(r"Traceback|NOPERM|not permit|not authorized", said)
        assert PASSWORD not in said
        assert QUOTED not in said
    assert not site.report().problems, site.report().text()

    for words in (
        ("frontier", "status"), ("frontier", "requeue", "sample"), ("frontier", "rebuild", "sample"),
        ("export", str(tmp_path / "out.jsonl")), ("frontier", "clear", "sample"), ("stack", "status"),
    ):  # fmt: skip
        answer = site.run(*words)
        assert answer.returncode == 0, answer.stderr
    with Redis.from_url(site.environment["REDIS_URL"]) as client:
        assert client.hget("{" + frontier + "}:portal:sample", "run") == b"1"
