"""The embedded MongoDB: a replica set of one, because only that keeps acknowledged writes through a kill."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import quote

from pymongo import MongoClient
from pymongo.errors import OperationFailure, PyMongoError

from crawler.stack.binaries import find_mongod, libcurl_for
from crawler.stack.ports import LOOPBACK
from crawler.stack.server import Server

if TYPE_CHECKING:
    from pathlib import Path

    from crawler.stack.place import Place

__all__ = ["MongoServer"]

REPLICA_SET = "rs0"
CACHE_GB = "0.25"
OPLOG_MB = "512"

NOT_YET_INITIALIZED = 94
NOT_IN_CONFIG = 93


class MongoServer(Server):
    """MongoDB with a small cache; its URI carries the replica set."""

    name: ClassVar[str] = "mongo"
    title: ClassVar[str] = "MongoDB"

    def program(self) -> Path:
        """Return the server's program."""
        return find_mongod()

    def options(self, place: Place) -> list[str]:
        """Return the program's arguments."""
        if place.socket is None:
            listen = ["--bind_ip", LOOPBACK, "--port", str(place.port), "--nounixsocket"]
        else:
            listen = ["--bind_ip", str(place.socket), "--filePermissions", "0700"]
        return [
            *listen,
            *("--dbpath", str(self.folder), "--pidfilepath", str(self.pid_file)),
            *("--replSet", REPLICA_SET, "--oplogSize", OPLOG_MB),
            *("--wiredTigerCacheSizeGB", CACHE_GB, "--quiet"),
            # A black box for MongoDB's support: it would write 200 MB nobody here reads.
            *("--setParameter", "diagnosticDataCollectionEnabled=false"),
        ]

    def environment(self, program: Path) -> dict[str, str]:
        """Return the libcurl that the wheel's mongod lacks, for this process alone: see :func:`libcurl_for`."""
        found = libcurl_for(program)
        if found is None:
            return {}
        library, needed = found
        folder = self.pid_file.parent / "lib"
        folder.mkdir(exist_ok=True)
        link = folder / "libcurl.so.4"
        if not link.is_symlink() or link.readlink() != library:
            link.unlink(missing_ok=True)
            link.symlink_to(library)
        inherited = os.environ.get("LD_LIBRARY_PATH")
        return {"LD_LIBRARY_PATH": ":".join([str(folder), str(needed), *([inherited] if inherited else [])])}

    def url(self, place: Place) -> str:
        """Return the address for clients: without ``&``, so that a shell takes the line as it is printed.

        That writes wait for a majority is the store's own setting, whatever the address says.
        """
        if place.socket is None:
            return f"mongodb://{_host(place)}/?replicaSet={REPLICA_SET}"
        # not by the name of its set: drivers write the members' names, this path too, in lower case
        return f"mongodb://{quote(str(place.socket), safe='')}/?directConnection=true"

    def ask_pid(self, place: Place) -> int | None:
        """Return the pid of the MongoDB there; None while it is not there or does not answer."""
        if not place.answers():
            return None  # The driver would try for two seconds.
        with _connect(place) as client:
            try:
                return int(client.admin.command("serverStatus", repl=0, metrics=0, wiredTiger=0)["pid"])
            except (PyMongoError, OSError):
                return None

    def prepare(self, place: Place) -> bool:
        """Make it the primary of its replica set, under the address that it has now."""
        member = {"_id": 0, "host": _host(place)}
        with _connect(place) as client:
            try:
                if _is_primary_as(client, member["host"]):
                    return True
                _configure(client, member)
            except PyMongoError:
                pass  # It is electing itself, or it has died: whoever calls again will see which.
            return False

    def last_words(self, log: str) -> str:
        """Return the last error of the JSON log that gives a reason; where there is none, a line that is no JSON."""
        plain, reported = "", ""
        for line in filter(str.strip, log.splitlines()):
            try:
                entry = json.loads(line)
            except ValueError:
                plain = line
                continue
            if isinstance(entry, dict) and entry.get("s") in {"E", "F"}:
                reason = _reason(entry.get("attr"))
                if reason or not reported:
                    reported = f"{entry.get('msg')}: {reason}" if reason else str(entry.get("msg"))
        return reported or plain


def _reason(attributes: Any) -> str:
    """Return the reason from whichever of MongoDB's places for it has a text."""
    if not isinstance(attributes, dict):
        return ""
    message = attributes.get("message")
    if isinstance(message, dict):  # from the storage engine
        return f"{message.get('msg', '')} ({message.get('error_str', '')})"
    for key in ("error", "message", "reason"):
        if isinstance(attributes.get(key), str):
            return str(attributes[key])
    return ""


def _host(place: Place) -> str:
    """Return what a member of a replica set calls itself."""
    return f"{LOOPBACK}:{place.port}" if place.socket is None else str(place.socket)


def _connect(place: Place) -> MongoClient[dict[str, Any]]:
    return MongoClient(
        f"mongodb://{quote(_host(place), safe=':')}/",
        directConnection=True,
        serverSelectionTimeoutMS=2000,
        connectTimeoutMS=2000,
        socketTimeoutMS=10_000,
    )


def _is_primary_as(client: MongoClient[dict[str, Any]], host: Any) -> bool:
    answer = client.admin.command("hello")
    return bool(answer.get("isWritablePrimary")) and answer.get("me") == host


def _configure(client: MongoClient[dict[str, Any]], member: dict[str, Any]) -> None:
    """Initiate the set, or give its one member the address that it has now."""
    try:
        config = client.admin.command("replSetGetConfig")["config"]
    except OperationFailure as error:
        if error.code not in {NOT_YET_INITIALIZED, NOT_IN_CONFIG}:
            raise
        client.admin.command("replSetInitiate", {"_id": REPLICA_SET, "members": [member]})
        return
    if config["members"][0]["host"] != member["host"]:
        config["members"] = [{**config["members"][0], **member}]
        config["version"] += 1
        client.admin.command("replSetReconfig", config, force=True)
