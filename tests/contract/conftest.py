"""Crawls of the tiny spider: in this process one at a time, or in processes of their own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def start_worker(redis_url, frontier_name, tmp_path):
    """Starts worker processes; ends those that are left."""
    started = []

    def start(base, *, url=redis_url, stderr=None, **more):
        settings = {"REDIS_URL": url, "FRONTIER": frontier_name, **more.pop("settings", {})}
        arguments = {"base": base, "out": str(tmp_path / "out"), **more}
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.contract.tiny", json.dumps({"settings": settings, "arguments": arguments})],
            cwd=ROOT, stderr=stderr, text=True,
        )  # fmt: skip
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.wait(20)
        if process.stderr:
            process.stderr.close()


@pytest.fixture
def stored(tmp_path):
    """The articles that were stored, with repetitions."""
    return lambda: (tmp_path / "out").read_text().split() if (tmp_path / "out").exists() else []
