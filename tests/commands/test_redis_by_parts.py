"""REDIS_HOST, REDIS_PORT and REDIS_DB instead of REDIS_URL, in a whole command."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.frontier.redis_process import RedisProcess

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def server(tmp_path):
    folder = tmp_path / "redis"
    folder.mkdir()
    server = RedisProcess(folder)
    server.start()
    yield server
    server.kill()


@pytest.mark.servers
def test_a_command_goes_to_the_redis_that_they_name_and_starts_none(
    server, mongo_uri, mongo_database, tmp_path
):
    environment = {name: value for name, value in os.environ.items() if name != "REDIS_URL"}
    environment |= {
        "MONGO_URI": mongo_uri,
        "MONGO_DATABASE": mongo_database,
        "DATA_DIR": str(tmp_path / "data"),
    }

    def status(*settings):
        words = [word for setting in settings for word in ("-s", setting)]
        return subprocess.run(
            [sys.executable, "-m", "scrapy", "frontier", "status", "sample", *words],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=100,
            check=False,
        )

    done = status("REDIS_HOST=127.0.0.1", f"REDIS_PORT={server.port}", "REDIS_DB=0")
    assert done.returncode == 0, done.stderr
    with server.client() as client:
        assert client.info("commandstats").get("cmdstat_info", {}).get("calls", 0) > 1  # it was there
    assert not (tmp_path / "data").exists()
    closed = status("REDIS_HOST=127.0.0.1", "REDIS_PORT=9")
    assert closed.returncode == 2
    assert "127.0.0.1:9" in closed.stderr
