"""The hostile set as a portal: the real spider, the real frontier and stores, and what is in ``failures`` after."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from collections import Counter
from pathlib import Path

import pytest
from hostile_cases import CASES, CHAINS, DOMAIN, HEAVY, body, front_page, profile
from pymongo import MongoClient

pytestmark = pytest.mark.crawl

ROOT = Path(__file__).resolve().parents[2]
CRAWL_S = 200
SETTINGS = (
    "RETRY_TIMES=1",
    "RETRY_PAUSE=0.2",
    "RETRY_PAUSE_MAX=0.5",
    "DELAY_MAX=4",
    "DOWNLOAD_TIMEOUT=15",
    "SITEMAP_TIMEOUT=30",
)
# What they have to wait for is longer than a run waits; the next one takes them up.
WAITING = frozenset({"overload", "robots-fails", "robots-is-a-bomb"})
ARTICLES = frozenset({
    "an-honest-page", "a-short-chain", "a-cookie", "html-as-a-picture", "html-as-anything", "no-type", "odd-type",
    "nul-bytes", "invalid-utf-8", "robots-runs-in-circles", "robots-leads-out",
})  # fmt: skip


async def crawl_portal(
    hostile, cases, *, settings, redis_url, mongo_uri, mongo_database, frontier_name, folder
):
    """A worker over the cases; its printed log and its peak memory in kB."""
    hostile.answers[f"www.{DOMAIN}", "/"] = body(front_page(cases))
    (folder / "hostile.toml").write_text(profile(cases))
    environment = {
        **os.environ,
        "http_proxy": f"http://127.0.0.1:{hostile.port}",
        "REDIS_URL": redis_url,
        "MONGO_URI": mongo_uri,
        "MONGO_DATABASE": mongo_database,
        "FRONTIER": frontier_name,
        "PORTALS_DIR": str(folder),
        "DATA_DIR": str(folder / "data"),
    }
    words = ["-m", "scrapy", "crawl", "portal", "-a", "portal=hostile", "-a", "rate=0"]
    for setting in settings:
        words += ["-s", setting]
    log = folder / "crawl.log"
    with log.open("wb") as output:
        child = await asyncio.create_subprocess_exec(
            sys.executable, *words, cwd=ROOT, env=environment, stdout=output, stderr=output
        )
    peak = 0
    try:
        async with asyncio.timeout(CRAWL_S):
            while child.returncode is None:
                status = Path(f"/proc/{child.pid}/status").read_text()  # noqa: ASYNC240  it is memory
                found = re.search(r"VmHWM:\s+(\d+)", status)
                peak = max(peak, int(found[1]) if found else 0)
                await asyncio.sleep(0.05)
    except FileNotFoundError:
        await child.wait()
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    return log.read_text(errors="replace"), peak


@pytest.fixture
def crawl_hostile(hostile, redis_url, mongo_uri, mongo_database, frontier_name, tmp_path):
    async def run(cases, *settings):
        return await crawl_portal(
            hostile,
            cases,
            settings=(*SETTINGS, *settings),
            redis_url=redis_url,
            mongo_uri=mongo_uri,
            mongo_database=mongo_database,
            frontier_name=frontier_name,
            folder=tmp_path,
        )

    return run


async def test_the_whole_set_in_one_crawl(crawl_hostile, hostile, mongo_uri, mongo_database):
    cases = CASES + CHAINS
    log, peak = await crawl_hostile(cases)

    with MongoClient(mongo_uri) as client:
        database = client[mongo_database]
        failures = {
            found["url"].split("/")[2].split(".")[0]: found["reason"] for found in database["failures"].find()
        }
        articles = Counter(found["url"].split("/")[2].split(".")[0] for found in database["articles"].find())
    expected = {
        case.name: case.expect.partition(":")[2]
        for case in cases
        if case.expect != "done" and case.name not in WAITING
    }
    assert {name: reason for name, reason in failures.items() if name in expected} == expected
    assert set(articles) >= ARTICLES
    assert max(articles.values()) == 1
    assert "Traceback" not in log
    assert peak < 400_000
    assert [line for line in hostile.asked if f".{DOMAIN}/" not in line] == []


async def test_as_much_as_may_be_under_way_at_a_time(crawl_hostile, mongo_uri, mongo_database):
    log, peak = await crawl_hostile(HEAVY, "DOWNLOAD_TIMEOUT=100", "SITEMAP_TIMEOUT=100")
    with MongoClient(mongo_uri) as client:
        failures = {found["url"]: found["reason"] for found in client[mongo_database]["failures"].find()}
    # what those maps list is no page of the portal
    assert failures == {case.url: "empty-list" for case in HEAVY if case.kind == "sitemap"}
    assert "Traceback" not in log
    assert peak < 480_000
