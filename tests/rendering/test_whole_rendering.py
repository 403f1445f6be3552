"""The sample portal with its two lists that a script fills, in real Chromium."""

from __future__ import annotations

import pytest

from tests.portal.compare import compare
from tests.portal.portals import PORTALS
from tests.portal.world import World

SEED = 20260101


@pytest.fixture
def site(serve, browser):
    site = serve(World(PORTALS["sample"], SEED))
    site.environment["PLAYWRIGHT_EXECUTABLE"] = browser
    return site


def report(site):
    return compare(site.server.world, site.articles(), javascript=True)


def test_every_article_and_then_only_what_is_new(site, tmp_path):
    first = site.run("fleet", "sample", "--workers", "2", "-a", "rate=0")

    assert first.returncode == 0, first.stdout + first.stderr
    assert not report(site).problems, report(site).text()
    assert len(site.articles()) == len(site.server.world.articles)
    assert not site.traffic().problems, site.traffic().text()
    requests = len(site.server.log.entries())

    again = site.run("fleet", "sample", "--workers", "2", "-a", "rate=0")

    assert again.returncode == 0, again.stdout + again.stderr
    assert not site.traffic().problems, site.traffic().text()
    assert len(site.server.log.entries()) - requests < 0.15 * requests

    site.server.switch(2)
    third = site.run("fleet", "sample", "--workers", "2", "-a", "rate=0")

    assert third.returncode == 0, third.stdout + third.stderr
    assert not report(site).missing, report(site).text()
