"""The sample portal with its two lists that a script fills, in real Chromium."""

from __future__ import annotations

import re

from pymongo import MongoClient
from redis import Redis

from sample_portal import faults, indexes
from tests.rendering.crawls import FAST, SCRIPTED, missing, profile_instead, report, run, stat


def test_every_article_and_then_only_what_is_new(site):
    first = site.run("fleet", "sample", "--workers", "2", *FAST)

    assert first.returncode == 0, first.stdout + first.stderr
    assert not report(site).problems, report(site).text()
    assert len(site.articles()) == len(site.server.world.articles)
    assert not site.traffic().problems, site.traffic().text()
    asked = site.server.log.entries()
    assert {entry.agent for entry in asked} == {asked[0].agent}, "the browser has another name"
    assert not any(entry.target.endswith((".png", ".gif", ".jpg", ".ico")) for entry in asked)
    assert not any("/stat?" in entry.target for entry in asked)

    again = site.run("fleet", "sample", "--workers", "2", *FAST)

    assert again.returncode == 0, again.stdout + again.stderr
    assert not site.traffic().problems, site.traffic().text()
    assert len(site.server.log.entries()) - len(asked) < 0.15 * len(asked)

    site.server.switch(2)
    third = site.run("fleet", "sample", "--workers", "2", *FAST)

    assert third.returncode == 0, third.stdout + third.stderr
    assert not report(site).missing, report(site).text()
    assert not site.traffic().foreign


def test_fewer_than_one_page_in_twenty_is_rendered_and_the_json_is_suggested(site, tmp_path):
    code, log = run(site, tmp_path / "log", "crawl", "portal", "-a", "portal=sample", *FAST)

    assert code == 0, log
    assert not report(site).problems, report(site).text()
    assert stat(log, "crawl/rendered") == 2
    assert stat(log, "crawl/rendered") < stat(log, "crawl/fetched") / 20
    assert stat(log, "render/asked") == 0
    assert stat(log, "render/browser/started") == 1
    assert (
        'list = { type = "json", items = "data.list", fields = { url = "url", title = "title", published = "time" }'
        in log
    )
    assert 'pager = { set = { page = "+1" } } }' in log
    assert 'pager = { set = { last = "last:id" } } }' in log
    assert "Traceback" not in log


def test_what_was_suggested_brings_the_same_without_a_browser(site, plain_site, tmp_path):
    code, log = run(site, tmp_path / "log", *SCRIPTED, *FAST)
    assert code == 0, log
    found = dict(re.findall(r"(http\S+) needs no browser if the profile says of the channel: (.*)", log))
    assert len(found) == 2
    rendered = {article["url"]: article["channels"] for article in site.articles()}
    assert not missing(site)

    def named(text):
        for url, lines in found.items():
            keys = re.sub(r", (list = )", r"\n\1", lines)
            text = re.sub(
                rf'(url = "{re.escape(url)}"\n(?:name = .*\n)?(?:enabled = .*\n)?)render = .*?\n',
                lambda match, keys=keys: f"{match[1]}{keys}\n",
                text,
            )
        return text

    profile_instead(plain_site, tmp_path, named)
    assert "render = {" not in (tmp_path / "sample.toml").read_text(encoding="utf-8")
    assert plain_site.run("frontier", "clear", "sample").returncode == 0
    with MongoClient(site.mongo_uri) as client:
        client.drop_database(site.database)
    before = len(plain_site.server.log.entries())
    code, log = run(plain_site, tmp_path / "log2", *SCRIPTED, *FAST)
    assert code == 0, log
    assert not missing(plain_site)
    assert {article["url"]: article["channels"] for article in plain_site.articles()} == rendered
    asked = plain_site.server.log.entries(before)
    assert not any("/js/" in entry.target or entry.target.startswith("/node_19") for entry in asked)
    assert stat(log, "crawl/rendered") == 0

    # the next visit asks for the first answer of each list, and no more
    before = len(plain_site.server.log.entries())
    code, log = run(plain_site, tmp_path / "log3", *SCRIPTED, *FAST)
    assert code == 0, log
    assert [entry.target for entry in plain_site.server.log.entries(before)].count("/robots.txt") == 0
    assert len(plain_site.server.log.entries(before)) == 2


def test_lists_that_are_found_empty_are_rendered_and_remembered(site, tmp_path):
    profile_instead(site, tmp_path, lambda text: re.sub(r"(?m)^render = .*\n", "", text))

    code, log = run(site, tmp_path / "log", *SCRIPTED, *FAST)

    assert code == 0, log
    assert not missing(site)
    assert (stat(log, "render/asked"), stat(log, "crawl/rendered")) == (2, 2)
    pages = [entry for entry in site.server.log.entries() if entry.target.startswith("/node_19")]
    assert len(pages) == 4

    before = len(site.server.log.entries())
    code, log = run(site, tmp_path / "log2", *SCRIPTED, *FAST)
    assert code == 0, log
    assert (stat(log, "render/asked"), stat(log, "crawl/rendered")) == (0, 2)
    pages = [entry for entry in site.server.log.entries(before) if entry.target.startswith("/node_19")]
    assert len(pages) == 2

    with Redis.from_url(site.environment["REDIS_URL"]) as redis:
        keys = list(redis.scan_iter(f"{{{site.environment['FRONTIER']}}}*render:sample:*"))
        assert len(keys) == 2
        assert all(0 < redis.ttl(key) <= 7 * 86_400 for key in keys)


def test_pages_in_the_browser_keep_to_the_rate_of_their_host(site, tmp_path):
    code, log = run(site, tmp_path / "log", *SCRIPTED, "-a", "rate=4")

    assert code == 0, log
    assert not missing(site)
    starts = {}
    for entry in site.server.log.entries():
        starts.setdefault(entry.host, []).append(entry.at)
    for host, times in starts.items():
        most = max(sum(start <= time < start + 1 for time in times) for start in times)
        assert most <= 4 + 1, (host, most)  # one more for the clock of a busy machine


def test_what_robots_txt_disallows_no_page_in_the_browser_gets(site, tmp_path, monkeypatch):
    def without_api(portal, host):
        return ("/api/",) if host.startswith("fz.") else faults.robots_rules(portal, host)

    monkeypatch.setattr(indexes, "robots_rules", without_api)
    code, log = run(site, tmp_path / "log", *SCRIPTED, *FAST)
    assert code == 0, log
    assert not any(entry.target.startswith("/api/list.json") for entry in site.server.log.entries())
    assert {site.server.world.articles[url].home.id for url in missing(site)} == {"node_191"}
