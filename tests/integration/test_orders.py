"""What ``scrapy crawl`` is asked for: channels, days, limits; and what it answers to nonsense."""

from __future__ import annotations

from time import monotonic, sleep

import pytest

from tests.portal.portals import PORTALS
from tests.portal.world import World

SEED = 20260102
RATE = ("-a", "rate=0")


@pytest.fixture
def site(serve):
    return serve(World(PORTALS["sample"], SEED))


def test_a_limit_is_kept_by_all_workers_together_and_the_rest_is_for_the_next_run(site, fleet):
    words = ("crawl", "portal", "-a", "portal=sample", *RATE)
    codes = fleet([site.scrapy(*words, "-a", "limit=25") for _ in range(2)])

    # of so few pages the portal's broken links may be more than FAILURE_THRESHOLD
    assert set(codes) <= {0, 3}
    assert len(site.articles()) == 25

    assert site.run(*words).returncode == 0
    assert not site.report().problems, site.report().text()


def test_one_channel_brings_its_articles_and_no_others(site):
    done = site.run("crawl", "portal", "-a", "portal=sample", "-a", "channels=node_177", *RATE)

    assert done.returncode == 0, done.stderr
    listed = {article.url for article in site.server.world.listed(site.server.world.channel("node_177"))}
    assert {article["url"] for article in site.articles()} == listed
    assert all("node_177" in article["channels"] for article in site.articles())

    assert site.run("crawl", "portal", "-a", "portal=sample", *RATE).returncode == 0
    assert not site.report().problems, "what only its articles show is left out for ever"
    assert not site.traffic().problems, "an article was fetched twice"


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


def test_a_crawl_with_other_orders_is_not_joined(site, fleet, tmp_path):
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


def test_articles_by_url_and_nothing_else(site, tmp_path):
    urls = sorted(site.server.world.articles)[:3]
    (tmp_path / "urls.txt").write_text("# three\n\n" + "\n".join(urls))

    done = site.run("crawl", "article", "-a", f"file={tmp_path / 'urls.txt'}")

    assert done.returncode == 0, done.stderr
    assert sorted(article["url"] for article in site.articles()) == urls
    assert all(article["found_on"][0]["list"] == "adhoc" for article in site.articles())
    assert not site.report().extra


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("crawl",), "which spider"),
        (("crawl", "portol"), "unknown spider 'portol'"),
        (("crawl", "portal"), "no portal given"),
        (("crawl", "portal", "-a", "portal=sampel"), "did you mean sample?"),
        (("crawl", "portal", "-a", "portal=@city=Nowhere"), "no portal has this tag"),
        (("crawl", "portal", "-a", "portal=sample", "-a", "chanels=x"), "did you mean channels=?"),
        (("crawl", "portal", "-a", "portal=sample", "-a", "channels=none"), "unknown channel 'none'"),
        (("crawl", "portal", "-a", "portal=sample", "-a", "since=yesterday"), "expected a date like"),
        (("crawl", "portal", "-a", "portal=sample", "-a", "limit=0"), "expected a whole number"),
        (("crawl", "portal", "-a", "portal=sample", "-a", "rate=fast"), "expected a number"),
        (("crawl", "article"), "no article given"),
        (("crawl", "article", "-a", "url=ftp://a.test/x"), "not an http(s) URL"),
        (("crawl", "article", "-a", "file=no/such/file"), "No such file"),
        (("fleet", "sample", "--workers", "0"), "expected a number from 1 to 64"),
        (("fleet",), "which portal?"),
    ],
)  # fmt: skip
def test_nonsense_gets_one_line_and_exit_code_2(site, words, told):
    done = site.run(*words)

    lines = done.stderr.strip().splitlines()
    assert done.returncode == 2, done.stderr
    assert len(lines) == 1, lines
    assert told in lines[0]
    assert not site.server.log.entries()


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("REDIS_URL", "redis://127.0.0.1:9/0"),
        ("MONGO_URI", "mongodb://127.0.0.1:9/?serverSelectionTimeoutMS=500"),
    ],
)
def test_an_unreachable_server_gets_one_line_and_exit_code_2(site, name, address):
    site.environment[name] = address

    done = site.run("crawl", "portal", "-a", "portal=sample")

    lines = done.stderr.strip().splitlines()
    assert done.returncode == 2, done.stderr
    assert len(lines) == 1, lines
    assert name in lines[0]
