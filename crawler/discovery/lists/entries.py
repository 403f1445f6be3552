"""What sitemaps and feeds list, and the links that come of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.discovery.links import Link, PageLinks
from crawler.discovery.resolver import resolve
from crawler.portals.page_kind import PageKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawler.items import ListKind
    from crawler.portals.model import Profile

__all__ = ["Entry", "entry_links"]


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as its file has it. ``url`` is not judged yet.

    ``date`` is ISO 8601, with offset where the file gives one: of a feed the time of publication, of a
    sitemap ``news:publication_date``, else ``lastmod`` (``modified`` is then true: the page may be older).
    """

    url: str
    title: str = ""
    date: str | None = None
    modified: bool = False


def entry_links(entries: Iterable[Entry], profile: Profile, *, list: ListKind) -> PageLinks:  # noqa: A002
    """Return entries as links, judged like those of a page.

    In a feed every entry that is no list is taken for an article, whatever its URL looks like; in a sitemap,
    which lists everything, only what looks like one.
    """
    articles: dict[str, Link] = {}
    channels: dict[str, Link] = {}
    cut: dict[str, int] = {}
    for entry in entries:
        found = resolve(entry.url, profile)
        if found.cut:
            cut[found.cut] = cut.get(found.cut, 0) + 1
            continue
        if found.kind.is_article:
            articles.setdefault(
                found.id, Link(found.request, found.id, found.kind, list, entry.title, entry.date)
            )
        elif found.kind is PageKind.CHANNEL and profile.follow_channels:
            channels.setdefault(found.id, Link(found.request, found.id, found.kind, list, entry.title))
    return PageLinks(articles=tuple(articles.values()), channels=tuple(channels.values()), cut=cut)
