"""A page becomes an article."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from crawler.extraction.body import find_body
from crawler.extraction.boilerplate import strip_widgets
from crawler.extraction.credit import find_credits, find_editors
from crawler.extraction.flow import read_flow
from crawler.extraction.meta import read_meta
from crawler.extraction.moment import BEIJING
from crawler.extraction.published import find_published
from crawler.extraction.title import find_headline
from crawler.extraction.zones import find_zones
from crawler.items import Article, Extraction

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from crawler.items import Related
    from crawler.parsing import Document
    from crawler.portals.model import Profile

__all__ = ["VERSION", "extract", "stitch"]

VERSION = 1
"""Raised when the rules change in a way that makes extracting again worth it."""


def extract(
    doc: Document,
    profile: Profile | None = None,
    *,
    links: Iterable[Related] = (),
    fetched_at: datetime | None = None,
    hints: Mapping[str, Any] | None = None,
) -> Article:
    """The article on a page. Never raises; an article with an empty ``text`` means that there is none.

    ``links`` are the entries of lists around the article that discovery found, ``fetched_at`` (aware) dates words
    like 昨天, ``hints`` is what the list said of the article (``title``, ``published`` …).
    """
    zone = ZoneInfo(profile.timezone) if profile else BEIJING
    origin: dict[str, str] = {}
    flow = read_flow(doc.tree.body)
    meta = read_meta(doc)
    body = find_body(flow)
    headline = find_headline(flow, meta, (body.start, body.end))
    lines = [i for i in body.lines if i >= headline.end or headline.end == headline.start]
    body = replace(body, lines=tuple(lines))
    paragraphs = [text for i in body.lines if (text := strip_widgets(flow.lines[i].text))]
    zones = find_zones(flow, body, headline)
    article = Article(
        url=doc.url,
        portal=profile.name if profile else None,
        title=headline.text,
        text="\n".join(paragraphs),
        related=tuple(links),
        pages=(doc.url,),
        fetched_at=fetched_at,
    )
    if headline.text:
        origin["title"] = headline.origin
    if paragraphs:
        origin["text"] = "generic"
    if found := find_published(doc, zones, meta, zone=zone, fetched_at=fetched_at):
        moment, origin["published"] = found
        article = replace(
            article, published_at=moment.utc, published_precision=moment.precision, published=moment.iso()
        )
    credit = find_credits(zones, meta, paragraphs)
    if credit.source:
        origin["source"] = credit.source_origin
    if credit.authors:
        origin["authors"] = credit.authors_origin
    editors, proofreaders = find_editors(zones)
    if editors:
        origin["editors"] = "visible"
    return replace(
        article,
        source=credit.source,
        authors=credit.authors,
        editors=editors,
        proofreaders=proofreaders,
        extraction=Extraction(VERSION, profile.hash if profile else None, origin),
    )


def stitch(first: Article, rest: Iterable[Article]) -> Article:
    """One article out of its pages: page 1's facts, all pages' text, pictures and films, in order."""
    pages = [first, *rest]
    return replace(
        first,
        text="\n".join(page.text for page in pages if page.text),
        pages=tuple(url for page in pages for url in page.pages),
    )
