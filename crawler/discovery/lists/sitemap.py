"""Sitemaps (sitemaps.org 0.9, Google News sitemaps, plain lists of URLs), gzipped or not."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from crawler.discovery.dates import xml_date
from crawler.discovery.links import Link
from crawler.discovery.lists.entries import Entry, entry_links
from crawler.discovery.lists.xml import MAX_ENTRIES, elements, from_root, inflate, local_name
from crawler.portals.addresses import allowed
from crawler.portals.page_kind import PageKind
from crawler.urls import MAX_URL, RequestSpec, canonical_url, join, url_id

if TYPE_CHECKING:
    from typing import Any

    from crawler.discovery.links import PageLinks
    from crawler.discovery.lists.page import ListPage

__all__ = ["Sitemap", "read_sitemap", "read_sitemap_list"]

_ROOT = re.compile(rb"<(?:\w+:)?(?:urlset|sitemapindex)", re.IGNORECASE)
_NAMES: Final = frozenset(("url", "sitemap"))
_MAX_CHILDREN: Final = 2000


@dataclass(frozen=True, slots=True)
class Sitemap:
    """A sitemap's entries, and of an index its children (sitemaps; their ``date`` is their ``lastmod``).

    ``cut`` counts the entries past :data:`~crawler.discovery.lists.xml.MAX_ENTRIES`; ``truncated`` tells that the
    file itself was too large or broken off.
    """

    children: tuple[Entry, ...] = ()
    urls: tuple[Entry, ...] = ()
    cut: int = 0
    truncated: bool = False


def read_sitemap(body: bytes, url: str) -> Sitemap:
    """Read a sitemap; ``url`` is its own. Never raises: what cannot be read is left out."""
    body, truncated = inflate(body)
    xml = from_root(body, _ROOT)
    if not xml:
        return Sitemap(truncated=truncated) if b"<" in body[:2000] else _plain(body, truncated=truncated)
    children: list[Entry] = []
    urls: list[Entry] = []
    for element in elements(xml, _NAMES):
        entry = _entry(element, url)
        if entry is None:
            continue
        place = children if local_name(element) == "sitemap" else urls
        place.append(entry)
        if len(urls) >= MAX_ENTRIES or len(children) >= _MAX_CHILDREN:
            break
    cut = max(0, xml.count(b"<loc") - len(urls) - len(children)) if len(urls) >= MAX_ENTRIES else 0
    return Sitemap(tuple(children), tuple(urls), cut, truncated)


def read_sitemap_list(page: ListPage) -> PageLinks:
    """Return of an index the sitemaps below it, else the articles, and no lists: pages name these better."""
    sitemap = read_sitemap(page.body, page.request.url)
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
    return links.with_cuts(sitemap.cut, truncated=sitemap.truncated)


def _entry(element: Any, base: str) -> Entry | None:
    location = title = ""
    modified = published = None
    for child in element.iter():
        name, text = local_name(child), (child.text or "").strip()
        if not text:
            continue
        if name == "loc" and not location:
            location = text
        elif name == "lastmod":
            modified = xml_date(text)
        elif name == "publication_date":
            published = xml_date(text)
        elif name == "title" and not title:
            title = text[:200]
    if not location or len(location) > MAX_URL:
        return None
    return Entry(join(base, location), title, published or modified, modified=published is None)


def _plain(body: bytes, *, truncated: bool) -> Sitemap:
    lines = body.removeprefix(b"\xef\xbb\xbf").split(b"\n", MAX_ENTRIES + 1)
    cut = lines.pop().count(b"\n") + 1 if len(lines) > MAX_ENTRIES + 1 else 0
    texts = (line.strip().decode("utf-8", "replace") for line in lines if len(line) <= MAX_URL)
    return Sitemap((), tuple(Entry(text) for text in texts if text.startswith("http")), cut, truncated)
