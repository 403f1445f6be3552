"""All findings about a page, put together field by field: the profile's first, then the family's, then the rest."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from crawler.chinese.byline import read_byline
from crawler.chinese.dates import Moment, from_epoch, read_moment, read_relative
from crawler.chinese.names import is_person, split_names
from crawler.chinese.widgets import strip_widgets
from crawler.cleaning import is_mirror, restore
from crawler.extraction.fields.credit import Credits, find_credits
from crawler.extraction.fields.labelled import find_editors
from crawler.extraction.fields.media import find_media
from crawler.extraction.fields.page_metadata import (
    find_breadcrumb,
    find_comment_count,
    find_keywords,
    find_subtitle,
    find_summary,
)
from crawler.extraction.fields.published import find_published
from crawler.extraction.fields.regions import Regions, find_regions
from crawler.extraction.fields.source_link import find_source_link
from crawler.extraction.kind import kind_of_article
from crawler.extraction.markup import to_markup
from crawler.extraction.page.family import labelled_spans
from crawler.items import Article, ArticleType, Author, Extraction, Image, Video

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime, tzinfo

    from crawler.extraction.fields.title import Headline
    from crawler.extraction.page.flow import Flow
    from crawler.extraction.page.meta import Meta
    from crawler.extraction.template import Reading
    from crawler.extraction.text.body import Body
    from crawler.items import Related
    from crawler.parsing import Document
    from crawler.portals.model import Profile

__all__ = ["Assembly"]

_SOURCE_LABEL = re.compile(r"^\s*[\u4e00-\u9fff]{0,4}(?:来源|來源|稿源|出处)\s*[：:]\s*")
_PERSON_LABEL = re.compile(r"^[^：:]{0,20}[：:]\s*")
_SUFFIX = re.compile(r"\s*正文$")


@dataclass(slots=True)
class Assembly:
    """What the steps found.

    ``flow`` is the page's; ``text_flow`` holds the ``body``'s lines (another flow where the text was embedded in
    a script); ``place`` is where on the page the text stands; ``state`` is what that script says of the article, which
    counts for what is displayed nowhere.
    """

    doc: Document
    profile: Profile | None
    zone: tzinfo
    fetched_at: datetime | None
    hints: Mapping[str, Any]
    flow: Flow
    meta: Meta
    reading: Reading
    headline: Headline
    text_flow: Flow
    body: Body
    place: Body
    text_origin: str
    state: Mapping[str, str] = field(default_factory=dict)
    origin: dict[str, str] = field(default_factory=dict)

    def article(self, links: tuple[Related, ...], version: int) -> Article:
        """The article, every field with its origin."""
        lines = [self.text_flow.lines[i] for i in self.body.lines]
        paragraphs = [(line.tag, strip_widgets(line.text)) for line in lines]
        texts = [text for _, text in paragraphs]
        mirrored = is_mirror("\n".join(texts))
        regions = find_regions(self.flow, self.place, self.headline, mirrored=mirrored)
        if texts:
            self.origin["text"] = self.text_origin
        title = self._title()
        moment = self._published(regions)
        spans = labelled_spans(self.doc)
        if mirrored:
            spans = {name: restore(value) for name, value in spans.items()}
        credit = self._credit(regions, spans, list(map(restore, texts)) if mirrored else texts)
        editors, proofreaders = self._editors(regions, spans)
        images, videos = find_media(self.doc, self.text_flow, self.body, title)
        text = "\n".join(texts)
        first = self.place.lines[0] if self.place.lines else self.place.start
        return Article(
            url=self.doc.url,
            portal=self.profile.name if self.profile else None,
            breadcrumb=self._list("breadcrumb", lambda: find_breadcrumb(self.flow, self.headline, first)),
            type=self._kind(text, images, videos),
            title=title,
            subtitle=self._text("subtitle", lambda: find_subtitle(self.flow, self.headline, first)),
            summary=self._text("summary", lambda: find_summary(self.meta, text, title)),
            keywords=self._list("keywords", lambda: find_keywords(self.meta)),
            published_at=moment.utc if moment else None,
            published_precision=moment.precision if moment else None,
            published=moment.iso() if moment else None,
            source=credit.source,
            source_url=find_source_link(self.doc, self.flow, credit),
            authors=credit.authors,
            editors=editors,
            proofreaders=proofreaders,
            text=text,
            html=to_markup(paragraphs, images, videos),
            images=self._images(images),
            videos=self._videos(videos),
            related=links,
            comment_count=find_comment_count(regions),
            pages=(self.doc.url,),
            fetched_at=self.fetched_at,
            extraction=Extraction(version, self.profile.hash if self.profile else None, self.origin),
        )

    def _kind(self, text: str, images: tuple[Image, ...], videos: tuple[Video, ...]) -> ArticleType:
        """The template's word, else what most of the page is."""
        if self.reading.template is not None and self.reading.template.type != "news":
            return self.reading.template.type
        return kind_of_article(text, images, videos)

    def _given(self, name: str) -> list[str]:
        """The profile's values of a field; notes their origin."""
        values = self.reading.values.get(name, [])
        if values:
            self.origin[name] = self.reading.origins[name]
        return values

    def _text(self, name: str, find: Callable[[], str | None]) -> str | None:
        if values := self._given(name):
            return values[0]
        if found := find():
            self.origin[name] = "generic"
        return found

    def _list(self, name: str, find: Callable[[], tuple[str, ...]]) -> tuple[str, ...]:
        if values := self._given(name):
            if len(values) == 1 and name == "keywords":
                values = [word for word in re.split(r"[,，;；\s]+", values[0]) if word]
            return tuple(_SUFFIX.sub("", value) for value in values if value != "正文")
        if found := find():
            self.origin[name] = "generic"
        return found

    def _title(self) -> str:
        if values := self._given("title"):
            return values[0]
        hinted = self.hints.get("title")
        if not self.headline.text and isinstance(hinted, str):
            self.origin["title"] = "list"
            return hinted
        if self.headline.origin == "title" and (stated := self.state.get("title")):
            self.origin["title"] = "script"
            return stated
        if self.headline.text:
            self.origin["title"] = self.headline.origin
        return self.headline.text

    def _published(self, regions: Regions) -> Moment | None:
        for value in self._given("published"):
            moment = read_moment(value, self.zone, reference=self.fetched_at)
            if moment is None and value.isdigit():
                moment = from_epoch(float(value), self.zone)
            if moment is None and self.fetched_at is not None:
                moment = read_relative(value, self.fetched_at, self.zone)
            if moment is not None:
                return moment
        self.origin.pop("published", None)
        hinted = self.hints.get("published") or self.hints.get("date")
        listed = (
            read_moment(hinted, self.zone, reference=self.fetched_at) if isinstance(hinted, str) else None
        )
        found = find_published(
            self.doc, self.flow, regions, self.meta, zone=self.zone, fetched_at=self.fetched_at
        )
        if found is not None and (listed is None or found[1] != "url"):
            self.origin["published"] = found[1]
            return found[0]
        if listed is not None:
            self.origin["published"] = "list"
        return listed

    def _credit(self, regions: Regions, spans: dict[str, str], texts: list[str]) -> Credits:
        found = find_credits(regions, self.meta, texts)
        source: str | None
        source, source_origin, authors, authors_origin = (
            found.source, found.source_origin, found.authors, found.authors_origin,
        )  # fmt: skip
        if not source and (stated := self.state.get("source", "")):
            source, source_origin = stated, "script"
        if not authors and (people := _people(self.state.get("authors", ""))):
            authors, authors_origin = people, "script"
        if (span := _SOURCE_LABEL.sub("", spans.get("source", ""))) and len(span) <= 40:
            source, source_origin = span, "family:source_baidu"
        if (span := spans.get("authors", "")) and (people := _people(span)):
            authors, authors_origin = _joined(people, authors), "family:author_baidu"
        if values := self._given("source"):
            given = _SOURCE_LABEL.sub("", values[0]).strip()
            source = given or source
            source_origin = self.origin["source"]
        if people := tuple(author for value in self._given("authors") for author in _people(value)):
            authors, authors_origin = _joined(people, authors), self.origin["authors"]
        if people := tuple(Author(n, r) for value in self._given("byline") for n, r in read_byline(value)):
            authors, authors_origin = people, self.origin["byline"]
        for name, there, where in (
            ("source", bool(source), source_origin),
            ("authors", bool(authors), authors_origin),
        ):
            self.origin.pop(name, None)
            if there:
                self.origin[name] = where
        return Credits(source, source_origin, found.source_line, authors, authors_origin)

    def _editors(self, regions: Regions, spans: dict[str, str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        editors, proofreaders = find_editors(regions)
        where = "visible"
        if not editors and (span := spans.get("editors", "")):
            editors, where = tuple(split_names(_PERSON_LABEL.sub("", span))), "family:editor_baidu"
        if not editors and (stated := self.state.get("editors", "")):
            editors, where = tuple(split_names(stated)), "script"
        if values := self._given("editors"):
            names = dict.fromkeys(
                name for value in values for name in split_names(_PERSON_LABEL.sub("", value))
            )
            editors, where = tuple(names), self.origin["editors"]
        if editors:
            self.origin["editors"] = where
        return editors, proofreaders

    def _images(self, found: tuple[Image, ...]) -> tuple[Image, ...]:
        if not (urls := self._given("images")):
            if found:
                self.origin["images"] = self.text_origin
            return found
        captions = [*self._given("captions"), *[None] * len(urls)]
        return tuple(Image(url, caption) for url, caption in zip(urls, captions, strict=False))

    def _videos(self, found: tuple[Video, ...]) -> tuple[Video, ...]:
        return tuple(Video(url) for url in urls) if (urls := self._given("videos")) else found


def _joined(given: tuple[Author, ...], found: tuple[Author, ...]) -> tuple[Author, ...]:
    """Those that a field names, in the roles that the text's byline gives them, and those it names besides."""
    roles = {author.name: author for author in found}
    names = {author.name for author in given}
    if not names & roles.keys():
        return given
    return (*(roles.get(author.name, author) for author in given), *(a for a in found if a.name not in names))


def _people(value: str) -> tuple[Author, ...]:
    if named := read_byline(value):
        return tuple(Author(name, role) for name, role in named)
    names = split_names(_PERSON_LABEL.sub("", value))
    people = [name for name in names if is_person(name)] or [name for name in names if 2 <= len(name) <= 12]
    return tuple(Author(name, "author") for name in people)
