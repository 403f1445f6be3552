"""One round of every fault, with short leases and freezes; ``make chaos ROUNDS=20`` is the long form.

A round that fails prints its seed; ``CHAOS_SEED=N`` plays it again.
"""

import os
import random
from dataclasses import replace
from datetime import timedelta

import pytest
import redis

from tests.chaos.faults import FAULTS
from tests.chaos.rounds import SHORT, play
from tests.chaos.servers import Pair, ReplicaSet
from tests.chaos.verdict import judge
from tests.chaos.world import Stage, World

pytestmark = [pytest.mark.chaos, pytest.mark.crawl, pytest.mark.servers]


@pytest.fixture(scope="module")
def stage(tmp_path_factory):
    stage = Stage(tmp_path_factory.mktemp("stage"), SHORT.articles, SHORT.delay)
    with stage.server:
        yield stage


@pytest.fixture(scope="module")
def pair(guarded_data_dir):
    # Not the session's pair: its Redis and MongoDB are killed here.
    return Pair(guarded_data_dir())


@pytest.fixture
def replica_set(request, tmp_path):
    if "primary_steps_down" not in request.node.name:
        yield None
        return
    members = ReplicaSet(tmp_path / "members")
    yield members
    members.stop()


@pytest.mark.parametrize("fault", FAULTS)
def test_nothing_is_lost_or_stored_twice(fault, stage, pair, replica_set, tmp_path):
    seed = int(os.environ.get("CHAOS_SEED", "0")) or random.randrange(1, 1_000_000)
    played = play(fault, seed, stage, pair, tmp_path / "round", SHORT, replica_set)
    print(played.story)
    assert played.passed, played.story


def test_the_verdict_sees_what_is_wrong(stage, pair, tmp_path):
    world = World(stage, pair, tmp_path / "round", random.Random(1), replace(SHORT, workers=2))
    try:
        world.workers.start()
        world.workers.start()
        assert world.workers.wait(SHORT.limit), world.words()
        assert judge(world).wrong == []
        _spoil(world)
        verdict = judge(world)
    finally:
        world.close()
    assert (verdict.lost, verdict.duplicates) == (1, 1)
    said = "\n".join(verdict.wrong)
    for words in (
        "are lost",
        "duplicates",
        "revision 2",
        "fetched_at",
        "did not truly fail",
        "1 entries are leased",
    ):
        assert words in said


def _spoil(world):
    database = world.mongo[world.database]
    first, second, third, fourth = database["articles"].find().limit(4)
    database["articles"].delete_one({"_id": first["_id"]})
    database["articles"].insert_one(second | {"_id": "copy"})
    database["articles"].update_one({"_id": third["_id"]}, {"$set": {"revision": 2}})
    an_hour_off = {"fetched_at": fourth["fetched_at"] - timedelta(hours=1)}
    database["articles"].update_one({"_id": fourth["_id"]}, {"$set": an_hour_off})
    database["failures"].insert_one({"_id": "x", "url": first["url"], "reason": "poison", "status": None})
    with redis.Redis.from_url(world.pair.addresses.redis_url) as client:
        client.zadd("{" + world.frontier + "}:leases:chaos", {"chaos:x": 1})
