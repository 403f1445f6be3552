"""Feeds: RSS 0.9x and 2.0, RSS 1.0 (RDF), Atom."""

from __future__ import annotations

import re
from base64 import b64decode
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crawler.discovery.dates import xml_date
from crawler.discovery.lists.entries import Entry, entry_links
from crawler.discovery.lists.inflate import inflate
from crawler.discovery.lists.xml import MAX_ENTRIES, decode_entities, elements
from crawler.parsing import decode
from crawler.urls import MAX_URL, join

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.discovery.links import PageLinks
    from crawler.discovery.lists.page import ListPage
    from crawler.discovery.lists.xml import Element

__all__ = ["Feed", "read_feed", "read_feed_list"]

_ITEMS: Final = frozenset(("item", "entry"))
_DATES: Final = ("pubdate", "published", "issued", "date", "updated", "modified")
_ROOT = re.compile(r"<(?:\w+:)?(?:rss|feed|rdf|item|entry)\b", re.IGNORECASE)
_ITEM = re.compile(r"<(?:\w+:)?(?:item|entry)[\s>]", re.IGNORECASE)
_MARKUP = re.compile(
    r"<(?:(?P<code>script|style)\b.{0,2000}?</(?P=code)\s{0,9}|!--.{0,500}?--|[!/]?[A-Za-z][^<>]{0,500})>",
    re.DOTALL | re.IGNORECASE,
)
_HTML: Final = frozenset(("html", "text/html"))
_OF_OTHERS: Final = frozenset(("author", "category", "contributor", "image", "source", "textinput"))
"""What has a title or a link of its own."""
_MAX_TITLE: Final = 200


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed's entries, in its order.

    ``cut`` counts those past the limit, ``unread`` those that lead nowhere: without a link, or with one that is cut
    or too long. ``truncated`` is a file that is cut.
    """

    entries: tuple[Entry, ...] = ()
    cut: int = 0
    unread: int = 0
    truncated: bool = False


def read_feed(body: bytes, url: str, content_type: str | None = None) -> Feed:
    """Read a feed; ``url`` is its own. Never raises: what cannot be read is counted.

    Its encoding is told as a page's is; ``content_type`` is the answer's header.
    """
    body, truncated = inflate(body)
    text = decode(body, content_type)[0]
    root = _ROOT.search(text[:100_000])
    entries: list[Entry] = []
    unread = cut = 0
    for element in elements(text[root.start() :] if root is not None else "", _ITEMS, url):
        truncated = truncated or not element.is_whole
        entry = _entry(element)
        if entry is None:
            unread += 1
            continue
        entries.append(entry)
        if len(entries) == MAX_ENTRIES:
            cut = max(0, sum(1 for _ in _ITEM.finditer(text)) - unread - MAX_ENTRIES)
            break
    return Feed(tuple(entries), cut, unread, truncated)


def read_feed_list(page: ListPage) -> PageLinks:
    """Return a feed's entries as links."""
    feed = read_feed(page.body, page.request.url, page.content_type)
    links = entry_links(feed.entries, page.profile, list="feed")
    return links.with_cuts(feed.cut, truncated=feed.truncated, unread=feed.unread)


def _entry(element: Element) -> Entry | None:
    children = [child for child in element.children if child.is_whole]
    # What stands behind an element that was left open is read as if it stood beside it.
    children += [
        below for child in children if child.name not in _OF_OTHERS for below in _inside(element, child)
    ]
    own = [child for child in children if child.space == element.space]
    link = next(_links(element, own, children), "")
    if not link or len(link) > MAX_URL:
        return None
    title = next(filter(None, (_title(element, child) for child in (*own, *children))), "")
    dates: dict[str, str] = {}
    for child in (*own, *children):
        if child.name in _DATES and child.name not in dates and (found := xml_date(child.text)) is not None:
            dates[child.name] = found
    return Entry(link, title, next((dates[name] for name in _DATES if name in dates), None))


def _inside(element: Element, child: Element) -> list[Element]:
    return [below for below in child.children if below.is_whole and below.space == element.space]


def _links(element: Element, own: list[Element], children: list[Element]) -> Iterator[str]:
    """Yield what an entry may lead to, absolute: its link, another's link to the page, its name that is an address."""
    for child in (*own, *children):
        if child.name == "link" and child.attributes.get("rel", "alternate") == "alternate":
            link = child.attributes.get("href") or child.text
            if link:
                yield join(child.base, link)
    for child in own:
        if child.name in {"guid", "id"} and child.text[:4].lower() == "http":
            yield child.text
    for key, value in element.attributes.items():
        if key.rpartition(":")[2] in {"about", "href"} and value:
            yield join(element.base, value)


def _title(element: Element, child: Element) -> str:
    """Return a title in one line, without markup: that of RSS is HTML, as most write it."""
    if child.name != "title":
        return ""
    text, kind = child.text, child.attributes.get("type")
    if child.attributes.get("mode") == "base64" or kind == "application/octet-stream":
        text, kind = _from_base64(text), "html"
    if (element.name == "item" or kind in _HTML) and ("<" in text or "&" in text):
        text = decode_entities(_MARKUP.sub("", text))
    return " ".join(text.split())[:_MAX_TITLE].strip()


def _from_base64(text: str) -> str:
    try:
        return b64decode(text).decode("utf-8", "replace")
    except ValueError:
        return ""
