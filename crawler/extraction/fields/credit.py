"""Who an article is from, as the page displays it: its source, and its authors with their roles."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from crawler.chinese.byline import read_byline
from crawler.chinese.filed import read_filed
from crawler.chinese.labelled_facts import JOINT
from crawler.chinese.name_lines import MARKS, read_signature
from crawler.chinese.names import is_organisation, is_person, is_plain_person
from crawler.chinese.traditional import fold
from crawler.extraction.fields.bylines import read_bylines
from crawler.extraction.fields.labelled import (
    NO_NAMES,
    labelled_authors,
    labelled_source,
    labelled_translators,
    without_offices,
)
from crawler.extraction.fields.model import is_on
from crawler.items import Author, Role

if TYPE_CHECKING:
    from crawler.extraction.fields.regions import Regions
    from crawler.extraction.fields.unlabelled import UnlabelledPiece
    from crawler.extraction.page.meta import Meta

__all__ = ["STEPS", "Credits", "find_credits"]

_TWO = re.compile(r"([^/／]{2,20}?)\s?[/／]\s?([^/／]{2,20})")
# What a site calls itself behind its own name, and its channels, whose names are an outlet's (云水娱乐).
_SITE_WORDS = re.compile("(?:新闻|资讯)?(?:网站?|门户网?|在线|客户端|频道|中心|日报|晚报|首页)+$")
_CHANNEL = re.compile(
    "^[\u4e00-\u9fff]{2,6}(?:娱乐|音乐|体育|财经|科技|汽车|时尚|教育|健康|军事|旅游|房产|读书|游戏|视频|电影|文史|历史|美食|数码|证券|公益|要闻|快讯|社会)$"
)
# What every byline has one of: most rows above a text have none.
_BYLINE = re.compile(rf"[{MARKS}记記员員者稿笔文图圖摄攝写采整译編编研]|报道|供|视频|综合|实习")
_SITE_PARTS = re.compile(r"[_|｜\-—–]+")
_OFFICE = re.compile("(?:书记|[省市县区镇村校院部局厅处社会站]长|主席|主任|教授|研究员|记者|委员|院士)$")
_LONGEST_ROW = 80
_LONGEST_SOURCE = 40
_MANY = 3  # accounts in a row: more are a list


@dataclass(frozen=True, slots=True)
class Credits:
    """Source and authors, with where each came from; ``source_line`` is the source's line on the page or -1."""

    source: str | None
    source_origin: str
    source_line: int
    authors: tuple[Author, ...]
    authors_origin: str


@dataclass(slots=True)
class _Draft:
    """What the steps have found so far; ``accounts`` are pieces of the row that nobody has claimed."""

    regions: Regions
    meta: Meta
    paragraphs: list[str]
    source: str | None = None
    source_origin: str = ""
    source_line: int = -1
    authors: dict[str, Role] = field(default_factory=dict)
    authors_origin: str = ""
    accounts: list[UnlabelledPiece] = field(default_factory=list)
    sites: frozenset[str] = frozenset()

    def from_row(self, source: str, line: int) -> None:
        """Take a source out of the row under the headline."""
        self.source, self.source_origin, self.source_line = source, "row", line

    @property
    def has_writer(self) -> bool:
        """Whether someone is named who wrote, not only who took the pictures."""
        return any(role != "photographer" for role in self.authors.values())


def find_credits(regions: Regions, meta: Meta, paragraphs: list[str]) -> Credits:
    """Take the steps of :data:`STEPS` in order.

    The row under the headline often holds names without labels. A publisher's is the source; a person's is the
    author; any other (a self-media account) is the source where the text names its author, and the author where it
    does not.
    """
    draft = _Draft(regions, meta, paragraphs)
    for step in STEPS:
        if is_on("credit", step):
            step(draft)
    authors = tuple(Author(name, role) for name, role in draft.authors.items())
    return Credits(draft.source, draft.source_origin, draft.source_line, authors, draft.authors_origin)


def labels(draft: _Draft) -> None:
    """Read 来源：, 作者：, 记者：."""
    draft.source, draft.source_origin, draft.source_line = labelled_source(draft.regions)
    draft.authors = labelled_authors(draft.regions)
    draft.authors_origin = "visible" if draft.authors else ""


def bylines_above(draft: _Draft) -> None:
    """Read a row above the text that is a byline, or has one: 本报记者 张三."""
    if draft.authors:
        return
    for index, text in draft.regions.head:
        if len(text) <= _LONGEST_ROW:
            signed = index >= draft.regions.under
            draft.authors.update((n, r) for n, r in _bylines_of(text, signed=signed) if is_person(n))
    draft.authors_origin = "visible" if draft.authors else ""


def people_behind_source(draft: _Draft) -> None:
    """Read 来源：云水日报 方志远 罗小满: a source, and who wrote for it."""
    if draft.source is None or (named := _source_and_people(draft.source)) is None:
        return
    draft.source = named[0]
    draft.authors = draft.authors or dict.fromkeys(named[1], "author")
    draft.authors_origin = draft.authors_origin or "row"


def bylines_in_text(draft: _Draft) -> None:
    """Read （记者 …）, 文/图 …: a byline knows the role better than 作者：."""
    written = dict(read_bylines(draft.paragraphs))
    draft.authors = without_offices({**draft.authors, **written})
    if written and not draft.authors_origin:
        draft.authors_origin = "byline"


def row(draft: _Draft) -> None:
    """Read 张三／云水日报 in the row as both; the site itself, beside whom it has the article from, is neither."""
    draft.sites = frozenset(part.strip() for part in _SITE_PARTS.split(draft.meta.title)[1:])
    for piece in draft.regions.unlabelled:
        if piece.text in NO_NAMES:
            continue
        if both := _person_and_paper(piece.text):
            if not draft.has_writer:
                draft.authors[both[0]], draft.authors_origin = "author", "row"
            if draft.source is None:
                draft.from_row(both[1], piece.line)
            continue
        if filed := read_filed(fold(piece.text)):
            draft.authors = {**dict.fromkeys(filed, "reporter"), **draft.authors}
            draft.authors_origin = draft.authors_origin or "row"
            continue
        beside = piece.line == draft.source_line and is_organisation(piece.text)
        if draft.source is None or not (beside or piece.text in draft.sites):
            draft.accounts.append(piece)


def publisher_in_row(draft: _Draft) -> None:
    """Take a publisher in the row for the source; the site itself only where no other is named.

    Beside the place where an account writes from, or a button to follow it, a name is an account's.
    """
    if draft.source is not None:
        return
    publishers = [piece for piece in draft.accounts if piece.sourced or _is_publisher(draft, piece)]
    if not publishers:
        return
    piece = next((piece for piece in publishers if piece.text not in draft.sites), publishers[0])
    draft.from_row(piece.text, piece.line)
    draft.accounts = [piece for piece in draft.accounts if piece.text not in draft.sites]


def _is_publisher(draft: _Draft, piece: UnlabelledPiece) -> bool:
    """Say whether a piece of the row is a publisher's name: by its words, or as a channel of the site."""
    placed = draft.regions.placed
    if piece.followed or (placed and piece.linked):
        return False
    if is_organisation(piece.text):
        return True
    if placed or is_plain_person(piece.text):
        return False
    brands = {brand for site in draft.sites if len(brand := _SITE_WORDS.sub("", site)) > 1}
    if piece.text.startswith(tuple(brands)):
        return True
    return piece.linked and not piece.account and _CHANNEL.search(piece.text) is not None


def source_in_head(draft: _Draft) -> None:
    """Read ``<meta name="source">`` and the like."""
    if draft.source is not None:
        return
    for name in ("source", "contentsource", "mediaid", "laiyuan"):
        value = draft.meta.tags.get(name, "")
        if 1 < len(value) <= _LONGEST_SOURCE:
            draft.source, draft.source_origin = value, f"meta:{name}"
            return


def people_in_row(draft: _Draft) -> None:
    """Take a person in the row for the author, where nobody else wrote."""
    draft.accounts = [_person_of(piece) for piece in draft.accounts if piece.text != draft.source]
    people = [piece.text for piece in draft.accounts if is_person(piece.text)]
    if people and not draft.has_writer:
        draft.authors.update(dict.fromkeys(people, "author"))
        draft.authors_origin = "row"


def accounts_in_row(draft: _Draft) -> None:
    """Take an account for the source where the text names its author, and for the author where it does not.

    It is the author beside a source that is no publisher of the row, with a button to follow it, or alone with it.
    """
    accounts = [piece for piece in draft.accounts if piece.text not in draft.authors]
    if not 0 < len(accounts) <= _MANY:
        return
    if draft.source is None and (draft.has_writer or (len(accounts) == 2 and not draft.regions.placed)):
        account = accounts.pop()
        draft.from_row(account.text, account.line)
    if not accounts or draft.has_writer:
        return
    first = accounts[0]
    alone = len(accounts) == 1 and draft.source_line == first.line
    if draft.source_origin != "row" or first.followed or alone:
        draft.authors[first.text], draft.authors_origin = "author", "row"


def translators(draft: _Draft) -> None:
    """Read 译者：, where nobody else is named."""
    if not draft.authors and (found := labelled_translators(draft.regions)):
        draft.authors, draft.authors_origin = found, "visible"


def author_in_head(draft: _Draft) -> None:
    """Take the one person of the page's linked data; a ``<meta>`` names whoever typed the page in."""
    if not draft.authors and (name := _linked_author(draft.meta)):
        draft.authors, draft.authors_origin = {name: "author"}, "json-ld"


STEPS = (
    labels, bylines_above, people_behind_source, bylines_in_text, row, publisher_in_row, source_in_head,
    people_in_row, accounts_in_row, translators, author_in_head,
)  # fmt: skip
"""In this order; each sees what those before it found. ``credit: function`` is a step's name."""


def _person_and_paper(text: str) -> tuple[str, str] | None:
    """Read 张三／云水日报 and 云水快讯／张三: who wrote, and for whom."""
    if (both := _TWO.fullmatch(text)) is None:
        return None
    first, second = both.groups()
    for person, paper in ((first, second), (second, first)):
        if is_plain_person(person) and (
            is_organisation(paper) or (_CHANNEL.search(paper) is not None and not is_plain_person(paper))
        ):
            return person, paper
    return None


def _bylines_of(text: str, *, signed: bool) -> list[tuple[str, Role]]:
    """Read the byline that a row above the text is, or has in one of its text nodes.

    What may be ``signed`` stands below the headline; above it such lines are channels (■ 时评).
    """
    if not _BYLINE.search(text):
        return []
    whole = text.replace(JOINT, " ")
    parts = [part for part in text.split(JOINT) if " " in part] if JOINT in text else []
    signature = read_signature(whole) if signed else []
    return read_byline(whole) or signature or [name for part in parts for name in read_byline(part)]


def _person_of(piece: UnlabelledPiece) -> UnlabelledPiece:
    """Return 童山 for 市委副书记 童山."""
    office, _, name = piece.text.rpartition(" ")
    return replace(piece, text=name) if _OFFICE.search(office) and is_person(name) else piece


def _linked_author(meta: Meta) -> str | None:
    author = meta.linked_data.get("author")
    if isinstance(author, list) and len(author) == 1:
        author = author[0]
    name = author.get("name") if isinstance(author, dict) and author.get("@type") == "Person" else None
    return name if isinstance(name, str) and is_person(name) else None


def _source_and_people(source: str) -> tuple[str, list[str]] | None:
    paper, *people = (part.lstrip(MARKS) for part in source.split(" "))
    return (paper, people) if people and is_organisation(paper) and all(map(is_person, people)) else None
