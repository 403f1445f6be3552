"""What a list failed with is over when a later run has read it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from crawler.items import Failure
from crawler.storage import FailureStore, connect
from sample_portal.portals import PORTALS
from sample_portal.world import World
from tests.integration.small_sites import small_site

__all__ = ["small_site"]

SEED = 20260102
LISTS = {
    "http://www.sample-news.test/",
    "http://www.sample-news.test/rss.xml",
    "http://www.sample-news.test/sitemap_index.xml",
    "http://fz.sample-news.test/node_176.htm",
    "http://www.sample-news.test/C_Society.htm",
}
SECOND_PAGE = "http://fz.sample-news.test/node_176_2.htm"
MISSING = "http://fz.sample-news.test/node_999.htm"
UNFILLED = "http://news.sample-news.test/node_190.htm"


def test_it_is_withdrawn_whether_the_list_is_read_or_has_not_changed(serve):
    site = serve(World(PORTALS["sample"], SEED))
    words = ("crawl", "portal", "-a", "portal=sample", "-a", "rate=0")
    yesterday = datetime.now(UTC) - timedelta(days=1)

    # most of these lists answer the second run that they have not changed, and it has no need of second pages
    for lists in ({*LISTS, SECOND_PAGE}, LISTS):
        asyncio.run(_fail(site, {*lists, MISSING, UNFILLED}, yesterday))
        done = site.run(*words)

        assert done.returncode in {0, 3}, done.stderr
        failed = {failure["url"]: failure["reason"] for failure in site.failures()}
        assert not lists & set(failed)
        assert failed[MISSING] == "http-500", "no run has read it"
        assert failed[UNFILLED] == "no-browser"
    assert "unchanged=0" not in done.stderr.splitlines()[-1]


async def _fail(site, urls, at):
    client = await connect(site.mongo_uri)
    await FailureStore(client[site.database]).store(
        [Failure(url=url, portal="sample", reason="http-500", status=500, tries=5, at=at) for url in urls]
    )
    await client.close()


def test_what_was_given_up_last_is_in_the_last_line(small_site):
    done = small_site("", lambda _: (500, "no page"), "-s", "RETRY_TIMES=1", "-s", "RETRY_PAUSE=0.2")
    assert (done.code, done.failures) == (3, {"/": "http-500"})
    (line,) = [line for line in done.log.splitlines() if "done reason=finished" in line]
    assert line.endswith("failed=1")
