"""Where on the page the facts of an article stand: above its text, at its edges, below it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from crawler.cleaning import restore
from crawler.extraction.facts import JOINT, Fact, displayed, read_facts
from crawler.extraction.hints import AWAY
from crawler.extraction.interface import is_widget_word
from crawler.extraction.labels import KIND_OF
from crawler.extraction.moment import read_moment, without_dates
from crawler.extraction.names import PROVINCES, is_organisation, is_person, split_names

if TYPE_CHECKING:
    from crawler.extraction.body import Body
    from crawler.extraction.flow import Flow
    from crawler.extraction.title import Headline

__all__ = ["Token", "Zones", "find_zones"]

_ABOVE = 14
_BELOW = 30
_LONG = 220
_SHORT = 40
# A line that says where the text is from, and by whom: 本文来自…，作者：….
_OF_ITSELF = re.compile("^本文(?:来自|转自|转载自|来源)[^。]{4,110}$")
_BEHIND = "（(【[。！？”"
_WORKERS = frozenset(["editor", "proof"])
_NAMED = frozenset(["author", "reporter", "photographer", "correspondent", "editor", "proof"])
_HEADINGS = frozenset(["h2", "h3", "h4", "h5"])
_APART = re.compile(r"[\s|｜]+")
_FOREIGN_DATE = re.compile(
    r"^(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*|[A-Z]{1,4}|[ap]m)[.,]?$"
)
_COMMAS = re.compile(r"\s?[,，、&]\s?")
_ENDS = " 　|｜·-—_"
# 云水日报／ 记者 張三: whose reporter the next piece is. Where from it is reported: ／台北報導.
_RANK = re.compile(r"[\s／/]{0,3}(?:记者|記者)$|^(?:来自|转自)(?=.{4})")
_DISPATCH = re.compile("^[／/].{2,10}(?:報導|报道|报导|報道)$")
_NEAR = 2
_LONG_NAME = 14
_SHORT_DATE = re.compile(
    r"\d{1,4}[-/.年]\d{1,2}|\d{1,2}月\d{1,2}|\d\s?(?:秒|分钟?|小时|天|周|个?月|年)?前|昨天|前天|今天|刚刚"
)
_SPLIT_DATE = re.compile(r"^(?:(?:19|20)\d\d|[\d/:：.\-\x01 ]{1,10})$")
_FOLLOW = re.compile(r"^\+?\s?(?:关注|订阅|已关注|加关注)$")
_TODAY = re.compile(r"^\W{0,3}(?:今天|今日|现在|当前时间|欢迎)")
_WHEN = re.compile(r"\W{0,3}时\s{0,2}间\s?[：:]")
_WHERE = re.compile(r"\W{0,3}地\s{0,2}[点址]\s?[：:]")
_CRUMB = re.compile(r"[>»›＞]|首页|当前位置|您的位置|所在位置|正文$")


@dataclass(frozen=True, slots=True)
class Token:
    """An unlabelled piece of text between headline and text; ``name`` is the class and id around it."""

    text: str
    name: str
    line: int
    followed: bool = False


@dataclass(frozen=True, slots=True)
class Zones:
    """The displayed lines around a text, and the facts in them.

    ``head`` are (index, text) from the headline to the text, ``tail`` what was cut out of the text and stands
    behind it; ``facts`` the labelled facts of both; ``tokens`` what stands unlabelled under the headline.
    ``under`` is the first line behind the headline (0 where the page does not show one), ``linked`` the lines of
    ``tail`` that hold links.
    """

    head: tuple[tuple[int, str], ...]
    tail: tuple[tuple[int, str], ...]
    facts: tuple[Fact, ...]
    tokens: tuple[Token, ...]
    under: int = 0
    linked: frozenset[int] = frozenset()

    def of(self, kind: str) -> list[Fact]:
        """The facts of a kind, above the text first."""
        return [fact for fact in self.facts if fact.kind == kind]


def find_zones(flow: Flow, body: Body, headline: Headline, *, mirrored: bool = False) -> Zones:
    """Reads the lines around the text (and those cut out of it) for facts; of a spun copy, as they once were."""
    lines = flow.lines
    kept = set(body.lines)
    first = body.lines[0] if body.lines else body.start
    last = body.lines[-1] if body.lines else body.start
    titled = headline.end > headline.start
    start = max(0, min(headline.start - 4, first - 1), first - 60) if titled else max(0, first - _ABOVE)
    above = [
        i
        for i in range(start, min(first, headline.start if titled else first))
        if not _TODAY.match(lines[i].text)
    ]
    head = _read(flow, [*range((headline.end if titled else first), first), *above], mirrored=mirrored)
    head = [(i, text) for i, text in head if not _announces(flow, i)]
    below = [i for i in range(first, last + 1) if i not in kept]
    below += list(range(last + 1, min(len(lines), max(last + 1 + _BELOW, body.end))))
    tail = _read(flow, below, mirrored=mirrored)
    facts = [*_facts(flow, head), *_facts(flow, tail)]
    ends = [(i, lines[i].text) for i in (*body.lines[:2], *body.lines[-2:])]
    facts += _facts(flow, [(i, text) for i, text in ends if len(text) < _SHORT or _OF_ITSELF.match(text)])
    for i in body.lines[-2:]:
        facts += _closing_credits(lines[i].text, i)
    tokens = _tokens(flow, head, headline) if titled else []
    linked = frozenset(i for i, _ in tail if lines[i].linked)
    return Zones(tuple(head), tuple(tail), tuple(facts), tuple(tokens), headline.end if titled else 0, linked)


def _closing_credits(text: str, line: int) -> list[Fact]:
    """The editors whom a paragraph names behind its last sentence: …。（责任编辑：罗小满）."""
    if len(text) < _SHORT:
        return []
    end = text[-_SHORT * 2 :]
    behind = max(end[:-1].rfind(mark) for mark in _BEHIND)
    found = read_facts(end[behind + 1 :], line) if behind >= 0 else []
    return [fact for fact in found if fact.kind in _WORKERS]


def _announces(flow: Flow, index: int) -> bool:
    """Whether a line says when something takes place, and itself or the next one where: it is the text's."""
    here = flow.lines[index].text
    beside = flow.lines[index + 1].text if index + 1 < len(flow.lines) else ""
    return _WHEN.match(here) is not None and (_WHERE.search(here) or _WHERE.match(beside)) is not None


def _read(flow: Flow, indexes: list[int], *, mirrored: bool) -> list[tuple[int, str]]:
    read = [
        (i, displayed(flow.lines[i]))
        for i in indexes
        if i < len(flow.lines) and len(flow.lines[i].text) <= _LONG
    ]
    return [(i, restore(text)) for i, text in read] if mirrored else read


def _facts(flow: Flow, lines: list[tuple[int, str]]) -> list[Fact]:
    """Facts of several lines; a label that ends its line takes the next one for its value."""
    out: list[Fact] = []
    for position, (index, text) in enumerate(lines):
        found = read_facts(text, index)
        if found and not found[-1].value.strip(" \x01　（(") and position + 1 < len(lines):
            beside, following = lines[position + 1]
            near = set(flow.ancestors(flow.lines[index].block)[:3]) & set(
                flow.ancestors(flow.lines[beside].block)[:3]
            )
            foreign = flow.lines[beside].linked and found[-1].kind in _NAMED and not _are_people(following)
            if (
                near
                and not foreign
                and len(following) <= 30
                and not is_widget_word(following)
                and not read_facts(following)
            ):
                label = found.pop()
                found.append(Fact(label.kind, label.label, following, index))
        out += found
    return out


def _are_people(text: str) -> bool:
    names = split_names(text)
    return bool(names) and all(map(is_person, names))


def _tokens(flow: Flow, head: list[tuple[int, str]], headline: Headline) -> list[Token]:
    """The pieces of the rows between headline and text that no label explains."""
    rows = [(i, text) for i, text in head if headline.end <= i < headline.end + 16 and len(text) <= 120]
    dated = _dated(rows)
    title = "".join(headline.text.split())
    out: list[Token] = []
    for index, text in rows:
        distance = min((abs(index - d) for d in dated), default=99)
        if distance > _NEAR or _CRUMB.search(text) or _is_away(flow, flow.lines[index].block, dated):
            continue
        name = flow.names[flow.lines[index].block]
        spoken = [(fact.label, _rest(fact)) for fact in read_facts(text)]
        pieces = [piece for raw in text.split(JOINT) for piece in _pieces(raw)]
        for before, piece in zip(["", *pieces], pieces, strict=False):
            if before.endswith(("：", ":")) and KIND_OF.get(before[:-1]) != "time":
                continue
            if _FOLLOW.match(piece) and out:
                out[-1] = replace(out[-1], followed=True)
            if not 2 <= len(piece) <= 30 or is_widget_word(piece) or "".join(piece.split()) == title:
                continue
            if _FOREIGN_DATE.match(piece):
                continue
            if len(piece) > _LONG_NAME and not (is_organisation(piece) or is_person(piece)):
                continue
            if _DISPATCH.search(piece) or PROVINCES.fullmatch(piece):
                continue
            if "：" in piece or (index == headline.end and flow.lines[index].tag in _HEADINGS):
                continue
            if any(word in piece or piece in value for word, value in spoken) or read_moment(piece):
                continue
            out.append(Token(piece, name, index))
    return out


def _rest(fact: Fact) -> str:
    """What a fact accounts for in its row; beside a time, in the same text node, may stand whose it is."""
    return fact.value.partition(JOINT)[2] if fact.kind == "time" else fact.value


def _pieces(raw: str) -> list[str]:
    """A text node's parts around its date, or all of it; of several names in Latin letters, each."""
    dated = _SHORT_DATE.search(raw) is not None
    left = without_dates(raw) if dated else raw
    if left[:1].isascii() and all(map(is_person, names := _COMMAS.split(left.strip(_ENDS)))):
        return names
    parts = _APART.split(left) if dated else [raw]
    return [_RANK.sub("", part.strip(_ENDS)) for part in parts]


def _dated(rows: list[tuple[int, str]]) -> list[int]:
    """The rows that say when."""
    found = [
        i for i, text in rows if _SHORT_DATE.search(text) or any(f.kind == "time" for f in read_facts(text))
    ]
    return found or [i for i, text in rows if _SPLIT_DATE.match(text)]


def _is_away(flow: Flow, element: int, dated: list[int]) -> bool:
    """Whether the row is part of a share bar or the like, which the date is not."""
    return any(
        flow.flags[i] & AWAY and not any(flow.starts[i] <= d < flow.ends[i] for d in dated)
        for i in flow.ancestors(element)[:4]
    )
