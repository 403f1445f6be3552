"""What a schedule starts: joined and not doubled, taken up after a kill, ended in time, told by exit codes."""

from __future__ import annotations

import json
import urllib.request
from dataclasses import replace
from datetime import datetime, timedelta
from time import monotonic, sleep

import pytest

from sample_portal.portals import PORTALS
from sample_portal.world import World

SEED = 20260104
SMALL = replace(
    PORTALS["sample"],
    channels=tuple(replace(one, size=max(8, one.size // 3)) for one in PORTALS["sample"].channels),
)
# of so few pages the portal's broken links are more than FAILURE_THRESHOLD
WORDS = ("crawl", "portal", "-a", "portal=sample", "-a", "rate=0", "-s", "FAILURE_THRESHOLD=0.5")


@pytest.fixture
def site(serve):
    return serve(World(SMALL, SEED))


def wait_until(holds, patience_s: float = 90) -> None:
    deadline = monotonic() + patience_s
    while not holds():
        assert monotonic() < deadline, "nothing happened"
        sleep(0.1)


def test_two_timers_that_fire_at_once_make_one_crawl(site, fleet, tmp_path):
    """As many requests as of one worker alone, but for the few that robots.txt and a lost race may cost."""
    site.environment["FRONTIER"] += "-alone"
    assert site.run(*WORDS).returncode == 0
    alone = len(site.server.log.entries())
    site.environment["FRONTIER"] = site.environment["FRONTIER"].removesuffix("-alone")

    codes = fleet([site.scrapy(*WORDS, log=tmp_path / f"{number}.log") for number in range(2)])

    logs = [(tmp_path / f"{number}.log").read_text() for number in range(2)]
    assert codes == [0, 0], logs
    assert abs(len(site.server.log.entries()) - 2 * alone) <= 0.03 * alone
    assert sorted("takes part in run 1" in log for log in logs) == [False, True]
    assert not site.report().problems, site.report().text()


def test_a_timer_that_fires_over_a_killed_run_takes_it_up(site, fleet, tmp_path):
    short = ("-s", "LEASE_SECONDS=3", "-s", "HEARTBEAT_SECONDS=1")
    killed = site.scrapy(*WORDS, *short, log=tmp_path / "killed.log")
    wait_until(lambda: len(site.articles()) > 40)
    killed.kill()
    killed.wait()

    assert fleet([site.scrapy(*WORDS, *short, log=tmp_path / "next.log")]) == [0]

    log = (tmp_path / "next.log").read_text()
    assert "takes part in run 1" in log, log[-3000:]
    assert not site.report().problems, site.report().text()
    assert len(site.traffic().twice) <= 3 * 32, "only what it held is fetched again"


def test_max_runtime_ends_gracefully_and_the_next_run_goes_on(site):
    first = site.run(*WORDS, "-a", "rate=5", "-a", "max_runtime=4")

    assert first.returncode == 0, first.stderr
    assert "Closing spider (closespider_timeout)" in first.stderr
    some = len(site.articles())
    assert 0 < some < len(site.server.world.articles), "it was ended in the middle"

    second = site.run(*WORDS)
    assert second.returncode == 0, second.stderr
    assert "takes part in run 1" in second.stderr
    assert not site.report().problems, site.report().text()
    assert not site.traffic().problems, site.traffic().text()


def test_exit_codes_tell_success_partial_and_failure(site):
    few = (*WORDS, "-a", "channels=node_177")
    assert site.run(*few).returncode == 0
    assert site.run(*WORDS, "-s", "FAILURE_THRESHOLD=0.001").returncode == 3
    site.environment["MONGO_URI"] = "mongodb://127.0.0.1:9/?serverSelectionTimeoutMS=500"
    assert site.run(*WORDS).returncode == 2


def test_the_log_as_json_names_job_and_portal_on_each_line(site):
    site.environment |= {"LOG_JSON": "1", "JOB_ID": "nightly 7"}
    done = site.run(*WORDS, "-a", "channels=node_177")

    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert len(lines) > 5
    for line in lines:
        assert {"time", "level", "logger", "message", "job", "portal"} <= set(line)
        assert (line["job"], line["portal"]) == ("nightly_7", "sample")
        assert datetime.fromisoformat(line["time"]).utcoffset() == timedelta(0)
    assert any(line["message"].startswith("Dumping Scrapy stats:\n") for line in lines)


def test_a_standby_worker_helps_with_a_run_and_begins_none(site, fleet, tmp_path):
    standby = site.scrapy("standby", "sample", "-a", "rate=0", log=tmp_path / "standby.log")
    server = site.scrapy("demand", "--port", "0", log=tmp_path / "demand.log")
    wait_until(lambda: "listening on" in (tmp_path / "demand.log").read_text())
    url = (tmp_path / "demand.log").read_text().split("listening on ")[1].strip()
    wait_until(lambda: "waiting for a run" in (tmp_path / "standby.log").read_text())
    assert ask(url) == {"demand": 0, "unserved": 0, "queued": 0, "leased": 0, "dead": 0, "portals": {}}

    # one slow request at a time: there is more to do than this worker can until a helper has come
    site.server.slow_down(latency_ms=300)
    slow = site.scrapy(
        *WORDS,
        "-a",
        "since=1990-01-01",
        "-s",
        "CONCURRENT_REQUESTS=1",
        "-s",
        "FRONTIER_PREFETCH=0",
        log=tmp_path / "run.log",
    )
    wait_until(lambda: ask(url)["unserved"] > 5)
    figures = ask(url)
    assert figures["portals"]["sample"]["demand"] >= figures["portals"]["sample"]["unserved"]
    assert 'crawler_frontier_unserved{portal="sample"}' in read(url.replace("/demand", "/metrics"))
    wait_until(lambda: "takes part in run 1" in (tmp_path / "standby.log").read_text())
    site.server.slow_down(latency_ms=0)

    assert fleet([slow]) == [0]
    standby.terminate()
    server.terminate()
    assert fleet([standby, server]) == [0, 0]
    helped = (tmp_path / "standby.log").read_text()
    assert "sample: takes part in run 1" in helped
    assert "begins run" not in helped
    assert not site.report().problems, site.report().text()
    assert not site.traffic().problems, site.traffic().text()


def read(url: str) -> str:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(url, timeout=10) as answer:
        return answer.read().decode()


def ask(url: str) -> dict:
    return json.loads(read(url))
