"""The unlabelled pieces of the rows under a headline: 云水日报 2021-05-18 16:05 张三."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from crawler.chinese.button_words import is_widget_word
from crawler.chinese.dates import find_relative, is_date_part, read_moment, without_dates
from crawler.chinese.fact_labels import kind_of
from crawler.chinese.labelled_facts import JOINT, Fact, read_facts
from crawler.chinese.names import is_organisation, is_person
from crawler.chinese.places import is_place, says_account_place
from crawler.extraction.page.hints import AWAY

if TYPE_CHECKING:
    from crawler.extraction.fields.headline import Headline
    from crawler.extraction.page.flow import Flow

__all__ = ["UnlabelledPiece", "find_unlabelled"]

_HEADINGS = frozenset(["h2", "h3", "h4", "h5"])
_APART = re.compile(r"[\s|｜]+")
_FOREIGN_DATE = re.compile(
    r"^(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*|[A-Z]{1,4}|[ap]m)[.,]?$"
)
_COMMAS = re.compile(r"\s?[,，、&]\s?")
_ENDS = " 　|｜·-—_□■◎●○◇◆"
# 云水日报／ 记者 張三: whose reporter the next piece is. Where from it is reported: ／台北報導.
_RANK = re.compile(r"[\s／/]{0,3}(?:记者|記者)$")
_FROM = re.compile(
    r"^(?:本文|文章|内容|信息|稿件)?(?:来源于|来自于?|转载?[于自]|转引自|摘自|选自|原载于?|首发于|来自|轉載自|來源於)\s?(?=.{2})"
)
_DISPATCH = re.compile("^[／/].{2,10}(?:報導|报道|报导|報道)$")
# 本报, and what is no name of a paper: 云水日报特约撰稿, 第A12版.
_OWN = re.compile(r"本[报网台刊社站]|.{0,12}特约(?:撰稿|记者|评论员?)|[(（]?第.{1,4}版[)）]?")
_BRACKETS = frozenset("【[《")
_BRACKETED = re.compile(r"^[【\[《]\s?([^【】\[\]《》\s]{2,14})\s?[】\]》]\s?[(（]?(?:第.{1,4}版)?[)）]?$")
_NEAR = 2  # lines from the row with the date
_FAR = 16  # lines from the headline
_LONG_ROW = 120
_DIRECTLY = 3  # lines
_LONG_NAME = 14
_USER = re.compile(
    r"^\s*(?:javascript:|#)|/(?:u|user|users|author|authors|account|profile|space|media|people|member|mp|home)(?:[/?=_-]|\d|$)|[?&](?:uid|user_?id|mid)=",
    re.IGNORECASE,
)
_ROOM = 12  # lines of an element that is looked at for links
_SHORT_DATE = re.compile(r"\d{1,4}[-/.年]\d{1,2}|\d{1,2}月\d{1,2}|\d\s?(?:个?月|年)前")
_SPLIT_DATE = re.compile(r"^(?:(?:19|20)\d\d|[\d/:：.\-\x01 ]{1,10})$")
_FOLLOW = re.compile(
    r"^[+＋]?\s?[已加未]?(?:关注|订阅|關注|訂閱|追[蹤踪])(?:TA|[他她]|作者|我们)?$", re.IGNORECASE
)
_CRUMB = re.compile(r"[>»›＞]|首页|当前位置|您的位置|所在位置|正文$")


@dataclass(frozen=True, slots=True)
class UnlabelledPiece:
    """An unlabelled piece of text between headline and text.

    ``followed``: beside it is a button to follow it; ``linked``: it is a link; ``sourced``: 来自 or the like
    stands before it; ``account``: its link leads to a user, or is a script's.
    """

    text: str
    line: int
    followed: bool = False
    linked: bool = False
    sourced: bool = False
    account: bool = False


def find_unlabelled(flow: Flow, head: list[tuple[int, str]], headline: Headline) -> list[UnlabelledPiece]:
    """Return the pieces of the rows between headline and text that no label explains."""
    rows = [
        (i, text) for i, text in head if headline.end <= i < headline.end + _FAR and len(text) <= _LONG_ROW
    ]
    dated = _dated(rows)
    followed = _followed(rows, headline.end)
    title = "".join(headline.text.split())
    out: list[UnlabelledPiece] = []
    for index, text in rows:
        beside = index in followed or any(abs(index - row) <= _NEAR for row in dated)
        if not beside or _CRUMB.search(text) or _is_away(flow, flow.lines[index].block, dated):
            continue
        heading = flow.lines[index].tag in _HEADINGS
        second = heading and (index == headline.end or index not in dated)  # a second headline
        facts = read_facts(text)
        for whole in _loose_pieces(text):
            if _FOLLOW.match(whole) and out:
                out[-1] = replace(out[-1], followed=True)
            piece = _FROM.sub("", whole)
            if (
                (not second or is_person(piece))
                and _may_be_name(piece)
                and "".join(piece.split()) != title
                and not any(_accounts_for(fact, piece) for fact in facts)
                and not (read_moment(piece) or find_relative(piece))
            ):
                link = _link_of(flow, index, piece)
                out.append(
                    UnlabelledPiece(
                        piece,
                        index,
                        followed=index in followed,
                        linked=link is not None,
                        sourced=piece != whole,
                        account=_USER.search(link or "") is not None,
                    )
                )
    return out


def _link_of(flow: Flow, line: int, piece: str) -> str | None:
    """Return the address of the link whose text a piece of a line is; None where it is no link."""
    block = flow.lines[line].block
    if block < 0 or flow.ends[block] - flow.starts[block] > _ROOM:
        return None
    anchors = flow.nodes[block].css("a")
    found = next((a for a in anchors if piece in " ".join(a.text().split())), None)
    return (found.attributes.get("href") or "") if found is not None else None


def _loose_pieces(text: str) -> list[str]:
    """Return the pieces of a row but those behind a label; behind 发布时间： may stand whose it is."""
    pieces = [piece for raw in text.split(JOINT) for piece in _pieces(raw)]
    return [
        piece
        for before, piece in zip(["", *pieces], pieces, strict=False)
        if not before.endswith(("：", ":")) or kind_of(before[:-1]) == "time"
    ]


def _followed(rows: list[tuple[int, str]], under: int) -> frozenset[int]:
    """Return the lines right under a headline above a button to follow whoever is named there; they need no date."""
    return frozenset(
        index
        for (index, _), (_, beside) in pairwise(rows)
        if index < under + _DIRECTLY and _FOLLOW.match(beside)
    )


def _may_be_name(piece: str) -> bool:
    """Say whether a piece may be somebody's name: no button or counter, no date, no place, not too long."""
    if not 2 <= len(piece) <= 30 or "：" in piece or is_widget_word(piece) or _FOREIGN_DATE.match(piece):
        return False
    if (
        _DISPATCH.search(piece)
        or _OWN.fullmatch(piece)
        or is_place(piece)
        or kind_of(piece)
        or says_account_place(piece)
        or is_date_part(piece)
    ):
        return False
    return len(piece) <= _LONG_NAME or is_organisation(piece) or is_person(piece)


def _accounts_for(fact: Fact, piece: str) -> bool:
    """Say whether a piece is (part of) a fact of its row.

    Beside a time, in the same text node, may stand whose it is; behind a source, in another, a person.
    """
    value = fact.value
    if fact.kind == "time":
        value = value.partition(JOINT)[2]
    elif fact.kind == "source" and is_person(piece):
        value = value.strip(" \x01").partition(JOINT)[0]
    return fact.label in piece or piece in value


def _pieces(raw: str) -> list[str]:
    """Return a text node's parts around its date, or all of it; of several names in Latin letters, each."""
    dated = _says_when(raw)
    left = without_dates(raw) if dated else raw
    if left[:1].isascii() and all(map(is_person, names := _COMMAS.split(left.strip(_ENDS)))):
        return names
    parts = _APART.split(left) if dated else [raw]
    return [_unwrapped(_RANK.sub("", part.strip(_ENDS))) for part in parts]


def _unwrapped(piece: str) -> str:
    """Return the name inside 【云水网】, 《云水日报》（第A12版）, if it is one."""
    if piece[:1] in _BRACKETS and (inner := _BRACKETED.match(piece)):
        name = inner.group(1)
        return name if is_organisation(name) or is_person(name) else piece
    return piece


def _dated(rows: list[tuple[int, str]]) -> list[int]:
    """Return the rows that say when."""
    found = [i for i, text in rows if _says_when(text) or any(f.kind == "time" for f in read_facts(text))]
    return found or [i for i, text in rows if _SPLIT_DATE.match(text)]


def _is_away(flow: Flow, element: int, dated: list[int]) -> bool:
    """Say whether the row is part of a share bar or the like, which the date is not."""
    return any(
        flow.flags[i] & AWAY and not any(flow.starts[i] <= d < flow.ends[i] for d in dated)
        for i in flow.ancestors(element)[:4]
    )


def _says_when(text: str) -> bool:
    return _SHORT_DATE.search(text) is not None or find_relative(text) is not None
