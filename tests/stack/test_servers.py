"""The embedded servers: one pair for all, kept over restarts and crashes, ended cleanly."""

from __future__ import annotations

import os
import signal
import socketserver
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from pymongo import MongoClient
from redis import Redis

from crawler import stack
from crawler.errors import Unreachable, UsageError
from crawler.stack.ports import LOOPBACK

pytestmark = pytest.mark.servers

ROOT = Path(__file__).resolve().parent.parent.parent


def quiet(line: str) -> None:
    pass


def write_a_mark(addresses: stack.Addresses) -> None:
    with Redis.from_url(addresses.redis_url) as redis, MongoClient(addresses.mongo_uri) as mongo:
        redis.set("mark", "kept")
        mongo.marks.marks.insert_one({"_id": "kept"})


def has_the_mark(addresses: stack.Addresses) -> bool:
    with Redis.from_url(addresses.redis_url) as redis, MongoClient(addresses.mongo_uri) as mongo:
        return redis.get("mark") == b"kept" and mongo.marks.marks.find_one() == {"_id": "kept"}


def kill(data_dir: Path) -> None:
    """As a power cut does for the processes: no goodbye, and their pid files stay."""
    pids = [state.pid for state in stack.status(data_dir)]
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
    deadline = time.monotonic() + 10
    while any(state.running for state in stack.status(data_dir)):
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_the_pair_is_configured_as_the_crawl_needs_it(servers):
    with Redis.from_url(servers.redis_url, decode_responses=True) as client:
        wanted = {
            "appendonly": "yes",
            "appendfsync": "everysec",
            "maxmemory-policy": "noeviction",
            "set-max-intset-entries": "8192",
            "port": "0",
            "unixsocketperm": "700",
        }
        assert client.config_get(*wanted) == wanted
    with MongoClient(servers.mongo_uri) as client:
        hello = client.admin.command("hello")
        assert hello["isWritablePrimary"]
        assert hello["setName"] == "rs0"
        options = client.admin.command("getCmdLineOpts")["parsed"]
        assert options["net"]["bindIp"].endswith("/run/mongo.sock")


def test_many_commands_at_once_share_one_pair(data_dir):
    code = (
        "import sys; from pathlib import Path; from crawler import stack\n"
        "print(stack.up(Path(sys.argv[1]), lambda line: print(line, file=sys.stderr)))"
    )
    command = [sys.executable, "-c", code, str(data_dir)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "cwd": ROOT}
    processes = [subprocess.Popen(command, **pipes) for _ in range(5)]
    answers = [process.communicate(timeout=60) for process in processes]
    assert len({out for out, _ in answers}) == 1
    assert "unix://" in answers[0][0]
    assert sorted(err.count("started Redis and MongoDB") for _, err in answers) == [0, 0, 0, 0, 1]
    # They outlive whoever started them.
    assert all(state.answers for state in stack.status(data_dir))


def test_down_and_up_again_keep_data_and_addresses(data_dir):
    lines: list[str] = []
    addresses = stack.up(data_dir, lines.append)
    write_a_mark(addresses)
    stack.down(data_dir, lines.append)
    assert [state.running for state in stack.status(data_dir)] == [False, False]
    assert stack.up(data_dir, quiet) == addresses
    assert has_the_mark(addresses)
    assert lines == [
        f"started Redis and MongoDB in {data_dir} (scrapy stack down ends what runs there)",
        f"ended Redis and MongoDB of {data_dir}; the data stays",
    ]
    stack.down(data_dir, lines.append)
    stack.down(data_dir, lines.append)
    assert len(lines) == 3, "nothing to end, nothing to say"


def test_killed_servers_come_back_with_their_data(data_dir):
    addresses = stack.up(data_dir, quiet)
    write_a_mark(addresses)
    kill(data_dir)
    # The pid was given to another process since: this one. It must neither pass for Redis nor be ended.
    (data_dir / "run" / "redis.pid").write_text(str(os.getpid()))
    assert [state.pid for state in stack.status(data_dir)] == [None, None]
    stack.down(data_dir, quiet)
    assert stack.up(data_dir, quiet) == addresses
    assert has_the_mark(addresses)


def test_what_ended_by_itself_is_revived_and_what_was_ended_is_not(data_dir):
    lines: list[str] = []
    addresses = stack.up(data_dir, quiet)
    write_a_mark(addresses)
    stack.revive(data_dir, redis=True, mongo=True, announce=lines.append)
    assert lines == []
    kill(data_dir)
    program = data_dir / "mongo" / "WiredTiger.wt"
    kept = program.read_bytes()
    program.write_bytes(b"")
    for _ in range(2):  # what does not come up is tried again
        with pytest.raises(Unreachable):
            stack.revive(data_dir, redis=False, mongo=True, announce=lines.append)
    program.write_bytes(kept)
    stack.revive(data_dir, redis=False, mongo=True, announce=lines.append)
    assert [state.running for state in stack.status(data_dir)] == [False, True]
    stack.revive(data_dir, redis=True, mongo=True, announce=lines.append)
    assert [line.partition(" ")[0] for line in lines] == ["MongoDB", "Redis"]
    assert has_the_mark(addresses)
    stack.down(data_dir, quiet)
    stack.revive(data_dir, redis=True, mongo=True, announce=lines.append)
    assert [state.running for state in stack.status(data_dir)] == [False, False]
    assert len(lines) == 2


class Stranger(socketserver.TCPServer):
    """Another program on a server's port: it takes connections and closes them."""

    allow_reuse_address = True

    def __init__(self, port: int) -> None:
        super().__init__((LOOPBACK, port), socketserver.BaseRequestHandler)


def test_a_port_that_was_taken_meanwhile_is_given_up(data_dir):
    addresses = stack.up(data_dir, quiet, tcp=True)
    write_a_mark(addresses)
    ports = [state.place.port for state in stack.status(data_dir)]
    stack.down(data_dir, quiet)
    with Stranger(ports[0]) as first, Stranger(ports[1]) as second:
        for stranger in (first, second):
            threading.Thread(target=stranger.serve_forever, daemon=True).start()
        moved = stack.up(data_dir, quiet, tcp=True)
        assert moved.redis_url != addresses.redis_url
        assert moved.mongo_uri != addresses.mongo_uri
        assert has_the_mark(moved), "the replica set is primary under its new port"
        first.shutdown()
        second.shutdown()


def test_a_mongod_that_is_just_ending_is_waited_for_and_started_again(data_dir):
    addresses = stack.up(data_dir, quiet)
    write_a_mark(addresses)
    os.kill(stack.status(data_dir)[1].pid, signal.SIGTERM)
    time.sleep(0.1)  # for the signal to be seen
    assert stack.up(data_dir, quiet) == addresses
    assert has_the_mark(addresses)


def test_only_what_is_missing_is_started(data_dir):
    lines: list[str] = []
    given = "redis://203.0.113.1:6379/0"
    addresses = stack.ensure(data_dir, redis_url=given, mongo_uri=None, announce=lines.append)
    assert addresses.redis_url == given
    assert [state.running for state in stack.status(data_dir)] == [False, True]
    assert len(lines) == 1


def test_with_both_addresses_nothing_is_touched(tmp_path):
    folder = tmp_path / "data"
    addresses = stack.ensure(folder, redis_url="redis://r", mongo_uri="mongodb://m", announce=quiet)
    assert addresses == stack.Addresses("redis://r", "mongodb://m")
    assert stack.status(folder)[0].running is False
    stack.down(folder, quiet)
    assert not folder.exists()


def test_where_nothing_may_be_started_both_addresses_are_asked_for(tmp_path):
    with pytest.raises(UsageError, match=r"^MONGO_URI must be set"):
        stack.ensure(tmp_path, redis_url="redis://r", mongo_uri=None, announce=quiet, may_start=False)
    assert list(tmp_path.iterdir()) == []


def test_a_frozen_server_runs_but_does_not_answer(data_dir):
    stack.up(data_dir, quiet)
    redis, _ = stack.status(data_dir)
    os.kill(redis.pid, signal.SIGSTOP)
    try:
        frozen, mongo = stack.status(data_dir)
        assert (frozen.running, frozen.answers, frozen.pid) == (True, False, redis.pid)
        assert mongo.answers
    finally:
        os.kill(redis.pid, signal.SIGCONT)


def test_a_redis_that_cannot_start_says_why(data_dir):
    stack.up(data_dir, quiet)
    stack.down(data_dir, quiet)
    (data_dir / "redis" / "appendonlydir" / "appendonly.aof.manifest").write_text("rubbish\n")
    with pytest.raises(
        Unreachable, match=r"Redis ended at its start: .*AOF manifest.* \(log: .*redis\.log\)"
    ) as error:
        stack.up(data_dir, quiet)
    assert "\n" not in str(error.value)


def test_a_mongod_that_cannot_start_says_why(data_dir):
    stack.up(data_dir, quiet)
    stack.down(data_dir, quiet)
    (data_dir / "mongo" / "WiredTiger.wt").write_text("rubbish")
    with pytest.raises(
        Unreachable, match=r"MongoDB ended at its start: .*WiredTiger.* \(log: .*mongo\.log\)"
    ) as error:
        stack.up(data_dir, quiet)
    assert "\n" not in str(error.value)


SMALL_DISK = """
mount -t tmpfs -o size=$3 tmpfs "$2" && exec "$1" -W error -c '
import sys
from pathlib import Path
from crawler import stack
from crawler.errors import CrawlerError
folder = Path(sys.argv[1])
try:
    stack.up(folder, print)
except CrawlerError as error:
    print(error)
stack.down(folder, print, force=True)
' "$2"
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="a small disk has to be mounted")
@pytest.mark.parametrize(
    ("size", "says"), [("16k", "Redis ended at its start: "), ("200k", "MongoDB ended at its start: ")]
)
def test_a_full_disk_is_one_clear_line(tmp_path, size, says):
    # In a mount namespace of its own: nothing stays mounted, whatever happens.
    command = ["unshare", "--mount", "sh", "-c", SMALL_DISK, "sh", sys.executable, str(tmp_path), size]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=100, check=True)
    first, *rest = answer.stdout.splitlines()
    assert first.startswith(f"{says}no space left on the disk (log: {tmp_path}/logs/")
    assert [line for line in rest if not line.startswith("ended Redis of")] == []


def test_a_folder_that_cannot_be_written_is_one_clear_line(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(Unreachable, match=r"cannot run servers in .*file/data"):
        stack.up(tmp_path / "file" / "data", quiet)
