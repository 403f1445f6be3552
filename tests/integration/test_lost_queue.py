"""Redis flushed under a crawl, its clocks wrong, frozen while a crawl ends; and what a person does then."""

from __future__ import annotations

import signal
import time

import pytest
from pymongo import MongoClient

from tests.contract.site import Site
from tests.integration.loopback import lines, profile, scrapy, serve

__all__ = ["scrapy"]

CRAWL = ("crawl", "portal", "-a", "portal=town")


@pytest.fixture
def town(tmp_path):
    """A portal of twenty articles, some of whose links are dead."""
    with Site() as site:
        serve(site, 24)
        for n in (3, 9, 15, 21):
            site.page(f"/a/{n}.html", b"", status=404)
        profile(tmp_path, "town", site.port, robots=False)
        yield site


@pytest.fixture
def stored(mongo_uri, mongo_database):
    with MongoClient(mongo_uri) as client:
        yield lambda: client[mongo_database]["articles"].count_documents({})


def wait_for(condition, seconds=40):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_a_queue_that_is_flushed_is_told_and_what_is_known_comes_back(scrapy, town, redis, stored):
    worker = scrapy.start(*CRAWL, "-a", "rate=1", REDIS_URL=redis.url)
    # later than five seconds after its list was read: what a worker has sent since then it would send again
    wait_for(lambda: stored() > 7)
    with redis.client() as client:
        client.flushall()
    _, log = worker.communicate(timeout=60)
    assert worker.returncode == 3, log
    (told,) = lines(log, "the queue of town is gone")
    assert "WARNING" in told
    assert "scrapy frontier rebuild town" in told
    assert stored() < 19

    code, _, said, _ = scrapy("frontier", "rebuild", "all", REDIS_URL=redis.url)
    assert (code, said.count("articles are known again")) == (0, 1)
    before = stored()
    code, _, log, _ = scrapy(*CRAWL, "-a", "full=1", "-a", "rate=0", REDIS_URL=redis.url)
    assert code == 0, log
    assert stored() == 19 > before
    # nothing that is stored or gone was fetched again; what was under way when the queue went away may be
    assert sum(town.hits[f"/a/{n}.html"] for n in range(1, 24)) <= 23 + 3

    # and once more, when all is known: the dead links too
    with redis.client() as client:
        client.flushall()
    assert scrapy("frontier", "rebuild", "town", REDIS_URL=redis.url)[0] == 0
    town.hits.clear()
    code, _, log, _ = scrapy(*CRAWL, "-a", "full=1", "-a", "rate=0", REDIS_URL=redis.url)
    assert code == 0, log
    assert dict(town.hits) == {"/": 1}
    assert scrapy("frontier", "requeue", "all", REDIS_URL=redis.url)[2] == "town: 0 requests put back\n"


def test_clocks_in_the_future_are_told_and_the_run_is_not_complete(scrapy, town, redis, frontier_name):
    worker = scrapy.start(*CRAWL, "-a", "rate=4", REDIS_URL=redis.url)
    key = f"{{{frontier_name}}}:host:127.0.0.1"
    with redis.client() as client:
        wait_for(lambda: town.hits["/"])
        client.hset(key, "next", (time.time() + 86_400 * 300) * 1000)
    _, log = worker.communicate(timeout=60)
    assert worker.returncode == 3, log
    assert len(lines(log, "Redis's clock was set back: what 127.0.0.1 waited for")) == 1
    assert lines(log, "requests wait, the first until")
    assert "1 hosts asked again" in scrapy("frontier", "resume", "town", REDIS_URL=redis.url)[2]
    code, _, log, _ = scrapy(*CRAWL, "-a", "rate=0", REDIS_URL=redis.url)
    assert code == 0, log
    assert "stored=0" not in log


def test_closing_while_redis_is_frozen_takes_no_longer_than_its_grace(scrapy, town, redis, stored):
    worker = scrapy.start(*CRAWL, "-a", "rate=4", "-s", "SHUTDOWN_GRACE=5", REDIS_URL=redis.url)
    wait_for(lambda: stored() > 2)
    redis.freeze()
    worker.send_signal(signal.SIGINT)
    began = time.monotonic()
    _, log = worker.communicate(timeout=60)
    took = time.monotonic() - began
    redis.thaw()
    assert worker.returncode == 0, log
    assert took < 9, log
    assert "Traceback" not in log


@pytest.mark.parametrize("pause", [0.3, 2.5])
def test_a_second_ctrl_c_while_it_closes_is_130(scrapy, town, redis, pause):
    town.page("/a/1.html", b"<html></html>", delay=15)
    worker = scrapy.start(*CRAWL, "-a", "rate=0", REDIS_URL=redis.url)
    wait_for(lambda: town.hits["/a/1.html"])
    time.sleep(1)
    worker.send_signal(signal.SIGINT)
    time.sleep(pause)
    assert worker.poll() is None
    worker.send_signal(signal.SIGINT)
    _, log = worker.communicate(timeout=20)
    assert worker.returncode == 130, log


def test_all_without_a_portal_but_the_sample_is_one_line(scrapy, tmp_path):
    for command in (("crawl", "portal", "-a", "portal=all"), ("fleet", "all"), ("standby", "all")):
        code, output, said, _ = scrapy(*command, PORTALS_DIR=str(_only_reserved(tmp_path)))
        assert (code, output, said.count("\n")) == (2, "", 1), said
        assert "all: there is no portal but those of reserved names" in said


def _only_reserved(tmp_path):
    """A folder whose profiles replace those that come with the project."""
    folder = tmp_path / "reserved"
    folder.mkdir(exist_ok=True)
    (folder / "fjsen.toml").write_text('title = "x"\nhome = "http://www.x.test/"\ndomains = ["x.test"]\n')
    return folder
