"""Bylines inside the text: （记者 谭湘竹 通讯员 侯宣新）, 新华社北京11月3日电（记者…）, 文/图 张三, 本报记者 李四."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.chinese.byline import DEED_WORDS, PROFESSIONS, begins_byline, read_byline
from crawler.chinese.filed import read_filed
from crawler.chinese.name_lines import find_signature
from crawler.chinese.names import is_name, is_person, is_plain_person, split_names
from crawler.chinese.traditional import fold, unfolded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crawler.items import Role

__all__ = ["is_byline", "read_bylines"]

_BRACKET = re.compile(r"[(（【\[〔［]([^()（）【】\[\]〔〕［］]{2,120})[)）】\]〕］]")
_DATELINE = re.compile(r"^[^（()）]{2,40}?(?:[电讯]|消息|报道)\s{0,3}[（(]([^()（）]{2,80})[)）]")
# A paragraph that begins with its byline, which a date, a colon or a full stop ends: 本报记者 张伟 通讯员 王磊 报道：….
_OPENS = re.compile(
    r"^\W{0,4}(?:(?:[\u4e00-\u9fff]{2,10}讯\s{1,4}[\u4e00-\u9fff]{0,8}(?:记者|通讯员))|[\u4e00-\u9fff]{0,10}(?:记者|通讯员)\s)"
    r"[^\d，,。：:“”（）()]{2,50}[\d。：:]"
)
# 新华社北京11月3日电 记者张三、李四报道：…, or a space and the text.
_WIRE = re.compile(
    r"^\W{0,4}[^，。\s（(]{2,20}[电讯](?: |】\s?)(?:本报|本网)?(记者|通讯员) ?"
    r"([\u3400-\u9fff·]{2,4}(?:[、 ][\u3400-\u9fff·]{2,4}){0,3})(?= |报道[：:，])"
)
# How accounts named whose text they carry: 原创： 方志远编译 云水研究.
_ORIGINAL = re.compile(
    r"^\W{0,4}原创\s?[：:]\s*([^\s：:，。、]{2,8}?)(?:编译|翻译|译|撰文|整理)?\s+[^\s：:，。]{2,20}\s*$"
)
_THEME = re.compile(
    r"电\s{0,3}题[：:][^。]{2,60}\s(?P<byline>[\u4e00-\u9fff]{0,8}记者\s{1,3}[^，。：:\d]{2,20})$"
)
_LINE_START = re.compile(
    r"^\W{0,4}(?:来源[：:]\s?[^\s，。]{2,14}\s)?(?:[\u4e00-\u9fffA-Za-z0-9·“”《》\-]{0,16}?(?:[(（][\w.\-]{3,30}[)）])?(?:记者|通讯员|评论员|特约撰稿人?|撰稿人|作者|主笔|摄影师|实习生)|"
    rf"(?:{DEED_WORDS})(?=\s{{0,2}}[/／：:|\s]))"
)
_BEFORE_RANK = re.compile(r"\s(?:实习|见习|特约)?(?:记者|通讯员).*$")
_OFFICE = re.compile("(?:中心|[报社网台局部委办厅院会站])$")
_CLAUSES = re.compile("(?<!者)[，,。；;]")
_ASKED = re.compile("[？?！!]")
_EDGE_MARKS = " 　）)】］〕"
_SHORT = 60
_VERY_SHORT = 30
_CLOSED = frozenset(")）】]〕］")
_EDGE = 4  # lines at the beginning and the end of a text
_UPPER = 16
_UPPERMOST = 2
_LONG_ORIGINAL = 40
_LONG_THEME = 120
_OPENING = 6  # captions and subheads may stand before the dateline


def is_byline(text: str) -> bool:
    """Tell whether a short line does nothing but name who wrote: 记者注意到，张三… is a sentence."""
    if len(text) > _SHORT:
        return False
    folded = fold(text)
    if _LINE_START.match(folded) is None and read_filed(folded) is None:
        return False
    first, *others = (clause for clause in _CLAUSES.split(text) if clause.strip(_EDGE_MARKS))
    if _ASKED.search(text) or not read_byline(first):
        return False
    return all(read_byline(clause) or all(map(is_plain_person, split_names(clause))) for clause in others)


def read_bylines(paragraphs: list[str]) -> list[tuple[str, Role]]:
    """Return names and roles from an article's text; who is named twice has the first role.

    Lines of their own at the edges and openings come first, then brackets behind the last sentences, then what
    stands behind the last of all, then a signature.
    """
    found: dict[str, Role] = {}
    size = len(paragraphs)
    for index, text in enumerate(paragraphs):
        if _is_own_line(text, index, size):
            _add(found, read_byline(text))
            continue
        if index < _UPPERMOST:
            _add(found, _original(text))
        if index < _OPENING:
            _add(found, _opening(text))
    for text in paragraphs[-3:]:
        _add(found, _closing(text, alone=text is paragraphs[-1] and not found))
    if size and (tail := paragraphs[-1].rpartition("。")[2]) and _is_written(tail):
        _add(found, read_byline(tail))
    if size > 1 and not any(role != "photographer" for role in found.values()):
        _add(found, find_signature(paragraphs))
    return list(found.items())


def _add(found: dict[str, Role], people: Iterable[tuple[str, Role]]) -> None:
    for name, role in people:
        found.setdefault(name, role)


def _is_own_line(text: str, index: int, size: int) -> bool:
    """Say whether a line is a byline by itself, at an edge of the text, or a short one in its upper part."""
    if len(text) > _SHORT:
        return False
    edge = index < _EDGE or index >= size - _EDGE or (index < _UPPER and len(text) <= _VERY_SHORT)
    return edge and is_byline(text) and not _is_caption(text, index, size)


def _original(text: str) -> list[tuple[str, Role]]:
    """Read 原创： 方志远编译 云水研究."""
    match = _ORIGINAL.match(text) if len(text) <= _LONG_ORIGINAL else None
    return [(match.group(1), "author")] if match and is_name(match.group(1)) else []


def _opening(text: str) -> Iterator[tuple[str, Role]]:
    """Yield what a paragraph begins with: a dateline, a wire service's or a paper's own, and brackets."""
    if dateline := _DATELINE.match(text[:140]):
        inner = dateline.group(1)
        yield from _plain_names(_BEFORE_RANK.sub("", inner))
        yield from read_byline(inner)
    opening = fold(text[:60])
    if wire := _WIRE.match(opening):
        names = (name for name in split_names(wire.group(2)) if is_plain_person(name))
        yield from ((unfolded(name, opening, text), PROFESSIONS[wire.group(1)]) for name in names)
    elif opens := _OPENS.match(text[:80]):
        yield from read_byline(opens.group()[:-1])
    elif len(text) <= _LONG_THEME and "题" in text and (theme := _THEME.search(text)):
        yield from read_byline(theme.group("byline"))
    for match in _BRACKET.finditer(text[:160]):
        if begins_byline(match.group(1)):
            yield from read_byline(match.group(1))


def _closing(text: str, *, alone: bool) -> list[tuple[str, Role]]:
    """Read the bracket that ends a paragraph; ``alone``: plain names count, too, if nobody else is named."""
    stripped = text.rstrip("。．. 　")
    if stripped[-1:] not in _CLOSED:
        return []
    brackets = _BRACKET.findall(stripped[-130:])
    if not brackets or not stripped[:-1].endswith(brackets[-1]):
        return []
    return read_byline(brackets[-1]) or (_plain_names(brackets[-1]) if alone else [])


def _is_written(tail: str) -> bool:
    """Say whether what stands behind a last sentence says who wrote it; who took its picture is none of that."""
    return len(tail) <= 20 and is_byline(tail) and not tail.endswith(("摄", "供图"))


def _plain_names(text: str) -> list[tuple[str, Role]]:
    """Read a bracket of nothing but people's names, or whose they are before them: （县融媒体中心 李楠）."""
    people = split_names(text) if len(text) <= 30 else []
    if len(people) > 1 and _OFFICE.search(people[0]) and not is_person(people[0]):
        people = people[1:]
    return [(name, "author") for name in people] if people and all(map(is_plain_person, people)) else []


def _is_caption(text: str, index: int, size: int) -> bool:
    """Say whether a line in the middle of the text ends in 摄: it names the photographer of one picture."""
    return text.rstrip("。 ）)").endswith(("摄", "供图", "图")) and 0 < index < size - 1
