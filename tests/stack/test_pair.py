"""The embedded servers: one pair for all, kept over restarts, ended cleanly."""

from __future__ import annotations

from pymongo import MongoClient
from redis import Redis

from crawler import stack


def test_the_pair_answers_as_it_is_meant_to(servers):
    with Redis.from_url(servers.redis_url, decode_responses=True) as client:
        wanted = {
            "appendonly": "yes",
            "appendfsync": "everysec",
            "maxmemory-policy": "noeviction",
            "set-max-intset-entries": "8192",
            "bind": "127.0.0.1",
        }
        assert client.config_get(*wanted) == wanted
    with MongoClient(servers.mongo_uri) as client:
        hello = client.admin.command("hello")
        assert hello["isWritablePrimary"]
        assert hello["setName"] == "rs0"
        assert client.write_concern.document == {"w": "majority"}
    stack.check(servers)
