"""A page becomes an article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from crawler.chinese.dates import BEIJING
from crawler.extraction.assembly import assemble
from crawler.extraction.choice import Choice, choose
from crawler.extraction.fields.page import Page
from crawler.extraction.page.meta import Meta, read_meta
from crawler.extraction.page.walk import read_flow
from crawler.extraction.sources import SourceReader
from crawler.extraction.template import Reading, read_template

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from crawler.extraction.fields.headline import Headline
    from crawler.extraction.page.flow import Flow
    from crawler.items import Article, Related
    from crawler.parsing import Document
    from crawler.portals.model import Profile

__all__ = ["VERSION", "ReadPage", "article_of", "extract", "read_page"]

VERSION = 2
"""Raised when the rules change in a way that makes extracting again worth it."""


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page whose text is chosen; ``reading`` is what the profile's template found."""

    flow: Flow
    meta: Meta
    reading: Reading
    text: Choice
    headline: Headline


def read_page(
    doc: Document, profile: Profile | None = None, hints: Mapping[str, Any] | None = None
) -> ReadPage:
    """Read a page's lines and head, and choose its text."""
    flow = read_flow(doc.tree.body)
    meta = read_meta(doc)
    reading = read_template(doc, flow, profile, SourceReader(doc, meta, hints)) if profile else Reading()
    return ReadPage(flow, meta, reading, *choose(doc, flow, meta, reading))


def extract(
    doc: Document,
    profile: Profile | None = None,
    *,
    links: Iterable[Related] = (),
    fetched_at: datetime | None = None,
    hints: Mapping[str, Any] | None = None,
) -> Article:
    """Extract the article on a page. Never raises; an article with an empty ``text`` means that there is none.

    ``links`` are the entries of lists around the article that discovery found, ``fetched_at`` (aware) dates words
    like 昨天, ``hints`` is what the list said of the article (``title``, ``published`` …).
    """
    return article_of(
        read_page(doc, profile, hints), doc, profile, links=links, fetched_at=fetched_at, hints=hints
    )


def article_of(
    page: ReadPage,
    doc: Document,
    profile: Profile | None = None,
    *,
    links: Iterable[Related] = (),
    fetched_at: datetime | None = None,
    hints: Mapping[str, Any] | None = None,
) -> Article:
    """Return the article on a page that is read."""
    asked = Page(
        doc=doc,
        zone=ZoneInfo(profile.timezone) if profile else BEIJING,
        fetched_at=fetched_at,
        flow=page.flow,
        meta=page.meta,
        headline=page.headline,
        text_flow=page.text.flow,
        body=page.text.body,
        place=page.text.place,
        text_origin=page.text.origin,
        template=page.reading.template,
        told=page.reading.values,
        origins=page.reading.origins,
        hints=hints or {},
        state=page.text.state,
    )
    return assemble(asked, profile, tuple(links), VERSION)
