"""The headline: the line (or lines) of a page that is its title, found before its text is cut."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from crawler.chinese.labelled_facts import read_facts
from crawler.extraction.fields.model import is_on
from crawler.extraction.fields.site_name import ends_in_site, key, line_key, names_site, strip_site
from crawler.extraction.labels.table import SITE, has

if TYPE_CHECKING:
    from crawler.extraction.page.flow import Flow
    from crawler.extraction.page.meta import Meta

__all__ = ["FINDERS", "Headline", "find_headline", "likely_headlines"]

_HEADINGS = frozenset(["h1", "h2", "h3", "h4"])
_INSIDE = 61.0
# What stands in the headline's element and is no part of it.
_BADGES = frozenset((
    "原创", "独家", "转载", "置顶", "首发", "推荐", "精选", "热", "荐", "精", "新", "图", "视频", "专题", "快讯",
    "原創", "獨家",
))  # fmt: skip
_TELLING = 8  # letters: a shorter part of a title may be a channel
_SHORTEST = 6
_LONGEST = 80
_LONG_ROW = 120
_NEAR = 16  # lines between a headline and its text
_BELOW = 4  # lines from a headline to its date
_DAY = re.compile(r"(?:19|20)\d\d\s?[-年/.]\s?\d{1,2}\s?[-月/.]\s?\d{1,2}")
_NO_HEADLINE = re.compile(r"[：:]\s*$|[>»›＞。；|｜丨]|(?:19|20)\d\d[-/.]\d|^\d+[月/]|打印|字号")
_TITLE_NAME = re.compile(r"title|headline|biaoti|\bbt\b|tit\b", re.IGNORECASE)


_LONG_LINE = 150
_LONG_PART = 60  # letters of a further line of a headline that is broken over lines
_BROKEN = 4  # lines at most
_LEAST = 20  # of a fit
_CERTAIN = 50  # of a fit that needs no text below it


@dataclass(frozen=True, slots=True)
class Headline:
    """The title, the lines it stands on (``start``, ``end``; equal where it is only in the head), its origin."""

    text: str
    start: int
    end: int
    origin: str


class _Place(NamedTuple):
    """What the finders look at: ``body`` is the run of lines of the article's element, ``stop`` the last to look at.

    ``wanted`` are the letters of what the head calls the page.
    """

    flow: Flow
    meta: Meta
    body: tuple[int, int]
    stop: int
    wanted: list[str]
    letters: frozenset[str]

    def may_fit(self, text: str) -> bool:
        """Say whether a line may begin, or be, what the head calls the page: most need no closer look."""
        first = text[0]
        return first.lower() in self.letters or not first.isalnum() or text[-1].lower() in self.letters


class _Fit(NamedTuple):
    """How well the lines ``start`` to ``end`` begin what the head calls the page."""

    score: float
    start: int
    end: int
    text: str


def find_headline(flow: Flow, meta: Meta, body: tuple[int, int]) -> Headline:
    """Ask the finders of :data:`FINDERS` in order; what no finder finds is what the ``<title>`` says.

    ``body`` is the run of lines of the article's element.
    """
    wanted = _wanted(meta)
    stop = min(len(flow.lines), body[0] + max(6, (body[1] - body[0]) // 4))
    place = _Place(flow, meta, body, stop, wanted, frozenset().union(*wanted))
    for finder in FINDERS:
        if is_on("headline", finder) and (headline := finder(place)) is not None:
            return headline
    return Headline(strip_site(meta.title), body[0], body[0], "title")


def likely_headlines(flow: Flow, meta: Meta) -> list[tuple[int, int]]:
    """Return the lines (start, end) that the ``<title>`` says are the headline, likeliest first; else the only <h1>.

    Asked before the text is known.
    """
    count, wanted = len(flow.lines), _wanted(meta)
    place = _Place(flow, meta, (0, count), count, wanted, frozenset().union(*wanted))
    fits = [fit for i in range(count) if (fit := _fit_at(place, i)) is not None and fit.score > _CERTAIN]
    if fits:
        return [(fit.start, fit.end) for fit in sorted(fits, key=lambda fit: -fit.score)]
    headings = [i for i, line in enumerate(flow.lines) if line.tag == "h1" and not line.linked]
    return [(headings[0], headings[0] + 1)] if len(headings) == 1 else []


def _wanted(meta: Meta) -> list[str]:
    told = (meta.title, strip_site(meta.title), meta.first("og:title", "articletitle", "twitter:title"))
    return [whole for whole in dict.fromkeys(map(key, told)) if len(whole) >= 2]


def told_by_head(place: _Place) -> Headline | None:
    """Find the visible line that the ``<title>`` begins with, or holds."""
    flow, meta = place.flow, place.meta
    best: _Fit | None = None
    for index in range(place.stop):
        fit = _fit_at(place, index)
        if fit is not None and (best is None or fit.score > best.score):
            best = fit
    if best is None or best.score <= _LEAST:
        return None
    if names_site(best.text) and ends_in_site(best.text) and key(best.text) == key(meta.title):
        return None
    text = _without_badge(flow, best.start, place.wanted) if best.end == best.start + 1 else ""
    return Headline(text or best.text, best.start, best.end, "visible")


def heading_above(place: _Place) -> Headline | None:
    """Find the nearest ``<h1>`` or ``<h2>`` above the text; not the logo of the site that the title names, too."""
    for index in range(min(place.body[0], place.stop) - 1, -1, -1):
        line = place.flow.lines[index]
        if (
            line.tag in {"h1", "h2"}
            and 4 <= len(line.text) <= 100
            and line.linked * 2 < len(line.text)
            and key(line.text) != key(place.meta.title)
        ):
            return Headline(line.text, index, index + 1, "heading")
    return None


def in_meta(place: _Place) -> Headline | None:
    """Read ``<meta name="og:title">`` and the like."""
    for name in ("articletitle", "og:title", "twitter:title"):
        if (value := place.meta.tags.get(name)) and not names_site(value):
            return Headline(strip_site(value), place.body[0], place.body[0], f"meta:{name}")
    return None


def by_looks(place: _Place) -> Headline | None:
    """Find a line above the text (or its first) that looks like a headline, if the head names only the site.

    By its element, by its element's name, because a list on the page names it, too (those of an e-paper's page do),
    or because the row with the date stands below it.
    """
    if place.body[1] <= place.body[0] or not names_site(strip_site(place.meta.title)):
        return None
    flow, below = place.flow, place.body[0]
    dated = -1
    second: Headline | None = None
    listed = {key(line.text) for line in flow.lines if line.linked * 2 > len(line.text) > _SHORTEST}
    for index in range(min(len(flow.lines), below + 2) - 1, max(-1, below - _NEAR), -1):
        line = flow.lines[index]
        size = len(line.text)
        if size <= _LONG_ROW and _DAY.search(line.text):
            dated = index
        if not _SHORTEST < size <= _LONGEST or line.linked * 2 >= size:
            continue
        if _NO_HEADLINE.search(line.text) or read_facts(line.text):
            continue
        if line.tag in _HEADINGS or _TITLE_NAME.search(flow.names[line.block]) or key(line.text) in listed:
            return Headline(line.text, index, index + 1, "looks")
        if second is None and index < dated <= index + _BELOW and not has(line, SITE):
            second = Headline(line.text, index, index + 1, "looks")
    return second


FINDERS = (told_by_head, heading_above, in_meta, by_looks)
"""In this order; ``headline: function`` is a finder's name."""


def _fit_at(place: _Place, index: int) -> _Fit | None:
    """Say how well the headline fits that begins on a line, and may be broken over several."""
    lines = place.flow.lines
    line = lines[index]
    if (
        len(line.text) > _LONG_LINE
        or not place.may_fit(line.text)
        or not (score := _fit(line.text, place.wanted))
    ):
        return None
    end = index + 1
    text = joined = line.text
    if score == _INSIDE:  # 原创, 独家 or the like stands in the headline's element
        text = strip_site(place.meta.title)
    for following in range(index + 1, min(index + _BROKEN, place.stop)):
        if len(lines[following].text) > _LONG_PART:
            break
        joined += lines[following].text
        longer = _fit(joined, place.wanted)
        if longer <= score:
            break
        score, end, text = longer, following + 1, joined
    if line.tag == "h1":
        score += 30
    elif line.tag in _HEADINGS:
        score += 15
    if line.block >= 0 and _TITLE_NAME.search(place.flow.names[line.block]):
        score += 10
    if line.linked * 2 > len(line.text):
        score -= 30
    return _Fit(score - 0.05 * abs(place.body[0] - index), index, end, text)


def _without_badge(flow: Flow, index: int, wanted: list[str]) -> str:
    """Return a headline without the badge in its element (原创, 独家), if that leaves what the head says; else ""."""
    pieces = [piece.strip() for piece in flow.lines[index].pieces if not piece.isspace()]
    while len(pieces) > 1 and pieces[-1] in _BADGES:
        pieces.pop()
    text = " ".join("".join(pieces).split())
    return text if key(text) in wanted else ""


def _fit(text: str, wanted: list[str]) -> float:
    """Say how well a line begins what the head calls the page: 0, or up to 100 for all of it."""
    mine = line_key(text)
    if len(mine) < 2:
        return 0.0
    best = 0.0
    for whole in wanted:
        if whole.startswith(mine):
            best = max(best, 30 + 70 * min(1.0, len(mine) / max(8, len(whole))) if len(mine) >= 4 else 10)
        elif len(mine) >= _TELLING and mine in whole:  # the site's name comes first
            best = max(best, 25 + 60 * len(mine) / len(whole))
        elif len(whole) >= 6 and mine.startswith(whole):
            best = max(best, 60.0)
        elif len(whole) >= 6 and mine.endswith(whole) and mine[: -len(whole)] in _BADGES:
            best = max(best, _INSIDE)
    return best
