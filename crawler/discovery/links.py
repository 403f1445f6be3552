"""What discovery hands over: links that are spelt, judged and classified."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from crawler.items import ListKind
    from crawler.portals.page_kind import PageKind
    from crawler.urls import RequestSpec

__all__ = ["Link", "PageLinks"]


class Link(NamedTuple):
    """A link that may be followed.

    ``request`` is what is asked for; its URL is as the page has it (see
    :func:`crawler.portals.addresses.request_of_article`), and allowed. ``id`` is its
    :func:`~crawler.portals.addresses.request_id`, by which links are told apart. ``list`` is the list the link
    stands in. ``title`` is its text, of pictures the ``alt``, empty where there is neither. ``date`` is what the
    list says of the article, ISO 8601 where it can be read (``2022-11-03T07:29``, ``2022-11-03``, ``11-03``
    without a year), else as displayed, else None.
    """

    request: RequestSpec
    id: str
    kind: PageKind
    list: ListKind
    title: str = ""
    date: str | None = None

    @property
    def url(self) -> str:
        """Where it leads."""
        return self.request.url


@dataclass(frozen=True, slots=True)
class PageLinks:
    """The links of one page.

    ``articles`` (and galleries) stand in the page's order, each once. ``around``, of an article page only,
    are the entries of the lists around the article as they stand there: an article that two lists show is
    in it twice, and so is the page's own. ``next`` is the list's next page; ``frames`` are
    parts of this page that are documents of their own.
    ``channels`` are further lists and feeds. ``cut`` counts, by reason, what was not followed because it
    looked like a trap or passed a limit: ``malformed``, ``too-long``, ``repeating`` (path segments),
    ``calendar``, ``query`` (too many variations of one page), ``private`` (address), ``excluded`` (by the
    profile), ``unread`` (an entry of a file without an address), ``astray`` (a "next page" that is none),
    ``budget`` (of a list), ``limit`` (links on one
    page). Links out of the portal's domains, to pages that are neither list nor article, and of other
    schemes are not counted.
    """

    articles: tuple[Link, ...] = ()
    around: tuple[Link, ...] = ()
    next: Link | None = None
    frames: tuple[Link, ...] = ()
    channels: tuple[Link, ...] = ()
    cut: Mapping[str, int] = field(default_factory=dict)

    def joined(self, other: PageLinks) -> PageLinks:
        """Return these links behind those of an earlier state of the same page, each once."""
        articles = {link.id: link for link in other.articles}
        for link in self.articles:
            if link.id not in articles or link.list == "channel":
                articles[link.id] = link
        channels = {link.id: link for link in (*other.channels, *self.channels)}
        return replace(self, articles=tuple(articles.values()), channels=tuple(channels.values()))

    def without(self, urls: Collection[str]) -> PageLinks:
        """Return the links without the articles at these URLs: they are pages of another one."""
        if not urls:
            return self
        kept = tuple(link for link in self.articles if link.url not in urls)
        return replace(
            self, articles=kept, around=tuple(link for link in self.around if link.url not in urls)
        )

    def with_cuts(self, limit: int, *, truncated: bool, unread: int = 0) -> PageLinks:
        """Return the links of a file of which ``limit`` entries, or an end of unknown length, were left out.

        ``unread`` of its entries have no address that can be read.
        """
        more = {"limit": limit, "truncated": int(truncated), "unread": unread}
        return replace(self, cut={**self.cut, **{reason: count for reason, count in more.items() if count}})
