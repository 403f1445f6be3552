"""``scrapy crawl article``: whoever names articles is told when they are not all there."""

from __future__ import annotations

import signal
from time import monotonic, sleep

from sample_portal.portals import PORTALS
from sample_portal.world import World

SEED = 20260102
PRIVATE = "http://10.0.0.1/x.htm"


def test_articles_that_are_not_stored_are_told_and_make_exit_code_3(serve, tmp_path):
    site = serve(World(PORTALS["sample"], SEED))
    url = min(site.server.world.articles)

    none = site.run("crawl", "article", "-a", f"url={PRIVATE}")

    assert none.returncode == 3, none.stderr
    assert none.stderr.splitlines()[-1].startswith("0 of 1 articles stored: ")
    assert [failure["url"] for failure in site.failures()] == [PRIVATE]

    # the same article twice is one; a portal's own threshold has no say in what a person named
    (tmp_path / "urls.txt").write_text(f"{url}\n{url}#top\n{PRIVATE}\n")
    some = site.run("crawl", "article", "-a", f"file={tmp_path / 'urls.txt'}", "-s", "FAILURE_THRESHOLD=1")

    assert some.returncode == 3, some.stderr
    assert some.stderr.splitlines()[-1].startswith("1 of 2 articles stored: ")
    assert [article["url"] for article in site.articles()] == [url]

    again = site.run(
        "crawl", "article", "-a", f"file={tmp_path / 'urls.txt'}", "-s", f"LOG_FILE={tmp_path / 'log'}"
    )
    assert again.returncode == 3, again.stderr
    assert "ERROR: 1 of 2 articles stored" in (tmp_path / "log").read_text()

    assert site.run("crawl", "article", "-a", f"url={url}#top").returncode == 0


SLOW = """
import asyncio
from scrapy import signals

class Slow:
    @classmethod
    def from_crawler(cls, crawler):
        slow = cls()
        crawler.signals.connect(slow.opened, signals.spider_opened)
        return slow

    async def opened(self):
        print("OPENING", flush=True)
        await asyncio.sleep(1)
"""


def test_one_that_is_stopped_while_it_is_opened_ends_like_any_other(serve, tmp_path):
    site = serve(World(PORTALS["sample"], SEED))
    (tmp_path / "slow_extension.py").write_text(SLOW)
    site.environment["PYTHONPATH"] = str(tmp_path)
    log = tmp_path / "log"
    words = ("-a", f"url={min(site.server.world.articles)}", "-s", 'EXTENSIONS={"slow_extension.Slow": 1}')
    worker = site.scrapy("crawl", "article", *words, log=log)
    try:
        deadline = monotonic() + 60
        while "OPENING" not in log.read_text():
            assert monotonic() < deadline, log.read_text()
            sleep(0.05)
        worker.send_signal(signal.SIGINT)
        assert worker.wait(60) == 0, log.read_text()
    finally:
        if worker.poll() is None:
            worker.kill()
            worker.wait()
    assert "Spider closed (shutdown)" in log.read_text()
