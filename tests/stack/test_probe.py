"""Given addresses are tried, and their passwords are nobody's business."""

from __future__ import annotations

import pytest

from crawler import stack
from crawler.errors import Unreachable, UsageError
from crawler.stack.addresses import public
from crawler.stack.ports import free_port


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("redis://:secret@10.0.0.7:6379/0", "redis://10.0.0.7:6379"),
        ("mongodb://me:secr@et@a:1,b:2/?replicaSet=rs0", "mongodb://a:1,b:2"),
        ("nonsense", "(no address)"),
    ],
)
def test_what_is_shown_of_an_address(address, shown):
    assert public(address) == shown


@pytest.mark.parametrize(
    ("check", "scheme"),
    [(stack.check_redis, "redis"), (stack.check_mongo, "mongodb")],
    ids=["redis", "mongo"],
)
def test_nobody_there(check, scheme, monkeypatch):
    monkeypatch.setattr("crawler.stack.probe.PATIENCE_S", 0.3)
    port = free_port()
    with pytest.raises(Unreachable, match=f"{scheme}://127.0.0.1:{port} does not answer") as error:
        check(f"{scheme}://me:secret@127.0.0.1:{port}")
    assert "secret" not in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("check", [stack.check_redis, stack.check_mongo], ids=["redis", "mongo"])
def test_no_address_at_all(check):
    with pytest.raises(UsageError, match=r"^(REDIS_URL|MONGO_URI) is no "):
        check("127.0.0.1")


def test_a_wrong_password(redis_url):
    with pytest.raises(Unreachable, match="refuses the password") as error:
        stack.check_redis(redis_url.replace("://", "://me:secret@"))
    assert "secret" not in str(error.value)
