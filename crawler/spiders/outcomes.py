"""What the reading of a page comes to, as values: the readers return them, the spider carries them out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scrapy import Request

    from crawler.errors import GiveUp
    from crawler.frontier.client import FrontierClient
    from crawler.items import Article, ListedArticles, Move

__all__ = [
    "ArticleOutcome",
    "Kept",
    "ListOutcome",
    "Listed",
    "Mark",
    "Seen",
    "Shown",
    "Skipped",
    "Walked",
    "Walking",
    "set_aside",
]


@dataclass(frozen=True, slots=True)
class Listed:
    """A list has shown these articles, by their ids, for the first time."""

    list_key: str
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A list that is walked on has shown these, by their ids, in this run."""

    list_key: str
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Walking:
    """A list's next page is asked for: until it is known to its end, no later run takes it for walked."""

    list_key: str


@dataclass(frozen=True, slots=True)
class Walked:
    """A list was read to its end, which is this page."""

    list_key: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """An article, by its id, was read and is of no day that this run was asked for."""

    identifier: str


@dataclass(frozen=True, slots=True)
class Seen:
    """An article was read that has this id, and was queued under another."""

    identifier: str


@dataclass(frozen=True, slots=True)
class Kept:
    """Something is remembered for all workers, under a key, for so many seconds."""

    key: str
    value: bytes
    ttl_s: float


Mark = Listed | Shown | Walking | Walked | Skipped | Seen | Kept


@dataclass(frozen=True, slots=True, kw_only=True)
class ListOutcome:
    """Of a list's page.

    Attributes:
        requests: the next page, the articles, the further lists. They are made one by one as they are asked for,
            since a sitemap may have 50,000.
        parked: what is left for a run that is asked for more.
        marks: what later walks of the list may rely on.
        listing: what the list showed that is new.
        is_read: whether the page was read; False for one that waits for a browser.
        empty: why a list that was asked for shows no entry; None where it shows one.
    """

    requests: Iterable[Request]
    parked: Sequence[Request] = ()
    marks: Sequence[Mark] = ()
    listing: ListedArticles | None = None
    is_read: bool = True
    empty: GiveUp | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleOutcome:
    """Of an article's page.

    Attributes:
        requests: what the lists around the article show.
        parked: what is left for a run that is asked for more.
        marks: what later runs may rely on.
        article: the article.
        move: which addresses lead to it, if others do.
        failure: why the page is given up although its links are followed.
        skipped: why a sound page gives no article.
        released: the page is for the next run: this one has stored what it was asked for.
    """

    requests: Iterable[Request] = ()
    parked: Sequence[Request] = ()
    marks: Sequence[Mark] = ()
    article: Article | None = None
    move: Move | None = None
    failure: GiveUp | None = None
    skipped: str | None = None
    released: bool = False


def set_aside(
    frontier: FrontierClient,
    request: Request,
    portal: str,
    outcome: ListOutcome | ArticleOutcome,
) -> None:
    """Have the frontier park and remember what a page's outcome says, together with the page's acknowledgement.

    So all of it takes effect behind the page's children, or, where the worker dies before that, not at all; then the
    page is read again, with the same outcome. The marks come first: an article that was read can be parked only once it
    is marked as skipped, since one that is queued or was is not parked.
    """
    for mark in outcome.marks:
        match mark:
            case Listed(key, articles):
                frontier.lists.mark_listed(portal, key, articles, request=request)
            case Shown(key, entries):
                frontier.lists.mark_shown(portal, key, entries, request=request)
            case Walking(key):
                frontier.lists.mark_walking(portal, key, request=request)
            case Walked(key):
                frontier.lists.mark_walked(portal, key, request=request)
            case Skipped(identifier):
                frontier.lists.mark_skipped(portal, identifier, request=request)
            case Seen(identifier):
                frontier.lists.mark_seen(portal, identifier, request=request)
            case Kept(key, value, ttl_s):
                frontier.keep(request, key, value, ttl_s)
    for link in outcome.parked:
        frontier.parking.park(link, request=request)
