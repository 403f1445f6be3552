"""From a page to its links: articles, the next page, further lists. One pass over the anchors."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, TypeVar

from crawler.discovery.dates import entry_date
from crawler.discovery.link_context import Boxes
from crawler.discovery.links import Link, PageLinks
from crawler.discovery.page_numbers import step
from crawler.discovery.pager import Candidate, is_next_word, is_pager_word, next_page
from crawler.discovery.resolver import Resolved, Resolver
from crawler.parsing import MAX_LINKS
from crawler.portals.addresses import article_url
from crawler.portals.page_kind import PageKind
from crawler.portals.sources import filtered
from crawler.urls import join

if TYPE_CHECKING:
    from collections.abc import Iterable

    from selectolax.lexbor import LexborNode

    from crawler.items import ListKind, RelatedKind
    from crawler.parsing import Document
    from crawler.portals.model import Channel, ListRules, Profile, Source

__all__ = ["MAX_LINKS", "read_links"]

_MAX_VARIATIONS: Final = 40
_MIN_TITLE: Final = 4
_MAX_TITLE: Final = 200
_MAX_RAW: Final = 1000
_MAX_ITEM: Final = 400
_ITEMS: Final = frozenset(("li", "tr", "dd", "dt", "p", "div", "td", "h2", "h3", "h4"))
_ENTRIES: Final = frozenset(("li", "tr", "dd"))
_SKIPPED = re.compile(r"\s*(?:#|$|java\s*script|vb\s*script|mailto|tel|data|about|sms|weixin)", re.IGNORECASE)
_PLAIN: Final = frozenset("h/.")  # nothing that is skipped begins so
_SPACE = re.compile(r"\s+")
_CUT_OFF = ("...", "…", "..")
K = TypeVar("K", str, tuple[str, str])


def read_links(
    doc: Document, profile: Profile, *, page: PageKind, channel: Channel | None = None
) -> PageLinks:
    """The links of a page, judged and classified. Never raises on a page, whatever is in it.

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
    """One page being read. ``entries`` maps URLs to links in the page's order."""

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
        self.variations: dict[str, int] = {}
        self.long: set[int] = set()
        self.items: dict[int, LexborNode] = {}
        self.told: dict[str, tuple[Source, ...]] = {}
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
        main, skipped = self._regions() if listing else (None, frozenset[int]())
        fields = self.rules.fields
        self.told = {name: fields[name] for name in ("title", "date") if fields.get(name)} if main else {}
        own, resolve, profile, known = self.own, self.resolve, self.profile, self.known
        for anchor, href, raw in self.doc.links:
            if href[0] not in _PLAIN and _SKIPPED.match(href):
                if listing and is_next_word(anchor.text()):
                    self.pagers.append(Candidate(href, anchor.text()))
                continue
            if skipped and anchor.mem_id in skipped:
                continue
            found = known.get(raw) or resolve(raw)
            if listing and is_pager_word(text := anchor.text()):
                self.pagers.append(Candidate(raw, text))
            if found.cut is not None:
                if found.cut:
                    self._count(found.cut)
            elif found.kind.is_article:
                self._article(anchor, found, main)
            elif found.url == own:
                continue
            elif found.kind.is_further_list and profile.follow_channels:
                self._further(anchor, found)
        if profile.follow_channels and self.page is not PageKind.ARTICLE:
            self._feeds()
        return PageLinks(
            articles=tuple(self.articles.values()),
            around=tuple(self.around.values()),
            next=self._next() if listing else None,
            channels=self._without_pages(),
            cut=self.cut,
        )

    def _article(self, anchor: LexborNode, found: Resolved, main: frozenset[int] | None) -> None:
        item = self.items.get(anchor.mem_id) if self.told else None
        title = (_told(item, self.told.get("title")) if item is not None else "") or _title(anchor)
        box = self.boxes.kind(anchor) if self.page is not PageKind.HOME else None
        date = None
        if self.page.shows_entries:
            where = self._where(anchor, box, main)
            said = _told(item, self.told.get("date")) if item is not None else ""
            date = (entry_date(said) or said) if said else _date(anchor, title, self.long)
        else:
            where = box or "channel"
            if box is not None:
                date = _date(anchor, title, self.long)
        link = Link(found.request, found.id, found.kind, where, title, date)
        if not self.page.shows_entries and box is not None and len(title) >= _MIN_TITLE:
            _keep(self.around, (found.url, box), link)
        if found.url == self.own:
            return
        if "?" in found.url and found.url not in self.articles and not self._may_vary(found.url):
            return
        _keep(self.articles, found.url, link)

    def _where(self, anchor: LexborNode, box: RelatedKind | None, main: frozenset[int] | None) -> ListKind:
        """The list of an entry of the home page or of a channel."""
        if self.page is PageKind.HOME:
            return "home"
        if main is not None:
            return "channel" if anchor.mem_id in main else box or "related"
        return "channel" if box is None or box == "related" else box

    def _further(self, anchor: LexborNode, found: Resolved) -> None:
        if found.url in self.channels or ("?" in found.url and not self._may_vary(found.url)):
            return
        self.channels[found.url] = Link(found.request, found.id, found.kind, "channel", _title(anchor))

    def _feeds(self) -> None:
        for node in self.doc.tree.css("link[rel~=alternate][href]")[:20]:
            if "xml" not in (node.attrs.get("type") or ""):
                continue
            found = self.resolve(join(self.doc.base_url, node.attrs.get("href") or ""))
            if found.url and found.cut in {None, ""} and found.kind is PageKind.FEED:
                self.channels.setdefault(found.url, Link(found.request, found.id, found.kind, "feed"))

    def _may_vary(self, url: str) -> bool:
        """A page that links to very many variations of one URL is no list but a trap."""
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
        """The links that the profile's pager selects, if any."""
        out: list[Candidate] = []
        for source in self.rules.pager.next:
            if source.kind != "css":
                continue
            for node in self.doc.tree.css(source.expression)[:200]:
                href = filtered(node.attrs.get(source.attribute or "href") or "", source.filters)
                relation = node.attrs.get("rel") or ""
                text = "next" if "next" in relation else node.text()
                if href and not _SKIPPED.match(href):
                    out.append(Candidate(join(self.doc.base_url, href), text))
                elif href and is_next_word(text):
                    out.append(Candidate(href, text))
            if out:
                return out
        return out

    def _without_pages(self) -> tuple[Link, ...]:
        """Further lists without the other pages of this one: those are reached page by page, as its own."""
        if self.page is not PageKind.CHANNEL:
            return tuple(self.channels.values())
        pages = {self.resolve(candidate.raw).url for candidate in self.pagers}
        return tuple(
            link
            for url, link in self.channels.items()
            if url not in pages and not ((ahead := step(self.own, url)) is not None and ahead.here is None)
        )

    def _regions(self) -> tuple[frozenset[int] | None, frozenset[int]]:
        """The anchors of the list's own entries (None where no rule selects any), and those to leave out."""
        rules, tree = self.rules, self.doc.tree
        skipped = _anchors(node for selector in rules.skip for node in tree.css(selector))
        regions: list[LexborNode] = []
        for selector in rules.region:
            regions = list(tree.css(selector))
            if regions:
                break
        scopes: list[Any] = [*regions] or [tree]
        for selector in rules.items:
            items = [node for scope in scopes for node in scope.css(selector)]
            if items:
                self.items = {anchor.mem_id: node for node in items for anchor in node.css("a[href]")}
                return _anchors(items, rules.fields.get("url")), skipped
        return (_anchors(regions) if regions else None), skipped

    def _count(self, reason: str, number: int = 1) -> None:
        self.cut[reason] = self.cut.get(reason, 0) + number


def _anchors(nodes: Iterable[LexborNode], sources: tuple[Source, ...] | None = None) -> frozenset[int]:
    """The anchors inside nodes (or those that the sources of an entry's ``url`` select), by identity."""
    found: set[int] = set()
    for node in nodes:
        if sources:
            for source in sources:
                inner = node.css(source.expression) if source.kind == "css" else []
                found.update(anchor.mem_id for anchor in inner)
                if inner:
                    break
        else:
            found.update(anchor.mem_id for anchor in node.css("a[href]"))
    return frozenset(found)


def _keep(entries: dict[K, Link], key: K, link: Link) -> None:
    """Keep an entry once: with its longest title, its date, and as the list's own where it is that too."""
    known = entries.setdefault(key, link)
    if known is not link:
        entries[key] = known._replace(
            title=known.title if len(known.title) >= len(link.title) else link.title,
            date=known.date or link.date,
            list="channel" if "channel" in {known.list, link.list} else known.list,
        )


def _told(item: LexborNode, sources: tuple[Source, ...] | None) -> str:
    """What the sources of a field find inside a list's item."""
    for source in sources or ():
        node = item.css_first(source.expression)
        if node is None:
            continue
        raw = (node.attrs.get(source.attribute) or "") if source.attribute else node.text()
        text = filtered(_SPACE.sub(" ", raw[:_MAX_RAW]), source.filters)
        if text:
            return text[:_MAX_TITLE]
    return ""


def _title(anchor: LexborNode) -> str:
    """What a reader sees of the link; the whole of it where the list cuts it off."""
    text = " ".join(anchor.text()[:_MAX_RAW].split())
    if not text or text.endswith(_CUT_OFF):
        whole = " ".join((anchor.attributes.get("title") or "")[:_MAX_RAW].split())
        if not whole and not text:
            image = anchor.css_first("img[alt]")
            whole = (image.attrs.get("alt") or "")[:_MAX_RAW].strip() if image is not None else ""
        if len(whole) > len(text.rstrip(".…")):
            text = whole
    return text[:_MAX_TITLE]


def _date(anchor: LexborNode, title: str, long: set[int]) -> str | None:
    """The date beside a link, in its entry; ``long`` remembers the nodes that are too long to be one."""
    node = anchor.parent
    for _ in range(3):
        if node is None:
            return None
        tag = node.tag
        if tag in _ITEMS:
            if node.mem_id in long:
                return None
            text = node.text()
            if len(text) > _MAX_ITEM + len(title):
                if len(text) > _MAX_ITEM + _MAX_TITLE:
                    long.add(node.mem_id)
                return None
            rest = text.replace(title, " ", 1).strip() if title else text.strip()
            if len(rest) > 3:
                found = entry_date(rest)
                if found is not None:
                    return found
            if tag in _ENTRIES:
                return None
        node = node.parent
    return None
