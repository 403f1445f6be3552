"""A resolved portal profile: what the rest of the crawler sees of a TOML file.

Everything is immutable, validated and compiled; a family's defaults are already merged in. Nothing here is ever
executed: expressions are CSS, XPath, regular expressions and dotted paths, no code.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from crawler.items import ArticleType

__all__ = [
    "ArticleRules",
    "Channel",
    "Filter",
    "ListRules",
    "Pager",
    "PagesRules",
    "Profile",
    "Rewrite",
    "Source",
    "Template",
]

SourceKind = Literal["css", "xpath", "meta", "json", "list", "issue", "const", "comment"]


@dataclass(frozen=True, slots=True)
class Filter:
    """A step after a source: ``re`` (group 1, or the match), ``before``/``cut`` (text up to a mark), ``base64``."""

    name: Literal["re", "before", "after", "cut", "base64"]
    argument: str = ""
    pattern: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where a field's value may come from.

    ``css`` and ``xpath`` select elements (``attribute`` names an attribute instead of the text), ``meta`` a
    ``<meta>`` by name, property or itemprop, ``json`` a dotted path, ``list`` and ``issue`` what the list or the
    epaper issue said of the article, ``comment`` a tag inside an HTML comment
    (``comment:enpproperty/date``), ``const`` a literal. ``text`` is the source as written in the profile.
    """

    kind: SourceKind
    expression: str
    attribute: str | None = None
    filters: tuple[Filter, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A rule on a URL: what ``pattern`` matches is replaced by ``replacement`` (``\\1`` style groups)."""

    pattern: re.Pattern[str]
    replacement: str


@dataclass(frozen=True, slots=True)
class Pager:
    """How a list goes on. ``next`` selects links; ``script`` finds a call like TRS's ``createPageHTML(34, 0, …)``.

    ``url`` is a template for page n (``node_{id}_{n}.htm`` style; see docs/profiles.md), counted from ``first``.
    """

    next: tuple[Source, ...] = ()
    script: re.Pattern[str] | None = None
    url: str | None = None
    first: int = 1
    last: int | None = None


@dataclass(frozen=True, slots=True)
class ListRules:
    """How a channel page is read. ``region`` limits it to a part; ``items`` selects one node an entry."""

    type: Literal["html", "json", "jsonp", "script", "feed"] = "html"
    region: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    fields: Mapping[str, tuple[Source, ...]] = field(default_factory=dict)
    skip: tuple[str, ...] = ()
    pager: Pager = field(default_factory=Pager)
    budget: int = 2000


@dataclass(frozen=True, slots=True)
class Channel:
    """A list that the portal offers. ``id`` is stable and stored with every article it listed."""

    id: str
    url: str
    name: str = ""
    tags: Mapping[str, str] = field(default_factory=dict)
    every: int | None = None
    enabled: bool = True
    list: ListRules | None = None


@dataclass(frozen=True, slots=True)
class PagesRules:
    """How a long article goes on: links to the further pages, or one link to all on one page."""

    next: tuple[Source, ...] = ()
    all: tuple[Source, ...] = ()
    limit: int = 50


@dataclass(frozen=True, slots=True)
class Template:
    """One way to read an article. The first whose ``urls`` and ``when`` hold and whose body is not empty wins.

    ``fields`` maps a field's name (``title``, ``subtitle``, ``summary``, ``published``, ``source``, ``byline``,
    ``authors``, ``editors``, ``breadcrumb``, ``keywords``, ``body``, ``images``, ``captions``, ``videos``) to its
    sources, tried in order; the first that is not empty wins. ``remove`` cuts elements out of the body first.
    """

    name: str
    type: ArticleType = "news"
    when: str | None = None
    urls: tuple[re.Pattern[str], ...] = ()
    fields: Mapping[str, tuple[Source, ...]] = field(default_factory=dict)
    remove: tuple[str, ...] = ()
    cut: tuple[re.Pattern[str], ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleRules:
    """Which URLs are articles, how an article is cited, and how it is read.

    ``canonical`` is applied in order to an article's URL before it is fetched: a mobile twin or a continuation
    page becomes the desktop page 1. ``continuation`` matches URLs of page 2 and later; ``gone`` finds the
    sentences of a soft 404.
    """

    urls: tuple[re.Pattern[str], ...] = ()
    deny: tuple[re.Pattern[str], ...] = ()
    canonical: tuple[Rewrite, ...] = ()
    continuation: tuple[re.Pattern[str], ...] = ()
    gone: tuple[re.Pattern[str], ...] = ()
    pages: PagesRules = field(default_factory=PagesRules)
    templates: tuple[Template, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A portal, ready to be crawled.

    ``rate`` and ``site_rate`` are requests a second for one host and for one registrable domain (0: no limit).
    ``scheme`` is the canonical one; both are fetched. ``hash`` is 16 hex digits over the resolved profile.
    ``exclude`` patterns are searched in ``host/path``. ``related`` maps a kind of list around an article to the
    selectors of its region, for portals whose lists cannot be told by their headings. ``private`` allows hosts on
    loopback, private and link-local addresses, which are refused otherwise.
    """

    name: str
    title: str
    family: str | None = None
    home: str
    scheme: Literal["http", "https"] = "http"
    domains: tuple[str, ...]
    exclude: tuple[re.Pattern[str], ...] = ()
    tags: Mapping[str, str] = field(default_factory=dict)
    channels: tuple[Channel, ...] = ()
    channel_urls: tuple[re.Pattern[str], ...] = ()
    sitemaps: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    follow_channels: bool = True
    rate: float = 2.0
    site_rate: float = 4.0
    robots: bool = True
    private: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)
    timezone: str = "Asia/Shanghai"
    characters: Literal["as-is", "simplified"] = "as-is"
    list: ListRules = field(default_factory=ListRules)
    article: ArticleRules = field(default_factory=ArticleRules)
    related: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    file: str = ""
    hash: str = ""
