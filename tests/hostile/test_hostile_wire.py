"""The hostile set against the middlewares: each case under its word, other hosts served, memory bounded."""

from __future__ import annotations

import pytest
from hostile_cases import CASES, CHAINS, SLOW

pytestmark = pytest.mark.crawl

SETTINGS = {"LOG_LEVEL": "ERROR"}


async def test_every_case_is_reported_under_its_word(crawl, hostile):
    cases = CASES + CHAINS
    report = await crawl(cases, settings=SETTINGS)
    assert report["verdicts"] == {case.name: case.expect for case in cases}
    assert report["peak_kb"] < 400_000
    assert "Traceback" not in report["printed"]
    allowed = (".hostile.example",)
    strangers = [line for line in hostile.asked if not line.split()[1].partition("/")[0].endswith(allowed)]
    assert strangers == []


async def test_what_never_ends_is_ended_by_the_time_out(crawl):
    report = await crawl(SLOW, settings={**SETTINGS, "DOWNLOAD_TIMEOUT": 2})
    assert report["verdicts"] == {case.name: case.expect for case in SLOW}
