"""Feeds: RSS 0.9x and 2.0, RSS 1.0 (RDF), Atom."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crawler.discovery.dates import xml_date
from crawler.discovery.lists.entries import Entry, entry_links
from crawler.discovery.lists.xml import MAX_ENTRIES, elements, from_root, inflate, local_name
from crawler.parsing import decode
from crawler.urls import MAX_URL, join

if TYPE_CHECKING:
    from typing import Any

    from crawler.discovery.links import PageLinks
    from crawler.discovery.lists.page import ListPage

__all__ = ["Feed", "read_feed", "read_feed_list"]

_ITEMS: Final = frozenset(("item", "entry"))
_DATES: Final = ("pubdate", "published", "issued", "date", "updated", "modified")
_ROOT = re.compile(rb"<(?:rss|feed|(?:\w+:)?rdf)\b", re.IGNORECASE)
_MARKUP = re.compile(r"<[^<>]{0,500}>")


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed's entries, in its order; ``cut`` counts those past the limit, ``truncated`` is a cut file."""

    entries: tuple[Entry, ...] = ()
    cut: int = 0
    truncated: bool = False


def read_feed(body: bytes, url: str, content_type: str | None = None) -> Feed:
    """Read a feed; ``url`` is its own. Never raises: what cannot be read is left out.

    Its encoding is that of its declaration, else of the header ``content_type``, else guessed as a page's is.
    """
    body, truncated = inflate(body)
    if b"encoding" not in body[:200]:
        body = decode(body, content_type)[0].encode("utf-8", "replace")
    source = from_root(body, _ROOT)
    entries: list[Entry] = []
    cut = 0
    for element in elements(source, _ITEMS):
        entry = _entry(element, url)
        if entry is None:
            continue
        if len(entries) < MAX_ENTRIES:
            entries.append(entry)
        else:
            cut += 1
    return Feed(tuple(entries), cut, truncated)


def read_feed_list(page: ListPage) -> PageLinks:
    """Return a feed's entries as links."""
    feed = read_feed(page.body, page.request.url, page.content_type)
    return entry_links(feed.entries, page.profile, list="feed").with_cuts(feed.cut, truncated=feed.truncated)


def _entry(element: Any, base: str) -> Entry | None:
    title = link = guid = ""
    dates: dict[str, str] = {}
    for child in element:
        name, text = local_name(child), (child.text or "").strip()
        if name == "title" and not title:
            title = _MARKUP.sub("", text)[:200].strip()
        elif name == "link":
            relation = child.get("rel") or "alternate"
            if relation == "alternate" and not link:
                link = (child.get("href") or text).strip()
        elif name in {"guid", "id"} and not guid:
            guid = text
        elif name in _DATES and text and name not in dates and (found := xml_date(text)) is not None:
            dates[name] = found
    if not link and guid.startswith("http"):
        link = guid
    if not link:
        link = next((value for key, value in element.attrib.items() if str(key).endswith("}about")), "")
    if not link or len(link) > MAX_URL:
        return None
    date = next((dates[name] for name in _DATES if name in dates), None)
    return Entry(join(base, link), title, date)
