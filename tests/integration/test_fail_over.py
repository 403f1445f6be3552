"""The primary Redis is lost during a crawl, and a replica takes over: by sentinels, and in a cluster."""

from __future__ import annotations

from time import monotonic, sleep

import pytest

from sample_portal.portals import PORTALS
from sample_portal.world import World
from tests.frontier.redis_topologies import Cluster, Watched

MAY_BE_LOST = "what it had acknowledged in the last second may be lost"
TOPOLOGIES = {
    "sentinels": lambda folder, _frontier: Watched(folder, password="p/w", userinfo=":p%2Fw@"),
    "cluster": Cluster,
}


@pytest.fixture(params=TOPOLOGIES)
def site(request, serve, tmp_path):
    """A portal whose frontier is in such a Redis."""
    site = serve(World(PORTALS["sample"], 20260107))
    site.redis = TOPOLOGIES[request.param](tmp_path / "redis", site.environment["FRONTIER"])
    site.environment["REDIS_URL"] = site.redis.url
    yield site
    site.redis.stop()


def crawl_and_fail_over(site, fleet, tmp_path) -> str:
    """What the workers of a crawl said that lost its primary in the middle; the old one comes back as a replica."""
    crawl = site.scrapy("fleet", "sample", "--workers", "2", "-a", "rate=0", log=tmp_path / "log")
    deadline = monotonic() + 120
    while len(site.articles()) < 60:
        assert monotonic() < deadline, (tmp_path / "log").read_text()
        sleep(0.1)
    assert len(site.articles()) < 500, "in the middle"
    site.redis.fail_over()
    site.redis.primary.start()
    codes = fleet([crawl])
    said = (tmp_path / "log").read_text()
    assert codes == [0], said
    logs = [file.read_text() for file in (tmp_path / "data" / "logs").glob("worker-*.log")]
    assert len(logs) == 2
    assert "Traceback" not in said + "".join(logs)
    return "".join(logs)


def test_nothing_is_lost_where_writes_wait_for_a_replica(site, fleet, tmp_path):
    site.redis.keep_two()
    said = crawl_and_fail_over(site, fleet, tmp_path)
    assert MAY_BE_LOST not in said
    assert "Redis is another process now: it is told again" in said
    assert not site.report().problems, site.report().text()


def test_what_may_be_lost_is_said_and_found_again(site, fleet, tmp_path):
    assert MAY_BE_LOST in crawl_and_fail_over(site, fleet, tmp_path)
    rebuilt = site.run("frontier", "rebuild", "sample")
    assert (rebuilt.returncode, "articles are known again" in rebuilt.stderr) == (0, True)
    again = site.run("crawl", "portal", "-a", "portal=sample", "-a", "rate=0", "-a", "full=1")
    assert again.returncode == 0, again.stderr
    assert not site.report().problems, site.report().text()
