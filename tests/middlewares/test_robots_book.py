from __future__ import annotations

import asyncio

import pytest

from crawler.middlewares.robots_book import RobotsBook

ORIGIN = "http://www.sample.example"
RULES = b"User-agent: *\nDisallow: /x\nCrawl-delay: 3\n"


class Wire:
    def __init__(self, *answers):
        self.answers = list(answers)
        self.asked = []
        self.together = self.most_together = 0

    async def __call__(self, origin, portal):
        self.asked.append(origin)
        self.together += 1
        self.most_together = max(self.most_together, self.together)
        await asyncio.sleep(0.02)
        self.together -= 1
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@pytest.fixture
def book_of(shared):
    return lambda wire: RobotsBook(shared, wire, "regional-news-crawler")


async def test_one_fetch_serves_all_that_wait_and_all_that_come(shared, book_of):
    wire = Wire((200, RULES))
    book = book_of(wire)
    known = await asyncio.gather(*(book.rules(ORIGIN, "sample") for _ in range(20)))
    assert len(wire.asked) == 1
    assert all(waited for _, waited in known)
    rules, waited = await book.rules(ORIGIN, "sample")
    assert not waited
    assert not rules.allows(ORIGIN + "/x/1")
    assert rules.allows(ORIGIN + "/a")
    assert shared.delays == {ORIGIN + "/": 3.0}


async def test_many_workers_fetch_once(shared, book_of, monkeypatch):
    monkeypatch.setattr("crawler.middlewares.robots_book._POLL_S", 0.005)
    wire = Wire((200, RULES))
    books = [book_of(wire) for _ in range(5)]
    await asyncio.gather(*(book.rules(ORIGIN, "sample") for book in books))
    assert len(wire.asked) == 1
    late, waited = await book_of(wire).rules(ORIGIN, "sample")
    assert len(wire.asked) == 1
    assert not waited
    assert not late.allows(ORIGIN + "/x")


async def test_another_takes_over_from_a_worker_that_died_with_the_hold(shared, book_of, monkeypatch):
    monkeypatch.setattr("crawler.middlewares.robots_book._POLL_S", 0.005)
    wire = Wire((200, RULES))
    assert await shared.hold(f"robots:{ORIGIN}", 60)
    waiting = asyncio.ensure_future(book_of(wire).rules(ORIGIN, "sample"))
    await asyncio.sleep(0.05)
    assert not waiting.done()
    assert wire.asked == []
    shared.pass_(61)
    await asyncio.wait_for(waiting, 2)
    assert len(wire.asked) == 1


async def test_a_day_later_it_is_asked_again(shared, book_of):
    wire = Wire((200, RULES), (404, b""))
    assert not (await book_of(wire).rules(ORIGIN, "sample"))[0].allows(ORIGIN + "/x")
    shared.pass_(86_300)
    assert not (await book_of(wire).rules(ORIGIN, "sample"))[0].allows(ORIGIN + "/x")
    shared.pass_(200)
    assert (await book_of(wire).rules(ORIGIN, "sample"))[0].allows(ORIGIN + "/x")
    assert len(wire.asked) == 2
    assert shared.delays[ORIGIN + "/"] is None


async def test_an_unreachable_server_allows_nothing_until_it_answers(shared, book_of):
    wire = Wire((None, b""), (503, b""), (404, b""))
    closed, _ = await book_of(wire).rules(ORIGIN, "sample")
    assert closed.robots.state == "closed"
    assert not closed.allows(ORIGIN + "/a")
    await book_of(wire).rules(ORIGIN, "sample")
    assert len(wire.asked) == 1
    shared.pass_(61)
    assert not (await book_of(wire).rules(ORIGIN, "sample"))[0].allows(ORIGIN + "/a")
    shared.pass_(121)
    assert (await book_of(wire).rules(ORIGIN, "sample"))[0].allows(ORIGIN + "/a")


async def test_one_waiting_request_that_is_cancelled_does_not_take_the_others_with_it(book_of):
    book = book_of(Wire((200, RULES)))
    first = asyncio.ensure_future(book.rules(ORIGIN, "sample"))
    second = asyncio.ensure_future(book.rules(ORIGIN, "sample"))
    await asyncio.sleep(0.005)
    first.cancel()
    rules, _ = await second
    assert not rules.allows(ORIGIN + "/x")


async def test_what_was_put_there_by_somebody_else_is_not_believed(shared, book_of):
    await shared.cache(f"robots:{ORIGIN}", b"\x80\x04cposix\nsystem\n", 100)
    wire = Wire((200, RULES))
    assert not (await book_of(wire).rules(ORIGIN, "sample"))[0].allows(ORIGIN + "/x")
    assert len(wire.asked) == 1


async def test_memory_is_bounded_by_the_rules_not_by_the_hosts(book_of, monkeypatch):
    monkeypatch.setattr("crawler.middlewares.robots_book._MAX_TEXT", 10_000)
    wire = Wire((200, b"User-agent: *\n" + b"Disallow: /abcdefgh\n" * 150))
    book = book_of(wire)
    for number in range(20):
        await book.rules(f"http://h{number}.sample.example", "sample")
    assert len(book._rules) <= 3
    assert book._text <= 10_000
    assert len(wire.asked) == 20
