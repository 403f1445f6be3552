"""The shape of a portal's TOML file: which keys there are, and of which types.

Everything is optional here; :mod:`crawler.portals.reading` checks a file against it, and what must be there, and what
it means, is decided in :mod:`crawler.portals.resolve`. Keys of :data:`LATER` are reserved: this version
cannot honour them and says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal

import msgspec

from crawler.portals.model import ListType  # noqa: TC001 -- msgspec reads the annotations

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "ARTICLE_FIELDS",
    "LATER",
    "ArticleTable",
    "ChannelTable",
    "ListTable",
    "PagerTable",
    "PagesTable",
    "PortalTable",
    "RenderTable",
    "RequestTable",
    "Table",
    "TemplateTable",
]

LATER: Final[Mapping[str, str]] = {
    "tls": "hosts that speak only old TLS",
    "proxy_env": "the environment variable that names the portal's proxy",
    "cookies": "cookies to send",
    "twin_of": "the portal that has the same articles",
    "epaper": "an epaper: issues, pages, areas",
    "list.nested": "lists in lists",
    "list.inline": "entries that are whole articles",
    "list.lax": "JSON that is none",
    "article.fetch": "an article by a second request",
    "article.moved": "meta refresh and the like",
    "article.pages.count": "the number of pages",
    "article.template.from": "first day of the template",
    "article.template.until": "last day of the template",
    "article.template.place": "media placeholders in the text",
    "article.template.then": "further requests and steps",
}
"""What comes: dotted keys that are reserved, and what they will say."""

Texts = str | list[str]
"""One text, or several in order."""


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A TOML table."""


class PagerTable(Table, frozen=True):
    """``[list.pager]``: how a list goes on."""

    next: Texts | None = None
    script: Texts | None = None
    url: str | None = None
    first: int | None = None
    last: int | None = None
    set: dict[str, str] | None = None
    until: str | None = None


class ListTable(Table, frozen=True):
    """``[list]``, and a channel's own ``list``: how a channel page is read."""

    type: ListType | None = None
    urls: Texts | None = None
    region: Texts | None = None
    items: Texts | None = None
    fields: dict[str, Texts] | None = None
    skip: Texts | None = None
    pager: PagerTable | None = None
    budget: int | None = None


class RenderTable(Table, frozen=True):
    """A channel's ``render``: how a browser fills the list."""

    more: Texts | None = None
    scroll: bool | None = None
    wait: str | None = None
    steps: int | None = None


class RequestTable(Table, frozen=True):
    """A channel's ``request``: what brings the list, where that is not the channel's page."""

    url: str
    method: Literal["GET", "POST"] | None = None
    form: dict[str, str] | None = None
    json: dict[str, Any] | None = None


class ChannelTable(Table, frozen=True):
    """``[[channels]]``: a list that the portal offers."""

    url: str
    id: str | None = None
    name: str = ""
    tags: dict[str, str] | None = None
    every: int | str | None = None
    enabled: bool = True
    list: ListTable | None = None
    render: bool | RenderTable | None = None
    request: RequestTable | None = None


class PagesTable(Table, frozen=True):
    """``[article.pages]``: how a long article goes on."""

    next: Texts | None = None
    all: Texts | None = None
    script: Texts | None = None
    url: str | None = None
    first: int | None = None
    limit: int | None = None


class FieldsTable(Table, frozen=True):
    """What a template reads of an article, each field from sources that are tried in order.

    A field is added here and in ``docs/profiles.md``; templates, the resolved profile and what is printed of it
    follow from :data:`ARTICLE_FIELDS`.
    """

    title: Texts | None = None
    subtitle: Texts | None = None
    summary: Texts | None = None
    keywords: Texts | None = None
    published: Texts | None = None
    source: Texts | None = None
    byline: Texts | None = None
    authors: Texts | None = None
    editors: Texts | None = None
    breadcrumb: Texts | None = None
    body: Texts | None = None
    images: Texts | None = None
    captions: Texts | None = None
    videos: Texts | None = None


ARTICLE_FIELDS: Final = FieldsTable.__struct_fields__
"""The names of the fields that a template may read."""


class TemplateTable(FieldsTable, frozen=True):
    """``[[article.template]]``: one way to read an article."""

    name: str | None = None
    type: Literal["news", "gallery", "video", "paper"] | None = None
    when: str | None = None
    urls: Texts | None = None
    remove: Texts | None = None
    cut: Texts | None = None


class ArticleTable(Table, frozen=True):
    """``[article]``: which URLs are articles, and how articles are read."""

    type: Literal["html", "json"] | None = None
    urls: Texts | None = None
    deny: Texts | None = None
    canonical: Texts | None = None
    continuation: Texts | None = None
    gone: Texts | None = None
    pages: PagesTable | None = None
    template: list[TemplateTable] | None = None


class RelatedTable(Table, frozen=True):
    """``[related]``: where the lists around an article stand, by kind."""

    related: Texts | None = None
    channel: Texts | None = None
    photo: Texts | None = None
    video: Texts | None = None
    hot: Texts | None = None


# Under other names, since the tables below have a key "list".
Names = list[str]
Channels = list[ChannelTable]
Templates = list[TemplateTable]


class PortalTable(Table, frozen=True):
    """The whole file. A family's file has the same shape."""

    schema: int = 1
    title: str | None = None
    family: Texts | None = None
    home: str | None = None
    scheme: Literal["http", "https"] | None = None
    domains: Names | None = None
    exclude: Texts | None = None
    private: bool | None = None
    tags: dict[str, str] | None = None
    channels: Channels | None = None
    channels_from: str | None = None
    follow_channels: bool | None = None
    sitemaps: Texts | None = None
    feeds: Texts | None = None
    rate: float | None = None
    site_rate: float | None = None
    robots: bool | None = None
    headers: dict[str, str] | None = None
    timezone: str | None = None
    characters: Literal["as-is", "simplified"] | None = None
    ignore_parameters: Texts | None = None
    keep_parameters: Texts | None = None
    list: ListTable | None = None
    article: ArticleTable | None = None
    related: RelatedTable | None = None
