"""How far a list is walked.

The first walk of a channel goes to its end; every later one stops at the first page that shows nothing which this
list had not shown before, so that its cost is proportional to what is new. A walk that breaks off (a page that
cannot be had) is followed by one to the end. A list without an end (whatever number is asked for shows the last
page again) is left where :data:`BARREN_PAGES` pages in a row show nothing that this very walk has not shown. A crawl
of certain days leaves out some of what a list shows; it remembers apart what it has read, or a later one would believe
that it has all of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crawler.discovery import read_links
from crawler.parsing import Document
from crawler.portals.addresses import article_url
from crawler.spiders.links import listed_before
from crawler.spiders.outcomes import Listed, Shown, Walked, Walking
from crawler.spiders.requests import Task
from crawler.urls import url_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from scrapy import Request

    from crawler.context import CrawlScope
    from crawler.discovery import Link
    from crawler.frontier.client import FrontierClient
    from crawler.portals import Profile
    from crawler.spiders.outcomes import Mark

__all__ = ["BARREN_PAGES", "ListWalks", "Walk"]

BARREN_PAGES: Final = 3
"""Pages in a row without anything new to the walk, of which the last ends it: one or two stand in many a sound list."""


@dataclass(frozen=True, slots=True)
class Walk:
    """Where a list stands.

    Attributes:
        key: the list's.
        memory_key: what is remembered of it stands under this; empty where nothing is.
        new: ids of the articles that this page shows for the first time.
        goes_on: whether the next page is asked for.
        complete: whether the list is known to its end.
        shown: ids of all that this page shows, where the walk goes on.
        barren: how many pages in a row, this one included, show nothing that the walk had not shown.
    """

    key: str
    memory_key: str
    new: frozenset[str]
    goes_on: bool
    complete: bool
    shown: tuple[str, ...] = ()
    barren: int = 0

    @property
    def is_endless(self) -> bool:
        """Whether the list is left here although it has a next page."""
        return self.barren >= BARREN_PAGES

    def marks(self) -> Iterator[Mark]:
        """Yield what is remembered of this page."""
        if self.new:
            yield Listed(self.memory_key, tuple(sorted(self.new)))
        if self.goes_on and self.shown:
            yield Shown(self.key, self.shown)
        if self.goes_on:
            yield Walking(self.memory_key)
        if self.complete and self.memory_key:
            yield Walked(self.memory_key)


@dataclass(frozen=True, slots=True)
class ListWalks:
    """Decides page by page, from what the frontier remembers of a list."""

    frontier: FrontierClient
    scope: CrawlScope
    profiles: Mapping[str, Profile]

    async def walk(
        self,
        task: Task,
        profile: Profile,
        own: Sequence[Link],
        following: Link | None,
        page_id: str,
        *,
        further: Sequence[Link] = (),
    ) -> Walk:
        """Return where a list stands after a page.

        Args:
            task: the page's.
            profile: the portal's.
            own: the page's entries, without what boxes beside the list show.
            following: the link to the next page, if there is one.
            page_id: of the page, under which a list without a channel is remembered by its first page.
            further: the lists that it shows: the entries of a page that lists no articles.
        """
        if not task.kind.is_list:
            return Walk("", "", frozenset(), goes_on=False, complete=True)
        key = task.channel or task.hint.get("key") or page_id
        memory_key = f"{key}@{self.frontier.range(task.portal)}" if self.scope.by_day else key
        new = frozenset(
            await self.frontier.lists.unlisted(task.portal, memory_key, [link.id for link in own])
        )
        if following is None or self._is_past(own, profile):
            return Walk(key, memory_key, new, goes_on=False, complete=True)
        if not new and not self.scope.full and await self.frontier.lists.walked(task.portal, memory_key):
            return Walk(key, memory_key, new, goes_on=False, complete=True)
        shown = tuple(link.id for link in own or further)
        lists = self.frontier.lists
        is_barren = lists.has_shown(task.portal, key, shown) or not (
            new or await lists.has_unshown(task.portal, key, shown)
        )
        barren = task.barren + 1 if is_barren else 0
        ends = barren >= BARREN_PAGES
        return Walk(key, memory_key, new, not ends, ends, shown, barren)

    async def goes_on(self, request: Request, url: str, html: str) -> bool:
        """Say whether a list being filled in a browser may have more that is new, after what it shows now.

        The same rule as for pages, asked of what came since it was last asked.
        """
        task = Task.of(request)
        profile = self.profiles[task.portal]
        links = read_links(
            Document.from_text(html, url), profile, page=task.kind, channel=task.channel_of(profile)
        )
        shown: set[str] = request.meta.setdefault("render_shown", set())
        came = [link for link in links.articles if link.list == task.list and link.id not in shown]
        shown.update(link.id for link in came)
        if not came:
            return True
        return (await self.walk(task, profile, came, came[-1], url_id(article_url(url, profile)))).goes_on

    def _is_past(self, own: Sequence[Link], profile: Profile) -> bool:
        """Say whether a page shows nothing but what lies before the days that are asked for."""
        if self.scope.since is None or not own:
            return False
        now = self.frontier.clock.now()
        return all(listed_before(self.scope, link.date, link.url, profile, now) for link in own)
