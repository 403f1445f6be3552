"""``scrapy fleet`` with the servers it starts itself."""

from __future__ import annotations

import os
import signal
from time import monotonic, sleep

from pymongo import MongoClient
from pymongo.errors import PyMongoError

from crawler import stack
from sample_portal.portals import PORTALS
from sample_portal.world import World


def test_a_mongod_that_dies_under_the_crawl_is_started_again(serve, fleet, guarded_data_dir, tmp_path):
    site = serve(World(PORTALS["sample"], 20260107))
    folder = guarded_data_dir()
    site.environment = {
        name: value for name, value in site.environment.items() if name not in {"REDIS_URL", "MONGO_URI"}
    } | {"DATA_DIR": str(folder)}

    crawl = site.scrapy("fleet", "sample", "--workers", "2", "-a", "rate=0", log=tmp_path / "log")
    _, mongo = _when_stored(folder, site.database, 100)
    os.kill(mongo.pid, signal.SIGKILL)
    codes = fleet([crawl])

    log = (tmp_path / "log").read_text()
    assert codes == [0], log
    assert "MongoDB had ended by itself and was started again" in log
    assert "Traceback" not in log
    site.mongo_uri = stack.status(folder)[1].url
    assert not site.report().problems, site.report().text()
    assert not site.traffic().problems, "what was answered before is not asked for again"
    stack.down(folder, lambda line: None, force=True)


def _when_stored(folder, database, count):
    deadline = monotonic() + 60
    while monotonic() < deadline:
        state = stack.status(folder)
        if state[1].answers:
            try:
                with MongoClient(state[1].url, serverSelectionTimeoutMS=1000) as client:
                    if client[database]["articles"].count_documents({}) >= count:
                        return state
            except PyMongoError:
                pass
        sleep(0.1)
    raise AssertionError(f"no {count} articles")
