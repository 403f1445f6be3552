"""A page becomes an article."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from crawler.chinese.dates import BEIJING
from crawler.chinese.widgets import strip_widgets
from crawler.extraction.assembly import Assembly
from crawler.extraction.fields.title import Headline, find_headline
from crawler.extraction.page.family import marked_lines
from crawler.extraction.page.flow import Flow, read_flow
from crawler.extraction.page.meta import read_meta
from crawler.extraction.sources import Finder
from crawler.extraction.template import Reading, read_template
from crawler.extraction.text.body import NOTHING, Body, body_between, find_body
from crawler.extraction.text.embedded import find_embedded
from crawler.extraction.text.extension import extended
from crawler.extraction.text.verse import find_remark, find_verse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from crawler.items import Article, Related
    from crawler.parsing import Document
    from crawler.portals.model import Profile

__all__ = ["VERSION", "extract"]

VERSION = 1
"""Raised when the rules change in a way that makes extracting again worth it."""

_SHORT = 120
"""A text of fewer letters may be a page's remark while the article is elsewhere."""
_FAR_LONGER = 3
_FOLDED = 800  # letters: what a page shows of a text before it folds the rest
_LONGER = 200  # letters: no widget is so long
_MARKED = 0.4  # of what the shape says: marks around a teaser or a caption are no marks of the text


_EXPANDERS = ("展开全文", "阅读全文", "余下全文", "点击展开")
"""Buttons that show the rest of a text, which is hidden until then."""


@dataclass(frozen=True, slots=True)
class _Text:
    """A choice of lines, and the step that made it.

    ``flow`` is the page's own or that of an embedded text, ``state`` what the script says of that.
    """

    flow: Flow
    body: Body
    origin: str
    state: Mapping[str, str] = field(default_factory=dict)

    @property
    def texts(self) -> list[str]:
        return [self.flow.lines[i].text for i in self.body.lines]

    @property
    def size(self) -> int:
        return sum(len(self.flow.lines[i].text) for i in self.body.lines)


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
    flow = read_flow(doc.tree.body)
    meta = read_meta(doc)
    reading = read_template(doc, flow, profile, Finder(doc, meta, hints)) if profile else Reading()
    text = _choose(doc, flow, reading)
    place = text.body if text.flow is flow else NOTHING
    headline = find_headline(
        flow, meta, (place.lines[0], place.end) if place.lines else (len(flow.lines), len(flow.lines))
    )
    if text.origin == "generic" and place.lines and place.lines[-1] < headline.end:
        text = replace(text, body=NOTHING)  # nothing but the headline reads like a sentence
        place = NOTHING
    if not place.lines:
        place = Body(-1, headline.end, headline.end, ())
    if text.origin == "generic" and headline.end > headline.start:
        text = replace(text, body=extended(flow, text.body, headline.end))
    if not text.body.lines and headline.end > headline.start:
        text = _Text(flow, find_verse(flow, headline.end), "generic:verse")
        place = text.body if text.body.lines else place
    if not text.body.lines and headline.end > headline.start:
        text = _Text(flow, find_remark(flow, headline.end), "generic:remark")
        place = text.body if text.body.lines else place
    body = _below(text, flow, headline)
    assembly = Assembly(
        doc=doc,
        profile=profile,
        zone=ZoneInfo(profile.timezone) if profile else BEIJING,
        fetched_at=fetched_at,
        hints=hints or {},
        flow=flow,
        meta=meta,
        reading=reading,
        headline=headline,
        text_flow=text.flow,
        body=body,
        place=body if text.flow is flow else place,
        text_origin=text.origin,
        state=text.state,
    )
    return assembly.article(tuple(links), VERSION)


def _choose(doc: Document, flow: Flow, reading: Reading) -> _Text:
    """The text by the first step that finds one: profile, family mark, shape, what is hidden or embedded."""
    if reading.flow is not None and reading.body is not None:
        return _Text(reading.flow, reading.body, reading.origins["text"])
    marked = marked_lines(flow)
    chosen = _Text(flow, body_between(flow, *marked), "family:mark") if marked else None
    if chosen is not None and chosen.size >= _MARKED * sum([len(line.text) for line in flow.lines]):
        return chosen  # whatever the shape may say
    generic = _Text(flow, find_body(flow), "generic")
    size = generic.size
    if chosen is not None and chosen.body.lines and chosen.size >= _MARKED * size:
        return chosen
    if 0 < size < _FOLDED and _may_unfold(doc.text):
        whole = read_flow(doc.tree.body, hidden=True)
        unfolded = _Text(whole, find_body(whole), "generic:folded")
        if unfolded.size > size and unfolded.texts[: len(generic.texts)] == generic.texts:
            return unfolded
    if size >= _SHORT:
        return generic
    enough = max(_FAR_LONGER * size, 1)
    if "none" in doc.text or "hidden" in doc.text:
        whole = read_flow(doc.tree.body, hidden=True)
        shown = _Text(whole, find_body(whole), "generic:hidden")
        if shown.size >= max(enough, _SHORT):
            return shown
    if (embedded := find_embedded(doc)) is not None:
        inner = _Text(embedded.flow, embedded.body, "script", embedded.values)
        if inner.size >= enough:
            return inner
    return generic


def _may_unfold(page: str) -> bool:
    """Whether a button of :data:`_EXPANDERS` may stand in the page's source."""
    return ("全文" in page or "展开" in page) and any(word in page for word in _EXPANDERS)


def _below(text: _Text, flow: Flow, headline: Headline) -> Body:
    """The text without the headline above it, and without lines that widgets leave empty."""
    lines = text.body.lines
    if text.flow is flow and headline.end > headline.start:
        lines = tuple([i for i in lines if i >= headline.end])
        again = next((n for n, i in enumerate(lines) if n and flow.lines[i].text == headline.text), 0)
        if again:  # the page has its article twice, for screens of two sizes
            first = {flow.lines[i].text for i in lines[:again]}
            lines = lines[:again] + tuple([i for i in lines[again + 1 :] if flow.lines[i].text not in first])
    return replace(text.body, lines=tuple([i for i in lines if _is_more(text.flow.lines[i].text)]))


def _is_more(text: str) -> bool:
    """Whether something is left of a line without its widgets; they are short."""
    return len(text) >= _LONGER or bool(strip_widgets(text))
