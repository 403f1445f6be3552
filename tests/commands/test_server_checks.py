"""What a given server refuses is one line before anything is opened, with exit code 2 and no traceback."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import ssl
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from pymongo import MongoClient
from scrapy.utils.project import get_project_settings

from crawler.commands.server_checks import check_mongo, check_redis
from crawler.errors import CrawlerError
from crawler.stack.ports import free_port
from crawler.storage import connect
from tests.frontier.redis_process import RedisProcess
from tests.stack.certificates import self_signed
from tests.stack.mongo_process import MongoProcess, make_set

ROOT = Path(__file__).resolve().parent.parent.parent


def check(**variables: str) -> list[str]:
    """What both servers are warned of, as every command of the project looks at them first."""
    given = get_project_settings()
    for name, value in variables.items():
        given.set(name, value, priority="cmdline")
    return [*check_redis(given), *check_mongo(given)]


def refusal(**variables: str) -> str:
    """The one line of what is refused."""
    with pytest.raises(CrawlerError) as error:
        check(**variables)
    assert error.value.exit_code == 2
    assert "\n" not in str(error.value)
    return str(error.value)


def with_user(url: str, userinfo: str) -> str:
    return url.replace("://", f"://{userinfo}@")


class TlsDoor:
    """TLS in front of a server on loopback."""

    def __init__(self, certificate: Path, port: int) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self._behind = port
        self._context = context
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                threading.Thread(target=self._pass_on, args=(connection,), daemon=True).start()

    def _pass_on(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection:
            outside = self._context.wrap_socket(connection, server_side=True)
            with outside, socket.create_connection(("127.0.0.1", self._behind)) as inside:
                back = threading.Thread(target=self._copy, args=(inside, outside), daemon=True)
                back.start()
                self._copy(outside, inside)

    @staticmethod
    def _copy(source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                target.sendall(data)
            target.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._listener.close()


@pytest.fixture
def redis(tmp_path):
    process = RedisProcess(tmp_path)
    process.start()
    yield process
    process.stop()


USERS = {
    "Wrong2Keys": ("~other:*", "+@all"),
    "Wrong2Kind": ("~{news}:*", "+@read", "+@scripting", "+info"),
    "Wrong2Some": ("~{news}:*", "+@all", "-hset", "-zadd"),
    "Wrong2Eval": ("~{news}:*", "+@all", "-@scripting"),
    "Right2Most": ("~{news}:*", "+@all", "-@dangerous"),
}


def test_what_redis_refuses_is_said_before_anything_is_opened(redis, mongo_uri, tmp_path):
    given = {"MONGO_URI": mongo_uri, "DATA_DIR": str(tmp_path / "data")}
    with redis.client() as client:
        for name, rights in USERS.items():
            client.execute_command("ACL", "SETUSER", name, "on", ">Secr3t", *rights)
    shown = f"redis://127.0.0.1:{redis.port}"
    rights = "does not permit its user"
    for userinfo, says in {
        "Wrong2Keys:Secr3t": f"{shown} {rights} a key of the frontier",
        "Wrong2Kind:Secr3t": f"{shown} {rights} DEL, EXPIRE, HDEL",
        "Wrong2Some:Secr3t": f"{shown} {rights} HSET, ZADD on the frontier's keys",
        "Wrong2Eval:Secr3t": f"{shown} {rights} the command EVALSHA",
        "Right2Most:other5": f"{shown} wants another user or password",
        "Nobody0:Secr3t": f"{shown} wants another user or password",
    }.items():
        line = refusal(REDIS_URL=with_user(redis.url, userinfo), **given)
        assert line.startswith(f"Redis at {says}"), line
        assert not [part for part in userinfo.split(":") if part in line]
    # who is not told what server it is may crawl all the same
    assert check(REDIS_URL=with_user(redis.url, "Right2Most:Secr3t"), **given) == []


def test_a_redis_that_is_a_replica_or_wants_a_password(redis, mongo_uri, tmp_path):
    (tmp_path / "replica").mkdir()
    replica = RedisProcess(tmp_path / "replica", "--replicaof", "127.0.0.1", str(redis.port))
    replica.start()
    try:
        line = refusal(REDIS_URL=replica.url, MONGO_URI=mongo_uri)
    finally:
        replica.stop()
    assert line == (
        f"Redis at redis://127.0.0.1:{replica.port} is a replica, which takes no writes: "
        "give the address of its primary in REDIS_URL"
    )
    with redis.client() as client:
        client.config_set("requirepass", "Secr3t")
    line = refusal(REDIS_URL=redis.url, MONGO_URI=mongo_uri)
    assert "wants another user or password" in line


def test_certificates_of_redis(redis, mongo_uri, tmp_path):
    certificate, both = self_signed(tmp_path)
    door = TlsDoor(both, redis.port)
    try:
        url = f"rediss://:Secr3t@127.0.0.1:{door.port}/0"
        line = refusal(REDIS_URL=url, MONGO_URI=mongo_uri)
        assert "the certificate of Redis is not trusted (self-signed certificate): ?ssl_ca_certs=FILE" in line
        assert "Secr3t" not in line
        assert check(REDIS_URL=f"{url}?ssl_ca_certs={certificate}", MONGO_URI=mongo_uri) == []
        line = refusal(REDIS_URL=redis.url.replace("redis:", "rediss:"), MONGO_URI=mongo_uri)
        assert "does not answer, or speaks no TLS" in line
        line = refusal(REDIS_URL=f"redis://127.0.0.1:{door.port}/0", MONGO_URI=mongo_uri)
        assert "closes the connection at once: where it wants TLS, the address begins with rediss://" in line
    finally:
        door.close()


@pytest.mark.parametrize(
    ("variable", "address", "says"),
    [
        (
            "REDIS_URL",
            "redis://:Geheim@Wort2026/x@127.0.0.1:6379/0",
            "REDIS_URL has an @ behind its host: percent-encode @ : / # ? % + in its user and password (/ is %2F)",
        ),
        ("REDIS_URL", "127.0.0.1", "REDIS_URL is no Redis address (redis://HOST:PORT/0)"),
        (
            "REDIS_URL",
            "redis://Geheim:Wort2026@127.0.0.1:1/0",
            "Redis at redis://127.0.0.1:1 does not answer: start it, or correct REDIS_URL",
        ),
        (
            "REDIS_URL",
            "unix:///no/Redis.sock",
            "Redis at unix:///no/Redis.sock does not answer: start it, or correct",
        ),
        ("MONGO_URI", "127.0.0.1", "MONGO_URI is no MongoDB address (mongodb://HOST:PORT/?replicaSet=…)"),
        (
            "MONGO_URI",
            "mongodb://Geheim:Wort/2026@127.0.0.1:1/",
            "MONGO_URI has an @ behind its host: percent-encode",
        ),
        (
            "MONGO_URI",
            "mongodb://Geheim:Wort@2026@127.0.0.1:1/",
            "MONGO_URI: its user or password cannot be read: perc",
        ),
        (
            "MONGO_URI",
            "mongodb://Geheim:Wort2026@127.0.0.1:1/news",
            "MongoDB at mongodb://127.0.0.1:1 does not answer as primary: start it, or correct MONGO_URI (127.0.0.1:1",
        ),
    ],
)
def test_an_address_that_is_wrong(redis_url, variable, address, says):
    line = refusal(**{"REDIS_URL": redis_url, variable: address})
    assert line.startswith(says)
    assert not [part for part in ("Geheim", "Wort", "2026") if part in line]


@pytest.fixture
def mongo(tmp_path):
    made = []

    def make(*options: str) -> MongoProcess:
        folder = tmp_path / f"mongo-{len(made)}"
        folder.mkdir()
        made.append(MongoProcess(folder, *options))
        return made[-1]

    yield make
    for process in made:
        process.stop()


def test_what_mongodb_refuses_is_said_before_anything_is_opened(redis_url, mongo):
    server = mongo("--auth")
    server.start().admin.command("createUser", "root", pwd="Secr3t", roles=["root"])
    with MongoClient(with_user(server.uri, "root:Secr3t")) as client:
        client.news.command("createUser", "reader", pwd="Secr3t", roles=["read"])
        client.news.command("createUser", "writer", pwd="Secr3t", roles=["readWrite"])
    shown = f"MongoDB at mongodb://{server.host}"
    may_not = "createIndexes in the database news: MONGO_URI needs a user with readWrite there"
    for userinfo, says in {
        "": f"{shown} does not permit find, update, delete, {may_not}",
        "reader:Secr3t": f"{shown} does not permit update, delete, {may_not}",
        "writer:wrong": f"{shown} refuses the user or the password: Authentication failed",
        "nobody0:Secr3t": f"{shown} refuses the user or the password: Authentication failed",
    }.items():
        uri = with_user(server.uri, userinfo) if userinfo else server.uri
        line = refusal(REDIS_URL=redis_url, MONGO_URI=f"{uri}news")
        assert line.startswith(says), line
        assert not [part for part in ("reader", "writer", "nobody0", "Secr3t", "wrong") if part in line]
    # it may, and is told what such a server is worth; nothing is written by asking
    allowed = {"REDIS_URL": redis_url, "MONGO_URI": with_user(server.uri, "writer:Secr3t") + "news"}
    (warning,) = check(**allowed)
    assert warning.startswith(f"{shown} stands alone: a crash can lose writes that it has acknowledged")
    with MongoClient(with_user(server.uri, "root:Secr3t")) as client:
        assert "news" not in client.list_database_names()


async def _first(client):
    return await client.news.articles.find_one()


def test_members_of_replica_sets(redis_url, mongo):
    first, second = mongo("--replSet", "rs7"), mongo("--replSet", "rs7")
    clients = [first.start(), second.start()]
    uri = f"mongodb://{first.host}/?replicaSet="
    assert "its replica set was never set up (rs.initiate() in mongosh)" in refusal(
        REDIS_URL=redis_url, MONGO_URI=f"{uri}rs7"
    )
    make_set("rs7", [first, second], clients)
    line = refusal(REDIS_URL=redis_url, MONGO_URI=f"{uri}rs0")
    assert (
        f"MongoDB at mongodb://{first.host} is of the replica set rs7, not of rs0: correct replicaSet" in line
    )
    line = refusal(REDIS_URL=redis_url, MONGO_URI=f"mongodb://{second.host}/?directConnection=true")
    assert (
        f"{second.host} is a secondary, which takes no writes: the primary is {first.host}; use replicaSet=rs7"
        in line
    )
    with asyncio.Runner() as runner:
        # who only reads (scrapy export) may spare the primary
        client = runner.run(connect(f"mongodb://{second.host}/?directConnection=true", writes=False))
        assert runner.run(_first(client)) is None
        runner.run(client.close())
    for well in (f"{uri}rs7", first.uri, second.uri):
        assert check(REDIS_URL=redis_url, MONGO_URI=well) == []
    first.stop()
    line = refusal(REDIS_URL=redis_url, MONGO_URI=f"mongodb://{second.host}/?replicaSet=rs7")
    assert "does not answer as primary: " in line


def test_certificates_of_mongodb(redis_url, mongo, tmp_path):
    certificate, both = self_signed(tmp_path)
    server = mongo(
        "--tlsMode",
        "requireTLS",
        "--tlsCertificateKeyFile",
        str(both),
        "--tlsAllowConnectionsWithoutCertificates",
    )
    server.start(tls=True, tlsCAFile=str(certificate)).close()
    line = refusal(REDIS_URL=redis_url, MONGO_URI=f"{server.uri}?tls=true")
    assert "has a certificate that is not trusted (self-signed certificate" in line
    assert "tlsCAFile=FILE" in line
    line = refusal(REDIS_URL=redis_url, MONGO_URI=server.uri)
    assert "with TLS: tls=true" in line
    assert len(check(REDIS_URL=redis_url, MONGO_URI=f"{server.uri}?tls=true&tlsCAFile={certificate}")) == 1


def test_a_server_that_wants_no_set_name(redis_url, mongo):
    server = mongo()
    server.start().close()
    line = refusal(REDIS_URL=redis_url, MONGO_URI=f"{server.uri}?replicaSet=rs0")
    assert (
        f"mongodb://{server.host} is of no replica set: leave out replicaSet=rs0, or start it with --replSet rs0"
        in line
    )


@pytest.mark.parametrize(
    ("variables", "says"),
    [
        (
            {"REDIS_URL": "redis://:Geheim@Wort2026/x@127.0.0.1:6379/0"},
            "REDIS_URL has an @ behind its host: percent-encode @ : / # ? % + in its user and password (/ is %2F)",
        ),
        (
            {"MONGO_URI": "{mongo}"},
            "MongoDB at mongodb://",
        ),
    ],
)
@pytest.mark.parametrize(
    "words", [("crawl", "portal", "-a", "portal=sample"), ("fleet", "sample"), ("stack", "up")]
)
def test_a_command_ends_with_it(words, variables, says, redis_url, mongo_uri):
    wrong = with_user(mongo_uri, "Geheim:Wort2026")
    given = {name: value.replace("{mongo}", wrong) for name, value in variables.items()}
    answer = subprocess.run(
        [sys.executable, "-W", "error", "-m", "scrapy", *words],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "REDIS_URL": redis_url, "MONGO_URI": mongo_uri, **given},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (answer.returncode, answer.stdout) == (2, "")
    (line,) = answer.stderr.splitlines()
    assert line.startswith(f"error: {says}")
    assert says.startswith("REDIS") or " refuses the user or the password: Authentication failed" in line
    assert not [part for part in ("Geheim", "Wort", "2026") if part in line]


def test_nobody_there(redis_url, mongo_uri):
    port = free_port()
    for variables in (
        {"REDIS_URL": f"redis://me:secret@127.0.0.1:{port}", "MONGO_URI": mongo_uri},
        {"MONGO_URI": f"mongodb://me:secret@127.0.0.1:{port}", "REDIS_URL": redis_url},
    ):
        line = refusal(**variables)
        assert f"127.0.0.1:{port} does not answer" in line
        assert "secret" not in line
