"""What a request is for survives the way through Redis."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from scrapy import Request

from crawler.discovery import Link
from crawler.portals.page_kind import PageKind
from crawler.spiders.requests import Task, article_priority, list_priority
from crawler.urls import RequestSpec

NOW = datetime(2022, 11, 3, 7, 29, 26, tzinfo=UTC)
LIST = Task(portal="fjsen", kind=PageKind.CHANNEL, channel="node_176", list="channel")


def link(kind: PageKind = PageKind.ARTICLE, listed: str = "channel") -> Link:
    return Link(
        RequestSpec("http://fz.fjsen.com/2022-11/03/content_1.htm"),
        "0" * 32,
        kind,
        listed,
        "标题",
        "2022-11-03",
    )


@pytest.mark.parametrize("task", [LIST, LIST.next_page("node_176"), LIST.found_article(link(), NOW)])
def test_a_task_comes_back_as_it_went(task):
    meta = json.loads(json.dumps(task.meta()))

    assert Task.of(Request("http://fz.fjsen.com/", meta=meta)) == task


def test_an_article_belongs_to_the_channel_whose_own_entry_it_is():
    assert LIST.found_article(link(), NOW).channel == "node_176"
    assert LIST.found_article(link(listed="hot"), NOW).channel is None

    article = LIST.found_article(link(), NOW)
    assert article.found_article(link(), NOW).channel is None, "a box around an article is no channel"


def test_a_foreign_request_is_a_page_of_unknown_kind():
    assert Task.of(Request("http://a.test/", meta={"kind": "spaceship"})).kind is PageKind.OTHER
    assert Task.of(Request("http://a.test/")).list == "adhoc"


def test_a_listing_is_dated_by_its_list():
    found = LIST.found_article(link(), NOW)

    assert found.listing(datetime(2023, 1, 1, tzinfo=UTC)).at == NOW
    assert LIST.listing(NOW).at == NOW


def test_what_is_new_goes_first():
    first, deep = LIST, LIST.next_page("k").next_page("k")
    seen = [
        article_priority(link(), first),
        article_priority(link(), deep),
        article_priority(link(listed="sitemap"), first),
    ]

    assert seen == sorted(seen, reverse=True)
    assert len(set(seen)) == 3
    assert list_priority(LIST) > list_priority(LIST.found_list(link(PageKind.CHANNEL)))
