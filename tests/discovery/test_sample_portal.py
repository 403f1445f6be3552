"""Discovery alone on the whole sample portal: what a crawl that follows every link would find."""

from collections import Counter, deque
from dataclasses import dataclass, field
from urllib.parse import urljoin

import pytest

from crawler.discovery import (
    article_pages,
    entry_links,
    is_client_rendered,
    page_kind,
    read_feed,
    read_links,
    read_sitemap,
)
from crawler.parsing import Document
from crawler.portals import load_profile
from crawler.portals.addresses import allowed, article_url
from crawler.portals.page_kind import PageKind
from crawler.urls import url_id
from sample_portal.faults import trap_of
from sample_portal.router import Router
from sample_portal.world import make_world

ARTICLES = {PageKind.ARTICLE, PageKind.GALLERY}


@dataclass
class Walk:
    """What the walk saw."""

    documents: dict = field(default_factory=dict)
    articles: dict = field(default_factory=dict)
    lists: dict = field(default_factory=dict)
    cut: Counter = field(default_factory=Counter)
    traps: Counter = field(default_factory=Counter)
    requests: int = 0


@pytest.fixture(scope="module", params=["sample", "fjsen"])
def portal(request):
    world = make_world(request.param)
    return world, Router(world), load_profile(request.param)


@pytest.fixture(scope="module")
def walk(portal):
    _, router, profile = portal
    walk, seen, queue = Walk(), set(), deque()

    def push(url, kind, channel=None):
        if url_id(url) not in seen:
            seen.add(url_id(url))
            queue.append((url, kind, channel))

    push(profile.home, PageKind.HOME)
    for channel in profile.channels:
        push(channel.url, PageKind.CHANNEL, channel)
    for url in profile.sitemaps:
        push(url, PageKind.SITEMAP)
    for url in profile.feeds:
        push(url, PageKind.FEED)
    while queue and walk.requests < 5000:
        url, kind, channel = queue.popleft()
        reply = None
        for _ in range(6):
            walk.requests += 1
            walk.traps[trap_of(url)] += 1
            reply = router.reply(url)
            if not reply.location:
                break
            target = urljoin(url, reply.location)
            if not allowed(target, profile):
                break
            url = article_url(target, profile)
        if reply.status != 200:
            continue
        if kind is PageKind.SITEMAP:
            sitemap = read_sitemap(reply.body, url)
            for entry in sitemap.children:
                push(entry.url, PageKind.SITEMAP)
            links = entry_links(sitemap.urls, profile, list="sitemap")
        elif kind is PageKind.FEED:
            links = entry_links(read_feed(reply.body, url, reply.content_type).entries, profile, list="feed")
        else:
            doc = Document.from_bytes(reply.body, url, reply.content_type)
            links = read_links(doc, profile, page=kind, channel=channel)
            walk.documents[url] = doc
            (walk.articles if kind in ARTICLES else walk.lists)[url] = (channel, links)
        walk.cut.update(links.cut)
        for link in (*links.articles, *links.channels):
            push(link.url, link.kind)
        if links.next is not None:
            push(links.next.url, links.next.kind, channel)
    return walk


def test_every_article_is_found(portal, walk):
    world, _, profile = portal
    reachable = {
        url
        for url, article in world.articles.items()
        if article.reached
        - {"javascript", *(() if profile.sitemaps else ("sitemap",)), *(() if profile.feeds else ("feed",))}
    }
    assert reachable - walk.articles.keys() == set()


def test_traps_end_by_themselves(walk):
    assert walk.requests < 1000
    assert walk.traps["calendar"] == walk.traps["session"] == walk.traps["query"] == 0
    assert walk.traps["path"] <= 4
    assert walk.cut["calendar"] > 0
    assert walk.cut["repeating"] > 0
    assert walk.cut["astray"] > 0
    assert walk.cut["malformed"] > 0


def test_every_channel_lists_its_own_articles(portal, walk):
    world, _, profile = portal
    for channel in profile.channels:
        if channel.render is not None:
            continue
        shown = {
            link.url
            for there, links in walk.lists.values()
            if there is channel
            for link in links.articles
            if link.list == "channel"
        }
        listed = {article.url for article in world.listed(world.channel(channel.id))}
        moved = {url for url in listed if world.articles[url].listed_path}
        assert listed - shown <= moved, channel.id


def test_lists_that_a_script_fills_are_told_from_all_others(portal, walk):
    _, _, profile = portal
    scripted = {channel.url for channel in profile.channels if channel.render is not None}
    empty = {url for url, (_, links) in walk.lists.items() if not links.articles}
    assert scripted <= empty
    assert {url for url in empty if is_client_rendered(walk.documents[url])} == scripted


def test_lists_around_articles_are_classified(portal, walk):
    world, _, _ = portal
    right = wrong = 0
    for url, (_, links) in walk.articles.items():
        if url not in world.articles:
            continue
        found = {(link.url, link.list): link for link in links.around}
        spun = world.articles[url].spun
        for name, entries in world.around(world.articles[url]).items():
            for entry in entries:
                link = found.get((entry.url, name))
                good = link is not None and link.date == entry.date and (spun or link.title == entry.title)
                right, wrong = right + good, wrong + (not good)
    assert right > 5000
    assert wrong <= 0.002 * right


def test_pages_of_long_articles(portal, walk):
    world, _, profile = portal
    checked = 0
    for url, article in world.articles.items():
        if url in walk.documents:
            assert article_pages(walk.documents[url], profile).further == tuple(article.pages[1:]), url
            checked += len(article.pages) > 1
    assert checked > 50


def test_pages_tell_what_they_are(portal, walk):
    world, router, profile = portal
    wrong = [
        url for url, article in world.articles.items()
        if url in walk.documents and article.kind == "news" and page_kind(walk.documents[url], profile) is not PageKind.ARTICLE
    ]  # fmt: skip
    assert wrong == []
    galleries = [
        url for url, article in world.articles.items() if article.kind == "gallery" and url in walk.documents
    ]
    told = [url for url in galleries if page_kind(walk.documents[url], profile) is PageKind.GALLERY]
    assert len(told) >= 0.8 * len(galleries)
    about = f"{profile.home}about.htm"
    assert page_kind(Document.from_bytes(router.reply(about).body, about), profile) is PageKind.OTHER
