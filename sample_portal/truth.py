"""What is true of the sample portal: its channels, its articles, and what each page shows of them.

Pages are rendered from these objects and crawls are compared with them, so the two cannot drift apart.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

__all__ = [
    "ArticleKind",
    "Block",
    "Channel",
    "Coding",
    "Layout",
    "ListName",
    "Person",
    "Picture",
    "Portal",
    "Precision",
    "Related",
    "TrueArticle",
]

ArticleKind = Literal["news", "gallery", "video"]
Precision = Literal["day", "minute", "second"]
Layout = Literal["modern", "classic", "left", "picture", "table", "trs", "trs-word"]
#: How an article can be reached. ``javascript`` is for lists that a script fills.
ListName = Literal["home", "channel", "related", "photo", "video", "hot", "sitemap", "feed", "javascript"]

_LENGTH: dict[Precision, int] = {"day": 10, "minute": 16, "second": 19}


@dataclass(frozen=True, slots=True)
class Coding:
    """How a page is sent: the charset its header claims, the one its meta claims, and the codec it really uses."""

    header: str | None = "utf-8"
    meta: str | None = "utf-8"
    codec: str = "utf-8"


@dataclass(frozen=True, slots=True)
class Channel:
    """A list of the portal. ``path`` is its first page; ``known`` says that a profile names it.

    ``city`` stands in the headings around the articles (最新福州新闻). ``size`` is the number of articles that are
    at home here in the first edition, ``fresh`` the number that each further edition adds. ``script`` says that a
    script fills the list: at a click on 加载更多, or while the reader scrolls; nothing else leads to its articles.
    """

    id: str
    name: str
    host: str
    path: str
    layout: Layout
    city: str
    crumbs: tuple[str, ...]
    size: int
    fresh: int = 2
    per_page: int = 20
    kind: ArticleKind = "news"
    known: bool = True
    script: Literal["", "more", "scroll"] = ""

    @property
    def url(self) -> str:
        """The canonical URL of the first page."""
        return f"http://{self.host}{self.path}"

    @property
    def trs(self) -> bool:
        """True for TRS, False for Founder."""
        return self.layout in ("trs", "trs-word")


@dataclass(frozen=True, slots=True)
class Portal:
    """A portal as a plan: its name, its registrable domain, and its channels. The home page is on ``www``.

    ``indexed`` says that it has sitemaps and a feed, and articles that only these know.
    """

    name: str
    title: str
    domain: str
    base_number: int
    channels: tuple[Channel, ...]
    indexed: bool = True

    @property
    def home(self) -> str:
        """The canonical URL of the home page."""
        return f"http://www.{self.domain}/"

    @property
    def hosts(self) -> tuple[str, ...]:
        """All hosts, ``www`` first."""
        return tuple(dict.fromkeys((f"www.{self.domain}", *(channel.host for channel in self.channels))))


@dataclass(frozen=True, slots=True)
class Person:
    """Someone the page names as a maker. ``roles`` are the readings of the byline that are right.

    ``required`` is False where conventions differ, e.g. for the photographer in a caption: naming them is right
    and leaving them out is, too.
    """

    name: str
    roles: frozenset[str]
    required: bool = True


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a body: a paragraph, a sub-heading, or a picture with or without a visible caption (``text``).

    ``noise`` marks a line that stands in the body's element and is not part of the article (a promotion).
    """

    kind: Literal["paragraph", "heading", "picture"]
    text: str = ""
    image: str | None = None
    lazy: bool = False
    noise: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """As the stored document shows it: absolute URL, caption, index of the paragraph before it (-1: the top)."""

    url: str
    caption: str | None
    after: int


@dataclass(frozen=True, slots=True)
class Related:
    """An entry of a list around an article: the title as displayed, and the canonical URL."""

    title: str
    url: str
    date: str | None
    list: ListName


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueArticle:
    """One article and all that a crawl must know of it.

    ``published_at`` is exact to the second; ``precision`` is what a reader sees, ``hidden_precision`` the best
    that the page's source gives. ``channels`` are the ids of the channels that list it, ``reached`` the kinds of
    list by which it can be found. ``group`` is shared by exact copies. ``listed_path`` is a former address that
    lists still link to and that redirects here.
    """

    key: str
    edition: int
    number: int
    home: Channel
    host: str
    path: str
    layout: Layout
    coding: Coding
    kind: ArticleKind
    title: str
    subtitle: str | None = None
    published_at: datetime
    precision: Precision
    hidden_precision: Precision
    source: str | None
    source_url: str | None
    people: tuple[Person, ...]
    author_line: str | None = None
    editors: tuple[str, ...]
    breadcrumb: tuple[str, ...]
    keywords: tuple[str, ...] = ()
    body: tuple[tuple[Block, ...], ...]
    channels: tuple[str, ...]
    reached: frozenset[ListName]
    group: str | None = None
    listed_path: str | None = None
    spun: bool = False
    video: str | None = None
    topic: str = ""
    extra: dict[str, str] = field(default_factory=dict, hash=False)

    @property
    def url(self) -> str:
        """The canonical URL."""
        return f"http://{self.host}{self.path}"

    @property
    def pages(self) -> tuple[str, ...]:
        """The URLs of all pages, in order."""
        stem, _, suffix = self.url.rpartition(".")
        return (self.url, *(f"{stem}_{page}.{suffix}" for page in range(2, len(self.body) + 1)))

    @property
    def wap(self) -> str | None:
        """The URL of the mobile twin; None on TRS hosts, which have none."""
        return None if self.home.trs else f"http://{self.host}/wap{self.path}"

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The text as a reader sees it: paragraphs, sub-headings and the captions that stand in the body."""
        return tuple(block.text for page in self.body for block in page if block.text and not block.noise)

    @property
    def text(self) -> str:
        """The paragraphs, joined by line breaks."""
        return "\n".join(self.paragraphs)

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """The images in order, with their place in the text."""
        found, index = [], -1
        for page in self.body:
            for block in page:
                if block.image:
                    found.append(Picture(block.image, block.text or None, index))
                if block.text and not block.noise:
                    index += 1
        return tuple(found)

    @property
    def published(self) -> str:
        """ISO 8601 with the portal's offset, cut to the visible precision."""
        return self.published_as(self.precision)

    def published_as(self, precision: Precision) -> str:
        """Return ISO 8601, cut to ``precision``; a day has no offset."""
        text = self.published_at.isoformat()
        cut = text[: _LENGTH[precision]]
        return cut if precision == "day" else f"{cut}{text[19:]}"
