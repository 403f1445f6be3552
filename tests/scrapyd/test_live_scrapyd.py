"""The project in a live scrapyd: deployed, scheduled, cancelled, lost; and nothing of the crawl is."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import urllib.error
import zipfile
from dataclasses import replace

import pytest
import redis
from logparser.scrapylogparser import parse

from sample_portal.portals import PORTALS
from sample_portal.world import World
from tests.scrapyd.conftest import ROOT, wait_until

SEED = 20260103
SMALL = replace(
    PORTALS["sample"],
    channels=tuple(replace(one, size=max(8, one.size // 2)) for one in PORTALS["sample"].channels),
)
SHARED = {"portal": "sample", "rate": "0"}


@pytest.fixture
def site(serve):
    return serve(World(SMALL, SEED))


def held_by(site, pid: int) -> list[bytes]:
    """The leases of the worker with this pid."""
    with redis.Redis.from_url(site.environment["REDIS_URL"]) as client:
        records = client.hvals(f"{{{site.environment['FRONTIER']}}}:held")
    return [record for record in records if f"-{pid}-".encode() in record.partition(b"\t")[0]]


@pytest.mark.parametrize("number", ["INT", "TERM"])
def test_two_jobs_share_a_crawl_and_one_is_cancelled(site, scrapyd, deploy, number):
    daemon = scrapyd(site.environment)

    with pytest.raises(urllib.error.HTTPError, match="401"):
        daemon.get("daemonstatus.json", user="somebody")
    deployed = deploy(daemon)
    assert deployed.returncode == 0, deployed.stdout + deployed.stderr
    assert '"status": "ok"' in deployed.stdout
    assert daemon.get("listspiders.json", project="crawler")["spiders"] == ["article", "portal"]
    (egg,) = (daemon.folder / "eggs" / "crawler").glob("*.egg")
    packed = set(zipfile.ZipFile(egg).namelist())
    data = {
        path.relative_to(ROOT).as_posix()
        for kind in ("toml", "lua", "html", "json")
        for path in (ROOT / "crawler").rglob(f"*.{kind}")
    }
    assert data
    assert not data - packed

    daemon.schedule("stays", **SHARED)
    daemon.schedule("cancelled", **SHARED)
    pid = daemon.running("cancelled")["pid"]
    wait_until(lambda: len(site.articles()) > 40 and bool(held_by(site, pid)))
    daemon.cancel("cancelled", number)

    log = daemon.wait_for("cancelled", 40)
    assert held_by(site, pid) == [], "its leases were released"
    assert "shutdown" in log
    stayed = daemon.wait_for("stays")
    assert "done reason=finished" in stayed
    assert not site.report().problems, site.report().text()
    assert not site.traffic().problems, site.traffic().text()
    for job, text in (("cancelled", log), ("stays", stayed)):
        assert "Traceback" not in text
        # the stats at the end stand as Scrapy dumps them, for logparser
        lines = re.sub(r"\n\{'.*?\}(?=\n)", "", text, flags=re.DOTALL).splitlines()
        assert len(lines) > 10
        assert all(re.match(rf"(?:\d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d )?{job} ", line) for line in lines)


def test_what_a_forced_and_a_lost_job_held_is_done_by_the_next(site, scrapyd, deploy):
    daemon = scrapyd(site.environment)
    assert deploy(daemon).returncode == 0
    short = ("LEASE_SECONDS=3", "HEARTBEAT_SECONDS=1")

    daemon.schedule("forced", *short, **SHARED)
    wait_until(lambda: len(site.articles()) > 40)
    daemon.cancel("forced")
    daemon.cancel("forced")
    daemon.wait_for("forced", 40)

    before = len(site.articles())
    daemon.schedule("lost", *short, **SHARED)
    wait_until(lambda: len(site.articles()) > before + 40)
    daemon.kill()

    daemon.start()
    daemon.schedule("next", *short, **SHARED)
    assert "done reason=finished" in daemon.wait_for("next")
    assert not site.report().problems, site.report().text()


def test_tools_that_start_jobs_without_arguments_read_what_they_did(site, scrapyd, deploy):
    """As Gerapy and spider-admin-pro start them; read by logparser, as scrapydweb does."""
    daemon = scrapyd({**site.environment, "DEFAULT_PORTAL": "sample"})
    assert deploy(daemon).returncode == 0

    daemon.schedule("plain")
    log = daemon.wait_for("plain")
    assert not site.report().problems, site.report().text()

    read = parse(log)
    figures = dict(re.findall(r"(\w+)=(\d+)", re.search(r"done reason=.*", log)[0]))
    stats = read["crawler_stats"]
    assert "json_loads_error" not in stats, stats
    assert (read["items"], read["finish_reason"]) == (int(figures["stored"]), "finished")
    assert read["items"] == len(site.articles())
    assert read["pages"] == stats["crawl/fetched"] + stats.get("crawl/unchanged", 0)
    assert stats["log_count/INFO"] > 0


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"REDIS_URL": "", "MONGO_URI": ""}, "REDIS_URL and MONGO_URI must be set here: a job of scrapyd starts no servers"),
        ({"MONGO_URI": ""}, "MONGO_URI must be set here"),
        ({"DATA_DIR": ""}, "in scrapyd's own folder: set it to another one in the environment of scrapyd"),
        ({"REDIS_URL": "redis://127.0.0.1:9/0"}, "Redis at redis://127.0.0.1:9 does not answer"),
    ],
)  # fmt: skip
def test_a_job_that_cannot_start_says_so_in_its_log(site, tmp_path, changed, told):
    """Run as scrapyd runs it, but for the egg."""
    folder = tmp_path / "scrapyd"
    folder.mkdir()
    environment = {
        **site.environment, **changed, "SCRAPY_PROJECT": "crawler", "SCRAPY_SETTINGS_MODULE": "crawler.settings",
        "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    words = ["crawl", "portal", "-s", "LOG_FILE=j1.log", "-a", "_job=j1", "-a", "portal=sample"]
    done = subprocess.run(
        [sys.executable, "-m", "scrapyd.runner", *words], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip

    assert done.returncode == 2, done.stderr
    (line,) = [line for line in done.stderr.splitlines() if "pkg_resources" not in line]
    assert told in line
    (logged,) = (folder / "j1.log").read_text().splitlines()
    assert told in logged
    assert " j1 " in logged
    assert not site.server.log.entries()


def test_without_a_password_scrapyd_does_not_start(tmp_path):
    (tmp_path / "scrapyd.conf").write_text((ROOT / "deploy" / "scrapyd.conf").read_text())
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SCRAPYD_")}
    done = subprocess.run(
        [sys.executable, "-m", "scrapyd"], cwd=tmp_path, env={**environment, "SCRAPYD_HTTP_PORT": "6899"},
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode != 0
    assert "SCRAPYD_USERNAME" in done.stdout + done.stderr
