"""The hostile set against the middlewares: each case under its word, other hosts served, memory bounded."""

from __future__ import annotations

import pytest
from hostile_cases import CASES, CHAINS, SLOW

pytestmark = pytest.mark.crawl

SETTINGS = {"LOG_LEVEL": "ERROR"}
HONEST = tuple(case for case in CASES if case.name == "an-honest-page")


async def test_every_case_is_reported_under_its_word(crawl, hostile):
    cases = CASES + CHAINS
    report = await crawl(cases, settings=SETTINGS)
    assert report["verdicts"] == {case.name: case.expect for case in cases}
    assert report["peak_kb"] < 400_000
    assert "Traceback" not in report["printed"]
    strangers = [line for line in hostile.asked if ".hostile.example/" not in line]
    assert strangers == []
    assert hostile.cookies == []


async def test_what_never_ends_is_ended_by_the_time_out(crawl):
    report = await crawl(SLOW, settings={**SETTINGS, "DOWNLOAD_TIMEOUT": 2})
    assert report["verdicts"] == {case.name: case.expect for case in SLOW}


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "169.254.169.254", "10.1.2.3", "100.100.100.200", "0.0.0.0"]
)
async def test_no_name_leads_into_this_network(crawl, hostile, address):
    hosts = {case.host: address for case in HONEST}
    report = await crawl(HONEST, settings=SETTINGS, proxy=None, hosts=hosts)
    assert report["verdicts"] == {case.name: "give-up:private-address" for case in HONEST}
    assert hostile.asked == []


async def test_a_portal_may_be_allowed_to(crawl, hostile):
    hosts = {case.host: "127.0.0.1" for case in HONEST}
    report = await crawl(HONEST, settings=SETTINGS, proxy=None, hosts=hosts, private=True)
    assert report["verdicts"] == {case.name: "done" for case in HONEST}
    assert len(hostile.asked) == 2  # robots.txt and the page


async def test_a_name_that_nobody_knows_is_tried_again(crawl, hostile):
    report = await crawl(HONEST, settings={**SETTINGS, "DNS_TIMEOUT": 5}, proxy=None, hosts={})
    assert report["verdicts"] == {case.name: "retry:robots-unreachable" for case in HONEST}


async def test_the_proxy_itself_may_be_a_name_of_this_network(crawl):
    report = await crawl(
        HONEST, settings=SETTINGS, proxy="proxy.hostile.test", hosts={"proxy.hostile.test": "127.0.0.1"}
    )
    assert report["verdicts"] == {case.name: "done" for case in HONEST}


async def test_nothing_listens_and_what_is_off_is_off(crawl):
    """Remote control runs the Python it is sent, the telnet console too; cookies make workers differ."""
    report = await crawl(HONEST, settings=SETTINGS)
    assert report["verdicts"] == {case.name: "done" for case in HONEST}
    assert report["listening"] == 0
    words = ("remote", "telnet", "cookie", "retry", "scrapy.downloadermiddlewares.redirect", "robotstxt")
    assert [name for name in report["components"] if any(word in name.lower() for word in words)] == []
    assert "crawler.middlewares.guard.GuardMiddleware" in report["components"]


@pytest.mark.parametrize(
    ("setting", "kind", "component"),
    [
        ("REMOTE_CONTROL_ENABLED", "EXTENSIONS", "scrapy.extensions.remote_control.RemoteControl"),
        ("TELNETCONSOLE_ENABLED", "EXTENSIONS", "scrapy.extensions.telnet.TelnetConsole"),
        (
            "COOKIES_ENABLED",
            "DOWNLOADER_MIDDLEWARES",
            "scrapy.downloadermiddlewares.cookies.CookiesMiddleware",
        ),
    ],
)
async def test_that_the_tests_above_can_fail(crawl, hostile, setting, kind, component):
    settings = {**SETTINGS, setting: True, kind: {component: 700}}
    report = await crawl(
        HONEST + tuple(case for case in CHAINS if case.name == "a-cookie"), settings=settings
    )
    assert report["listening"] > 0 or hostile.cookies != []
