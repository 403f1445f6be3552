"""Portals that do not answer: said in one line, left alone, and no run waits for them for ever."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import pytest
import redis

from crawler.stack.ports import free_port
from tests.contract.site import Site
from tests.integration.conftest import ROOT

LIST = b"<html><body><ul>%s</ul></body></html>"
ARTICLE = (
    "<html><head><title>通告</title></head><body><h1>渡口恢复通航的通告第{n}号</h1><p>2026年11月{n:02}日</p>"
    "<div class='text'><p>渡口管理处今日发布通告，自即日起恢复通航，请过往船只注意安全，服从现场人员指挥。</p>"
    "<p>详情可咨询管理处值班室，或前往窗口办理相关手续，给各位带来的不便敬请谅解。</p></div></body></html>"
)


def profile(folder, name, port, *, robots=True, host="127.0.0.1"):
    (folder / f"{name}.toml").write_text(
        f'title = "{name}"\nhome = "http://{host}:{port}/"\ndomains = ["{host}"]\nprivate = true\n'
        f"robots = {str(robots).lower()}\n[article]\nurls = ['/a/\\d+\\.html$']\n"
    )


def serve(site, articles=8):
    links = "".join(
        f'<li><a href="/a/{n}.html">渡口恢复通航的通告第{n}号</a></li>' for n in range(1, articles)
    )
    site.page("/", LIST % links.encode())
    site.page("/robots.txt", b"", status=404)
    for n in range(1, articles):
        site.page(f"/a/{n}.html", ARTICLE.format(n=n).encode())


@pytest.fixture
def scrapy(redis_url, mongo_uri, mongo_database, frontier_name, tmp_path):
    """Starts a command with the profiles of ``tmp_path``; ends those that are left."""
    environment = {
        **os.environ, "REDIS_URL": redis_url, "MONGO_URI": mongo_uri, "MONGO_DATABASE": mongo_database,
        "FRONTIER": frontier_name, "PORTALS_DIR": str(tmp_path), "DATA_DIR": str(tmp_path / "data"),
        "PLAYWRIGHT_EXECUTABLE": "none", "http_proxy": "", "no_proxy": "*", "TZ": "Asia/Shanghai",
    }  # fmt: skip
    started = []

    def start(*words):
        process = subprocess.Popen(
            [sys.executable, "-m", "scrapy", *words], cwd=ROOT, env=environment, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
        )  # fmt: skip
        started.append(process)
        return process

    def run(*words, within=100):
        began = time.monotonic()
        process = start(*words)
        output, log = process.communicate(timeout=within)
        return process.returncode, output, log, time.monotonic() - began

    run.start = start
    yield run
    for process in started:
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
            process.communicate()


def lines(log, word):
    return [line for line in log.splitlines() if word in line]


@pytest.mark.parametrize("robots", [True, False])
def test_a_portal_that_is_down_beside_one_that_is_not(scrapy, tmp_path, robots):
    with Site() as site:
        serve(site)
        profile(tmp_path, "good", site.port)
        dead = free_port()
        (tmp_path / "dead.toml").write_text(
            f'title = "dead"\nhome = "http://127.0.0.2:{dead}/"\ndomains = ["127.0.0.2"]\nprivate = true\n'
            f"robots = {str(robots).lower()}\n"
            + "".join(
                f'[[channels]]\nname = "{n}"\nurl = "http://127.0.0.2:{dead}/c{n}/"\n' for n in range(4)
            )
        )
        words = ("crawl", "portal", "-a", "portal=good,dead", "-a", "rate=20", "-s", "HOST_PATIENCE=5")
        code, _, log, seconds = scrapy(*words)

        assert code == 3, log
        assert seconds < (90 if robots else 35), log
        warnings = lines(log, "WARNING")
        (told,) = [line for line in warnings if "is left alone until" in line and "longer every time" in line]
        assert "127.0.0.2 is left alone until 20" in told
        assert "(refused, once since 20" in told
        assert "scrapy frontier resume 127.0.0.2" in told
        (waits,) = [line for line in warnings if "dead: 127.0.0.2 is left alone until" in line]
        assert "5 requests wait" in waits
        assert "stored=7" in lines(log, "done reason=finished")[0]
        assert site.hits["/"] == 1

        status = json.loads(scrapy("frontier", "status", "--json", "dead")[1])
        assert (status["state"], status["failing"], status["queued"], status["dead"]) == ("failing", 1, 5, 0)
        (host,) = status["left_alone"]
        assert (host["host"], host["why"], host["requests"]) == ("127.0.0.2", "refused", 5)
        table = scrapy("frontier", "status")[1]
        assert "failing" in table.splitlines()[0]
        assert lines(table, "dead: 127.0.0.2 is left alone until 20")

        if robots:
            return
        # a later run does not wait for the pause, and says why it is not complete
        code, _, log, seconds = scrapy(*words)
        assert (code, seconds < 15) == (3, True), log
        assert lines(log, "dead: 127.0.0.2 is left alone until")

        # it is back, and somebody knows
        with Site() as back:
            serve(back)
            for n in range(4):
                back.page(f"/c{n}/", LIST % b"")
            assert scrapy("frontier", "resume", "127.0.0.2")[2].endswith(
                "127.0.0.2 asked again from now on; 5 requests waited\n"
            )
            assert json.loads(scrapy("frontier", "status", "--json", "dead")[1])["failing"] == 0


def test_one_that_comes_back_meanwhile_is_told_and_crawled(scrapy, tmp_path, redis_url, frontier_name):
    port = free_port()
    profile(tmp_path, "late", port, robots=False)
    with (tmp_path / "late.toml").open("a") as file:
        file.writelines(
            f'[[channels]]\nname = "{n}"\nurl = "http://127.0.0.1:{port}/c{n}/"\n' for n in range(3)
        )
    process = scrapy.start("crawl", "portal", "-a", "portal=late", "-a", "rate=20")
    deadline = time.monotonic() + 40
    with redis.Redis.from_url(redis_url) as client:
        while not client.hexists(f"{{{frontier_name}}}:alone", "127.0.0.1"):
            assert time.monotonic() < deadline
            time.sleep(0.1)
    with Site(port=port) as site:
        serve(site)
        for n in range(3):
            site.page(f"/c{n}/", LIST % b"")
        _, log = process.communicate(timeout=90)
    assert process.returncode == 0, log
    assert len(lines(log, "is left alone until")) == 1
    (back,) = lines(log, "127.0.0.1 is back: it answers again")
    assert "INFO" in back
    assert "stored=7" in lines(log, "done reason=finished")[0]


def test_a_name_that_is_not_found(scrapy, tmp_path):
    profile(tmp_path, "nameless", 80, host="no-such-host-anywhere.test", robots=False)
    code, _, log, _ = scrapy(
        "crawl", "portal", "-a", "portal=nameless", "-s", "HOST_PATIENCE=1", "-s", "RETRY_PAUSE=0.5"
    )
    assert code == 3, log
    assert len(lines(log, "longer every time")) == 1
    assert lines(log, "(dns, ")


@pytest.mark.parametrize(
    ("status", "headers"), [(503, {}), (500, {}), (429, {}), (503, {"Retry-After": "2"})]
)
def test_a_portal_that_only_refuses(scrapy, tmp_path, status, headers):
    with Site() as site:
        for path in ("/", "/c1/", "/c2/", "/c3/"):
            site.page(path, b"x", status=status, headers=headers)
        profile(tmp_path, "busy", site.port, robots=False)
        with (tmp_path / "busy.toml").open("a") as file:
            file.write(
                "".join(
                    f'[[channels]]\nname = "{n}"\nurl = "http://127.0.0.1:{site.port}/c{n}/"\n'
                    for n in (1, 2, 3)
                )
            )
        code, _, log, seconds = scrapy(
            "crawl",
            "portal",
            "-a",
            "portal=busy",
            "-a",
            "rate=20",
            "-s",
            "HOST_PATIENCE=5",
            "-s",
            "RETRY_PAUSE=0.5",
        )
        assert code == 3, log
        assert seconds < 60
        assert len(lines(log, "longer every time")) == 1
        assert sum(site.hits.values()) < 25
