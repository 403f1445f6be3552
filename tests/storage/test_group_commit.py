from __future__ import annotations

import asyncio
import logging

import pytest
from bson.errors import InvalidDocument
from pymongo.errors import AutoReconnect, BulkWriteError, OperationFailure

from crawler.errors import GiveUp, Unreachable
from crawler.storage import GroupWriter, Outage
from crawler.storage.outage import is_outage, one_line


class Commit:
    """A commit function that notes its batches, takes some time, and fails as told."""

    def __init__(self, *failures):
        self.batches = []
        self.failures = list(failures)

    async def __call__(self, items):
        await asyncio.sleep(0.01)
        if self.failures:
            raise self.failures.pop(0)
        self.batches.append(list(items))
        return [GiveUp("unstorable") if item == "bad" else None for item in items]


async def test_what_comes_together_is_written_together():
    commit = Commit()
    writer = GroupWriter(commit, Outage(1), size=10)
    await asyncio.gather(*(writer.put(n) for n in range(25)))
    assert [len(batch) for batch in commit.batches] == [10, 10, 5]
    assert [item for batch in commit.batches for item in batch] == list(range(25))


async def test_what_comes_meanwhile_is_the_next_batch():
    commit = Commit()
    writer = GroupWriter(commit, Outage(1), linger=0)

    async def late(n):
        await asyncio.sleep(0.005)
        await writer.put(n)

    await asyncio.gather(writer.put(0), *(late(n) for n in range(1, 9)))
    assert [len(batch) for batch in commit.batches] == [1, 8]


async def test_nobody_returns_before_the_commit():
    gate = asyncio.Event()

    async def commit(items):
        await gate.wait()
        return [None] * len(items)

    put = asyncio.create_task(GroupWriter(commit, Outage(1)).put(1))
    await asyncio.sleep(0.05)
    assert not put.done()
    gate.set()
    await asyncio.wait_for(put, 1)


async def test_each_caller_learns_its_own_outcome():
    writer = GroupWriter(Commit(), Outage(1))
    outcomes = await asyncio.gather(*(writer.put(x) for x in ("a", "bad", "b")), return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [type(None), GiveUp, type(None)]


async def test_a_document_that_spoils_the_batch_is_found_by_itself():
    async def commit(items):
        if "poison" in items:
            raise InvalidDocument("cannot encode object")
        return [None] * len(items)

    writer = GroupWriter(commit, Outage(1))
    outcomes = await asyncio.gather(*(writer.put(x) for x in ("a", "poison", "b")), return_exceptions=True)
    assert outcomes[0] is outcomes[2] is None
    assert isinstance(outcomes[1], GiveUp)
    assert outcomes[1].reason == "unstorable"


async def test_an_outage_is_waited_for_and_logged_once(caplog):
    commit = Commit(AutoReconnect("connection closed"), AutoReconnect("connection closed"))
    outage = Outage(60)
    writers = [GroupWriter(commit, outage) for _ in range(2)]
    with caplog.at_level(logging.INFO):
        await asyncio.gather(*(writer.put(n) for n, writer in enumerate(writers)))
    assert sorted(item for batch in commit.batches for item in batch) == [0, 1]
    assert [record.levelname for record in caplog.records] == ["WARNING", "INFO"]
    assert caplog.records[0].getMessage().startswith("MongoDB cannot store: connection closed.")


async def test_patience_ends(caplog):
    async def commit(items):
        raise AutoReconnect("connection refused")

    writer = GroupWriter(commit, Outage(0.3))
    outcomes = await asyncio.wait_for(
        asyncio.gather(*(writer.put(n) for n in range(3)), return_exceptions=True), 5
    )
    assert [type(outcome) for outcome in outcomes] == [Unreachable] * 3
    assert "MONGO_URI" in str(outcomes[0])
    assert "\n" not in str(outcomes[0])


async def test_a_cancelled_caller_does_not_disturb_the_others():
    commit = Commit()
    writer = GroupWriter(commit, Outage(1))
    first, second = asyncio.create_task(writer.put(1)), asyncio.create_task(writer.put(2))
    await asyncio.sleep(0.005)
    first.cancel()
    await asyncio.wait_for(second, 1)
    await writer.drain()
    assert commit.batches == [[1, 2]]


@pytest.mark.parametrize(
    ("error", "outage"),
    [
        (AutoReconnect("x"), True),
        (OperationFailure("stepping down", 189), True),
        (OperationFailure("not authorized", 13), False),
        (BulkWriteError({"writeErrors": [{"index": 0, "code": 11000, "errmsg": "dup"}]}), False),
        (BulkWriteError({"writeErrors": [{"index": 0, "code": 11602, "errmsg": "x"}]}), True),
        (BulkWriteError({"writeErrors": [], "writeConcernErrors": [{"code": 64, "errmsg": "w"}]}), True),
        (OperationFailure("out of disk space", 14031), True),
    ],
)
def test_what_is_waited_for(error, outage):
    assert is_outage(error) is outage


def test_a_full_disk_is_named():
    full = BulkWriteError({"writeErrors": [{"index": 0, "code": 14031, "errmsg": "Not enough disk\nspace"}]})
    assert "disk is full" in one_line(full)
