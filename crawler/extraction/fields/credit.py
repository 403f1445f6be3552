"""Who an article is from: its source, and its authors with their roles."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from crawler.chinese.byline import read_byline
from crawler.chinese.facts import JOINT
from crawler.chinese.names import is_organisation, is_person
from crawler.chinese.signature import MARKS, read_signature
from crawler.extraction.fields.bylines import read_bylines
from crawler.extraction.fields.labelled import (
    NO_NAMES,
    labelled_authors,
    labelled_source,
    labelled_translators,
    without_offices,
)
from crawler.items import Author, Role

if TYPE_CHECKING:
    from crawler.extraction.fields.regions import Regions
    from crawler.extraction.fields.unlabelled import UnlabelledPiece
    from crawler.extraction.page.meta import Meta

__all__ = ["Credits", "find_credits"]

_PERSON_AND_PAPER = re.compile(r"^([^/／\s]{2,10})\s?[/／]\s?([^/／]{2,20})$")
# What every byline has one of: most rows above a text have none.
_BYLINE = re.compile(rf"[{MARKS}记記员員者稿笔文图圖摄攝写采整译編编研]|报道|供|视频|综合|实习")
_SITE_PARTS = re.compile(r"[_|｜\-—–]+")
_OFFICE = re.compile("(?:书记|[省市县区镇村校院部局厅处社会站]长|主席|主任|教授|研究员|记者|委员|院士)$")


@dataclass(frozen=True, slots=True)
class Credits:
    """Source and authors, with where each came from; ``source_line`` is the source's line on the page or -1."""

    source: str | None
    source_origin: str
    source_line: int
    authors: tuple[Author, ...]
    authors_origin: str


def find_credits(regions: Regions, meta: Meta, paragraphs: list[str]) -> Credits:
    """来源 and the authors, as displayed: by labels, by bylines in the text, by the row under the headline.

    That row often holds names without labels. A publisher's is the source; a person's is the author; any other
    (a self-media account) is the source where the text names its author, and the author where it does not.
    """
    source, source_origin, source_line = labelled_source(regions)
    authors = labelled_authors(regions)
    origin = "visible" if authors else ""
    if not authors:
        for index, text in regions.head:
            if len(text) <= 80:
                signed = index >= regions.under
                authors.update((n, r) for n, r in _bylines_of(text, signed=signed) if is_person(n))
        origin = "visible" if authors else ""
    if source is not None and (named := _source_and_people(source)):
        source = named[0]
        authors = authors or dict.fromkeys(named[1], "author")
        origin = origin or "row"
    written = dict(read_bylines(paragraphs))
    authors = without_offices({**authors, **written})  # a byline knows the role better than 作者：
    if written and not origin:
        origin = "byline"
    sites = {part.strip() for part in _SITE_PARTS.split(meta.title)[1:]}
    accounts: list[UnlabelledPiece] = []
    for piece in regions.unlabelled:
        if piece.text in NO_NAMES:
            continue
        both = _PERSON_AND_PAPER.match(piece.text)
        if both and is_person(both.group(1)) and is_organisation(both.group(2)):
            if not _writers(authors):
                authors[both.group(1)], origin = "author", "row"
            if source is None:
                source, source_origin, source_line = both.group(2), "row", piece.line
            continue
        beside = piece.line == source_line and is_organisation(piece.text)
        if source is not None and (beside or piece.text in sites):
            continue  # the site, beside whom it has the article from
        accounts.append(piece)
    if source is None:
        publishers = [piece for piece in accounts if is_organisation(piece.text) and not piece.followed]
        if publishers:
            piece = next((piece for piece in publishers if piece.text not in sites), publishers[0])
            source, source_origin, source_line = piece.text, "row", piece.line
            accounts = [piece for piece in accounts if piece.text not in sites]
    if source is None:
        for name in ("source", "contentsource", "mediaid", "laiyuan"):
            value = meta.tags.get(name, "")
            if 1 < len(value) <= 40:
                source, source_origin = value, f"meta:{name}"
                break
    accounts = [_person_of(piece) for piece in accounts if piece.text != source]
    people = [piece.text for piece in accounts if is_person(piece.text)]
    if people and not _writers(authors):
        authors.update(dict.fromkeys(people, "author"))
        origin = "row"
    accounts = [piece for piece in accounts if piece.text not in authors]
    if accounts and len(accounts) <= 3:
        if source is None and (_writers(authors) or len(accounts) == 2):
            account = accounts.pop()
            source, source_origin, source_line = account.text, "row", account.line
        if (
            (accounts and not _writers(authors) and source_origin != "row")
            or (accounts and accounts[0].followed and not _writers(authors))
            or (accounts and not _writers(authors) and len(accounts) == 1 and source_line == accounts[0].line)
        ):
            authors[accounts[0].text], origin = "author", "row"
    if not authors and (translators := labelled_translators(regions)):
        authors, origin = translators, "visible"
    if not authors and (told := _linked_author(meta)):
        authors, origin = {told: "author"}, "json-ld"
    people_ = tuple(Author(name, role) for name, role in authors.items())
    return Credits(source, source_origin, source_line, people_, origin)


def _bylines_of(row: str, *, signed: bool) -> list[tuple[str, Role]]:
    """The byline that a row above the text is, or has in one of its text nodes.

    What may be ``signed`` stands below the headline; above it such lines are channels (■ 时评).
    """
    if not _BYLINE.search(row):
        return []
    whole = row.replace(JOINT, " ")
    parts = [part for part in row.split(JOINT) if " " in part] if JOINT in row else []
    signature = read_signature(whole) if signed else []
    return read_byline(whole) or signature or [name for part in parts for name in read_byline(part)]


def _person_of(piece: UnlabelledPiece) -> UnlabelledPiece:
    """市委副书记 童山 is 童山."""
    office, _, name = piece.text.rpartition(" ")
    return replace(piece, text=name) if _OFFICE.search(office) and is_person(name) else piece


def _linked_author(meta: Meta) -> str | None:
    """The one person whom the page's linked data names; a ``<meta>`` names whoever typed the page in."""
    author = meta.linked_data.get("author")
    if isinstance(author, list) and len(author) == 1:
        author = author[0]
    name = author.get("name") if isinstance(author, dict) and author.get("@type") == "Person" else None
    return name if isinstance(name, str) and is_person(name) else None


def _source_and_people(source: str) -> tuple[str, list[str]] | None:
    """云水日报 方志远 罗小满: a source, and who wrote for it."""
    paper, *people = (part.lstrip(MARKS) for part in source.split(" "))
    return (paper, people) if people and is_organisation(paper) and all(map(is_person, people)) else None


def _writers(authors: dict[str, Role]) -> bool:
    """Whether someone is named who wrote, not only who took the pictures."""
    return any(role != "photographer" for role in authors.values())
