"""The data model: what the crawl produces, independent of where it is stored.

The names and meanings are the public data model (docs/data-model.md). All objects are immutable; a pipeline
that changes an article returns a new one (:func:`dataclasses.replace`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal

import msgspec

__all__ = [
    "BODY",
    "MERGED",
    "NO_CELL",
    "SMALL",
    "WORDS",
    "Article",
    "ArticleType",
    "Attachment",
    "Author",
    "Extraction",
    "Failure",
    "Image",
    "LearntParameters",
    "ListKind",
    "ListedArticles",
    "Listing",
    "Move",
    "Precision",
    "Reached",
    "Related",
    "RelatedKind",
    "Role",
    "Video",
    "as_dict",
]

ArticleType = Literal["news", "gallery", "video", "paper"]
Precision = Literal["day", "minute", "second"]
Role = Literal["reporter", "correspondent", "author", "photographer"]
RelatedKind = Literal["related", "channel", "photo", "video", "hot"]
ListKind = Literal["home", "channel", "related", "photo", "video", "hot", "sitemap", "feed", "adhoc"]

MERGED: Final = {"merged": True}
"""Metadata of a field: what lists say, so that the store adds to it and no newer fetch replaces it."""

BODY: Final = {"body": True}
"""Metadata of a field: the text in one of its forms, which an export without texts leaves out."""

NO_CELL: Final = {"cell": False}
"""Metadata of a field: not a column of CSV (one whose values nest deeper never is)."""

WORDS: Final = {"words": True}
"""Metadata of a field: a line that the page displays, or several; cleaning clears each as a line and no more."""

SMALL: Final = {"bits": 32}
"""Metadata of an integer that Parquet keeps in 32 bits."""


@dataclass(frozen=True, slots=True)
class Author:
    """A person (or, where the byline names none, an organisation) and what the byline says they did."""

    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of the body. ``after`` is the index of the paragraph before it, -1 for the top."""

    url: str
    caption: str | None = None
    after: int = field(default=-1, metadata=SMALL)


@dataclass(frozen=True, slots=True)
class Video:
    """A film of the body; the fields are those of :class:`Image`."""

    url: str
    caption: str | None = None
    after: int = field(default=-1, metadata=SMALL)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that the text links to: ``title`` is the link's words, ``type`` the file's ending (``pdf``)."""

    url: str
    title: str
    type: str


@dataclass(frozen=True, slots=True)
class Related:
    """An entry of a list around the article. ``date`` is as displayed, normalised to ISO 8601 where possible."""

    title: str
    url: str
    date: str | None
    list: RelatedKind


@dataclass(frozen=True, slots=True)
class Listing:
    """A list that showed an article, and when (UTC). ``channel`` is the profile's channel id, or None.

    It is an entry of the article's ``found_on``, and a document of the collection ``listings``.
    """

    portal: str
    channel: str | None
    list: ListKind
    at: datetime


@dataclass(frozen=True, slots=True)
class Extraction:
    """How an article was made: the rules' version, the profile's hash, and each field's origin.

    ``origin`` maps a field's name to the step that won, e.g. ``{"title": "profile:div.cont-head h1",
    "source": "family:founder", "published": "meta:publishdate", "text": "generic"}``.
    It is named ``from`` in JSON and MongoDB.
    """

    version: int
    profile: str | None
    origin: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article, as read from its page or pages and cleaned. Times are aware and in UTC.

    Documents of the store, columns of an export and JSON follow from these fields; their order is that of the
    columns. What only the store can know stands in :mod:`crawler.storage.fields`.
    """

    url: str
    portal: str | None = field(default=None, metadata=MERGED)
    tags: dict[str, str] = field(default_factory=dict, metadata=MERGED)
    channels: tuple[str, ...] = field(default=(), metadata=MERGED)
    breadcrumb: tuple[str, ...] = field(default=(), metadata=WORDS)
    type: ArticleType = "news"
    title: str = ""
    subtitle: str | None = field(default=None, metadata=WORDS)
    summary: str | None = field(default=None, metadata=WORDS)
    keywords: tuple[str, ...] = ()
    published_at: datetime | None = field(default=None, metadata=NO_CELL)
    published_precision: Precision | None = field(default=None, metadata=NO_CELL)
    published: str | None = None
    source: str | None = field(default=None, metadata=WORDS)
    source_url: str | None = None
    authors: tuple[Author, ...] = ()
    editors: tuple[str, ...] = field(default=(), metadata=WORDS)
    proofreaders: tuple[str, ...] = field(default=(), metadata=WORDS | NO_CELL)
    text: str = field(default="", metadata=BODY)
    text_raw: str | None = field(default=None, metadata=BODY | NO_CELL)
    cleaning: tuple[str, ...] = field(default=(), metadata=NO_CELL)
    html: str = field(default="", metadata=BODY | NO_CELL)
    images: tuple[Image, ...] = ()
    videos: tuple[Video, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    related: tuple[Related, ...] = ()
    comment_count: int | None = field(default=None, metadata=NO_CELL)
    pages: tuple[str, ...] = field(default=(), metadata=NO_CELL)
    content_hash: str = ""
    found_on: tuple[Listing, ...] = field(default=(), metadata=MERGED)
    fetched_at: datetime | None = None
    extraction: Extraction | None = None


def as_dict(article: Article) -> dict[str, Any]:
    """Return the article as dicts, tuples, strings, numbers and datetimes, by the names of the data model.

    All names are those of the dataclasses, but ``extraction.origin``, which is ``extraction.from``.
    """
    fields: dict[str, Any] = msgspec.to_builtins(article, builtin_types=(datetime,), enc_hook=_plain_text)
    if article.extraction is not None:
        fields["extraction"]["from"] = fields["extraction"].pop("origin")
    return fields


def _plain_text(value: Any) -> str:
    """Return a string of a class of its own, as lxml makes them, as a plain one."""
    if isinstance(value, str):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no place in an article")


@dataclass(frozen=True, slots=True)
class ListedArticles:
    """The articles that one list page showed, so that their ``channels`` and ``found_on`` stay complete.

    ``articles`` holds the ids (see :func:`crawler.urls.url_id`) that this list shows for the first time,
    ``tags`` those of the channel.
    """

    listing: Listing
    articles: tuple[str, ...]
    tags: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Move:
    """Addresses that lead to an article: it is found on the lists that name one of them, too.

    ``ids`` are those of the addresses that redirect, or whose page names another as canonical; ``article`` is
    the id of where they lead (see :func:`crawler.urls.url_id`).
    """

    ids: tuple[str, ...]
    article: str


@dataclass(frozen=True, slots=True)
class Reached:
    """Requests whose page was read at ``at`` (UTC), and that are no articles: earlier failures of theirs are over.

    ``ids`` are those of :attr:`Failure.id`.
    """

    ids: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A request that was given up. ``tries`` counts all attempts; ``status`` is the last HTTP status, if any.

    ``id`` is the request's (:func:`crawler.portals.addresses.request_id`), so that lists behind forms at one address
    are told apart; empty stands for that of ``url``, asked for plainly. Of an article it is the article's.
    """

    id: str = ""
    url: str
    portal: str | None
    reason: str
    detail: str = ""
    status: int | None = None
    tries: int = 1
    at: datetime
    found_on: tuple[Listing, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LearntParameters:
    """Query parameters that a crawl has found to say nothing, and where that holds.

    ``place`` is a host and a kind of file (:func:`crawler.portals.parameters.file_kind`), ``others`` are all names that
    stand beside ``names`` there, both sorted. ``portal`` is whose crawl has found it, ``at`` when (UTC), ``example``
    one of the addresses. ``settled``: no document is left that was stored under such an address meanwhile.
    """

    place: str
    others: tuple[str, ...]
    names: tuple[str, ...]
    portal: str
    example: str
    at: datetime
    settled: bool = False

    @property
    def id(self) -> str:
        """A name for it, which a person can read."""
        beside = f"{self.place}?{'&'.join(self.others)}" if self.others else self.place
        return f"{beside} {' '.join(self.names)}"

    @property
    def host(self) -> str:
        """The host that it holds of."""
        return self.place.partition("/")[0].rpartition(":")[0] or self.place.partition("/")[0]
