"""Whole crawls of the sample portal: worker processes as a user starts them, real servers, the truth to compare."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pymongo import MongoClient

from sample_portal.compare import compare
from sample_portal.report import Report
from sample_portal.server import PortalServer
from sample_portal.traffic import RequestReport, check_requests
from sample_portal.world import World
from tests.frontier.redis_process import RedisProcess
from tests.integration.invented import PATIENCE_S, ROOT, Portal, environment


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in Path(item.fspath).parents:
            item.add_marker("crawl")


@pytest.fixture
def redis(tmp_path):
    """A Redis of the test's own, to be flushed, frozen or locked down."""
    (tmp_path / "redis").mkdir()
    process = RedisProcess(tmp_path / "redis")
    process.start()
    yield process
    process.stop()


@dataclass
class Site:
    """A portal that is served, and what a crawl of it needs: an own frontier, an own database."""

    server: PortalServer
    environment: dict[str, str]
    mongo_uri: str
    database: str

    def scrapy(self, *words: str, log: Path | None = None) -> subprocess.Popen[bytes]:
        """A command in a session of its own, so that signals reach it alone."""
        with (log or Path(os.devnull)).open("wb") as output:
            return subprocess.Popen(
                [sys.executable, "-m", "scrapy", *words],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """A command to its end."""
        return subprocess.run(
            [sys.executable, "-m", "scrapy", *words],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=False,
        )

    def articles(self) -> list[dict[str, Any]]:
        with MongoClient(self.mongo_uri) as client:
            return list(client[self.database]["articles"].find())

    def failures(self) -> list[dict[str, Any]]:
        with MongoClient(self.mongo_uri) as client:
            return list(client[self.database]["failures"].find())

    def report(self) -> Report:
        return compare(self.server.world, self.articles())

    def traffic(self) -> RequestReport:
        return check_requests(self.server.world, self.server.log.entries())


@pytest.fixture
def serve(redis_url, mongo_uri, frontier_name, mongo_database, tmp_path) -> Iterator[Callable[[World], Site]]:
    """Serves a world and makes the environment of its crawl."""
    servers: list[PortalServer] = []

    def start(world: World) -> Site:
        server = PortalServer(world).start()
        servers.append(server)
        environment = {
            **os.environ,
            **server.environment,
            "REDIS_URL": redis_url,
            "MONGO_URI": mongo_uri,
            "MONGO_DATABASE": mongo_database,
            "FRONTIER": frontier_name,
            "DATA_DIR": str(tmp_path / "data"),
            # the same on every machine; tests/rendering names a browser
            "PLAYWRIGHT_EXECUTABLE": "none",
        }
        return Site(server, environment, mongo_uri, mongo_database)

    yield start
    for server in servers:
        server.stop()


@pytest.fixture
def invent(redis_url, mongo_uri, frontier_name, mongo_database, tmp_path) -> Iterator[Callable[..., Portal]]:
    """Serves a portal that a function answers for, and makes the environment of its crawl."""
    portals: list[Portal] = []

    def start(answer, profile: str) -> Portal:
        told = environment(redis_url, mongo_uri, frontier_name, mongo_database, tmp_path / "data")
        portal = Portal(answer, told, tmp_path / "portals", mongo_uri, mongo_database)
        portals.append(portal)
        portal.write(profile)
        return portal

    yield start
    for portal in portals:
        portal.stop()


@pytest.fixture
def fleet() -> Iterator[Callable[[Sequence[subprocess.Popen[bytes]]], list[int]]]:
    """Waits for processes, and ends what is left of them after the test."""
    seen: list[subprocess.Popen[bytes]] = []

    def wait(processes: Sequence[subprocess.Popen[bytes]]) -> list[int]:
        seen.extend(processes)
        return [process.wait(timeout=PATIENCE_S) for process in processes]

    yield wait
    for process in seen:
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
            process.wait()
