"""The labelled facts around an article: 来源, 作者, 责任编辑, 发布时间 and so on, as displayed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import zip_longest

from crawler.chinese.colons import are_credits, may_be_credits, with_colons
from crawler.chinese.fact_labels import LABEL, LABEL_ENDS, kind_of
from crawler.chinese.marks import ODD_MARKS, plain_marks
from crawler.chinese.names import is_organisation, is_person, split_names
from crawler.chinese.places import is_place
from crawler.chinese.traditional import fold

__all__ = ["JOINT", "Fact", "is_credit_line", "read_facts", "with_value"]

JOINT = "\x01"
"""Stands where one text node ends and the next begins: often all that parts two facts."""

_QUOTES = frozenset('“"‘「『')
_SPOKEN = re.compile(r"(?:注明|标明|标注)[\s\x01]?$")
_COLON = re.compile("[：:,，]")
_MARK = re.compile(f"[：:|/／{ODD_MARKS}]")
_SHORT = 240
_SPACED = re.compile(
    r"(?<![\u4e00-\u9fff])([作编责校来稿文摄])[\s\u3000]{1,4}([者辑编对源影])(?=\s{0,3}[：:])"
)
_WORKERS = frozenset(["editor", "proof", "other"])
_LONGEST_WORD = 4
# A word between a space and a label. It does not begin where the search does, but behind a mark.
_WORD_BEFORE = re.compile(
    r"(?<=[\s、，,；;|｜丨■□●◆（(【\[\x01])[\u4e00-\u9fff]{1,4}$|^[\u4e00-\u9fff]{1,4}$"
)
# What else is made, or is said of things: a colon behind such words is no sign of a credit by itself.
_WORKS = frozenset((
    "设计", "视觉设计", "版式设计", "版式", "策划", "统筹", "审核", "配音", "剪辑", "出品", "上传", "排版",
    "一审", "二审", "三审", "初审", "复审", "终审", "一校", "二校", "三校", "主编",
))  # fmt: skip
_FROM = re.compile("^本文(?:来自|来源于|转自|转载自)")
_FROM_WHERE = frozenset(
    ["来自", "来自于", "发布于", "发表于"]
)  # a publisher, a time, or where an account writes


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and what stands behind it, up to the next label; ``value`` may hold :data:`JOINT`."""

    kind: str
    label: str
    value: str
    line: int


def is_credit_line(text: str) -> bool:
    """Say whether a line does nothing but name editors, proofreaders and who else worked on the page."""
    return (
        len(text) <= 120
        and (_MARK.search(text) is not None or may_be_credits(text))
        and _is_credit_line(text)
    )


@lru_cache(maxsize=4096)  # asked several times of a line, and a portal's pages share many lines
def _is_credit_line(text: str) -> bool:
    text = plain_marks(text)
    if are_credits(text):
        return True
    facts = read_facts(text)
    if not any(fact.kind in {"editor", "proof", "other"} for fact in facts) or _FROM.match(text):
        return False
    if all(fact.label in _WORKS for fact in facts) and not all(_names_somebody(fact.value) for fact in facts):
        return False
    first = text.find(facts[0].label)
    return first <= 4 and all(len(fact.value.strip(" \x01")) <= 30 for fact in facts if fact.kind != "source")


def _names_somebody(value: str) -> bool:
    """Say whether a value is nothing but people and offices: 设计：圆润的边角 is none."""
    return all(is_person(name) or is_organisation(name) for name in split_names(value))


def _may_have_facts(text: str) -> bool:
    """Say whether a line has a mark before a value, or looks like spaced credits: most have neither."""
    if _MARK.search(text) is not None or may_be_credits(text):
        return True
    return JOINT in text and any(
        part.rstrip(" ,，")[-1:] in LABEL_ENDS for part in fold(text).split(JOINT)[:-1]
    )


def read_facts(text: str, line: int = -1) -> list[Fact]:
    """Return all labelled facts of one displayed line, in order."""
    if not _may_have_facts(text):
        return []
    found = _labelled(text) if len(text) <= _SHORT else _labelled.__wrapped__(text)
    return [Fact(kind, label, value, line) for kind, label, value in found]


@lru_cache(maxsize=4096)  # asked several times of a line, and a portal's pages share many lines
def _labelled(text: str) -> tuple[tuple[str, str, str], ...]:
    """Return kind, label and value of each."""
    text = with_colons(_SPACED.sub(r"\1\2", plain_marks(text)))
    found: list[tuple[str, str, str]] = []
    matches: list[tuple[int, int, str]] = []
    for match in LABEL.finditer(fold(text)):
        if _starts_label(text, match):
            start = _beginning(text, match, matches[-1][1] if matches else 0)
            matches.append((start, match.end(), text[start : match.end("label")]))
    for (_, end, label), following in zip_longest(matches, matches[1:]):
        value = text[end : following[0] if following else len(text)]
        found.append((_kind_of(label, value), label, value))
    return tuple(found)


def with_value(fact: Fact, value: str) -> Fact:
    """Return a fact whose value stands elsewhere."""
    return replace(fact, kind=_kind_of(fact.label, value), value=value)


def _kind_of(label: str, value: str) -> str:
    """Return what a label says, that may have further words before it: 资深编辑 is an 编辑."""
    label = label.lower()
    if label in _FROM_WHERE and is_place(value.strip(" \x01").partition(JOINT)[0].strip()):
        return "place"
    if label.endswith(("编辑", "編輯")):
        return "editor"
    for start in range(min(len(label), _LONGEST_WORD + 1)):
        if kind := kind_of(label[start:]):
            return kind
    return "count"


def _beginning(text: str, match: re.Match[str], after: int) -> int:
    """Say where a label begins: with the word that stands against it (资深编辑：), unless that is a name."""
    start = match.start()
    if kind_of(match.group("label")) not in _WORKERS:
        return start
    word = _WORD_BEFORE.search(text, max(after, start - _LONGEST_WORD - 1), start)
    if word is None or is_person(word.group()):
        return start
    return word.start()


def _starts_label(text: str, match: re.Match[str]) -> bool:
    """Say whether a label starts here: a short one in the middle of a word is none (原文：, 意图：).

    One that no colon follows may end a name (青川发布 |, 半月谈评论). A label that is quoted or spoken of
    (注明“来源：…”) states nothing.
    """
    start = match.start()
    if start == 0:
        return True
    before = text[start - 1]
    if before in _QUOTES or _SPOKEN.search(text, max(0, start - 4), start):
        return False
    if not "\u4e00" <= before <= "\u9fff":
        return True
    return len(match.group("label")) > 1 and _COLON.search(match.group("joint")) is not None
