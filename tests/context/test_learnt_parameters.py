"""What a crawl does with parameters that others have learnt."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.context.learnt import PortalRules
from crawler.items import LearntParameters
from crawler.portals import load_profile

FOUND = LearntParameters(
    place="fz.fjsen.com/show.php",
    others=("id",),
    names=("t",),
    portal="fjsen",
    example="http://fz.fjsen.com/show.php?id=1&t=2",
    at=datetime(2026, 11, 28, tzinfo=UTC),
)


class Store:
    """A database that counts how often it is asked."""

    def __init__(self):
        self.kept, self.loads = [], 0

    async def load(self):
        self.loads += 1
        return list(self.kept)

    async def targets(self, *_):
        return []

    async def merge(self, *_):
        return []


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture
async def rules(store):
    profiles = {"fjsen": load_profile("fjsen")}
    rules = PortalRules(profiles)
    await rules.open(store)
    store.loads = 0
    yield rules
    await rules.close()


async def test_what_another_worker_has_learnt_is_read_once(rules, store):
    store.kept = [FOUND]
    assert await rules.keep_up([FOUND.id])
    assert not await rules.keep_up([FOUND.id])
    assert (store.loads, rules.holds_of(FOUND.host)) == (1, [FOUND])


async def test_what_the_database_does_not_know_any_more_may_be_learnt_again(rules, store):
    """Redis remembers what was learnt, and the database was dropped, or is an older one."""
    assert not await rules.keep_up([FOUND.id]), "nothing that this page need not be compared for"
    assert not await rules.keep_up([FOUND.id])
    assert store.loads == 1, "asked once, not with every page"


async def test_nothing_new_asks_nobody(rules, store):
    assert not await rules.keep_up([])
    assert store.loads == 0
