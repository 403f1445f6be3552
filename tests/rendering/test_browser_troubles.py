"""Browsers and workers that die, that are not there, and event loops."""

from __future__ import annotations

import os
import re
import signal
from time import monotonic, sleep

import pytest
from redis import Redis

from tests.rendering.crawls import FAST, SCRIPTED, missing, profile_instead, run, stat, wait_until
from tests.rendering.processes import alive, browsers


def test_a_browser_killed_five_times_loses_nothing(site, tmp_path):
    site.server._front.latency_ms = 250
    log = tmp_path / "log"
    worker = site.scrapy(*SCRIPTED, *FAST, "-s", "RETRY_PAUSE=0.5", log=log)
    killed = set()
    deadline = monotonic() + 120
    while len(killed) < 5 and worker.poll() is None:
        assert monotonic() < deadline, log.read_text()
        asked = len(site.server.log.entries())
        for pid in browsers(worker.pid):
            if pid in killed:
                continue
            # in the middle of a list: one of its requests has been made since the browser came
            wait_until(lambda asked=asked: len(site.server.log.entries()) > asked)
            os.kill(pid, signal.SIGKILL)
            killed.add(pid)
        sleep(0.05)

    assert worker.wait(timeout=200) == 0, log.read_text()
    assert len(killed) == 5, log.read_text()
    assert not missing(site), log.read_text()
    text = log.read_text()
    assert stat(text, "render/browser/started") >= 6
    assert not any(failure["reason"].startswith("browser") for failure in site.failures())
    assert "Traceback" not in text
    assert not site.traffic().problems, site.traffic().text()


def told(site, portal):
    """Whether a worker of the portal has said that it has a browser."""
    with Redis.from_url(site.environment["REDIS_URL"]) as redis:
        return bool(redis.exists(f"{{{site.environment['FRONTIER']}}}:cache:render:browser:{portal}"))


@pytest.mark.parametrize("marked", [True, False], ids=["marked", "found-empty"])
def test_a_worker_without_a_browser_leaves_such_lists_to_one_that_has_one(site, fleet, tmp_path, marked):
    if not marked:
        profile_instead(site, tmp_path, lambda text: re.sub(r"(?m)^render = .*\n", "", text))
    site.server._front.latency_ms = 200
    with_one = site.scrapy(*SCRIPTED, *FAST, log=tmp_path / "with.log")
    wait_until(lambda: told(site, "sample"))
    site.environment["PLAYWRIGHT_EXECUTABLE"] = "none"
    others = [site.scrapy(*SCRIPTED, *FAST, log=tmp_path / f"{number}.log") for number in range(2)]
    assert fleet([with_one, *others]) == [0, 0, 0]
    assert not missing(site)
    assert not [failure for failure in site.failures() if failure["reason"] == "no-browser"]


def test_lists_are_not_left_to_a_worker_of_another_portal(site, fleet, tmp_path):
    # the same pages under another name
    profile_instead(site, tmp_path, lambda text: text)
    text = (tmp_path / "sample.toml").read_text(encoding="utf-8")
    (tmp_path / "other.toml").write_text(text, encoding="utf-8")
    words = ("crawl", "portal", "-a", "portal=other", "-a", "channels=zwgk")  # on another host
    other = site.scrapy(*words, *FAST, log=tmp_path / "other.log")
    try:
        wait_until(lambda: told(site, "other"))
        os.kill(other.pid, signal.SIGSTOP)  # what it has told holds for longer than this test
        site.environment["PLAYWRIGHT_EXECUTABLE"] = "none"
        worker = site.scrapy(*SCRIPTED, *FAST, log=tmp_path / "log")
        assert fleet([worker]) == [3], (tmp_path / "log").read_text()  # nothing was found at all
        assert told(site, "other")
    finally:
        other.kill()
        other.wait()
    assert not told(site, "sample")
    left_out = [failure for failure in site.failures() if failure["reason"] == "no-browser"]
    assert len(left_out) == 2


def test_a_worker_that_renders_nothing_never_imports_playwright(site, tmp_path):
    package = tmp_path / "playwright"
    package.mkdir()
    (package / "__init__.py").write_text("raise RuntimeError('imported')")
    site.environment["PYTHONPATH"] = str(tmp_path)
    words = ("crawl", "portal", "-a", "portal=sample", "-a", "channels=zwgk", *FAST)
    _, log = run(site, tmp_path / "log", *words)
    assert len(site.articles()) > 40, log
    assert "imported" not in log


@pytest.mark.parametrize("loop", ["uvloop.Loop", "asyncio.SelectorEventLoop"])
def test_either_event_loop_will_do_and_no_process_is_left(site, tmp_path, loop):
    worker = site.scrapy(*SCRIPTED, *FAST, "-s", f"ASYNCIO_EVENT_LOOP={loop}", log=tmp_path / "log")
    started = set()
    while worker.poll() is None:
        started.update(browsers(worker.pid))
        sleep(0.1)
    log = (tmp_path / "log").read_text()
    assert worker.returncode == 0, log
    assert not missing(site)
    assert started
    assert stat(log, "render/browser/started") == 1
    wait_until(lambda: not any(alive(pid) for pid in started), 10)
    assert not any(word in log for word in ("Traceback", "Unhandled", "never retrieved", "was destroyed")), (
        log
    )


def test_the_browser_ends_with_a_worker_that_is_killed(site, tmp_path):
    site.server._front.latency_ms = 500
    worker = site.scrapy(
        *SCRIPTED, *FAST, "-s", "LEASE_SECONDS=3", "-s", "HEARTBEAT_SECONDS=1", log=tmp_path / "log"
    )
    wait_until(lambda: browsers(worker.pid))
    (pid,) = browsers(worker.pid)
    worker.kill()
    worker.wait()
    wait_until(lambda: not alive(pid), 15)
    site.server._front.latency_ms = 0
    code, log = run(
        site, tmp_path / "log2", *SCRIPTED, *FAST, "-s", "LEASE_SECONDS=3", "-s", "HEARTBEAT_SECONDS=1"
    )
    assert code == 0, log
    assert not missing(site)
