from __future__ import annotations

from itertools import combinations

from sample_portal.portals import PORTALS
from sample_portal.scoring import body_f1
from sample_portal.spinning import spin
from sample_portal.world import World


def test_same_seed_gives_the_same_world_and_another_seed_another(sample: World) -> None:
    again, other = World(PORTALS["sample"], sample.seed), World(PORTALS["sample"], sample.seed + 1)
    assert list(again.articles.values()) == list(sample.articles.values())
    assert {article.title for article in other.articles.values()} != {
        article.title for article in sample.articles.values()
    }


def test_enough_articles_on_five_hosts_each_with_its_own_headline(world: World) -> None:
    assert len(world.articles) >= 400
    assert len({article.host for article in world.articles.values()}) == 5
    alone = [article.title for article in world.articles.values() if not article.group]
    assert len(set(alone)) == len(alone)
    assert len({article.number for article in world.articles.values()}) == len(world.articles)


def test_every_way_to_an_article_is_there(world: World) -> None:
    ways = {frozenset(article.reached) for article in world.articles.values()}
    indexes = ("sitemap", "feed") if world.portal.indexed else ()
    scripts = ("javascript",) if any(channel.script for channel in world.portal.channels) else ()
    assert ways == {
        frozenset({way})
        for way in ("channel", "related", "home", "photo", "video", "hot", *indexes, *scripts)
    }
    assert {len(article.pages) for article in world.articles.values()} == {1, 2, 3}
    assert any(len(article.channels) == 3 for article in world.articles.values())


def test_copies_have_the_same_words_on_different_hosts(world: World) -> None:
    groups = world.groups()
    assert len(groups) >= 12
    for members in groups.values():
        assert len(members) >= 2
        assert len({member.url for member in members}) == len(members)
        assert len({member.host for member in members}) == len(members)
        assert len({member.text for member in members}) == 1


def test_a_spun_text_can_be_turned_back() -> None:
    assert spin("疫情发生以来，第一时间开展") == "疫情發(fā)生以來，第一時間開(kāi)展"


def test_an_edition_only_adds(world: World) -> None:
    grown = world.grow(2)
    assert grown.articles.items() >= world.articles.items()
    new = [article for article in grown.articles.values() if article.edition == 2]
    assert len(new) >= 20
    newest = max(article.published_at for article in world.articles.values())
    assert all(article.published_at > newest for article in new if article.reached != {"related"})
    changed = [
        url
        for url, article in world.articles.items()
        if world.around(article)["related"] != grown.around(article)["related"]
    ]
    assert len(changed) > 20


def test_times_are_cut_to_their_precision(sample: World) -> None:
    article = next(iter(sample.articles.values()))
    assert article.published_as("day") == f"{article.published_at:%Y-%m-%d}"
    assert article.published_as("minute") == f"{article.published_at:%Y-%m-%dT%H:%M}+08:00"
    assert article.published_as("second") == f"{article.published_at:%Y-%m-%dT%H:%M:%S}+08:00"
    assert all(one.published_at.hour >= 7 for one in sample.articles.values())


def test_different_articles_are_no_near_duplicates(sample: World) -> None:
    by_text = {article.text: article for article in sample.articles.values()}
    articles = [article for article in by_text.values() if article.topic == "医疗"][:12]
    assert max(body_f1(one.text, other.text) for one, other in combinations(articles, 2)) < 0.6
