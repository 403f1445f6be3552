"""The autoscaler's figure over HTTP, with a Redis that answers and with one that does not."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from dataclasses import fields
from pathlib import Path

import aiohttp
import pytest

from crawler.fleet import demand
from crawler.frontier.redis.connection import Connection
from crawler.frontier.redis.model import PortalStatus
from crawler.frontier.redis.store import Frontier
from tests.frontier.conftest import options_of

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def silent():
    """The port of a server that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


async def answers(url: str, *paths: str) -> list[int]:
    store = Frontier(Connection(url=url, socket_timeout=5), options_of("t"), "t")
    server = demand.demand_server(store)
    port = await server.start("127.0.0.1", 0)
    found = []
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as session:
        for path in paths:
            async with session.get(path) as answer:
                found.append(answer.status)
    await server.close()
    await store.connection.close()
    return found


def test_the_sums_come_first_and_then_the_portals():
    none = {one.name: 0 for one in fields(PortalStatus)}
    one = PortalStatus(**none | {"portal": "福州", "ready": 5, "leased": 2, "unserved": 3, "dead": 1})
    two = PortalStatus(**none | {"portal": "b", "leased": 1})
    assert demand.Demand((one, two)).as_json() == (
        '{"unserved": 3, "demand": 6, "queued": 5, "leased": 3, "dead": 1, "portals": '
        '{"福州": {"unserved": 3, "demand": 5, "queued": 5, "leased": 2, "dead": 1}, '
        '"b": {"unserved": 0, "demand": 1, "queued": 0, "leased": 1, "dead": 0}}}'
    )


@pytest.mark.slow
async def test_without_redis_an_autoscaler_learns_nothing(silent, monkeypatch):
    monkeypatch.setattr(demand, "_PATIENCE_S", 0.3)
    for url in ("redis://127.0.0.1:1/0", f"redis://127.0.0.1:{silent}/0"):
        async with asyncio.timeout(5):
            assert await answers(url, "/demand", "/metrics", "/healthz") == [503, 503, 200]


def serve(redis_url: str, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "scrapy", "demand", *words],
        cwd=ROOT,
        env={**os.environ, "REDIS_URL": redis_url, "FRONTIER": "nothing-here"},
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.build
def test_the_command_serves_until_it_is_stopped_and_a_port_that_is_taken_is_one_line(redis_url):
    first = serve(redis_url, "--port", "0")
    url = first.stderr.readline().removeprefix("listening on ").strip()
    assert url.startswith("http://127.0.0.1:"), "loopback, unless it is told otherwise"
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(url, timeout=10) as answer:
        assert answer.headers["Content-Type"] == "application/json"
        assert answer.read() == (
            b'{"unserved": 0, "demand": 0, "queued": 0, "leased": 0, "dead": 0, "portals": {}}'
        )

    port = url.split(":")[2].split("/")[0]
    second = serve(redis_url, "--port", port)
    assert second.communicate(timeout=60)[1] == (
        f"error: cannot listen on 127.0.0.1 port {port}: Address already in use\n"
    )
    assert second.returncode == 2

    first.send_signal(signal.SIGTERM)
    assert first.communicate(timeout=60)[1] == ""
    assert first.returncode == 0
