"""What a profile wants sent is sent, on a real wire: with every request of the portal, and with no other."""

from __future__ import annotations

import pytest
from hostile_cases import PAGE, Case, answers, body, redirect
from hostile_wire import HostileServer

pytestmark = pytest.mark.crawl

HEADERS = {
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64)",
    "X-Key": "geheim 密",
    "Accept-Encoding": "br",
    "Cookie": "a=b",
}
CASES = (
    Case("plain", body(PAGE), "done"),
    Case("moved", redirect("http://other.hostile.example/2026-01/10/content_2.htm"), "done"),
    Case("out", redirect("http://www.elsewhere.example/secret"), "give-up:offsite-redirect"),
)


@pytest.fixture
async def hostile():
    table = answers(CASES)
    table["other.hostile.example", "/2026-01/10/content_2.htm"] = body(PAGE)
    table["other.hostile.example", "/robots.txt"] = redirect("http://www.hostile.example/r.txt")
    async with HostileServer(table) as server:
        yield server


async def test_headers_of_the_profile_are_on_every_request_of_the_portal(crawl, hostile):
    report = await crawl(CASES, settings={"LOG_LEVEL": "ERROR"}, headers=HEADERS)
    assert report["verdicts"] == {case.name: case.expect for case in CASES}
    assert {path for path, _ in hostile.requests} >= {
        "plain.hostile.example/robots.txt",
        "plain.hostile.example/2026-01/10/content_1.htm",
        "other.hostile.example/2026-01/10/content_2.htm",
        "www.hostile.example/r.txt",
    }
    for path, sent in hostile.requests:
        assert path.partition("/")[0].endswith(".hostile.example")
        assert sent["user-agent"] == HEADERS["User-Agent"], path
        assert sent["x-key"] == HEADERS["X-Key"].encode().decode("latin-1"), path
        assert sent["cookie"] == "a=b"
        assert sent["accept-encoding"] == (
            "identity" if "robots" in path or path.endswith(".txt") else "br"
        ), path


async def test_without_them_the_crawler_says_who_it_is(crawl, hostile):
    await crawl(CASES[:1], settings={"LOG_LEVEL": "ERROR"})
    assert {sent["user-agent"].partition("/")[0] for _, sent in hostile.requests} == {"regional-news-crawler"}
    assert not any("x-key" in sent or "cookie" in sent for _, sent in hostile.requests)
