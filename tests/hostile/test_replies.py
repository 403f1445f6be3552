"""Cut bodies, odd replies and odd redirects on a real wire: nothing half is done, nothing whole is held back."""

from __future__ import annotations

import pytest
from hostile_cases import answers, body
from hostile_wire import HostileServer
from reply_cases import CUT, LONG, ODD, PARTS, SPELT

pytestmark = pytest.mark.crawl

SETTINGS = {"LOG_LEVEL": "ERROR", "DOWNLOAD_TIMEOUT": 20}


@pytest.fixture
async def hostile():
    table = answers(CUT + PARTS + ODD + SPELT)
    for case in SPELT:
        table[case.host, "/2026-01/x.htm"] = body(LONG)
    async with HostileServer(table) as server:
        yield server


@pytest.mark.parametrize(
    ("cases", "proxy"),
    [
        *((cases, proxy) for cases in (CUT, PARTS, ODD) for proxy in ("127.0.0.1", None)),
        (SPELT, "127.0.0.1"),  # what they lead to has no port
    ],
    ids=["cut-proxy", "cut", "parts-proxy", "parts", "odd-proxy", "odd", "redirects-proxy"],
)
async def test_every_reply_is_reported_under_its_word(crawl, hostile, cases, proxy):
    hosts = {case.host.lower(): "127.0.0.1" for case in cases}
    report = await crawl(cases, settings=SETTINGS, proxy=proxy, hosts=None if proxy else hosts, private=True)
    assert report["verdicts"] == {case.name: case.expect for case in cases}
    assert "Traceback" not in report["printed"]
    assert [line for line in hostile.asked if ".hostile.example/" not in line] == []
