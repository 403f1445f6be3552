"""Links that narrow runs leave for others; the whole way is in tests/integration/test_scopes.py."""

from __future__ import annotations

import pytest

from crawler.frontier.admin import Admin
from crawler.frontier.redis import operations
from crawler.frontier.redis.status import portal_status
from tests.frontier.conftest import UNLIMITED, ident, push


@pytest.fixture
def parked(worker):
    async def read(store):
        return await store.connection.redis.hgetall(store.keys("parked:p"))

    return read


async def test_what_was_queued_is_not_kept_and_what_is_kept_is_kept_once(worker, parked):
    w = await worker()
    await w.tell(
        push(1),
        operations.park("p", ident(1), b"one", 10, once=True),
        operations.park("p", ident(2), b"two", 10, once=True),
    )
    await w.tell(operations.park("p", ident(2), b"again", 10, once=True))
    assert await parked(w.store) == {ident(2).encode(): b"two"}
    await w.tell(push(2), operations.unpark("p", ident(2), once=True))
    assert await parked(w.store) == {}
    assert (await w.lease(5)).leases


async def test_no_more_than_there_is_room_for(worker, parked):
    w = await worker()
    await w.tell(*(operations.park("p", ident(n), b"x", 3, once=True) for n in range(9)))
    assert len(await parked(w.store)) == 3


async def test_what_found_no_room_is_counted_and_told_once_a_run(worker):
    w = await worker(join=("p", "q"))
    other = await worker("other", join=("p", "q"))
    assert (
        await w.tell(push(9), *(operations.park("p", ident(n), b"x", 3, once=True) for n in range(3)))
    ).crowded == ()
    # what was queued, or is kept already, is not lost
    again = [operations.park("p", ident(n), b"x", 3, once=True) for n in (0, 2, 9)]
    assert (await w.tell(*again)).crowded == ()
    assert (await portal_status(w.store, "p")).parked_full == 0

    assert (await w.tell(*(operations.park("p", ident(n), b"x", 3, once=True) for n in (5, 6)))).crowded == (
        "p",
    )
    assert (await other.tell(operations.park("p", ident(7), b"x", 3, once=True))).crowded == ()
    assert (await other.tell(operations.park("q", ident(7), b"x", 0, once=True))).crowded == ("q",)
    status = await portal_status(w.store, "p")
    assert (status.parked, status.parked_full) == (3, 3)

    (lease,) = await w.leases()
    await w.tell(operations.ack(lease))
    assert (await w.store.join("p", UNLIMITED)).number == 2
    assert (await w.tell(operations.park("p", ident(8), b"x", 3, once=True))).crowded == ("p",)


async def test_clear_forgets_them(worker, parked):
    w = await worker()
    await w.tell(operations.park("p", ident(1), b"one", 10, once=True))
    await Admin(w.store).clear("p")
    assert await parked(w.store) == {}


async def test_an_article_of_another_day_stays_until_its_day_is_asked_for(worker, parked):
    w = await worker()
    await w.tell(push(1))
    await w.tell(operations.skipped("p", ident(1)), operations.park("p", ident(1), b"one", 10, once=True))
    await w.tell(push(1), operations.unpark("p", ident(1), once=True))
    assert await parked(w.store), "it is of no day that anybody asked for yet"


async def test_a_list_is_kept_although_it_is_read_in_this_run(worker, parked):
    w = await worker()
    await w.tell(push(1, mode="R"), operations.park("p", ident(1), b"list", 10, once=False))
    assert await parked(w.store)
    await w.tell(operations.unpark("p", ident(1), once=False))
    assert not await parked(w.store)
