from __future__ import annotations

import io
from datetime import timedelta

from rich.console import Console

from crawler.commands.summary import print_summary
from crawler.items import Failure, Listing
from crawler.storage.read.summary import ChannelCount, summarize


async def fill(articles, failures, make_article, clock):
    await articles.store(
        [
            make_article(
                1, published_at=clock.now, published="2022-11-03T16:00:00+08:00", title="[最新] 一条"
            ),
            make_article(2, published_at=clock.now - timedelta(days=1), channels=("fujian", "shizheng")),
            make_article(3, published_at=None, published=None, channels=(), found_on=()),
            make_article(4, url="http://copy.fjsen.com/1.htm", text=make_article(1).text),
            make_article(5, portal="other", channels=(), found_on=()),
        ]
    )
    await failures.store(
        [
            Failure(url=f"http://a.fjsen.com/{n}", portal="fjsen", reason=reason, at=clock.now)
            for n, reason in enumerate(["404", "404", "timeout"])
        ]
    )


async def test_by_portal_and_channel(database, articles, failures, make_article, clock):
    await fill(articles, failures, make_article, clock)
    fjsen, other = await summarize(database, headlines=2)
    assert (fjsen.portal, fjsen.articles, fjsen.clusters) == ("fjsen", 4, 3)
    assert fjsen.channels == (
        ChannelCount("fujian", 3, clock.now),
        ChannelCount(None, 1, None),
        ChannelCount("shizheng", 1, clock.now - timedelta(days=1)),
    )
    assert fjsen.failures == {"404": 2, "timeout": 1}
    assert [headline.title for headline in fjsen.headlines] == ["[最新] 一条", "第4届海峡论坛开幕"]
    assert (other.portal, other.articles, other.failures) == ("other", 1, {})
    assert [summary.portal for summary in await summarize(database, ["other"])] == ["other"]


async def test_an_empty_database(database):
    assert await summarize(database) == ()
    (nothing,) = await summarize(database, ["fjsen"])
    assert (nothing.articles, nothing.channels, nothing.headlines) == (0, (), ())


async def test_lists_without_an_entry_have_a_column(database, articles, failures, make_article, clock):
    await fill(articles, failures, make_article, clock)
    empty = [
        ("http://www.fjsen.com/a/", "fujian"),
        ("http://www.fjsen.com/b/", "shequ"),
        ("http://www.fjsen.com/", None),
    ]
    await failures.store(
        [
            Failure(
                url=url, portal="fjsen", reason="empty-list", at=clock.now,
                found_on=(Listing("fjsen", channel, "channel", clock.now),),
            )
            for url, channel in empty
        ]
    )  # fmt: skip
    summary, other = await summarize(database)
    assert summary.empty_lists == {"fujian": 1, "shequ": 1, None: 1}
    console = Console(file=io.StringIO(), width=100)
    print_summary(console, [summary, other], {"fjsen": {"shequ": "社区"}})
    printed = console.file.getvalue()
    rows = {
        line.split("│")[2].strip(): [cell.strip() for cell in line.split("│")]
        for line in printed.splitlines()
        if "fjsen" in line and "│" in line
    }
    assert rows["社区"][3:6] == ["0", "", "1"], "a channel that has nothing else"
    assert rows["shizheng"][5] == ""
    assert rows["all (3 without exact copies)"][5] == "3"
    assert "empty-list" not in printed, "it is no failure"
    plain = Console(file=io.StringIO(), width=100)
    print_summary(plain, [other])
    assert "empty lists" not in plain.file.getvalue()


async def test_printed(database, articles, failures, make_article, clock):
    await fill(articles, failures, make_article, clock)
    console = Console(file=io.StringIO(), width=100)
    print_summary(console, await summarize(database), {"fjsen": {"fujian": "福建要闻"}})
    printed = console.file.getvalue()
    assert "福建要闻" in printed
    assert "2022-11-03 16:00  [最新] 一条  福建日报" in printed, "a title is no markup"
    assert "fjsen failed: 2 404, 1 timeout" in printed
