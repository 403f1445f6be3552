"""``every`` of a channel in whole crawls: it is left out until its time has come, also where a page links to it."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import pytest
from hostile_cases import PAGE, body
from hostile_wire import HostileServer

pytestmark = pytest.mark.crawl

ROOT = Path(__file__).resolve().parents[2]
HOST = "www.slow.example"
PROFILE = f"""schema = 1
title = "慢报"
home = "http://{HOST}/"
domains = ["slow.example"]
rate = 0
site_rate = 0
channels = [{{ url = "http://{HOST}/slow/", every = "1h" }}, {{ url = "http://{HOST}/usual/" }}]
"""


def listing(number):
    link = f"<li><a href='/2026-01/1{number}/content_{number}.htm'>本市新闻之第{number}条要闻标题</a><span>2026-01-1{number}</span></li>"
    return f"<html><body><div><a href='/slow/'>慢栏目</a> <a href='/usual/'>常栏目</a></div><ul>{link}</ul></body></html>".encode()


async def test_a_channel_that_was_read_is_left_out_for_its_time(
    redis_url, mongo_uri, mongo_database, frontier_name, tmp_path
):
    table = {(HOST, path): body(listing(n)) for n, path in enumerate(("/", "/slow/", "/usual/"), 1)}
    table |= {(HOST, f"/2026-01/1{n}/content_{n}.htm"): body(PAGE) for n in (1, 2, 3)}
    (tmp_path / "slow.toml").write_text(PROFILE)
    async with HostileServer(table) as server:
        environment = {
            **os.environ, "http_proxy": f"http://127.0.0.1:{server.port}", "REDIS_URL": redis_url, "MONGO_URI": mongo_uri,
            "MONGO_DATABASE": mongo_database, "FRONTIER": frontier_name, "PORTALS_DIR": str(tmp_path),
            "DATA_DIR": str(tmp_path / "data"),
        }  # fmt: skip

        async def crawl(*arguments):
            server.asked.clear()
            words = ["-m", "scrapy", "crawl", "portal", "-a", "portal=slow", *arguments]
            child = await asyncio.create_subprocess_exec(
                sys.executable, *words, cwd=ROOT, env=environment, stderr=asyncio.subprocess.PIPE
            )
            _, log = await asyncio.wait_for(child.communicate(), 120)
            assert child.returncode == 0, log.decode()
            return {
                path: sum(f"{HOST}{path}" == line.split()[1] for line in server.asked)
                for path in ("/", "/slow/", "/usual/")
            }

        assert await crawl() == {"/": 1, "/slow/": 1, "/usual/": 1}
        assert await crawl() == {"/": 1, "/slow/": 0, "/usual/": 1}
        assert await crawl("-a", "full=1") == {"/": 1, "/slow/": 1, "/usual/": 1}
