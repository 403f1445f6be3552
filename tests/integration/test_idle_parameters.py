"""Sessions and moments in addresses: learnt by what pages say, once, for all workers and runs; and what is none."""

from __future__ import annotations

import itertools
import re
import threading
from collections import defaultdict

import pytest
from redis import Redis

from tests.integration.invented import article, listing
from tests.integration.small_sites import article as short_article
from tests.integration.small_sites import entries, page, small_site

__all__ = ["small_site"]

PROFILE = """home = "BASE/"
channels = [{ url = "BASE/bdyw/", name = "要闻" }]
follow_channels = false
"""


NUMBERS = range(1000, 1060)
"""Of the articles that there are."""


class Values:
    """Something else at every call."""

    def __init__(self, make):
        self._count = itertools.count()
        self._lock = threading.Lock()
        self._make = make

    def __call__(self):
        with self._lock:
            return self._make(next(self._count))


def articles_of(asked: list[str]) -> list[str]:
    """What was asked for, without lists and without the addresses that nobody has."""
    return [
        target for target in asked if target not in {"/", "/bdyw/"} and not re.search(r"[/=]97\d{7}", target)
    ]


def moments(name="t"):
    return Values(lambda n: f"{name}=176448960{n:04d}")


def sessions(name="zsid"):
    return Values(lambda n: f"{name}={n * 7919 % 99991:05d}ab{n:04x}e")


def numbers(name="rand"):
    return Values(lambda n: f"{name}=0.{(n * 2654435761) % 10**9:09d}")


def bare():
    return Values(lambda n: f"176448960{n:04d}")


def two():
    return Values(lambda n: f"r=0.{n * 7919 % 99991:05d}&_=176448960{n:04d}")


@pytest.mark.parametrize("values", [moments, sessions, numbers, bare, two])
@pytest.mark.parametrize("path", ["/2026/1128/{}.html", "/show.php?id={}"])
def test_a_moment_in_the_links_of_articles(invent, values, path):
    value, count = values(), 6

    def answer(target):
        if target in ("/", "/bdyw/"):
            now = value()
            mark = "&" if "?" in path else "?"
            return listing([f"{path.format(1000 + n)}{mark}{now}" for n in range(count)])
        found = re.match(re.escape(path).replace(r"\{\}", r"(\d+)"), target)
        return article(int(found[1])) if found and int(found[1]) in NUMBERS else None

    portal = invent(answer, PROFILE)
    asked, said = portal.crawl()
    documents = portal.documents()
    assert len(documents) == count, said
    assert {document["url"] for document in documents} == {
        f"{portal.base}{path.format(1000 + n)}" for n in range(count)
    }
    assert len(articles_of(asked)) <= 3 * count
    assert said.count("never changes the page") == 1
    assert portal.documents("failures") == []
    # old ids are found
    moves = {move["_id"]: move["article"] for move in portal.documents("moves")}
    assert moves
    assert set(moves.values()) <= {document["_id"] for document in documents}
    again, said = portal.crawl()
    assert not articles_of(again), again
    assert len(portal.documents()) == count
    assert "never changes" not in said


def test_what_was_learnt_survives_the_loss_of_redis(invent, redis_url):
    value = moments()

    def answer(target):
        if target in ("/", "/bdyw/"):
            now = value()
            return listing([f"/2026/1128/{1000 + n}.html?{now}" for n in range(4)])
        found = re.match(r"/2026/1128/(\d+)\.html", target)
        return article(int(found[1])) if found and int(found[1]) in NUMBERS else None

    portal = invent(answer, PROFILE)
    portal.crawl()
    with Redis.from_url(redis_url) as redis:
        redis.flushall()
    asked, _ = portal.crawl()
    assert len(articles_of(asked)) == 4  # once each, not once for each list
    assert len(portal.documents()) == 4


def test_a_session_that_every_page_links_to_the_home_page_with(invent):
    value = sessions("sid")

    def answer(target):
        beside = f'<div class="nav"><a href="/index.htm?{value()}">首页</a></div>'
        if target.startswith(("/index.htm", "/bdyw/")) or target == "/":
            return listing([f"/2026/1128/{1000 + n}.html" for n in range(60)], beside=beside)
        found = re.match(r"/2026/1128/(\d+)\.html", target)
        if found is None or int(found[1]) not in NUMBERS:
            return None
        return article(int(found[1])).replace("</body>", f"{beside}</body>")

    portal = invent(answer, PROFILE.replace("false", "true"))
    asked, said = portal.crawl()
    assert len(portal.documents()) == 60
    assert said.count("never changes the page") == 1
    assert len([target for target in asked if "sid=" in target]) <= 12


def with_a_session_in_every_link(count, beside):
    """The answers of a portal of ``count`` articles, each with links to the next ``beside`` of them."""
    value = sessions("s")

    def answer(target):
        found = re.match(r"/2026/1128/(\d+)\.html", target)
        if found and int(found[1]) not in NUMBERS:
            return None
        number = int(found[1]) - 1000 if found else 0
        links = [f"/2026/1128/{1000 + (number + n) % count}.html?{value()}" for n in range(1, beside + 1)]
        if target in ("/", "/bdyw/"):
            return listing(links)
        box = "".join(f'<li><a href="{url}">延伸阅读之{n}</a></li>' for n, url in enumerate(links))
        page = article(number)
        return page.replace("</body>", f'<div class="related"><h3>相关新闻</h3><ul>{box}</ul></div></body>')

    return answer


def test_a_session_in_every_link_of_every_article(invent):
    count = 40
    portal = invent(with_a_session_in_every_link(count, 20), PROFILE)
    asked, said = portal.crawl()
    assert len(portal.documents()) == count
    assert said.count("never changes the page") == 1
    assert len(asked) <= 3 * count


def test_what_is_the_article_stays_apart(invent):
    """Parameters named and valued like sessions and moments that say which page is meant, beside one that does not."""
    value, count = sessions("sid"), 8
    told = [f"176448960{n:04d}" for n in range(count)]
    dead = [f"{told[n]}9" for n in range(6)]

    def answer(target):
        path, _, query = target.partition("?")
        given = defaultdict(str, (part.partition("=")[::2] for part in query.split("&")))
        if path in {"/", "/index.htm"}:
            lists = [f"/list.php?cat=4f{n}a9c2b{n}" for n in range(4)]
            beside = "".join(f'<a href="{url}">栏目{n}的新闻</a>' for n, url in enumerate(lists))
            return listing([f"/2026/1128/{1000 + n}.html" for n in range(count)], beside=beside)
        if path == "/bdyw/":
            # dead links first: all of them get one and the same page, in the portal's own words
            links = [f"/show.php?t={moment}" for moment in (*dead, *told)]
            links += [f"/read.php?id={n}&sid=9c4f{n}ab{n}" for n in range(1, 1 + count)]
            return listing(links, beside=f'<a href="/index.htm?{value()}">首页</a>')
        if path == "/list.php":
            first = 2000 + 10 * int(given["cat"][2])
            return listing([f"/2026/1128/{n}.html" for n in range(first, first + 5)])
        if path == "/show.php" and given["t"] in dead:
            return article(0).replace("第0号消息", "您要找的内容不在这里")
        if path == "/show.php" and given["t"] in told:
            return article(3000 + told.index(given["t"]))
        if path == "/read.php" and given["id"] == given["sid"][4:5]:
            return article(4000 + int(given["id"]))
        found = re.match(r"/2026/1128/(\d+)\.html", path)
        if found is None or int(found[1]) not in (*range(1000, 1008), *range(2000, 2050)):
            return None
        beside = f'<div class="nav"><a href="/index.htm?{value()}">首页</a></div>'
        return article(int(found[1])).replace("</body>", f"{beside}</body>")

    rules = PROFILE.replace("false", "true") + "[article]\nurls = ['/show.php', '/read.php', '/1128/']\n"
    portal = invent(answer, rules)
    for _ in range(2):
        portal.crawl()
    known = {document["title"].partition("（")[2].rstrip("）") for document in portal.documents()}
    for wanted in (*range(1000, 1008), *range(3000, 3008), *range(4001, 4009)):
        assert str(wanted) in known, wanted
    assert {n for n in known if n.startswith("20")} == {
        str(2000 + 10 * k + n) for k in range(4) for n in range(5)
    }
    learnt = portal.documents("parameters")
    assert {(entry["place"].partition("/")[2], *entry["names"]) for entry in learnt} <= {("", "sid")}


def test_the_profile_overrules_what_was_learnt_and_shows_it(invent):
    value = moments()

    def answer(target):
        if target in ("/", "/bdyw/"):
            now = value()
            return listing([f"/2026/1128/{1000 + n}.html?{now}" for n in range(3)])
        found = re.match(r"/2026/1128/(\d+)\.html", target)
        return article(int(found[1])) if found and int(found[1]) in NUMBERS else None

    portal = invent(answer, 'ignore_parameters = ["t"]\n' + PROFILE)
    asked, said = portal.crawl()
    assert len(articles_of(asked)) == 3
    assert "never changes" not in said
    assert not portal.documents("parameters")

    portal.write(PROFILE)
    portal.scrapy("frontier", "clear", "hills")
    portal.crawl()
    shown = portal.scrapy("portals", "hills").stdout
    assert "t says nothing at 127.0.0.1:" in shown
    assert len(portal.documents()) == 3

    portal.write('keep_parameters = ["t"]\n' + PROFILE)
    asked, _ = portal.crawl()
    assert len(articles_of(asked)) == 6
    assert "kept: keep_parameters" in portal.scrapy("portals", "hills").stdout


def test_workers_learn_from_each_other(invent):
    count = 30
    portal = invent(with_a_session_in_every_link(count, 15), PROFILE)
    workers = [
        threading.Thread(target=portal.scrapy, args=("crawl", "portal", "-a", "portal=hills", "-a", "rate=0"))
        for _ in range(3)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(portal.documents()) == count
    assert len(portal.documents("parameters")) == 1
    assert len(portal.asked) <= 3 * count
    again, _ = portal.crawl()
    assert not articles_of(again)


def test_variations_that_were_queued_before_there_were_too_many_are_dropped(small_site):
    """Another article at every look, and links to thirty more of them: nothing is ever learnt."""
    count = itertools.count()

    def answer(url):
        if url == "city.test/":
            return page(entries(1001))
        if "/1001.html" not in url:
            return None
        looks = next(count)
        links = (
            f"<a href='/2026/1128/1001.html?r={looks}x{n}'>清屏县第{n}篇相关报道的标题</a>" for n in range(30)
        )
        return short_article(3000 + looks, after="".join(links))

    done = small_site("", answer)
    asked = sum(n for url, n in done.asked.items() if "/1001.html?" in url)
    assert (done.code, 40 <= asked <= 40 + 120) == (0, True), (
        "and what was under way: this portal has no rate"
    )
    assert "'skipped/variation': " in done.log
    assert done.log.count("no more are followed in this run") == 1
