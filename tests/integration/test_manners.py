"""What a portal sees of several workers' manners: robots.txt, conditional requests, pauses that it asked for."""

from __future__ import annotations

from collections import Counter

from sample_portal.portals import PORTALS
from sample_portal.world import World

SEED = 20260101
RETRY_AFTER_S = 1.0
UNDER_WAY_S = 0.6


def test_robots_txt_once_and_lists_conditionally_until_the_frontier_is_cleared(serve):
    site = serve(World(PORTALS["sample"], SEED))
    fleet = ("fleet", "sample", "--workers", "3", "-a", "rate=0")

    first = site.run(*fleet)
    assert first.returncode == 0, first.stdout + first.stderr
    asked = site.server.log.entries()
    robots = Counter(entry.host for entry in asked if entry.target == "/robots.txt")
    assert set(robots) == {entry.host for entry in asked}
    assert set(robots.values()) == {1}, robots
    assert not any(entry.if_none_match or entry.if_modified_since for entry in asked)

    second = site.run(*fleet)
    assert second.returncode == 0, second.stdout + second.stderr
    asked = site.server.log.entries(len(asked))
    assert not any(entry.target == "/robots.txt" for entry in asked), "a day has not passed"
    unchanged = [entry for entry in asked if entry.status == 304]
    assert len(unchanged) >= 3
    assert not any(entry.if_none_match for entry in asked if "/content_" in entry.target)

    assert site.run("frontier", "clear", "sample").returncode == 0
    before = len(site.server.log.entries())
    third = site.run(*fleet)
    assert third.returncode == 0, third.stdout + third.stderr
    asked = site.server.log.entries(before)
    assert not any(entry.status == 304 for entry in asked), "what was cleared is remembered"
    assert not site.report().problems, site.report().text()


def test_a_host_that_asks_for_a_pause_gets_it_from_all_workers(serve):
    site = serve(World(PORTALS["sample"], SEED))

    crawl = site.run("fleet", "sample", "--workers", "3", "-a", "rate=30")

    assert crawl.returncode == 0, crawl.stdout + crawl.stderr
    asked = site.server.log.entries()
    refusals = [entry for entry in asked if entry.status == 503]
    assert refusals
    # what was on its way when the host refused cannot be called back, and a busy machine reads the refusal late
    quiet = [refusal for refusal in refusals if not _hasty(refusal, asked)]
    assert 2 * len(quiet) > len(refusals)
    assert not site.report().problems, site.report().text()


def _hasty(refusal, asked):
    return [
        entry.url
        for entry in asked
        if entry.host == refusal.host and UNDER_WAY_S < entry.at - refusal.at < RETRY_AFTER_S
    ]
