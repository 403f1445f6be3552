"""What ``scrapy crawl`` is asked for: limits, articles by URL; and what it answers to nonsense."""

from __future__ import annotations

import pytest

from sample_portal.portals import PORTALS
from sample_portal.world import World

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
