"""Redis loses the end of its append-only file, as a machine that loses power does, while workers go on."""

from __future__ import annotations

import subprocess
import time

import pytest

from tests.contract.site import BODY, Site
from tests.frontier.redis_process import RedisProcess

pytestmark = pytest.mark.crawl

ARTICLES = 127
WINDOW_S = 0.6
SLOW_S = 0.7
SETTINGS = {"LEASE_SECONDS": 2, "HEARTBEAT_SECONDS": 0.5, "LOG_LEVEL": "INFO", "LOG_FORMAT": "%(message)s"}


@pytest.fixture
def redis(tmp_path):
    process = RedisProcess(tmp_path, "--appendfsync", "everysec", "--aof-load-truncated", "yes")
    process.start()
    yield process
    process.stop()


@pytest.fixture
def tree():
    """Every article is shown by one other alone; between its lease, its links and its end there is time to lose."""
    with Site(ARTICLES) as site:
        for n in range(ARTICLES):
            links = "".join(f'<a href="/a/{m}">x</a>' for m in (2 * n + 1, 2 * n + 2) if m < ARTICLES)
            site.page(f"/a/{n}", BODY % links.encode(), delay=0.1 + n * 37 % 10 / 10)
        yield site


def test_what_was_told_before_is_told_again(start_worker, stored, tree, redis):
    """Links that were queued in the lost second are not lost when the page that showed them is done after it."""
    worker = start_worker(
        tree.url, url=redis.url, stderr=subprocess.PIPE, settings=SETTINGS, seeds=["/a/0"], slow=SLOW_S
    )
    sizes, deadline = [], time.monotonic() + 20
    while len(stored()) < 20:
        assert time.monotonic() < deadline
        sizes.append((time.monotonic(), redis.log_size()))
        time.sleep(0.02)
    redis.kill()
    kept = max(size for at, size in sizes if at < sizes[-1][0] - WINDOW_S)
    assert kept < redis.log_size()
    redis.cut_log(kept)
    redis.start()

    _, log = worker.communicate(timeout=30)

    assert worker.returncode == 0, log
    assert "Traceback" not in log, log
    missing = set(range(ARTICLES)) - {int(n) for n in stored()}
    assert not missing
    assert log.count("Redis is another process now") == 1
    assert sum(tree.hits.values()) <= ARTICLES + 64, "only what was under way is fetched twice"
