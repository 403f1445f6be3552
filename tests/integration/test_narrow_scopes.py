"""Crawls of some channels or days, and that they leave nothing out for those that come after."""

from __future__ import annotations

import json
from time import monotonic, sleep

import pytest
from redis import Redis

from crawler.frontier.redis.keys import Keys
from sample_portal.portals import PORTALS
from sample_portal.world import World

SEED = 20260102
RATE = ("-a", "rate=0")


@pytest.fixture
def site(serve):
    return serve(World(PORTALS["sample"], SEED))


def test_one_channel_brings_its_articles_and_no_others(site):
    done = site.run("crawl", "portal", "-a", "portal=sample", "-a", "channels=node_177", *RATE)

    assert done.returncode == 0, done.stderr
    listed = {article.url for article in site.server.world.listed(site.server.world.channel("node_177"))}
    assert {article["url"] for article in site.articles()} == listed
    assert all("node_177" in article["channels"] for article in site.articles())

    assert site.run("crawl", "portal", "-a", "portal=sample", *RATE).returncode == 0
    assert not site.report().problems, "what only its articles show is left out for ever"
    assert not site.traffic().problems, "an article was fetched twice"


def test_what_finds_no_room_for_later_is_told_once_and_counted(site):
    environment = site.environment
    with Redis.from_url(environment["REDIS_URL"]) as redis:
        key = Keys(environment["FRONTIER"])("parked:sample")
        for start in range(0, 200_000, 20_000):
            redis.hset(key, mapping={f"{n}": "{}" for n in range(start, start + 20_000)})

    done = site.run("crawl", "portal", "-a", "portal=sample", "-a", "channels=node_177", *RATE)

    assert done.returncode == 0, done.stderr
    (warning,) = [line for line in done.stderr.splitlines() if "no room to park" in line]
    assert "WARNING: sample: no room to park more than 200000 links" in warning
    status = json.loads(site.run("frontier", "status", "--json", "sample").stdout)
    assert status["parked"] == 200_000
    assert status["parked_full"] > 10


def test_since_leaves_out_what_is_older_for_a_later_crawl(site):
    done = site.run("crawl", "portal", "-a", "portal=sample", "-a", "since=2022-10-25", *RATE)

    # so few pages that the portal's broken links may be more than FAILURE_THRESHOLD of them
    assert done.returncode in {0, 3}, done.stderr
    world = site.server.world
    wanted = {url for url, article in world.articles.items() if article.published >= "2022-10-25"}
    stored = {article["url"] for article in site.articles()}
    assert stored <= wanted
    listed = {
        url for url in wanted
        if world.articles[url].channels and world.articles[url].reached != {"javascript"}
    }  # fmt: skip
    assert listed <= stored
    requests = len(site.server.log.entries())
    assert requests < 0.7 * len(world.articles)

    again = site.run("crawl", "portal", "-a", "portal=sample", "-a", "since=2022-10-25", *RATE)

    assert again.returncode in {0, 3}, again.stderr
    assert len(site.server.log.entries()) - requests < 0.3 * requests, "what is older was fetched again"

    assert site.run("crawl", "portal", "-a", "portal=sample", *RATE).returncode == 0
    assert not site.report().problems, "something is left out for ever"


def test_what_lies_after_until_is_for_a_later_crawl(site):
    words = ("crawl", "portal", "-a", "portal=sample", *RATE)

    assert site.run(*words, "-a", "until=2022-10-15").returncode in {0, 3}
    assert site.run(*words).returncode == 0

    assert not site.report().problems, site.report().text()


def test_an_interrupted_crawl_of_all_loses_nothing_to_one_of_some_days(site):
    words = ("crawl", "portal", "-a", "portal=sample", *RATE)

    assert site.run(*words, "-a", "max_runtime=2").returncode == 0
    assert 0 < len(site.articles()) < 500
    assert site.run(*words, "-a", "since=2022-11-01").returncode in {0, 3}
    assert site.run(*words).returncode == 0

    assert not site.report().problems, site.report().text()


def test_a_crawl_of_another_scope_is_not_joined(site, fleet, tmp_path):
    words = ("crawl", "portal", "-a", "portal=sample")
    some = site.scrapy(*words, "-a", "rate=20", "-a", "since=2022-10-25", log=tmp_path / "some.log")
    deadline = monotonic() + 60
    while not site.articles():
        assert monotonic() < deadline
        sleep(0.1)

    refused = site.run(*words, *RATE)

    assert refused.returncode == 3
    assert "sample is left out: a run with since=2022-10-25 is under way" in refused.stderr
    assert fleet([some]) in ([0], [3])
    assert site.run(*words, *RATE).returncode == 0
    assert not site.report().problems, site.report().text()
