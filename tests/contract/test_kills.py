"""Workers that die: nothing is lost."""

from __future__ import annotations

import random
import time

import pytest

from tests.contract.site import Site

pytestmark = pytest.mark.crawl

FAST_LEASES = {"LEASE_SECONDS": 1.5, "HEARTBEAT_SECONDS": 0.4, "POISON_LOSSES": 6}


def test_one_worker_killed_five_times_loses_nothing(start_worker, stored):
    rng = random.Random()
    seed = rng.randrange(10**6)
    print("seed", seed)
    rng.seed(seed)
    with Site(400, delay=0.02, links=10) as site:
        for _ in range(5):
            worker = start_worker(site.url, settings=FAST_LEASES)
            before = len(stored())
            deadline = time.monotonic() + 20
            while len(stored()) < before + 5 and time.monotonic() < deadline:
                time.sleep(0.02)
            time.sleep(rng.uniform(0, 0.5))
            worker.kill()
            worker.wait(10)
        last = start_worker(site.url, settings=FAST_LEASES)
        assert last.wait(60) == 0
    assert {int(n) for n in stored()} == set(range(400))
    # what was under way when a worker died is fetched again; no more than that
    assert sum(site.hits.values()) <= 400 + 20 + 5 * 48


def test_killed_workers_among_others(start_worker, stored):
    with Site(300, delay=0.03, links=5) as site:
        workers = [start_worker(site.url, settings=FAST_LEASES) for _ in range(2)]
        for _ in range(3):
            time.sleep(random.uniform(1.0, 1.6))
            victim = workers.pop(0)
            victim.kill()
            workers.append(start_worker(site.url, settings=FAST_LEASES))
        for worker in workers:
            assert worker.wait(60) == 0
    assert {int(n) for n in stored()} == set(range(300))
