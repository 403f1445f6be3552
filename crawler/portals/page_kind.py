"""What a page is, and what follows from that for whoever fetches, reads or queues it."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

__all__ = ["PageKind"]


class PageKind(StrEnum):
    """What a page is, as far as its URL tells. ``other`` is everything that is none of the rest.

    Every rule that depends on the kind of a page stands here, so that all parts of the crawler mean the same by
    a list, an article, or a page that is visited again.
    """

    HOME = "home"
    CHANNEL = "channel"
    ARTICLE = "article"
    GALLERY = "gallery"
    CONTINUATION = "continuation"
    SITEMAP = "sitemap"
    FEED = "feed"
    OTHER = "other"

    @classmethod
    def of(cls, name: object) -> PageKind:
        """Return the kind of this name, as a request's ``meta`` has it; ``OTHER`` where there is none."""
        return _BY_NAME.get(name, cls.OTHER) if isinstance(name, str) else cls.OTHER

    @property
    def is_article(self) -> bool:
        """Whether it has an article of its own."""
        return self in _ARTICLES

    @property
    def fetched_once(self) -> bool:
        """Whether it is fetched once for ever, as pages of articles are; others may be asked for in every run."""
        return self in _ARTICLES or self is PageKind.CONTINUATION

    @property
    def revisited(self) -> bool:
        """Whether every run asks for it again, so that a conditional request is worth it."""
        return self in _LISTS or self is PageKind.SITEMAP

    @property
    def is_list(self) -> bool:
        """Whether it shows a choice of articles, which is remembered and stored; a sitemap lists everything."""
        return self in _LISTS

    @property
    def is_list_page(self) -> bool:
        """Whether it is a list for readers, which a script may fill; a feed is one for programs."""
        return self in _LIST_PAGES

    @property
    def shows_entries(self) -> bool:
        """Whether its links are entries of a list; those of an article's page stand in boxes around it."""
        return not self.fetched_once and self not in _XML

    @property
    def is_further_list(self) -> bool:
        """Whether a link to it leads to one more list; home page and sitemaps are where a crawl begins."""
        return self is PageKind.CHANNEL or self is PageKind.FEED

    @property
    def is_xml(self) -> bool:
        """Whether it is a file for programs, perhaps compressed, and no page."""
        return self in _XML

    @property
    def decided_by_url(self) -> bool:
        """Whether the URL alone says so for certain, whatever stands on the page."""
        return self in _DECIDED_BY_URL


_ARTICLES: Final = frozenset({PageKind.ARTICLE, PageKind.GALLERY})
_LIST_PAGES: Final = frozenset({PageKind.HOME, PageKind.CHANNEL})
_LISTS: Final = _LIST_PAGES | {PageKind.FEED}
_XML: Final = frozenset({PageKind.SITEMAP, PageKind.FEED})
_DECIDED_BY_URL: Final = _XML | {PageKind.HOME, PageKind.CONTINUATION}
_BY_NAME: Final = {kind.value: kind for kind in PageKind}
