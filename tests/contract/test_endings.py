"""How workers end: drained, stopped, forced, at their limit."""

from __future__ import annotations

import signal
import subprocess
import time

import pytest
import redis as redis_py

from tests.contract.site import Site

pytestmark = pytest.mark.crawl

LOG = {"LOG_LEVEL": "INFO", "LOG_FORMAT": "%(message)s"}


@pytest.fixture
def leased(redis_url, frontier_name):
    """How many leases there are, and how many requests in all."""
    client = redis_py.Redis.from_url(redis_url)

    def count():
        tag = f"{{{frontier_name}}}"
        return client.zcard(f"{tag}:leases:p"), client.hlen(f"{tag}:requests")

    yield count
    client.close()


def wait_until(condition, seconds=20):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_workers_end_together_and_none_before(start_worker, stored):
    """One page is slow; its children come late; both workers wait for them and then end."""
    with Site(30) as site:
        site.page("/list/9", b'<a href="/a/29">x</a>', delay=4)
        first = start_worker(site.url, seeds=["/list/9"])
        wait_until(lambda: site.hits["/list/9"])
        second = start_worker(site.url, seeds=["/list/9"])
        time.sleep(3)
        assert second.poll() is None
        began = time.monotonic()
        assert first.wait(15) == second.wait(15) == 0
        assert time.monotonic() - began < 6
    assert stored() == ["29"]
    assert site.hits["/list/9"] == 1


def test_a_worker_that_starts_late_joins(start_worker, stored):
    with Site(120, delay=0.2) as site:
        first = start_worker(site.url, settings={"CONCURRENT_REQUESTS": 4})
        wait_until(lambda: len(stored()) > 10)
        second = start_worker(site.url, stderr=subprocess.PIPE, settings=LOG)
        _, log = second.communicate(timeout=60)
        assert first.wait(30) == 0
    assert "p: takes part in run 1" in log
    assert sorted(map(int, stored())) == list(range(120))
    assert "'frontier/leased': " in log


def test_ctrl_c_finishes_what_runs_and_gives_back_the_rest(start_worker, stored, leased):
    with Site(100, delay=0.3, links=5) as site:
        worker = start_worker(site.url, stderr=subprocess.PIPE, settings=LOG)
        wait_until(lambda: len(stored()) > 20)
        worker.send_signal(signal.SIGINT)
        began = time.monotonic()
        _, log = worker.communicate(timeout=20)
        assert time.monotonic() - began < 5
        assert worker.returncode == 0
        assert "Traceback" not in log
        held, queued = leased()
        assert held == 0
        assert queued > 0
        done = len(stored())
        assert start_worker(site.url).wait(40) == 0
    assert sorted(map(int, stored())) == list(range(100))
    assert done < 100
    assert all(site.hits[f"/a/{n}"] == 1 for n in range(100))


def test_what_takes_longer_than_the_grace_is_given_back(start_worker, stored, leased):
    with Site(10) as site:
        site.page("/a/3", b"<html></html>", delay=20)
        worker = start_worker(site.url, stderr=subprocess.PIPE, settings={**LOG, "SHUTDOWN_GRACE": 3})
        wait_until(lambda: len(stored()) == 9 and leased() == (1, 1))
        worker.send_signal(signal.SIGTERM)
        began = time.monotonic()
        _, log = worker.communicate(timeout=20)
        assert time.monotonic() - began < 5
        assert leased() == (0, 1)
        assert "1 requests took longer than SHUTDOWN_GRACE" in log
        site.page("/a/3", b"<html></html>")
        assert start_worker(site.url).wait(40) == 0
    assert sorted(map(int, stored())) == list(range(10))


def test_a_forced_stop_loses_nothing(start_worker, stored, leased):
    with Site(60, delay=0.5) as site:
        settings = {"LEASE_SECONDS": 1, "HEARTBEAT_SECONDS": 0.3}
        worker = start_worker(site.url, settings=settings)
        wait_until(lambda: leased()[0] > 8)
        worker.send_signal(signal.SIGINT)
        time.sleep(0.1)
        worker.send_signal(signal.SIGINT)
        worker.wait(10)
        assert leased()[0] > 0
        assert start_worker(site.url, settings=settings).wait(40) == 0
    assert sorted(map(int, stored())) == list(range(60))


def test_a_limit_counts_for_all_workers_and_the_next_run_goes_on(start_worker, stored, leased):
    with Site(100, delay=0.02, links=3) as site:
        workers = [start_worker(site.url, limit=25) for _ in range(2)]
        assert [worker.wait(30) for worker in workers] == [0, 0]
        assert len(set(stored())) == len(stored()) == 25
        assert leased()[0] == 0
        assert start_worker(site.url).wait(40) == 0
    assert sorted(map(int, stored())) == list(range(100))


def test_a_frozen_worker_that_wakes_is_fenced(start_worker, stored):
    with Site(100, delay=0.1) as site:
        settings = {"LEASE_SECONDS": 1, "HEARTBEAT_SECONDS": 0.3, **LOG}
        frozen = start_worker(site.url, stderr=subprocess.PIPE, settings=settings)
        wait_until(lambda: len(stored()) > 10)
        frozen.send_signal(signal.SIGSTOP)
        other = start_worker(site.url, settings=settings)
        assert other.wait(40) == 0
        assert {int(n) for n in stored()} == set(range(100))
        frozen.send_signal(signal.SIGCONT)
        _, log = frozen.communicate(timeout=20)
        assert frozen.returncode == 0
    assert "leases ran out: Redis or this worker stood still" in log or "'frontier/fenced'" in log
