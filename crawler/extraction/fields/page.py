"""What finders may ask of a page: read once, and worked out when it is first asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from crawler.chinese.widgets import strip_widgets
from crawler.cleaning import is_mirror, restore
from crawler.extraction.fields.credit import Credits, find_credits
from crawler.extraction.fields.media import find_media
from crawler.extraction.fields.model import Finding
from crawler.extraction.fields.regions import Regions, find_regions
from crawler.extraction.fields.script_credits import read_script_credits
from crawler.extraction.fields.script_media import ScriptMedia, read_script_media
from crawler.extraction.fields.times import Times
from crawler.extraction.fields.title import TITLE
from crawler.extraction.kind import LETTERS_OF_A_VIDEO
from crawler.extraction.page.family import labelled_spans

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, tzinfo

    from crawler.extraction.fields.headline import Headline
    from crawler.extraction.page.flow import Flow
    from crawler.extraction.page.meta import Meta
    from crawler.extraction.text.body import Body
    from crawler.items import Image, Video
    from crawler.parsing import Document
    from crawler.portals.model import Template

__all__ = ["Page"]

_SUFFIX = re.compile(r"\s*正文$")


@dataclass(frozen=True)
class Page:
    """One page whose text is chosen.

    ``flow`` is the page's; ``text_flow`` holds the ``body``'s lines (another flow where the text was embedded in
    a script); ``place`` is where on the page the text stands; ``state`` is what that script says of the article, which
    counts for what is displayed nowhere. ``told`` are the values of the profile's ``template`` by field, with their
    ``origins``; ``hints`` what the list said of the article.
    """

    doc: Document
    zone: tzinfo
    fetched_at: datetime | None
    flow: Flow
    meta: Meta
    headline: Headline
    text_flow: Flow
    body: Body
    place: Body
    text_origin: str
    template: Template | None = None
    told: Mapping[str, list[str]] = field(default_factory=dict)
    origins: Mapping[str, str] = field(default_factory=dict)
    hints: Mapping[str, Any] = field(default_factory=dict)
    state: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def paragraphs(self) -> list[tuple[str, str]]:
        """The text's lines, each with its element's name, without what widgets write into them."""
        lines = [self.text_flow.lines[i] for i in self.body.lines]
        return [(line.tag, strip_widgets(line.text)) for line in lines]

    @cached_property
    def texts(self) -> list[str]:
        """The paragraphs."""
        return [text for _, text in self.paragraphs]

    @cached_property
    def text(self) -> str:
        """The paragraphs, a line each."""
        return "\n".join(self.texts)

    @cached_property
    def mirrored(self) -> bool:
        """Whether the page is a spun copy, whose readings are taken out before names are looked for."""
        return is_mirror(self.text)

    @cached_property
    def first(self) -> int:
        """The first line of the text on the page."""
        return self.place.lines[0] if self.place.lines else self.place.start

    @cached_property
    def regions(self) -> Regions:
        """The lines around the text, and the facts in them."""
        return find_regions(self.flow, self.place, self.headline, mirrored=self.mirrored)

    @cached_property
    def spans(self) -> Mapping[str, str]:
        """What the family's marks (``*_baidu``) say, by field."""
        spans = labelled_spans(self.doc)
        return {name: restore(value) for name, value in spans.items()} if self.mirrored else spans

    @cached_property
    def credit(self) -> Credits:
        """Who the article is from, as displayed."""
        texts = list(map(restore, self.texts)) if self.mirrored else self.texts
        return find_credits(self.regions, self.meta, texts)

    @cached_property
    def times(self) -> Times:
        """The times that may be that of publication."""
        return Times(self.doc, self.flow, self.regions, self.meta, self.zone, self.fetched_at)

    @cached_property
    def title(self) -> str:
        """The title, or an empty string."""
        found = TITLE.find(self)
        return found.value if found else ""

    @cached_property
    def script(self) -> Mapping[str, str]:
        """What a script says of the article beside its text, or under its title: source, authors, editors."""
        return {**read_script_credits(self.doc, self.title), **self.state}

    @cached_property
    def media(self) -> tuple[tuple[Image, ...], tuple[Video, ...]]:
        """The pictures and films of the text."""
        return find_media(self.doc, self.text_flow, self.body, self.title)

    @cached_property
    def script_media(self) -> ScriptMedia:
        """What only scripts show, where the page has a short text, and neither a picture nor a film."""
        if any(self.media) or len(self.text) >= LETTERS_OF_A_VIDEO:
            return ScriptMedia()
        return read_script_media(self.doc, self.title)

    def given(self, name: str) -> Finding[list[str]] | None:
        """Return the profile's values of a field."""
        values = self.told.get(name)
        return Finding(values, self.origins[name]) if values else None

    def given_text(self, name: str) -> Finding[str] | None:
        """Return the first of them."""
        told = self.given(name)
        return Finding(told.value[0], told.origin) if told else None

    def given_list(self, name: str) -> Finding[tuple[str, ...]] | None:
        """Return them as a path or a list, without 正文 at its end."""
        told = self.given(name)
        if told is None:
            return None
        return Finding(tuple(_SUFFIX.sub("", value) for value in told.value if value != "正文"), told.origin)
