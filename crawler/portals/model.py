"""A resolved portal profile: what the rest of the crawler sees of a TOML file.

Everything is immutable, validated and compiled; a family's defaults are already merged in. Nothing here is
ever executed: expressions are CSS, XPath, regular expressions and dotted paths, no code.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping

    from crawler.items import ArticleType
    from crawler.portals.parameters import IdleParameters
    from crawler.urls import RequestSpec

__all__ = [
    "ArticleRules",
    "Channel",
    "Filter",
    "ListRules",
    "ListType",
    "Pager",
    "PagesRules",
    "Profile",
    "Render",
    "Rewrite",
    "Source",
    "Template",
]

ListType = Literal["html", "json", "jsonp", "script", "feed"]
SourceKind = Literal["css", "xpath", "meta", "json", "list", "issue", "const", "comment"]


@dataclass(frozen=True, slots=True)
class Filter:
    """A step after a source; :func:`crawler.portals.sources.filtered` applies them.

    ``re`` keeps group 1 or the match, ``before`` and ``after`` what stands on one side of a mark, ``cut``
    drops a text wherever it stands, ``base64`` decodes.
    """

    name: Literal["re", "before", "after", "cut", "base64"]
    argument: str = ""
    pattern: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where a field's value may come from.

    ``css`` and ``xpath`` select elements (``attribute`` names an attribute instead of the text), ``meta`` a
    ``<meta>`` by name, property or itemprop, ``json`` a dotted path, ``list`` and ``issue`` what the list
    or the epaper issue said of the article, ``comment`` a tag inside an HTML comment
    (``comment:enpproperty/date``), ``const`` a literal. ``text`` is the source as written in the profile.
    """

    kind: SourceKind
    expression: str
    attribute: str | None = None
    filters: tuple[Filter, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Rewrite:
    r"""A rule on a URL: what ``pattern`` matches is replaced by ``replacement`` (with ``\1`` for a group)."""

    pattern: re.Pattern[str]
    replacement: str


@dataclass(frozen=True, slots=True)
class Pager:
    """How a list goes on.

    ``next`` selects links. ``scripts`` find, in the page's source, what a script would write a pager from:
    named groups ``total`` (pages), and where the call says it ``current`` (number of this page, from 0),
    ``stem`` and ``ext`` of the file names, as in TRS's ``createPageHTML(34, 0, "index", "htm")``. ``url``
    is a template for a page's file name, with ``{stem}``, ``{ext}`` and ``{n}``; page 2 has the number
    ``first`` (None: 2, or 1 where a script counts pages from 0). ``last`` is the highest page that is read.
    ``set`` and ``until`` are those of a JSON list
    (:mod:`crawler.portals.json_paths` reads their paths).
    """

    next: tuple[Source, ...] = ()
    scripts: tuple[re.Pattern[str], ...] = ()
    url: str | None = None
    first: int | None = None
    last: int | None = None
    set: Mapping[str, str] = field(default_factory=dict)
    until: str = ""


@dataclass(frozen=True, slots=True)
class Render:
    """How a browser fills a list.

    ``wait`` (CSS) must be there before anything is done. Then ``more`` (CSS; the first that is visible) is
    clicked, or where there is none and ``scroll`` says so the page is scrolled to its end, until nothing new
    comes or ``steps`` are done. Without ``more`` a button is known by its words (加载更多).
    """

    more: tuple[str, ...] = ()
    scroll: bool = True
    wait: str | None = None
    steps: int = 50


@dataclass(frozen=True, slots=True)
class ListRules:
    """How a channel page is read.

    ``region`` (CSS) limits it to a part of the page; ``items`` (CSS) selects one node an entry; ``skip``
    (CSS) drops parts. ``fields`` (``url``, ``title``, ``date``) are read inside an item. ``budget`` is the
    number of pages of one list that are read. Of a JSON list ``items`` and ``fields`` are dotted paths.
    """

    type: ListType = "html"
    region: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    fields: Mapping[str, tuple[Source, ...]] = field(default_factory=dict)
    skip: tuple[str, ...] = ()
    pager: Pager = field(default_factory=Pager)
    budget: int = 2000


@dataclass(frozen=True, slots=True)
class Channel:
    """A list that the portal offers. ``id`` is stable and stored with every article it listed.

    ``request`` is what brings the list, where that is not a plain GET of ``url``. ``render`` says that a browser
    fills it. A run that asks for what is new leaves a channel out that was read within ``every`` (seconds).
    """

    id: str
    url: str
    name: str = ""
    tags: Mapping[str, str] = field(default_factory=dict)
    every: int | None = None
    enabled: bool = True
    list: ListRules | None = None
    render: Render | None = None
    request: RequestSpec | None = None


@dataclass(frozen=True, slots=True)
class PagesRules:
    """How a long article goes on: links to the further pages, one link to all on one page, or a count.

    ``scripts``, ``url`` and ``first`` are those of :class:`Pager`; ``limit`` is the number of pages read.
    """

    next: tuple[Source, ...] = ()
    all: tuple[Source, ...] = ()
    scripts: tuple[re.Pattern[str], ...] = ()
    url: str | None = None
    first: int | None = None
    limit: int = 50


@dataclass(frozen=True, slots=True)
class Template:
    """One way to read an article.

    The first whose ``urls`` and ``when`` hold and whose body is not empty wins. ``fields`` maps a field's
    name (``title``, ``subtitle``, ``summary``, ``published``, ``source``, ``byline``, ``authors``,
    ``editors``, ``breadcrumb``, ``keywords``, ``body``, ``images``, ``captions``, ``videos``) to its
    sources, tried in order; the first that is not empty wins. ``remove`` (CSS) cuts elements out of the
    body first; the body ends at the paragraph that a ``cut`` pattern is found in.
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

    ``canonical`` is applied in order to an article's URL before it is fetched: a mobile twin or a
    continuation page becomes the desktop page 1. ``continuation`` matches URLs of page 2 and later;
    ``gone`` finds the sentences of a soft 404.
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

    All patterns on URLs are searched in ``host/path?query`` of the canonical URL, without scheme.
    ``families`` are those whose rules are merged in, in order, ``generic`` last;
    ``family`` is the first that the profile names. ``home`` is empty where a profile has channels only.
    ``rate`` and ``site_rate`` are requests a second for one host and for one registrable domain (0: no
    limit). ``ignore_parameters`` are names of query parameters that never change a page, ``keep_parameters``
    those that may, whatever else is known of them; ``learnt`` is what a crawl has found out by itself (by
    :func:`crawler.portals.parameters.file_kind`), and no part of the file. ``scheme`` is the canonical one; both
    are fetched. ``private`` allows hosts on loopback, private and link-local addresses, which are refused
    otherwise. ``related`` maps a kind of list around an article to the CSS selectors of its region, for portals
    whose lists cannot be told by their headings. ``hash`` is 16 hex digits over the rules that decide what is
    read and how, not over channels, rates and names. A profile's identity is its name and hash.
    """

    name: str
    title: str
    family: str | None = None
    families: tuple[str, ...] = ()
    home: str = ""
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
    ignore_parameters: frozenset[str] = frozenset()
    keep_parameters: frozenset[str] = frozenset()
    learnt: Mapping[str, tuple[IdleParameters, ...]] = field(default_factory=dict)
    list: ListRules = field(default_factory=ListRules)
    article: ArticleRules = field(default_factory=ArticleRules)
    related: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    file: str = ""
    hash: str = ""

    def __hash__(self) -> int:
        return hash(self.hash or self.name)  # asked for with every link
