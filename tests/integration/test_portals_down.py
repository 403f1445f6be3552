"""Portals that do not answer: said in one line, left alone, and no run waits for them for ever."""

from __future__ import annotations

import json
import time

import pytest
import redis
from pymongo import MongoClient

from crawler.stack.ports import free_port
from tests.contract.site import Site
from tests.integration.loopback import LIST, lines, profile, scrapy, serve

__all__ = ["scrapy"]


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


def test_one_that_goes_down_in_the_middle_loses_no_page(scrapy, tmp_path, mongo_uri, mongo_database):
    port = free_port()
    profile(tmp_path, "town", port, robots=False)
    words = ("crawl", "portal", "-a", "portal=town", "-a", "rate=10", "-s", "HOST_PATIENCE=5")
    with Site(port=port) as site, MongoClient(mongo_uri) as client:
        serve(site, 60)
        stored = client[mongo_database]["articles"]
        worker = scrapy.start(*words)
        deadline = time.monotonic() + 60
        while stored.count_documents({}) < 15:
            assert time.monotonic() < deadline
            time.sleep(0.1)
    _, log = worker.communicate(timeout=90)
    assert worker.returncode == 3, log
    assert len(lines(log, "longer every time")) == 1
    assert "failed=0" in lines(log, "done reason=finished")[0]

    with Site(port=port) as site:
        serve(site, 60)
        assert scrapy("frontier", "resume", "town")[0] == 0
        code, _, log, _ = scrapy(*words)
        assert code == 0, log
        assert not lines(log, "WARNING: town")
    with MongoClient(mongo_uri) as client:
        assert client[mongo_database]["articles"].count_documents({}) == 59
