"""A page that links to thousands of dead URLs: the rest of them waits, a bounded number is tried, none is lost."""

from __future__ import annotations

import pytest
from scrapy import Request

from crawler.frontier.admin import Admin
from crawler.frontier.redis import operations
from crawler.frontier.redis.status import portal_status, waiting_lines
from crawler.frontier.requests.link_group import grouped, link_group, shape
from tests.frontier.conftest import UNLIMITED, ident, push

PAGE = "http://a.x.cn/map.html"


def of(n, group="aaaa1111", **more):
    payload = f'{{"v":1,"u":"http://a.x.cn/a/{n}.html","meta":{{"group":"{group}"}}}}'.encode()
    return push(f"{group}{n}", payload=payload, **more)


async def crawl(w, alive=lambda url: False, *, most=5000, fail=None):
    """Leases one by one and says of each whether it is alive; the URLs that were asked, and the events."""
    asked, events = [], []
    while len(asked) < most:
        reply = await w.lease(1)
        events += reply.hosts
        if not reply.leases:
            if reply.drained:
                return asked, events
            continue
        (lease,) = reply.leases
        url = lease.payload.decode().split('"u":"')[1].split('"')[0]
        asked.append(url)
        group = lease.payload.decode().partition('"group":"')[2][:8]
        if fail and not alive(url):
            op = operations.nack(lease, fail, 500, 0, tries=1)
        else:
            op = operations.ack(lease, group, "" if alive(url) else url)
        events += (await w.tell(op)).hosts
    raise AssertionError("no end")


async def test_after_fifty_in_a_row_the_rest_waits_and_two_hundred_a_run_are_tried(worker):
    w = await worker()
    await w.tell(*(of(n) for n in range(1500)))
    asked, events = await crawl(w)
    assert len(asked) == len(set(asked)) == 50 + 200
    assert [(event.what, event.host, event.times) for event in events] == [("doubt", "p", 50)]
    status = await portal_status(w.store, "p")
    assert (status.drained, status.doubtful, status.ready, status.queued) == (True, 1250, 0, 1250)
    assert list(waiting_lines(status)) == ["1,250 links wait because those like them on their page were dead"]
    # the next run tries as many more, and nothing is asked twice
    await w.store.join("p", UNLIMITED)
    more, _ = await crawl(w)
    assert len(more) == 200
    assert not set(asked) & set(more)
    assert (await portal_status(w.store, "p")).doubtful == 1050


async def test_it_waits_behind_everything_else(worker):
    w = await worker()
    await w.tell(
        *(of(n) for n in range(100)), *(push(n, rank=3900, payload=b'{"u":"late"}') for n in range(30))
    )
    asked, _ = await crawl(w, alive=lambda url: url == "late")
    assert asked[50:80] == ["late"] * 30
    assert len(asked) == 130


@pytest.mark.parametrize("dead", [10, 49, 60, 150])
async def test_links_that_live_behind_dead_ones_are_all_asked_in_the_same_run(worker, dead):
    w = await worker()
    await w.tell(*(of(n) for n in range(dead + 100)))
    asked, _ = await crawl(w, alive=lambda url: int(url.split("/")[-1][:-5]) >= dead)
    assert len(set(asked)) == len(asked) == dead + 100
    status = await portal_status(w.store, "p")
    assert (status.doubtful, status.queued) == (0, 0)


async def test_one_alive_among_every_few_is_no_row(worker):
    w = await worker()
    await w.tell(*(of(n) for n in range(600)))
    asked, events = await crawl(w, alive=lambda url: url.endswith("0.html"))
    assert (len(asked), events) == (600, [])


async def test_links_of_other_pages_and_shapes_are_not_meant(worker):
    w = await worker()
    await w.tell(*(of(n, f"{n % 15:08x}") for n in range(15 * 49)))
    asked, events = await crawl(w)
    assert (len(asked), events) == (15 * 49, [])


async def test_links_without_a_page_are_never_doubted(worker):
    w = await worker()
    await w.tell(*(push(n, payload=b'{"u":"http://a.x.cn/"}') for n in range(300)))
    assert len((await crawl(w))[0]) == 300


async def test_what_answers_with_an_error_to_the_last_try_counts_too(worker):
    w = await worker()
    await w.tell(*(of(n) for n in range(400)))
    asked, events = await crawl(w, fail="http-500")
    assert len(asked) == 250
    assert len(events) == 1


async def test_but_a_host_that_is_down_says_nothing_of_links(worker):
    w = await worker()
    await w.tell(*(of(n) for n in range(120)))
    asked, events = await crawl(w, fail="refused")
    assert (len(asked), events) == (120, [])


async def test_a_page_whose_links_live_again_is_trusted_again(worker):
    w = await worker()
    await w.tell(*(of(n) for n in range(900)))
    await crawl(w)
    await w.store.join("p", UNLIMITED)
    asked, _ = await crawl(w, alive=lambda url: True)
    assert len(asked) == 650
    await w.tell(*(of(n) for n in range(1000, 1200)))
    assert len((await crawl(w, alive=lambda url: True))[0]) == 200


async def test_what_waits_is_forgotten_with_its_portal(worker):
    w = await worker()
    await w.tell(*(of(n) for n in range(400)))
    await crawl(w)
    assert await Admin(w.store).clear("p") == 150
    assert await w.store.connection.redis.hlen(w.store.keys("requests")) == 0
    assert (await portal_status(w.store, "p")).doubtful == 0


async def test_several_workers_share_it(worker):
    one, two = await worker("one"), await worker("two")
    await one.tell(*(of(n) for n in range(1000)))
    asked = 0
    for _ in range(2000):
        replies = [await one.lease(4), await two.lease(4)]
        leases = [(w, lease) for w, reply in zip((one, two), replies, strict=True) for lease in reply.leases]
        asked += len(leases)
        for w, lease in leases:
            await w.tell(operations.ack(lease, "aaaa1111", "http://a.x.cn/"))
        if all(reply.drained for reply in replies):
            break
    assert 250 <= asked <= 258


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://a.cn/a/1001.html", "http://a.cn/a/2.html"),
        ("http://a.cn/2022-10/15/content_1.htm", "http://a.cn/2019-01/02/content_32518201.htm"),
        ("http://a.cn/x.asp?ArticleID=1", "http://a.cn/x.asp?ArticleID=99"),
        ("http://a.cn/x.asp?a=1&b=2", "http://a.cn/x.asp?b=x&a=y"),
        ("http://a.cn/news/some-story", "http://a.cn/news/another-story-of-today"),
        ("http://a.cn/p/3f9a77bc01de", "http://a.cn/p/00aa12cd99ff"),
        ("http://a.cn/p/t20221103_3.html", "http://a.cn/p/t20190101_12345.html"),
    ],
)
def test_of_one_shape(one, other):
    assert shape(one) == shape(other)
    assert link_group(PAGE, one) == link_group(PAGE, other)
    assert link_group(PAGE, one) != link_group(PAGE + "?2", one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://a.cn/a/1.html", "http://b.cn/a/1.html"),
        ("http://a.cn/sports/1.html", "http://a.cn/local/1.html"),
        ("http://a.cn/a/1.html", "http://a.cn/a/1.pdf"),
        ("http://a.cn/a/content_1.html", "http://a.cn/a/index_1.html"),
        ("http://a.cn/x.asp?id=1", "http://a.cn/x.asp?page=1"),
        ("http://a.cn/a/1.html", "http://a.cn/a/b/1.html"),
        ("http://a.cn/a/", "http://a.cn/a/1"),
    ],
)
def test_of_two_shapes(one, other):
    assert shape(one) != shape(other)


def test_requests_carry_their_group():
    (request,) = grouped(PAGE, [Request("http://a.cn/a/1.html", meta={"kind": "article"})])
    assert request.meta == {"kind": "article", "group": link_group(PAGE, "http://a.cn/a/2.html")}
    assert ident("x")
