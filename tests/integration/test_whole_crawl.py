"""``scrapy fleet`` over the sample portal: complete, exact, and cheap the second time."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sample_portal.portals import PORTALS
from sample_portal.world import World

SEED = 20260101
ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", ["sample", "fjsen"])
def test_two_workers_read_a_portal_and_then_only_what_is_new(serve, name):
    site = serve(World(PORTALS[name], SEED))

    first = site.run("fleet", name, "--workers", "2", "-a", "rate=0")

    assert first.returncode == 0, first.stdout + first.stderr
    assert not site.report().problems, site.report().text()
    assert not site.traffic().problems, site.traffic().text()
    assert f"│ {name}" in first.stdout
    requests = len(site.server.log.entries())
    assert len(site.articles()) == site.report().expected
    if any(channel.script for channel in site.server.world.portal.channels):
        assert "sample left out: 2 no-browser" in first.stdout
        assert {failure["reason"] for failure in site.failures()} >= {"no-browser"}
    channels = site.report().details["channels"]
    assert not channels.wrong, channels.wrong[:3]

    again = site.run("fleet", name, "--workers", "2", "-a", "rate=0")

    assert again.returncode == 0, again.stdout + again.stderr
    assert not site.traffic().problems, "an article was fetched twice"
    assert len(site.server.log.entries()) - requests < 0.15 * requests
    assert not site.report().problems, site.report().text()

    site.server.switch(2)
    before = len(site.server.log.entries())
    third = site.run("fleet", name, "--workers", "2", "-a", "rate=0")

    assert third.returncode == 0, third.stdout + third.stderr
    assert not site.report().missing, site.report().text()
    new = len(site.server.world.articles) - len(World(PORTALS[name], SEED).articles)
    assert new > 0
    assert len(site.server.log.entries()) - before < 0.15 * requests + 4 * new


def test_four_workers_one_late_and_one_stopped_half_way(serve, fleet, tmp_path):
    site = serve(World(PORTALS["sample"], SEED))
    words = ("crawl", "portal", "-a", "portal=sample", "-a", "rate=0")
    workers = [site.scrapy(*words, log=tmp_path / f"{number}.log") for number in range(3)]
    _wait_until(lambda: len(site.articles()) > 60)

    workers.append(site.scrapy(*words, log=tmp_path / "late.log"))
    workers[0].send_signal(2)
    codes = fleet(workers)

    logs = {path.name: path.read_text() for path in tmp_path.glob("*.log")}
    assert codes == [0, 0, 0, 0], logs
    assert not site.report().problems, site.report().text()
    assert not site.traffic().problems, site.traffic().text()
    assert "shutdown" in logs["0.log"]
    assert not any("Traceback" in log for log in logs.values()), logs


def test_a_fleet_goes_on_unwatched_and_ends_with_its_terminal(serve):
    site = serve(World(PORTALS["sample"], SEED))
    words = ("fleet", "sample", "--workers", "1", "-a", "rate=25", "-s", "FAILURE_THRESHOLD=0")
    fleet = subprocess.Popen(
        # a fleet that begins under nohup does not end with the terminal, and the tests may run under it
        ["env", "--default-signal=HUP", sys.executable, "-m", "scrapy", *words],
        cwd=ROOT, env=site.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, start_new_session=True,
    )  # fmt: skip
    try:
        assert fleet.stdout.readline().startswith("crawl 00:")
        fleet.stdout.close()
        stored = len(site.articles())
        _wait_until(lambda: site.failures() and len(site.articles()) > stored + 50)
        assert fleet.poll() is None
        fleet.send_signal(signal.SIGHUP)
        said = fleet.stderr.read()
        assert fleet.wait(60) == 0, said
    finally:
        if fleet.poll() is None:
            fleet.kill()
            fleet.wait()
        fleet.stderr.close()
    assert "stopping: the workers finish what they hold" in said
    assert "Traceback" not in said
    log = (Path(site.environment["DATA_DIR"]) / "logs" / "worker-1.log").read_text()
    assert "Spider closed (shutdown)" in log


def test_killed_workers_lose_nothing(serve, fleet, tmp_path):
    site = serve(World(PORTALS["sample"], SEED))
    words = (
        "crawl", "portal", "-a", "portal=sample", "-a", "rate=0",
        "-s", "LEASE_SECONDS=3", "-s", "HEARTBEAT_SECONDS=1",
    )  # fmt: skip
    for target in (60, 150, 250):
        worker = site.scrapy(*words, log=tmp_path / f"killed-{target}.log")
        _wait_until(lambda target=target: len(site.articles()) > target)
        worker.kill()
        worker.wait()

    codes = fleet([site.scrapy(*words, log=tmp_path / f"{number}.log") for number in range(2)])

    assert codes == [0, 0], [path.read_text()[-3000:] for path in tmp_path.glob("?.log")]
    assert not site.report().problems, site.report().text()


def _wait_until(holds, patience_s: float = 90) -> None:
    from time import monotonic, sleep

    deadline = monotonic() + patience_s
    while not holds():
        assert monotonic() < deadline, "nothing happened"
        sleep(0.1)
