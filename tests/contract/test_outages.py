"""Redis goes away, fills up, freezes: the crawl pauses with one line, goes on, and loses nothing."""

from __future__ import annotations

import signal
import subprocess
import time

import pytest

from crawler.stack.ports import free_port
from tests.contract.site import Site
from tests.frontier.redis_process import RedisProcess

pytestmark = pytest.mark.crawl

LEASES = {"LEASE_SECONDS": 2, "HEARTBEAT_SECONDS": 0.5, "LOG_LEVEL": "INFO", "LOG_FORMAT": "%(message)s"}
PAUSES = "the crawl pauses, and goes on when it can"
ARTICLES = 200


@pytest.fixture
def redis(tmp_path):
    process = RedisProcess(tmp_path)
    process.start()
    yield process
    process.stop()


@pytest.fixture
def site():
    with Site(ARTICLES, delay=0.05, links=10) as site:
        yield site


def wait_for(stored, count):
    deadline = time.monotonic() + 30
    while len(stored()) < count:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def finish(worker, stored):
    """Everything is stored; the worker's log."""
    _, log = worker.communicate(timeout=90)
    assert worker.returncode == 0, log
    assert "Traceback" not in log, log
    assert {int(n) for n in stored()} == set(range(ARTICLES))
    return log


def test_redis_killed_and_started_again(start_worker, stored, site, redis):
    worker = start_worker(site.url, url=redis.url, stderr=subprocess.PIPE, settings=LEASES)
    wait_for(stored, 60)
    redis.kill()
    time.sleep(2.5)
    redis.start()
    log = finish(worker, stored)
    assert log.count(PAUSES) == 1
    assert log.count("Redis is back after") == 1


def test_redis_frozen_past_the_leases(start_worker, stored, site, redis):
    settings = {**LEASES, "REDIS_PARAMS": {"socket_timeout": 2}}
    workers = [
        start_worker(site.url, url=redis.url, stderr=subprocess.PIPE, settings=settings) for _ in range(2)
    ]
    wait_for(stored, 60)
    redis.freeze()
    time.sleep(3.5)
    redis.thaw()
    for worker in workers:
        finish(worker, stored)
    # fetched again is only what was under way
    assert sum(site.hits[f"/a/{n}"] for n in range(ARTICLES)) <= ARTICLES + 3 * 48


def test_redis_full_until_there_is_room(start_worker, stored, site, redis):
    worker = start_worker(site.url, url=redis.url, stderr=subprocess.PIPE, settings=LEASES)
    wait_for(stored, 60)
    with redis.client() as client:
        client.config_set("maxmemory", "1mb")
        time.sleep(3.5)
        before = len(stored())
        time.sleep(1)
        assert len(stored()) == before
        client.config_set("maxmemory", "0")
    log = finish(worker, stored)
    assert log.count("Redis is out of memory (maxmemory): " + PAUSES) == 1
    # leases were renewed meanwhile: nothing was fetched twice
    assert sum(site.hits[f"/a/{n}"] for n in range(ARTICLES)) == ARTICLES


def test_no_redis_at_the_start_is_one_line(start_worker):
    port = free_port()
    worker = start_worker("http://127.0.0.1:1", url=f"redis://127.0.0.1:{port}", stderr=subprocess.PIPE)
    _, log = worker.communicate(timeout=30)
    assert worker.returncode == 2
    assert f"error: Redis at redis://127.0.0.1:{port} does not answer: start it" in log.splitlines()[-1]


def test_a_stop_while_redis_is_away_ends_in_time_and_loses_nothing(start_worker, stored, site, redis):
    worker = start_worker(
        site.url, url=redis.url, stderr=subprocess.PIPE, settings={**LEASES, "SHUTDOWN_GRACE": 3}
    )
    wait_for(stored, 40)
    redis.kill()
    time.sleep(0.5)
    worker.send_signal(signal.SIGINT)
    began = time.monotonic()
    _, log = worker.communicate(timeout=30)
    assert time.monotonic() - began < 6
    assert "Redis did not take the last acknowledgements" in log
    assert "Traceback" not in log
    redis.start()
    finish(start_worker(site.url, url=redis.url, stderr=subprocess.PIPE, settings=LEASES), stored)
