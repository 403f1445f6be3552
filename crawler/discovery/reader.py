"""From a page to its links: articles, the next page, further lists. One pass over the anchors."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeVar

from crawler.discovery.dates import entry_date
from crawler.discovery.entry_text import date_beside, title_of
from crawler.discovery.frames import frame_links
from crawler.discovery.handlers import handled_links
from crawler.discovery.link_context import Boxes
from crawler.discovery.links import Link, PageLinks
from crawler.discovery.list_region import ListRegion, find_region
from crawler.discovery.page_numbers import first_pages, step
from crawler.discovery.pager import next_page
from crawler.discovery.pager_controls import label_of, pager_text
from crawler.discovery.pager_links import Candidate
from crawler.discovery.pager_words import is_next_word, is_pager_word
from crawler.discovery.resolver import CALENDAR, Resolved, Resolver
from crawler.parsing import MAX_LINKS
from crawler.portals.addresses import article_url
from crawler.portals.page_kind import PageKind
from crawler.portals.sources import filtered
from crawler.portals.url_shapes import is_calendar
from crawler.urls import join, url_id

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from crawler.items import ListKind, RelatedKind
    from crawler.parsing import Document
    from crawler.portals.model import Channel, ListRules, Profile

__all__ = ["MAX_LINKS", "read_links"]

_MAX_VARIATIONS: Final = 40
_MIN_TITLE: Final = 4
_FEW_DAYS: Final = 3
_SKIPPED: Final = re.compile(
    r"\s*(?:#|$|java\s*script|vb\s*script|mailto|tel|data|about|sms|weixin)", re.IGNORECASE
)
_PLAIN: Final = frozenset("h/.")  # nothing that is skipped begins so
K = TypeVar("K", str, tuple[str, str])


def read_links(
    doc: Document, profile: Profile, *, page: PageKind, channel: Channel | None = None
) -> PageLinks:
    """Return the links of a page, judged and classified. Never raises on a page, whatever is in it.

    Args:
        doc: the page; its ``url`` is where it was fetched from.
        profile: the portal's.
        page: what the page is. On a channel its own entries have ``list == "channel"``; what stands in boxes
            around them (排行, 图片 …) has the box's kind, ``related`` where nothing tells. On the home page
            everything is ``home``. On an article everything has its box's kind, ``channel`` where nothing
            tells.
        channel: the profile's channel whose list this is, for its own rules and pager.
    """
    rules = (channel.list if channel is not None else None) or profile.list
    return _Reader(doc, profile, page, channel, rules).read()


class _Reader:
    """One page being read. Entries are kept by their id, in the page's order."""

    def __init__(
        self, doc: Document, profile: Profile, page: PageKind, channel: Channel | None, rules: ListRules
    ) -> None:
        self.doc = doc
        self.profile = profile
        self.page = page
        self.channel = channel
        self.rules = rules
        self.cut: dict[str, int] = {}
        self.articles: dict[str, Link] = {}
        self.around: dict[tuple[str, str], Link] = {}
        self.channels: dict[str, Link] = {}
        self.pagers: list[Candidate] = []
        self.dated: dict[str, tuple[Link, bool]] = {}
        self.variations: dict[str, int] = {}
        self.long: set[int] = set()
        self.region = find_region(doc.tree, rules) if page is PageKind.CHANNEL else ListRegion()
        self.boxes = Boxes(doc.tree, profile)
        resolver = Resolver(profile, doc.encoding)
        self.resolve, self.known = resolver.resolve, resolver.known
        try:
            self.own = article_url(doc.url, profile)
        except ValueError:
            self.own = doc.url

    def read(self) -> PageLinks:
        if len(self.doc.link_nodes) > MAX_LINKS:
            self._count("limit", len(self.doc.link_nodes) - MAX_LINKS)
        listing = self.page is PageKind.CHANNEL
        article = self._entry if self.page.shows_entries else self._around
        follows, skipped = self.profile.follow_channels, self.region.skipped
        own, resolve, known = self.own, self.resolve, self.known
        for anchor, href, raw in self.doc.links:
            if href[0] not in _PLAIN and _SKIPPED.match(href):
                if listing and is_next_word(anchor.text()):
                    self.pagers.append(Candidate(href, anchor.text()))
                continue
            if skipped and anchor.mem_id in skipped:
                continue
            found = known.get(raw) or resolve(raw)
            if listing and is_pager_word(text := pager_text(anchor, is_entry=found.is_article)):
                self.pagers.append(Candidate(raw, text))
            if found.cut is not None:
                if found.cut == CALENDAR and listing:
                    self._dated(anchor, found)
                elif found.cut:
                    self._count(found.cut)
            elif found.is_article:
                article(anchor, found)
            elif follows and found.is_list and found.url != own:
                self._further(anchor, found)
        if self.page.is_list_page and not self.articles:
            for node, raw in handled_links(self.doc):
                if (found := resolve(raw)).is_article and found.cut is None:
                    article(node, found)
        if follows and self.page is not PageKind.ARTICLE:
            self._feeds()
        if self.dated:
            self._take_dated()
        return PageLinks(
            articles=self._without_later_pages(),
            around=tuple(self.around.values()),
            next=self._next() if listing else None,
            frames=frame_links(self.doc, self.profile, has_entries=bool(self.articles))
            if self.page.is_list_page
            else (),
            channels=self._without_pages(),
            cut=self.cut,
        )

    def _without_later_pages(self) -> tuple[Link, ...]:
        """Return the articles without what is page 2 or later of another one (a list's ``[2]`` behind its headline)."""
        links = tuple(self.articles.values())
        numbered = [link for link in links if link.title and is_pager_word(link.title)]
        if not numbered:
            return links
        urls = {link.url for link in links}
        later = {link.id for link in numbered if not urls.isdisjoint(first_pages(link.url))}
        return tuple(link for link in links if link.id not in later)

    def _entry(self, anchor: LexborNode, found: Resolved) -> None:
        """Take an article that a list shows."""
        region = self.region
        title = region.told(anchor, "title") or title_of(anchor)
        said = region.told(anchor, "date")
        date = (entry_date(said) or said) if said else date_beside(anchor, title, self.long)
        self._article(Link(found.request, found.id, found.kind, self._list_of(anchor), title, date), found)

    def _around(self, anchor: LexborNode, found: Resolved) -> None:
        """Take an article that stands around another."""
        box = self.boxes.kind(anchor)
        title = title_of(anchor)
        if box is None:
            self._article(Link(found.request, found.id, found.kind, "channel", title), found)
            return
        link = Link(found.request, found.id, found.kind, box, title, date_beside(anchor, title, self.long))
        if len(title) >= _MIN_TITLE:
            _keep(self.around, (found.id, box), link)
        self._article(link, found)

    def _article(self, link: Link, found: Resolved) -> None:
        url = found.url
        if url != self.own and (found.id in self.articles or "?" not in url or self._may_vary(url)):
            _keep(self.articles, found.id, link)

    def _list_of(self, anchor: LexborNode) -> ListKind:
        """Return the list of an entry of the home page or of a channel."""
        own = self.region.own
        if own is not None and anchor.mem_id in own:
            return "channel"
        if self.boxes.is_in_footer(anchor):
            return "related"
        if self.page is PageKind.HOME:
            return "home"
        box: RelatedKind | None = self.boxes.kind(anchor)
        if own is not None:
            return box or "related"
        return "channel" if box is None or box == "related" else box

    def _further(self, anchor: LexborNode, found: Resolved) -> None:
        if found.id in self.channels or ("?" in found.url and not self._may_vary(found.url)):
            return
        self.channels[found.id] = Link(found.request, found.id, found.kind, "channel", title_of(anchor))

    def _dated(self, anchor: LexborNode, found: Resolved) -> None:
        """Note a list whose URL is a day's or a month's, and whether it stands where the profile has the list."""
        own = self.region.own
        is_entry = self._list_of(anchor) == "channel"
        if not is_entry or not self.profile.follow_channels or is_calendar(self.own.partition("://")[2]):
            self._count(CALENDAR)
            return
        link = Link(found.request, url_id(found.url), PageKind.CHANNEL, "channel", title_of(anchor))
        self.dated.setdefault(link.id, (link, own is not None and anchor.mem_id in own))

    def _take_dated(self) -> None:
        """Take dated lists that this list names: as its entries, or because it shows nothing else.

        A dated list names no further ones: so a calendar has no end, and this has.
        """
        is_index = len(self.dated) >= _FEW_DAYS and not any(
            link.list == "channel" for link in self.articles.values()
        )
        for link, is_chosen in self.dated.values():
            if is_chosen or is_index:
                self.channels.setdefault(link.id, link)
            else:
                self._count(CALENDAR)

    def _feeds(self) -> None:
        for node in self.doc.tree.css("link[rel~=alternate][href]")[:20]:
            if "xml" not in (node.attrs.get("type") or ""):
                continue
            found = self.resolve(join(self.doc.base_url, node.attrs.get("href") or ""))
            if found.url and found.cut in {None, ""} and found.kind is PageKind.FEED:
                self.channels.setdefault(found.id, Link(found.request, found.id, found.kind, "feed"))

    def _may_vary(self, url: str) -> bool:
        """Say whether a link may be one more variation of its URL: a page with very many is no list but a trap."""
        path = url.partition("?")[0]
        count = self.variations.get(path, 0) + 1
        self.variations[path] = count
        if count > _MAX_VARIATIONS and self.page is not PageKind.OTHER:
            self._count("query")
            return False
        return True

    def _next(self) -> Link | None:
        chosen = self._chosen_pagers()
        fruitful = any(link.list == "channel" for link in self.articles.values())
        return next_page(
            self.doc,
            self.profile,
            self.rules.pager,
            url=self.own,
            channel=self.channel,
            budget=self.rules.budget,
            candidates=chosen or self.pagers,
            fruitful=fruitful,
            cut=self.cut,
        )

    def _chosen_pagers(self) -> list[Candidate]:
        """Return the links that the profile's pager selects, if any."""
        out: list[Candidate] = []
        for source in self.rules.pager.next:
            if source.kind != "css":
                continue
            for node in self.doc.tree.css(source.expression)[:200]:
                href = filtered(node.attrs.get(source.attribute or "href") or "", source.filters)
                relation = node.attrs.get("rel") or ""
                text = "next" if "next" in relation else label_of(node)
                if href and not _SKIPPED.match(href):
                    out.append(Candidate(join(self.doc.base_url, href), text))
                elif href and is_next_word(text):
                    out.append(Candidate(href, text))
            if out:
                return out
        return out

    def _without_pages(self) -> tuple[Link, ...]:
        """Return further lists without the other pages of this one: those are reached page by page, as its own."""
        if self.page is not PageKind.CHANNEL:
            return tuple(self.channels.values())
        pages = {self.resolve(candidate.raw).url for candidate in self.pagers}
        links = [(link, article_url(link.url, self.profile)) for link in self.channels.values()]
        return tuple(
            link
            for link, url in links
            if url not in pages and not ((ahead := step(self.own, url)) is not None and ahead.here is None)
        )

    def _count(self, reason: str, number: int = 1) -> None:
        self.cut[reason] = self.cut.get(reason, 0) + number


def _keep(entries: dict[K, Link], key: K, link: Link) -> None:
    """Keep an entry once: with its longest title, its date, and as the list's own where it is that too."""
    known = entries.setdefault(key, link)
    if known is link:
        return
    title = known.title if len(known.title) >= len(link.title) else link.title
    date = known.date or link.date
    where = link.list if link.list == "channel" else known.list
    if title is not known.title or date is not known.date or where != known.list:
        entries[key] = Link(known.request, known.id, known.kind, where, title, date)
