"""The servers of a chaos run, and what can be done to them: all by process id, all of them our own."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import redis
from pymongo import MongoClient
from pymongo.errors import PyMongoError

from crawler import stack
from crawler.stack.mongo_server import REPLICA_SET, MongoServer
from crawler.stack.place import Place

__all__ = ["Pair", "ReplicaSet", "frozen"]


@contextmanager
def frozen(pid: int) -> Iterator[None]:
    """The process stands still (SIGSTOP) inside the block; it wakes whatever happens there."""
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


class Pair:
    """An embedded Redis and MongoDB of a data folder; addresses stay the same over restarts."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir
        self.addresses = stack.up(data_dir, lambda _line: None)

    @property
    def redis_pid(self) -> int:
        return self._pid(0)

    @property
    def mongo_pid(self) -> int:
        return self._pid(1)

    def up(self) -> None:
        """Starts again what does not run; returns when it answers."""
        again = stack.up(self.data_dir, lambda _line: None)
        if again != self.addresses:
            raise RuntimeError(f"the servers came back at other addresses: {again}")

    def kill(self, pid: int, number: signal.Signals = signal.SIGKILL) -> None:
        """Ends a server's process and waits until it is gone."""
        os.kill(pid, number)
        deadline = time.monotonic() + 30
        while pid in {state.pid for state in stack.status(self.data_dir) if state.running}:
            if time.monotonic() > deadline:
                raise TimeoutError(f"process {pid} does not end")
            time.sleep(0.05)

    def empty(self, database: str) -> None:
        """Nothing of an earlier round is left."""
        with redis.Redis.from_url(self.addresses.redis_url) as client:
            client.config_set("maxmemory", 0)
            client.flushall()
        with MongoClient[dict[str, Any]](self.addresses.mongo_uri) as client:
            client.drop_database(database)

    def _pid(self, which: int) -> int:
        pid = stack.status(self.data_dir)[which].pid
        if pid is None:
            raise RuntimeError("the server does not run")
        return pid


class _Member(MongoServer):
    """A mongod that waits to be told of its set."""

    def prepare(self, place: Place) -> bool:
        """Nothing: the set is initiated when all members are up."""
        return True


class ReplicaSet:
    """Three mongods; elections take about a second instead of ten."""

    def __init__(self, folder: Path) -> None:
        self._members = [_Member(folder / f"member{number}") for number in range(3)]
        urls = [member.start(tcp=True)[0] for member in self._members]
        self._hosts = [url.removeprefix("mongodb://").partition("/")[0] for url in urls]
        config = {
            "_id": REPLICA_SET,
            "members": [{"_id": number, "host": host} for number, host in enumerate(self._hosts)],
            "settings": {"electionTimeoutMillis": 1000, "heartbeatIntervalMillis": 300},
        }
        with MongoClient[dict[str, Any]](f"mongodb://{self._hosts[0]}/", directConnection=True) as client:
            client.admin.command("replSetInitiate", config)
        self.uri = f"mongodb://{','.join(self._hosts)}/?replicaSet={REPLICA_SET}&w=majority"
        self._await_members()

    def primary(self) -> str:
        """``host:port`` of the primary; waits for one."""
        with MongoClient[dict[str, Any]](self.uri, serverSelectionTimeoutMS=30_000) as client:
            client.admin.command("ping")
            host, port = client.primary or ("", 0)
            return f"{host}:{port}"

    def step_down(self, seconds: int = 5) -> tuple[str, str]:
        """The primary steps down for so long; returns it and its successor once there is one."""
        before = self.primary()
        with MongoClient[dict[str, Any]](f"mongodb://{before}/", directConnection=True) as client:
            client.admin.command({"replSetStepDown": seconds, "secondaryCatchUpPeriodSecs": 3})
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                after = self.primary()
            except PyMongoError:
                continue
            if after != before:
                return before, after
            time.sleep(0.1)
        raise TimeoutError("no other member became primary")

    def kill_primary(self) -> str:
        """SIGKILL to the primary; returns its address. :meth:`up` starts it again."""
        address = self.primary()
        member = self._members[self._hosts.index(address)]
        state = member.state()
        if state.pid is None:
            raise RuntimeError("the primary has no process")
        os.kill(state.pid, signal.SIGKILL)
        return address

    def up(self) -> None:
        """Starts the members that do not run."""
        for member in self._members:
            member.start(tcp=True)
        self._await_members()

    def stop(self) -> None:
        """Kills all members: nobody wants their data any more."""
        for member in self._members:
            state = member.state()
            if state.pid is not None:
                os.kill(state.pid, signal.SIGKILL)

    def _await_members(self) -> None:
        """Until one is primary and the others have caught up: before that nobody could take over."""
        deadline = time.monotonic() + 60
        with MongoClient[dict[str, Any]](self.uri, serverSelectionTimeoutMS=30_000) as client:
            while time.monotonic() < deadline:
                members = client.admin.command("replSetGetStatus")["members"]
                if all(member["stateStr"] in {"PRIMARY", "SECONDARY"} for member in members):
                    return
                time.sleep(0.1)
        raise TimeoutError("the replica set does not come together")
