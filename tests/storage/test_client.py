from __future__ import annotations

import asyncio

import pytest
from pymongo import AsyncMongoClient

from crawler.errors import Unreachable, UsageError
from crawler.storage import connect, create_indexes
from crawler.storage.indexes import INDEXES


async def test_writes_wait_for_a_majority_whatever_the_address_says(mongo_uri):
    client = await connect(mongo_uri + "&w=0")
    assert client.write_concern.document["w"] == "majority"
    assert client.write_concern.document["j"] is True
    await client.close()


@pytest.mark.parametrize("uri", ["", "mongodb://", "http://127.0.0.1:27017", "mongodb://host:port/"])
async def test_what_is_no_address_is_one_line(uri):
    with pytest.raises(UsageError) as caught:
        await connect(uri)
    assert "MONGO_URI" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("uri", "says"),
    [
        ("mongodb://user9@127.0.0.1:9/?authMechanism=MONGODB-X509&tls=true", "does not answer as primary"),
        (
            "mongodb://user9:pw9@127.0.0.1:9/?authMechanism=MONGODB-X509&tls=true",
            "Passwords are not supported by MONGODB-X",
        ),
        ("mongodb+srv://user9:pw9@a,b/", "is no MongoDB address"),
        (
            "mongodb://user9:pw9@127.0.0.1:8,127.0.0.1:9/?directConnection=true",
            "Cannot specify multiple hosts with",
        ),
        ("mongodb://user9:pw9@%2Fno%2FMongo.sock/", "/no/Mongo.sock does not answer as primary"),
        ("mongodb://user9:pw9@[::1]:9/", "mongodb://[::1]:9 does not answer as primary"),
    ],
)
async def test_what_is_wrong_with_an_address_is_said_without_its_user(uri, says):
    with pytest.raises((UsageError, Unreachable)) as caught:
        await connect(uri, patience=0.3)
    assert says in str(caught.value)
    assert not [secret for secret in ("user9", "pw9") if secret in str(caught.value)]


async def test_nobody_there_is_one_line_without_the_password():
    with pytest.raises(Unreachable) as caught:
        await connect("mongodb://user:secret@127.0.0.1:9/?replicaSet=rs0", patience=0.3)
    line = str(caught.value)
    assert line.startswith(
        "MongoDB at mongodb://127.0.0.1:9 does not answer as primary: start it, or correct MONGO_URI"
    )
    assert "secret" not in line
    assert "\n" not in line
    assert caught.value.exit_code == 2


async def test_indexes_are_created_once_by_any_number_of_workers(mongo_uri, mongo_database):
    clients = [await connect(mongo_uri) for _ in range(4)]
    await asyncio.gather(*(create_indexes(client[mongo_database]) for client in clients))
    database = clients[0][mongo_database]
    for collection, declared in INDEXES.items():
        found = await database[collection].index_information()
        assert set(found) == {"_id_", *(index.document["name"] for index in declared)}
        assert not any(index.get("unique") for index in found.values())
    for client in clients:
        await client.close()


async def test_what_the_crawl_asks_for_is_answered_by_an_index(database, articles, make_article):
    await articles.store([make_article(n) for n in range(5)])
    one = await database["articles"].find_one({})
    for query in (
        {"portal": "fjsen", "published_at": {"$gte": one["published_at"]}},
        {"channels": "fujian"},
        {"content_hash": one["content_hash"]},
        {"cluster_id": one["cluster_id"], "leader": True},
        {"stored_at": {"$gt": one["stored_at"]}},
    ):
        plan = (await database["articles"].find(query).explain())["queryPlanner"]["winningPlan"]
        assert "COLLSCAN" not in str(plan), query


async def test_the_client_is_the_drivers_own(mongo_uri):
    client = await connect(mongo_uri)
    assert isinstance(client, AsyncMongoClient)
    await client.close()
