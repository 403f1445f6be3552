"""Real servers for the tests: one pair a session, names of their own for every test.

A test that uses ``redis_url`` or ``mongo_uri`` (directly or through another fixture) is marked ``servers``.
Sessions may run at the same time: each has its own servers, in a temporary folder, on free ports.
"""

from __future__ import annotations

import gc
import subprocess
import sys
import uuid
from pathlib import Path

import pytest
from pymongo import MongoClient

from crawler import stack

ROOT = Path(__file__).resolve().parent.parent

# Waits for the end of its input, which comes when the session closes it or dies, however it dies.
GUARD = """
import shutil, sys
from pathlib import Path
from crawler import stack
sys.stdin.read()
folder = Path(sys.argv[1])
stack.down(folder, lambda line: None, force=True)
shutil.rmtree(folder, ignore_errors=True)
"""


# Tests of pure parts that take seconds: huge and hostile pages, whole generated portals, commands as processes.
SLOW = frozenset({
    "test_command", "test_extract_command", "test_hostile", "test_hostile_pages", "test_limits", "test_reports",
    "test_sample_portal", "test_shortcuts", "test_sitemaps",
})  # fmt: skip


# What takes minutes a file comes first: several files run at a time, and the longest would be alone at the end.
LONG = (
    "integration",
    "rendering",
    "chaos",
    "contract",
    "hostile",
    "deploy",
    "scrapyd",
    "pipelines",
    "benchmarks",
)


def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: item.path.parent.name not in LONG)
    for item in items:
        if item.path.stem in SLOW:
            item.add_marker("slow")
        if {"redis_url", "mongo_uri", "servers"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("servers")


def pytest_collection_finish():
    """What was imported and collected stays to the end: the collector of cycles need not look at it again."""
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(terminalreporter):
    """What could not be tested for want of a browser is said once, and loudly (tests/rendering)."""
    skipped = terminalreporter.stats.get("skipped", ())
    count = sum("NO BROWSER" in str(report.longrepr) for report in skipped)
    if count:
        terminalreporter.write_line(
            f"NO BROWSER: {count} tests of rendering were skipped; apt-get install chromium-headless-shell libatomic1",
            red=True,
            bold=True,
        )


@pytest.fixture(scope="session")
def guarded_data_dir(tmp_path_factory):
    """Makes data folders whose servers end, and whose files go, with the session at the latest."""
    guards = []

    def make(name: str = "data") -> Path:
        folder = tmp_path_factory.mktemp(name)
        command = [sys.executable, "-c", GUARD, str(folder)]
        guards.append(subprocess.Popen(command, stdin=subprocess.PIPE, cwd=ROOT, start_new_session=True))
        return folder

    yield make
    for guard in guards:
        guard.stdin.close()
    for guard in guards:
        guard.wait(timeout=60)


@pytest.fixture(scope="session")
def servers(guarded_data_dir) -> stack.Addresses:
    """The session's pair: a Redis with an append-only file, a MongoDB replica set of one."""
    return stack.up(guarded_data_dir(), lambda line: None)


@pytest.fixture(scope="session")
def redis_url(servers) -> str:
    return servers.redis_url


@pytest.fixture(scope="session")
def mongo_uri(servers) -> str:
    return servers.mongo_uri


@pytest.fixture
def frontier_name() -> str:
    """A FRONTIER that no other test uses."""
    return f"test-{uuid.uuid4().hex[:12]}"


@pytest.fixture
def mongo_database(mongo_uri):
    """The name of a database that no other test uses; it is dropped after the test."""
    name = f"test_{uuid.uuid4().hex[:12]}"
    yield name
    with MongoClient(mongo_uri) as client:
        client.drop_database(name)
