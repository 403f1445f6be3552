"""What the learner asks and shuts, with a memory in the place of the frontier's."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from crawler.context.questions import questions_of
from crawler.context.variation_gate import VariationGate
from crawler.items import Article
from crawler.portals import load_profile
from crawler.spiders.learning import ParameterLearner
from crawler.spiders.links import LinkRequests
from tests.contexts import make_context

BASE = "http://fz.fjsen.com"
TEXT = "\n".join(f"第{n}段说的是闽江边上的古榕，一共有{n}棵。" for n in range(9))


class Variations:
    """The shared memory, of one process."""

    def __init__(self):
        self.kept, self.evidence, self.counts, self.calls = {}, {}, Counter(), 0

    async def first(self, _, records):
        self.calls += 1
        return [self.kept.setdefault(name, record) for name, record in records.items()], frozenset()

    async def note(self, _, about, evidence):
        self.evidence.setdefault(about, set()).add(evidence)
        return frozenset(self.evidence[about])

    async def count(self, portal, run, path):
        self.counts[path] += 1
        return self.counts[path]

    async def publish(self, *_):
        """Nobody listens."""


class Rules:
    """Notes what is learnt."""

    is_open = True

    def __init__(self):
        self.learnt = []

    async def keep_up(self, _):
        return False

    async def learn(self, found):
        self.learnt.append((found.place, found.others, found.names))
        return True

    def holds_of(self, _):
        return []


@pytest.fixture
def context():
    frontier = SimpleNamespace(
        variations=Variations(),
        runs={"fjsen": 1},
        clock=SimpleNamespace(now=lambda: datetime(2026, 11, 28, tzinfo=UTC)),
        lists=SimpleNamespace(is_seen=lambda *_: False, is_visited=lambda *_: False),
    )
    return make_context(frontier, profiles={"fjsen": load_profile("fjsen")}, rules=Rules())


async def read(context, learner, url: str, number: int) -> None:
    article = Article(url=BASE + url, title=f"第{number}则", text=TEXT.replace("古榕", f"{number}号古榕"))
    await learner.article("fjsen", BASE + url, article)


async def test_a_moment_is_learnt_from_two_articles(context):
    learner = ParameterLearner(context)
    for n in (1, 2):
        for moment in (1764489600123, 1764489600456):
            await read(context, learner, f"/show.php?id={n}&t={moment}", n)
    assert context.rules.learnt == [("fz.fjsen.com/show.php", ("id",), ("t",))]


async def test_a_moment_that_is_the_article_is_refuted_by_two(context):
    learner = ParameterLearner(context)
    for n in range(5):
        await read(context, learner, f"/show.php?t=176448960012{n}", n)
    assert context.rules.learnt == []
    assert context.frontier.variations.calls == 2, "who knows asks no more"


async def test_an_address_without_a_query_asks_nothing(context):
    learner = ParameterLearner(context)
    for n in range(5):
        await read(context, learner, f"/2022-11/03/content_{n}.htm", n)
    assert context.frontier.variations.calls == 0


async def test_an_article_with_ever_new_texts_is_shut_after_forty_variations(context):
    learner, links = ParameterLearner(context), LinkRequests(context)
    link = SimpleNamespace(url=f"{BASE}/a/1001.html?x=77", id="0" * 32)
    other = SimpleNamespace(url=f"{BASE}/show_2022.php?id=77", id="1" * 32)
    task = SimpleNamespace(portal="fjsen")
    for n in range(40):
        assert [*links.new(task, [link, other])] == [link, other]
        await read(context, learner, f"/a/1001.html?x={n}", n)
        await read(context, learner, f"/show_2022.php?id={n}", n)
    assert [*links.new(task, [link, other])] == [other]
    assert context.counters.value("cut/query") == 1


async def test_variations_wait_for_what_three_of_them_come_to():
    gate = VariationGate()

    def question(n):
        return [*questions_of(f"{BASE}/list.php?sid=4f0a9c2b{n}", frozenset())]

    (first,) = question(0)
    assert not await gate.pass_through([first])
    for n in range(1, 4):
        assert not await gate.pass_through(question(n))
    fifth = asyncio.create_task(gate.pass_through(question(4)))
    sixth = asyncio.create_task(gate.pass_through(question(5)))
    await asyncio.sleep(0.01)
    assert not fifth.done()
    gate.judged(first.about)
    assert await fifth
    await asyncio.sleep(0.01)
    assert not sixth.done()
    gate.answer(first.about)
    assert await sixth
    assert not await gate.pass_through(question(6))


async def test_values_that_look_like_ids_wait_for_nothing():
    gate = VariationGate()
    for n in range(50):
        assert not await gate.pass_through(questions_of(f"{BASE}/show.php?id={n}", frozenset()))
