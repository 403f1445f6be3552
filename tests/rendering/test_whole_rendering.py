"""The sample portal with its two lists that a script fills, in real Chromium."""

from __future__ import annotations

import os
import re
import signal
from pathlib import Path
from time import monotonic, sleep

import pytest
from pymongo import MongoClient
from redis import Redis

from crawler.portals import load_profile
from crawler.portals.writing import as_toml
from tests.portal import faults, indexes
from tests.portal.compare import compare
from tests.portal.portals import PORTALS
from tests.portal.world import World
from tests.rendering.processes import browsers

SEED = 20260101
SCRIPTED = ("crawl", "portal", "-a", "portal=sample", "-a", "channels=node_190,node_191")
FAST = ("-a", "rate=0")


@pytest.fixture
def site(serve, browser):
    site = serve(World(PORTALS["sample"], SEED))
    site.environment["PLAYWRIGHT_EXECUTABLE"] = browser
    return site


@pytest.fixture
def plain_site(serve):
    """The same without a browser."""
    return serve(World(PORTALS["sample"], SEED))


def report(site):
    return compare(site.server.world, site.articles(), javascript=True)


def missing(site):
    """The articles of the two lists that are not stored."""
    stored = {article["url"] for article in site.articles()}
    return [
        url
        for url, article in site.server.world.articles.items()
        if article.reached == {"javascript"} and url not in stored
    ]


def profile_instead(site, folder, change):
    """The sample profile with other channels: from the bundled one, as TOML."""
    text = change(as_toml(load_profile("sample")))
    (folder / "sample.toml").write_text(text, encoding="utf-8")
    site.environment["PORTALS_DIR"] = str(folder)


def stat(log, name):
    found = re.search(rf"'{re.escape(name)}': (\d+)", log)
    return int(found[1]) if found else 0


def run(site, log, *words):
    worker = site.scrapy(*words, log=log)
    code = worker.wait(timeout=240)
    return code, log.read_text(encoding="utf-8")


def wait_until(holds, patience_s=60.0):
    deadline = monotonic() + patience_s
    while not holds():
        assert monotonic() < deadline, "nothing happened"
        sleep(0.05)


def test_every_article_and_then_only_what_is_new(site):
    first = site.run("fleet", "sample", "--workers", "2", *FAST)

    assert first.returncode == 0, first.stdout + first.stderr
    assert not report(site).problems, report(site).text()
    assert len(site.articles()) == len(site.server.world.articles)
    assert not site.traffic().problems, site.traffic().text()
    asked = site.server.log.entries()
    assert {entry.agent for entry in asked} == {asked[0].agent}, "the browser has another name"
    assert not any(entry.target.endswith((".png", ".gif", ".jpg", ".ico")) for entry in asked)
    assert not any("/stat?" in entry.target for entry in asked)

    again = site.run("fleet", "sample", "--workers", "2", *FAST)

    assert again.returncode == 0, again.stdout + again.stderr
    assert not site.traffic().problems, site.traffic().text()
    assert len(site.server.log.entries()) - len(asked) < 0.15 * len(asked)

    site.server.switch(2)
    third = site.run("fleet", "sample", "--workers", "2", *FAST)

    assert third.returncode == 0, third.stdout + third.stderr
    assert not report(site).missing, report(site).text()
    assert not site.traffic().foreign


def test_fewer_than_one_page_in_twenty_is_rendered_and_the_json_is_suggested(site, tmp_path):
    code, log = run(site, tmp_path / "log", "crawl", "portal", "-a", "portal=sample", *FAST)

    assert code == 0, log
    assert not report(site).problems, report(site).text()
    assert stat(log, "crawl/rendered") == 2
    assert stat(log, "crawl/rendered") < stat(log, "crawl/fetched") / 20
    assert stat(log, "render/asked") == 0
    assert stat(log, "render/browser/started") == 1
    assert (
        'list = { type = "json", items = "data.list", fields = { url = "url", title = "title", published = "time" }'
        in log
    )
    assert 'pager = { set = { page = "+1" } } }' in log
    assert 'pager = { set = { last = "last:id" } } }' in log
    assert "Traceback" not in log


def test_what_was_suggested_brings_the_same_without_a_browser(site, plain_site, tmp_path):
    code, log = run(site, tmp_path / "log", *SCRIPTED, *FAST)
    assert code == 0, log
    found = dict(re.findall(r"(http\S+) needs no browser if the profile says of the channel: (.*)", log))
    assert len(found) == 2
    rendered = {article["url"]: article["channels"] for article in site.articles()}
    assert not missing(site)

    def named(text):
        for url, lines in found.items():
            keys = re.sub(r", (list = )", r"\n\1", lines)
            text = re.sub(
                rf'(url = "{re.escape(url)}"\n(?:name = .*\n)?(?:enabled = .*\n)?)render = .*?\n',
                lambda match, keys=keys: f"{match[1]}{keys}\n",
                text,
            )
        return text

    profile_instead(plain_site, tmp_path, named)
    assert "render = {" not in (tmp_path / "sample.toml").read_text(encoding="utf-8")
    assert plain_site.run("frontier", "clear", "sample").returncode == 0
    with MongoClient(site.mongo_uri) as client:
        client.drop_database(site.database)
    before = len(plain_site.server.log.entries())
    code, log = run(plain_site, tmp_path / "log2", *SCRIPTED, *FAST)
    assert code == 0, log
    assert not missing(plain_site)
    assert {article["url"]: article["channels"] for article in plain_site.articles()} == rendered
    asked = plain_site.server.log.entries(before)
    assert not any("/js/" in entry.target or entry.target.startswith("/node_19") for entry in asked)
    assert stat(log, "crawl/rendered") == 0

    # the next visit asks for the first answer of each list, and no more
    before = len(plain_site.server.log.entries())
    code, log = run(plain_site, tmp_path / "log3", *SCRIPTED, *FAST)
    assert code == 0, log
    assert [entry.target for entry in plain_site.server.log.entries(before)].count("/robots.txt") == 0
    assert len(plain_site.server.log.entries(before)) == 2


def test_lists_that_are_found_empty_are_rendered_and_remembered(site, tmp_path):
    profile_instead(site, tmp_path, lambda text: re.sub(r"(?m)^render = .*\n", "", text))

    code, log = run(site, tmp_path / "log", *SCRIPTED, *FAST)

    assert code == 0, log
    assert not missing(site)
    assert (stat(log, "render/asked"), stat(log, "crawl/rendered")) == (2, 2)
    pages = [entry for entry in site.server.log.entries() if entry.target.startswith("/node_19")]
    assert len(pages) == 4

    before = len(site.server.log.entries())
    code, log = run(site, tmp_path / "log2", *SCRIPTED, *FAST)
    assert code == 0, log
    assert (stat(log, "render/asked"), stat(log, "crawl/rendered")) == (0, 2)
    pages = [entry for entry in site.server.log.entries(before) if entry.target.startswith("/node_19")]
    assert len(pages) == 2

    with Redis.from_url(site.environment["REDIS_URL"]) as redis:
        keys = list(redis.scan_iter(f"{{{site.environment['FRONTIER']}}}*render:sample:*"))
        assert len(keys) == 2
        assert all(0 < redis.ttl(key) <= 7 * 86_400 for key in keys)


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


def test_pages_in_the_browser_keep_to_the_rate_of_their_host(site, tmp_path):
    code, log = run(site, tmp_path / "log", *SCRIPTED, "-a", "rate=4")

    assert code == 0, log
    assert not missing(site)
    starts = {}
    for entry in site.server.log.entries():
        starts.setdefault(entry.host, []).append(entry.at)
    for host, times in starts.items():
        most = max(sum(start <= time < start + 1 for time in times) for start in times)
        assert most <= 4 + 1, (host, most)  # one more for the clock of a busy machine


def test_what_robots_txt_disallows_no_page_in_the_browser_gets(site, tmp_path, monkeypatch):
    def without_api(portal, host):
        return ("/api/",) if host.startswith("fz.") else faults.robots_rules(portal, host)

    monkeypatch.setattr(indexes, "robots_rules", without_api)
    code, log = run(site, tmp_path / "log", *SCRIPTED, *FAST)
    assert code == 0, log
    assert not any(entry.target.startswith("/api/list.json") for entry in site.server.log.entries())
    assert {site.server.world.articles[url].home.id for url in missing(site)} == {"node_191"}


def test_a_worker_without_a_browser_leaves_such_lists_to_one_that_has_one(site, fleet, tmp_path):
    site.server._front.latency_ms = 200
    with_one = site.scrapy(*SCRIPTED, *FAST, log=tmp_path / "with.log")
    with Redis.from_url(site.environment["REDIS_URL"]) as redis:
        key = f"{{{site.environment['FRONTIER']}}}:cache:render:browser"
        wait_until(lambda: redis.exists(key))
    site.environment["PLAYWRIGHT_EXECUTABLE"] = "none"
    others = [site.scrapy(*SCRIPTED, *FAST, log=tmp_path / f"{number}.log") for number in range(2)]
    assert fleet([with_one, *others]) == [0, 0, 0]
    assert not missing(site)
    assert not [failure for failure in site.failures() if failure["reason"] == "no-browser"]


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
    assert len(started) == 1
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


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
