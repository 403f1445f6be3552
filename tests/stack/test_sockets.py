"""The embedded servers' sockets: nobody but their owner can open them, and their path is never too long."""

from __future__ import annotations

import os
import stat
import subprocess
from pathlib import Path

import pytest
from pymongo import MongoClient
from redis import Redis

from crawler import stack
from crawler.errors import Unreachable
from crawler.stack.place import Place, socket_path


def quiet(line: str) -> None:
    pass


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def use(addresses: stack.Addresses) -> None:
    with Redis.from_url(addresses.redis_url) as redis, MongoClient(addresses.mongo_uri) as mongo:
        redis.set("mark", "kept")
        mongo.marks.marks.replace_one({"_id": "kept"}, {}, upsert=True)


def use_as_temporary(folder: Path, monkeypatch) -> Path:
    monkeypatch.setattr("crawler.stack.place.gettempdir", lambda: str(folder))
    return folder


@pytest.mark.servers
def test_nobody_else_can_open_them(data_dir):
    (data_dir / "run").mkdir(mode=0o755)
    addresses = stack.up(data_dir, quiet)
    use(addresses)
    assert mode(data_dir / "run") == 0o700
    for state in stack.status(data_dir):
        assert state.place.socket.parent == data_dir / "run"
        assert mode(state.place.socket) & 0o077 == 0
        listening = subprocess.run(
            ["ls", "-l", f"/proc/{state.pid}/fd"], capture_output=True, text=True, check=True
        )
        inodes = {
            line.rpartition("socket:[")[2].rstrip("]")
            for line in listening.stdout.splitlines()
            if "socket:[" in line
        }
        for table in ("tcp", "tcp6"):
            rows = [line.split() for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]]
            assert not [row for row in rows if row[3] == "0A" and row[9] in inodes], "no port is listened on"


@pytest.mark.servers
@pytest.mark.skipif(os.geteuid() != 0, reason="another account has to be taken on")
def test_another_account_reaches_nothing(data_dir):
    addresses = stack.up(data_dir, quiet)
    for folder in (data_dir, *data_dir.parents[:2]):
        folder.chmod(0o755)
    code = "import socket, sys; s = socket.socket(socket.AF_UNIX); s.connect(sys.argv[1])"
    for state in stack.status(data_dir):
        words = ["python3", "-c", code, str(state.place.socket)]
        answer = subprocess.run(
            words, user=65534, group=65534, extra_groups=[], capture_output=True, text=True, check=False
        )
        assert "PermissionError" in answer.stderr
    use(addresses)


@pytest.mark.servers
@pytest.mark.parametrize("name", ["x" * 100, "数据" * 20, "a,b", "a:b", "mit Leerzeichen & +@#?%41"])
def test_long_and_odd_paths(guarded_data_dir, tmp_path_factory, name):
    folder, sockets = guarded_data_dir() / name, tmp_path_factory.mktemp("s")
    addresses = stack.ensure(folder, redis_url=None, mongo_uri=None, announce=quiet, sockets=sockets)
    try:
        use(addresses)
        for state in stack.status(folder):
            assert len(os.fsencode(state.place.socket)) <= 100
            assert mode(state.place.socket.parent) == 0o700
            assert state.answers
        # whoever asks next finds them, wherever sockets would go now; and they come back at the same addresses
        assert stack.up(folder, quiet) == addresses
        stack.down(folder, quiet)
        assert (
            stack.ensure(folder, redis_url=None, mongo_uri=None, announce=quiet, sockets=sockets) == addresses
        )
        use(addresses)
    finally:
        stack.down(folder, quiet, force=True)


def test_where_a_socket_goes(tmp_path_factory, monkeypatch):
    tmp_path = tmp_path_factory.mktemp("s")
    short, long = Path("/tmp/data/run"), Path("/" + "d" * 90 + "/run")
    for run in (long, tmp_path / "a,b", tmp_path / "a:b", tmp_path / ("数" * 30)):
        path = socket_path(run, "redis", tmp_path / "there")
        assert path.is_relative_to(tmp_path / "there")
        assert path == socket_path(run, "redis", tmp_path / "there")
    assert socket_path(tmp_path / "run", "redis", tmp_path / "there") == tmp_path / "run" / "redis.sock"
    assert str(Place(port=17000)) == "on port 17000"
    assert str(Place(socket=short / "redis.sock")) == "at /tmp/data/run/redis.sock"
    system = use_as_temporary(tmp_path_factory.mktemp("t"), monkeypatch)
    assert socket_path(long, "redis", tmp_path / ("e" * 90)).is_relative_to(system)
    also_long = tmp_path / ("f" * 90)
    use_as_temporary(also_long, monkeypatch)
    with pytest.raises(Unreachable, match="too long for a socket: set STACK_TCP=1"):
        socket_path(long, "redis", tmp_path / ("e" * 90))


def test_a_folder_that_somebody_else_made_is_not_used(tmp_path_factory, monkeypatch):
    tmp_path = tmp_path_factory.mktemp("s")
    long, elsewhere = Path("/" + "d" * 90 + "/run"), tmp_path
    made = socket_path(long, "redis", elsewhere).parent
    made.chmod(0o777)
    assert mode(socket_path(long, "redis", elsewhere).parent) == 0o700
    made.rmdir()
    (tmp_path / "theirs").mkdir()
    made.symlink_to(tmp_path / "theirs")
    # there is still the system's own
    system = use_as_temporary(tmp_path_factory.mktemp("t"), monkeypatch)
    assert socket_path(long, "redis", elsewhere).is_relative_to(system)
    assert socket_path(long, "redis", Path("/proc/none")).is_relative_to(system)
    use_as_temporary(elsewhere, monkeypatch)
    with pytest.raises(Unreachable, match="belongs to somebody else: set STACK_TCP=1"):
        socket_path(long, "redis", elsewhere)
    if os.geteuid() == 0:
        made.unlink()
        made.mkdir()
        os.chown(made, 65534, 65534)
        with pytest.raises(Unreachable, match="belongs to somebody else"):
            socket_path(long, "redis", elsewhere)
