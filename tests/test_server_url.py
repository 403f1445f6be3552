"""Of an address, a message shows nothing that stands between the scheme and the last @."""

from __future__ import annotations

import asyncio
import warnings

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.errors import CrawlerError, UsageError
from crawler.frontier.redis.connection import Connection
from crawler.server_url import public, read_server_url
from crawler.storage import connect

# Letters that are in no message; the separators of addresses, between which a parser may cut, come on top.
LETTERS = "ΓΔΘΛΞΠΣΦΨΩ"
SECRETS = st.text(alphabet=LETTERS + "@:/#?%+&=[],. \n", min_size=1, max_size=24).filter(
    set(LETTERS).intersection
)
SCHEMES = ("redis", "rediss", "unix", "redis+sentinel", "mongodb", "mongodb+srv", "http", "REDIS")
BEHIND = (
    "127.0.0.1:1/0",
    "127.0.0.1:1,127.0.0.1:2/news/0",
    "",
    "/tmp/none.sock",
    "[::1]:1",
    "127.0.0.1:x/?a=b",
    "h/?w=1#",
)


def message_of(use) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            message = str(use())
        except CrawlerError as error:
            message = str(error)
    assert "\n" not in message
    return message


async def _connect(uri: str) -> str:
    client = await connect(uri, patience=0.001)
    await client.close()
    return ""


@settings(max_examples=400, deadline=None)
@given(scheme=st.sampled_from(SCHEMES), secret=SECRETS, behind=st.sampled_from(BEHIND))
def test_nothing_before_the_last_at_is_in_a_message(scheme, secret, behind):
    url = f"{scheme}://{secret}@{behind}"
    assert not set(LETTERS) & set(public(url))
    assert not set(LETTERS) & set(
        message_of(lambda: read_server_url("REDIS_URL", url, SCHEMES, "address")).partition("(")[0]
    )
    assert not set(LETTERS) & set(message_of(lambda: Connection(url=url).address))


@settings(max_examples=60, deadline=None)
@given(
    scheme=st.sampled_from(("mongodb", "redis")),
    secret=SECRETS,
    behind=st.sampled_from(BEHIND[:1] + BEHIND[2:]),
)
def test_nor_in_what_mongodb_and_its_driver_say(scheme, secret, behind):
    url = f"{scheme}://{secret}@{behind}"
    assert not set(LETTERS) & set(message_of(lambda: asyncio.run(_connect(url))))


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("redis://:secret@10.0.0.7:6379/0", "redis://10.0.0.7:6379"),
        ("mongodb://me:secr@et@a:1,b:2/?replicaSet=rs0", "mongodb://a:1,b:2"),
        ("nonsense", "(no address)"),
        ("me:secret@host:1", "(no address)"),
        ("redis://:Geheim@Wort2026/x@127.0.0.1:6379/0", "redis://127.0.0.1:6379"),
        ("redis://:a#b@h:1", "redis://h:1"),
        ("redis://:a?b@h:1", "redis://h:1"),
        # a password where the host was forgotten
        ("redis://:secret/0", "redis://…"),
        ("redis://h:1/0?password=secret", "redis://h:1"),
        ("mongodb://h/?tlsCertificateKeyFilePassword=secret", "mongodb://h"),
        ("unix://me:secret@/run/my%20redis.sock?db=1&password=secret", "unix:///run/my redis.sock"),
        ("mongodb://me:secret@%2Frun%2Fmongo.sock/?directConnection=true", "mongodb:///run/mongo.sock"),
        ("REDISS://H:1", "rediss://H:1"),
        ("redis://[::1]:6379/0", "redis://[::1]:6379"),
        ("redis+sentinel://u:p@a:1,b:2/news/0", "redis+sentinel://a:1,b:2"),
        ("redis://h\n:1", "redis://…"),
        ("", "(no address)"),
    ],
)
def test_what_is_shown_of_an_address(address, shown):
    assert public(address) == shown


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("redis://:Geheim@Wort2026/x@127.0.0.1:6379/0", "has an @ behind its host: percent-encode @ : / # ?"),
        ("redis://:p#w@h", "has an @ behind its host"),
        ("redis://u:p?w@h:1/0", "has an @ behind its host"),
        ("redis://:secret", "names no host, or a port that is no number; percent-encode"),
        ("redis://h:port/0", "names no host, or a port that is no number"),
        ("h:6379", "is no Redis address"),
        ("http://h", "is no Redis address"),
        ("unix://run/redis.sock", "a socket is unix:///PATH"),
        ("redis://a:1,b:2/0", "several hosts"),
        ("redis+sentinel://a:1,b:2", "address of sentinels"),
        ("redis://h/0?colour=red", "'colour'"),
        ("redis://h:1/0?socket_timeout=soon", "Invalid value for 'socket_timeout'"),
        ("redis://h:99999/0", "0-65535"),
    ],
)
def test_what_cannot_be_used_is_one_line(url, words):
    with pytest.raises(UsageError) as error:
        Connection(url=url)
    assert words in str(error.value)
    assert str(error.value).startswith("REDIS_URL")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("url", "password"),
    [
        ("redis://:a@b@127.0.0.1:1/0", "a@b"),
        ("redis://u:%2F%23%3F%40%3A@127.0.0.1:1/0", "/#?@:"),
        ("rediss://u:p+w@127.0.0.1", "p+w"),
        ("redis+sentinel://u:p%2Fw@127.0.0.1:1,127.0.0.1:2/news", "p/w"),
        ("unix://u:pw@/tmp/x%40y.sock?db=2", "pw"),
        ("redis://127.0.0.1:1/0", None),
    ],
)
def test_what_is_well_written_is_taken(url, password):
    options = Connection(url=url).redis.connection_pool.connection_kwargs
    assert options.get("password") == password
