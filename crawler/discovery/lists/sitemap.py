"""Sitemaps (sitemaps.org 0.9, Google News sitemaps, plain lists of URLs), gzipped or not."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from crawler.discovery.dates import xml_date
from crawler.discovery.links import Link
from crawler.discovery.lists.entries import Entry, entry_links
from crawler.discovery.lists.inflate import inflate
from crawler.discovery.lists.xml import MAX_ENTRIES, elements
from crawler.parsing import decode
from crawler.portals.addresses import allowed
from crawler.portals.page_kind import PageKind
from crawler.urls import MAX_URL, RequestSpec, canonical_url, join, url_id

if TYPE_CHECKING:
    from crawler.discovery.links import PageLinks
    from crawler.discovery.lists.page import ListPage
    from crawler.discovery.lists.xml import Element

__all__ = ["Sitemap", "read_sitemap", "read_sitemap_list"]

_ROOT = re.compile(r"<(?:\w+:)?(?:urlset|sitemapindex|url|sitemap)\b", re.IGNORECASE)
_NAMES: Final = frozenset(("url", "sitemap"))
_MAX_CHILDREN: Final = 2000
_MAX_TITLE: Final = 200


@dataclass(frozen=True, slots=True)
class Sitemap:
    """A sitemap's entries, and of an index its children (sitemaps; their ``date`` is their ``lastmod``).

    ``cut`` counts the entries past :data:`~crawler.discovery.lists.xml.MAX_ENTRIES`, ``unread`` those without a
    whole address; ``truncated`` tells that the file itself was too large or broken off.
    """

    children: tuple[Entry, ...] = ()
    urls: tuple[Entry, ...] = ()
    cut: int = 0
    unread: int = 0
    truncated: bool = False


def read_sitemap(body: bytes, url: str, content_type: str | None = None) -> Sitemap:
    """Read a sitemap; ``url`` is its own. Never raises: what cannot be read is counted.

    Its encoding is told as a page's is; ``content_type`` is the answer's header.
    """
    body, truncated = inflate(body)
    text = decode(body, content_type)[0]
    root = _ROOT.search(text[:100_000])
    if root is None:
        return Sitemap(truncated=truncated) if "<" in text[:2000] else _plain(text, truncated=truncated)
    children: list[Entry] = []
    urls: list[Entry] = []
    unread = 0
    for element in elements(text[root.start() :], _NAMES, url):
        truncated = truncated or not element.is_whole
        entry = _entry(element)
        if entry is None:
            unread += 1
            continue
        place = children if element.name == "sitemap" else urls
        place.append(entry)
        if len(urls) >= MAX_ENTRIES or len(children) >= _MAX_CHILDREN:
            break
    cut = max(0, text.count("<loc") - len(urls) - len(children)) if len(urls) >= MAX_ENTRIES else 0
    return Sitemap(tuple(children), tuple(urls), cut, unread, truncated)


def read_sitemap_list(page: ListPage) -> PageLinks:
    """Return of an index the sitemaps below it, else the articles, and no lists: pages name these better."""
    sitemap = read_sitemap(page.body, page.request.url, page.content_type)
    below = tuple(
        Link(
            RequestSpec(entry.url),
            url_id(canonical_url(entry.url)),
            PageKind.SITEMAP,
            "sitemap",
            date=entry.date,
        )
        for entry in sitemap.children
        if allowed(entry.url, page.profile)
    )
    links = replace(entry_links(sitemap.urls, page.profile, list="sitemap"), channels=below)
    return links.with_cuts(sitemap.cut, truncated=sitemap.truncated, unread=sitemap.unread)


def _entry(element: Element) -> Entry | None:
    """Return an entry; what it says of its pictures and films is not its own."""
    location = _said(element.children, "loc", element.space)
    if not location or len(location) > MAX_URL:
        return None
    news = [below for child in element.children if child.name == "news" for below in child.children]
    modified, published = (
        xml_date(text) if text else None
        for text in (_said(element.children, "lastmod", element.space), _said(news, "publication_date"))
    )
    title = _said(news, "title")[:_MAX_TITLE]
    return Entry(join(element.base, location), title, published or modified, modified=published is None)


def _said(among: list[Element], name: str, space: str | None = None) -> str:
    """Return the text of the first of these elements that has the name; of one in the namespace, where there is one."""
    found = [element for element in among if element.name == name and element.is_whole and element.text]
    own = (element for element in found if element.space == space)
    return next(own, found[0]).text if found else ""


def _plain(text: str, *, truncated: bool) -> Sitemap:
    lines = text.split("\n", MAX_ENTRIES + 1)
    cut = lines.pop().count("\n") + 1 if len(lines) > MAX_ENTRIES + 1 else 0
    if truncated and not cut:
        lines.pop()  # an address that is cut is another
    found = [line for line in map(str.strip, lines) if line]
    urls = tuple(Entry(line) for line in found if line.startswith("http") and len(line) <= MAX_URL)
    return Sitemap((), urls, cut, len(found) - len(urls), truncated)
