"""Which text a page has: the steps that look for it, in order, and where on the page it stands."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from crawler.chinese.widgets import strip_widgets
from crawler.extraction.fields.headline import Headline, find_headline, likely_headlines
from crawler.extraction.fields.site_name import key, strip_site
from crawler.extraction.page.family import marked_lines
from crawler.extraction.page.walk import read_flow
from crawler.extraction.text.attached import names_of_files, place_shown
from crawler.extraction.text.body import NOTHING, Body, body_between, find_body
from crawler.extraction.text.embedded import find_embedded
from crawler.extraction.text.extension import extended
from crawler.extraction.text.selection import CUTS
from crawler.extraction.text.verse import find_remark, find_verse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from crawler.extraction.page.flow import Flow
    from crawler.extraction.page.meta import Meta
    from crawler.extraction.template import Reading
    from crawler.parsing import Document

__all__ = ["HEADLINE", "REPEATED", "WIDGETS", "Choice", "choose"]

HEADLINE = "top: headline"
"""What stands above the text's headline, and the headline, is cut by this rule."""
REPEATED = "end: the article again"
"""What is cut of a page that has its article twice, for screens of two sizes."""
WIDGETS = "cut: widgets"
"""What is cut because nothing is left without what scripts write into it."""

_SHORT = 120
"""A text of fewer letters may be a page's remark while the article is elsewhere."""
_FAR_LONGER = 3
_FOLDED = 800  # letters: what a page shows of a text before it folds the rest
_BEGINNING = 10  # letters that tell a text
_LONGER = 200  # letters: no widget is so long
_MARKED = 0.4  # of what the shape says: marks around a teaser or a caption are no marks of the text
_EXPANDERS = ("展开全文", "阅读全文", "余下全文", "点击展开")
"""Buttons that show the rest of a text, which is hidden until then."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice of lines, and the step that made it.

    ``flow`` is the page's own or that of an embedded text, ``state`` what the script says of that; ``place`` is where
    on the page the text stands.
    """

    flow: Flow
    body: Body
    origin: str
    state: Mapping[str, str] = field(default_factory=dict)
    place: Body = NOTHING

    @property
    def texts(self) -> list[str]:
        """The lines."""
        return [self.flow.lines[i].text for i in self.body.lines]

    @property
    def size(self) -> int:
        """Their letters."""
        return sum([len(self.flow.lines[i].text) for i in self.body.lines])


def choose(doc: Document, flow: Flow, meta: Meta, reading: Reading) -> tuple[Choice, Headline]:
    """Return the text of a page with its place, and the page's headline."""
    text = _first_found(doc, flow, meta, reading)
    generic = text.body
    place = text.body if text.flow is flow else NOTHING
    nowhere = len(flow.lines)
    headline = find_headline(flow, meta, (place.lines[0], place.end) if place.lines else (nowhere, nowhere))
    titled = headline.end > headline.start
    if text.origin == "generic" and place.lines and place.lines[-1] < headline.end:
        text = replace(text, body=NOTHING)  # nothing but the headline reads like a sentence
        place = NOTHING
    if not place.lines:
        place = Body(-1, headline.end, headline.end, ())
    if text.origin == "generic" and titled:
        text = replace(text, body=extended(flow, text.body, headline.end))
    if not text.body.lines and titled:
        text = Choice(flow, find_verse(flow, headline.end), "generic:verse")
        place = text.body if text.body.lines else place
    anchor = generic.anchor
    if not text.body.lines and anchor is not None and anchor.kind != "text":
        place = place_shown(flow, anchor)
        remark = find_remark(flow, headline.end) if titled else NOTHING
        if anchor.kind == "pictures" and remark.lines and place.start <= remark.lines[0] < place.end:
            return Choice(flow, remark, "generic:remark", place=remark), headline
        named = names_of_files(flow, place, doc)
        return Choice(*(named or (flow, place)), "generic:shown", place=place), headline
    if not text.body.lines and titled:
        text = Choice(flow, find_remark(flow, headline.end), "generic:remark")
        place = text.body if text.body.lines else place
    body = _without_widgets(text.flow, _below(text.body, flow, headline) if text.flow is flow else text.body)
    return replace(text, body=body, place=body if text.flow is flow else place), headline


def _first_found(doc: Document, flow: Flow, meta: Meta, reading: Reading) -> Choice:
    """Return the text by the first step that finds one: profile, family mark, shape, what is hidden or embedded."""
    if reading.flow is not None and reading.body is not None:
        return Choice(reading.flow, reading.body, reading.origins["text"])
    marked = marked_lines(flow)
    chosen = Choice(flow, body_between(flow, *marked), "family:mark") if marked else None
    if chosen is not None and chosen.size >= _MARKED * sum([len(line.text) for line in flow.lines]):
        return chosen  # whatever the shape may say
    generic = Choice(flow, find_body(flow, likely_headlines(flow, meta)), "generic")
    size = generic.size
    if chosen is not None and chosen.body.lines and chosen.size >= _MARKED * size:
        return chosen
    if 0 < size < _FOLDED and _may_unfold(doc.text):
        whole = read_flow(doc.tree.body, hidden=True)
        unfolded = Choice(whole, find_body(whole, likely_headlines(whole, meta)), "generic:folded")
        if unfolded.size > size and unfolded.texts[: len(generic.texts)] == generic.texts:
            return unfolded
    if size >= _SHORT:
        return generic
    return _elsewhere(doc, meta, generic) or generic


def _elsewhere(doc: Document, meta: Meta, found: Choice) -> Choice | None:
    """Return a far longer text than the one ``found`` that the page hides, or that a script has, or None."""
    enough = max(_FAR_LONGER * found.size, 1)
    if "none" in doc.text or "hidden" in doc.text:
        whole = read_flow(doc.tree.body, hidden=True)
        shown = Choice(whole, find_body(whole, likely_headlines(whole, meta)), "generic:hidden")
        if shown.size >= max(enough, _SHORT):
            return shown
    if (embedded := find_embedded(doc)) is not None:
        inner = Choice(embedded.flow, embedded.body, "script", embedded.values)
        if inner.size >= enough and (found.body.anchor is None or _is_of_page(inner, meta, found)):
            return inner
    return None


def _is_of_page(inner: Choice, meta: Meta, found: Choice) -> bool:
    """Say whether a script's text is the article of a page that shows one at its headline, and no other's.

    It has the page's title, or begins as what is shown does.
    """
    title = key(inner.state.get("title", ""))
    if title:
        return title in key(meta.title) or key(strip_site(meta.title)) == title
    shown = key("".join(found.texts))[:_BEGINNING]
    return bool(shown) and shown in key("".join(inner.texts))


def _may_unfold(page: str) -> bool:
    """Say whether a button of :data:`_EXPANDERS` may stand in the page's source."""
    return ("全文" in page or "展开" in page) and any(word in page for word in _EXPANDERS)


def _below(body: Body, flow: Flow, headline: Headline) -> Body:
    """Return the text below its headline, once."""
    if headline.end <= headline.start:
        return body
    above = [i for i in body.lines if i < headline.end]
    kept = [i for i in body.lines if i >= headline.end]
    again = next((n for n, i in enumerate(kept) if n and flow.lines[i].text == headline.text), 0)
    second: list[int] = []
    if again:
        first = {flow.lines[i].text for i in kept[:again]}
        second = [kept[again], *(i for i in kept[again + 1 :] if flow.lines[i].text in first)]
    return _cut(_cut(body, above, HEADLINE), second, REPEATED)


def _without_widgets(flow: Flow, body: Body) -> Body:
    return _cut(body, [i for i in body.lines if not _is_more(flow.lines[i].text)], WIDGETS)


def _is_more(text: str) -> bool:
    """Say whether something is left of a line without its widgets; they are short."""
    return len(text) >= _LONGER or bool(strip_widgets(text))


def _cut(body: Body, lines: Iterable[int], name: str) -> Body:
    gone = dict.fromkeys(lines, name)
    if not gone or not CUTS.is_on(name):
        return body
    return replace(body, lines=tuple([i for i in body.lines if i not in gone]), cut={**body.cut, **gone})
