"""The generated truth: every article of a portal, what lists show it, and what an edition changes."""

from __future__ import annotations

from functools import cached_property, lru_cache
from random import Random
from typing import TYPE_CHECKING

from sample_portal.plan import plan
from sample_portal.portals import PORTALS
from sample_portal.truth import Channel, ListName, Portal, Related, TrueArticle
from sample_portal.writing import Desk

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["World", "make_world"]

_BY_CHANCE = 0.25
_LATEST = 6
_HOT = 6


class World:
    """A portal at one edition. Immutable; the same arguments give the same world, byte for byte.

    ``articles`` maps canonical URLs to articles, in the order in which they were written.
    """

    def __init__(self, portal: Portal, seed: int = 2022, edition: int = 1) -> None:
        self.portal = portal
        self.seed = seed
        self.edition = edition
        desk, written = Desk(portal, seed), dict[str, TrueArticle]()
        for number in range(1, edition + 1):
            for slot in plan(portal, number):
                written[slot.key] = desk.write(slot, written)
        self._by_key: Mapping[str, TrueArticle] = written
        self.articles: Mapping[str, TrueArticle] = {article.url: article for article in written.values()}

    def grow(self, edition: int) -> World:
        """Return the same portal at another edition."""
        return World(self.portal, self.seed, edition)

    @property
    def name(self) -> str:
        """The portal's name: ``sample`` or ``fjsen``."""
        return self.portal.name

    def channel(self, channel_id: str) -> Channel:
        """Return the channel of that id; KeyError if there is none."""
        return self._channels[channel_id]

    def listed(self, channel: Channel) -> tuple[TrueArticle, ...]:
        """Return all articles that the channel lists, newest first."""
        return self._listed[channel.id]

    def pages(self, channel: Channel) -> int:
        """Say how many pages the channel's list has."""
        return max(1, -(-len(self.listed(channel)) // channel.per_page))

    def unlisted(self, reach: ListName) -> tuple[TrueArticle, ...]:
        """Return the articles that only ``reach`` leads to, newest first."""
        return self._unlisted.get(reach, ())

    def groups(self) -> Mapping[str, tuple[TrueArticle, ...]]:
        """Return the articles with the same words under different URLs."""
        found: dict[str, list[TrueArticle]] = {}
        for article in self.articles.values():
            if article.group:
                found.setdefault(article.group, []).append(article)
            elif (key := article.key) in self._copied:
                found.setdefault(key, []).append(article)
        return {group: tuple(members) for group, members in found.items()}

    def around(self, article: TrueArticle) -> Mapping[ListName, tuple[Related, ...]]:
        """Return the lists behind an article's body, in the order in which its page shows them."""
        lists: dict[ListName, tuple[Related, ...]] = {
            "related": _entries("related", self._related(article), dated=True)
        }
        if not article.home.trs:
            latest = self.listed(article.home)[:_LATEST]
            lists["channel"] = _entries("channel", latest, dated=True)
            lists["photo"] = _entries("photo", self._of_kind("gallery", "photo", article))
            lists["video"] = _entries("video", self._of_kind("video", "video", article))
        lists["hot"] = _entries("hot", self.hot(article.host))
        return lists

    def hot(self, host: str) -> tuple[TrueArticle, ...]:
        """Return 一周热点: chosen anew for every edition."""
        return self._hot[host]

    def _related(self, article: TrueArticle) -> tuple[TrueArticle, ...]:
        rng = Random(f"{self.seed}/related/{article.key}")
        older = [
            other
            for other in self._same_topic[article.topic]
            if other.edition <= article.edition
            and other is not article
            and other.published_at < article.published_at
        ][:24]
        chosen = list(_newest(rng.sample(older, min(len(older), rng.randint(3, 6)))))
        for edition in range(article.edition + 1, self.edition + 1):
            fresh = [other for other in self._same_topic[article.topic] if other.edition == edition]
            if fresh and Random(f"{self.seed}/news/{article.key}/{edition}").random() < _BY_CHANCE:
                chosen.insert(0, fresh[0])
        return (*chosen, *self._leads.get(article.key, ()))

    def _of_kind(self, kind: str, reach: ListName, article: TrueArticle) -> tuple[TrueArticle, ...]:
        hidden = [other for other in self.unlisted(reach) if article.number % 9 == other.number % 9]
        return tuple(other for other in (*self._shown[kind], *hidden) if other is not article)

    @cached_property
    def _unlisted(self) -> Mapping[ListName, tuple[TrueArticle, ...]]:
        ways = {way for article in self.articles.values() for way in article.reached}
        return {
            way: _newest(article for article in self.articles.values() if article.reached == {way})
            for way in ways
        }

    @cached_property
    def _hot(self) -> Mapping[str, tuple[TrueArticle, ...]]:
        found = {}
        for host in self.portal.hosts:
            rng = Random(f"{self.seed}/hot/{host}/{self.edition}")
            pool = [article for article in self._recommended if article.host == host][:40]
            hidden = [article for article in self.unlisted("hot") if article.host == host]
            found[host] = (*rng.sample(pool, min(_HOT, len(pool))), *hidden)
        return found

    @cached_property
    def _shown(self) -> Mapping[str, tuple[TrueArticle, ...]]:
        return {
            kind: tuple(article for article in self._all_listed if article.kind == kind)[:count]
            for kind, count in (("gallery", 4), ("video", 3))
        }

    @cached_property
    def _copied(self) -> frozenset[str]:
        return frozenset(
            article.group for article in self.articles.values() if article.spun and article.group
        )

    @cached_property
    def _channels(self) -> Mapping[str, Channel]:
        return {channel.id: channel for channel in self.portal.channels}

    @cached_property
    def _listed(self) -> Mapping[str, tuple[TrueArticle, ...]]:
        return {
            channel.id: _newest(
                article for article in self.articles.values() if channel.id in article.channels
            )
            for channel in self.portal.channels
        }

    @cached_property
    def _all_listed(self) -> tuple[TrueArticle, ...]:
        """What plain lists show: no page leads to what a script's list shows."""
        return _newest(
            article
            for article in self.articles.values()
            if article.channels and article.reached != {"javascript"}
        )

    @cached_property
    def _recommended(self) -> tuple[TrueArticle, ...]:
        """What other pages recommend. A third stands in its channels only: lists must be walked to their end."""
        return tuple(article for article in self._all_listed if article.number % 3)

    @cached_property
    def _same_topic(self) -> Mapping[str, tuple[TrueArticle, ...]]:
        found: dict[str, list[TrueArticle]] = {article.topic: [] for article in self.articles.values()}
        for article in self._recommended:
            if article.kind == "news":
                found[article.topic].append(article)
        return {topic: tuple(articles) for topic, articles in found.items()}

    @cached_property
    def _leads(self) -> Mapping[str, tuple[TrueArticle, ...]]:
        """Which articles lead to those that only related lists reach: two listed ones, or only the one before it."""
        leads: dict[str, list[TrueArticle]] = {}
        hidden = [article for article in self._by_key.values() if article.reached == {"related"}]
        for index, article in enumerate(hidden):
            same = [
                other
                for other in self._all_listed
                if other.edition == article.edition and other.kind == "news"
            ]
            rng = Random(f"{self.seed}/leads/{article.key}")
            chained = index % 5 in {3, 4} and hidden[index - 1].edition == article.edition
            for lead in [hidden[index - 1]] if chained else rng.sample(same, 2):
                leads.setdefault(lead.key, []).append(article)
        return {key: tuple(articles) for key, articles in leads.items()}


@lru_cache(maxsize=8)
def make_world(portal: str = "sample", seed: int = 2022, edition: int = 1) -> World:
    """Return the world of that name; worlds are cached. An unknown name is a KeyError."""
    return World(PORTALS[portal], seed, edition)


def _newest(articles: Iterable[TrueArticle]) -> tuple[TrueArticle, ...]:
    return tuple(sorted(articles, key=lambda article: (article.published_at, article.number), reverse=True))


def _entries(
    name: ListName, articles: tuple[TrueArticle, ...], *, dated: bool = False
) -> tuple[Related, ...]:
    return tuple(
        Related(article.title, article.url, f"{article.published_at:%Y-%m-%d}" if dated else None, name)
        for article in articles
    )
