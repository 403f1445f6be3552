"""Workers that die: nothing is lost."""

from __future__ import annotations

import json
import random
import subprocess
import time

import pytest
import redis as redis_py

from tests.contract.site import Site

pytestmark = pytest.mark.crawl

FAST_LEASES = {"LEASE_SECONDS": 1.5, "HEARTBEAT_SECONDS": 0.4, "POISON_LOSSES": 6}


def test_one_worker_killed_five_times_loses_nothing(start_worker, stored):
    rng = random.Random()
    seed = rng.randrange(10**6)
    print("seed", seed)
    rng.seed(seed)
    with Site(250, delay=0.02, links=10) as site:
        for _ in range(5):
            worker = start_worker(site.url, settings=FAST_LEASES)
            before = len(stored())
            deadline = time.monotonic() + 20
            while len(stored()) < before + 3 and time.monotonic() < deadline:
                time.sleep(0.02)
            time.sleep(rng.uniform(0, 0.5))
            worker.kill()
            worker.wait(10)
        last = start_worker(site.url, settings=FAST_LEASES)
        assert last.wait(60) == 0
    assert {int(n) for n in stored()} == set(range(250))
    # what was under way when a worker died is fetched again; no more than that
    assert sum(site.hits.values()) <= 250 + 13 + 5 * 48


def test_killed_workers_among_others(start_worker, stored):
    with Site(200, delay=0.03, links=5) as site:
        workers = [start_worker(site.url, settings=FAST_LEASES) for _ in range(2)]
        for _ in range(3):
            time.sleep(random.uniform(1.0, 1.6))
            victim = workers.pop(0)
            victim.kill()
            workers.append(start_worker(site.url, settings=FAST_LEASES))
        for worker in workers:
            assert worker.wait(60) == 0
    assert {int(n) for n in stored()} == set(range(200))


@pytest.mark.parametrize(("path", "deaths"), [("/killer", -9), ("/hanger", 1)])
def test_a_page_that_ends_its_workers_is_set_aside_and_nothing_else(
    start_worker, stored, redis_url, frontier_name, path, deaths
):
    settings = {
        **FAST_LEASES,
        "LEASE_SECONDS": 1,
        "POISON_LOSSES": 3,
        "HANG_SECONDS": 1.5,
        "HEARTBEAT_SECONDS": 0.3,
    }
    codes = []
    with Site(60, delay=0.02, links=3) as site:
        site.page("/list/9", b'<a href="%s">x</a><a href="/list/0">x</a>' % path.encode())
        site.page(path, b"<html></html>")
        while 0 not in codes:
            codes.append(
                start_worker(site.url, seeds=["/list/9"], settings=settings, stderr=subprocess.DEVNULL).wait(
                    40
                )
            )
            assert len(codes) < 8
    assert codes == [deaths] * 3 + [0]
    assert {int(n) for n in stored()} == set(range(60))
    with redis_py.Redis.from_url(redis_url) as client:
        tag = f"{{{frontier_name}}}"
        (value,) = client.hvals(f"{tag}:dead:p")
        (why,) = client.hvals(f"{tag}:why")
        assert path.encode() in value
        assert json.loads(why)["reason"] == "poison"
        assert client.scard(f"{tag}:unreported") == 1
