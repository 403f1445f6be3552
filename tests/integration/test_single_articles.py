"""``scrapy crawl article``: whoever names articles is told when they are not all there."""

from __future__ import annotations

from tests.portal.portals import PORTALS
from tests.portal.world import World

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
