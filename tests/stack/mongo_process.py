"""A MongoDB of one test's own: with a password, with TLS, of a replica set that has no primary."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

from pymongo import MongoClient
from pymongo.errors import PyMongoError

from crawler.stack.binaries import find_mongod
from crawler.stack.mongo_server import MongoServer
from crawler.stack.ports import free_port


class MongoProcess:
    """mongod in ``folder``; ``options`` are its further arguments."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.folder = folder
        self.port = free_port()
        self.host = f"127.0.0.1:{self.port}"
        self.uri = f"mongodb://{self.host}/"
        self._options = options
        self._process: subprocess.Popen[bytes] | None = None
        self._client: MongoClient | None = None

    def start(self, **connection) -> MongoClient:
        """Returns a client on this very server, which need not be a primary."""
        data, run = self.folder / "mongo", self.folder / "run"
        for folder in (data, run):
            folder.mkdir(exist_ok=True)
        program = find_mongod()
        self._process = subprocess.Popen(
            [
                *(str(program), "--port", str(self.port), "--bind_ip", "127.0.0.1", "--nounixsocket"),
                *("--dbpath", str(data), "--logpath", str(self.folder / "mongo.log"), "--oplogSize", "64"),
                *(
                    "--wiredTigerCacheSizeGB",
                    "0.25",
                    "--setParameter",
                    "diagnosticDataCollectionEnabled=false",
                ),
                *self._options,
            ],
            env={**os.environ, **MongoServer(self.folder).environment(program)},
            stdout=subprocess.DEVNULL,
        )
        self._client = client = MongoClient(
            self.uri,
            directConnection=True,
            serverSelectionTimeoutMS=20_000,
            socketTimeoutMS=20_000,
            **connection,
        )
        client.admin.command("ping")
        return client

    def wait_for_primary(self, client: MongoClient) -> None:
        deadline = time.monotonic() + 20
        while not client.admin.command("hello")["isWritablePrimary"]:
            assert time.monotonic() < deadline
            time.sleep(0.05)

    def stop(self) -> None:
        if self._client is not None:
            self._client.close()
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            self._process.wait(20)


def make_set(name: str, processes: list[MongoProcess], clients: list[MongoClient]) -> None:
    """Makes them one replica set, of which the first is the primary."""
    members = [
        {"_id": number, "host": process.host, "priority": 1 if number == 0 else 0}
        for number, process in enumerate(processes)
    ]
    clients[0].admin.command("replSetInitiate", {"_id": name, "members": members})
    processes[0].wait_for_primary(clients[0])
    deadline = time.monotonic() + 20
    for client in clients[1:]:
        while not client.admin.command("hello")["secondary"]:
            assert time.monotonic() < deadline
            try:
                time.sleep(0.05)
            except PyMongoError:
                continue
