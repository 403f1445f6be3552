"""Bylines inside the text: （记者 谭湘竹 通讯员 侯宣新）, 新华社北京11月3日电（记者…）, 文/图 张三, 本报记者 李四."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING

from crawler.extraction.attached import bare
from crawler.extraction.names import is_name, is_organisation, is_person, is_plain_person, split_names
from crawler.extraction.signature import MARKS, find_signature
from crawler.extraction.traditional import fold, unfolded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawler.items import Role

__all__ = ["is_byline", "read_byline", "read_bylines"]

# Words before a name, and what they make of it. Those of one or two common characters count only where a
# separator follows; those of professions may close a longer word (本报记者, 扬子晚报记者, 特约通讯员).
_PROFESSIONS: dict[str, Role] = {
    "记者": "reporter", "通讯员": "correspondent", "报道员": "correspondent", "评论员": "author",
    "撰稿人": "author", "实习生": "reporter", "特派员": "reporter", "特约撰稿": "author", "特约撰稿人": "author",
    "作者": "author", "主笔": "author",
    "摄影师": "photographer", "摄影记者": "photographer", "研究员": "author",
}  # fmt: skip
_DEEDS: dict[str, Role] = {
    "文/图": "author", "图/文": "author", "文／图": "author", "图文": "author", "文图": "author", "撰文": "author",
    "采写": "author", "执笔": "author", "撰稿": "author", "编译": "author", "整理": "author", "采访": "reporter",
    "文字": "author", "文": "author", "图": "photographer", "摄": "photographer", "摄影": "photographer",
    "图片": "photographer", "摄影报道": "photographer", "摄像": "photographer", "供图": "photographer",
    "制图": "photographer", "视频": "photographer", "供稿": "author", "综合": "author", "来稿": "author",
}  # fmt: skip
_OTHERS = "编辑|责编|责任编辑|校对|审核|监制|实习编辑|编审|统筹|策划|设计|海报|剪辑|来源|编|翻译|译"


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_WORD = re.compile(
    rf"(?P<profession>{_alternatives(_PROFESSIONS)})(?:[/：:|｜丨]{{1,2}})?"
    rf"|(?:^|(?<=[\s(（【\[、，,;；|｜丨”》\x01]))(?P<deed>{_alternatives(_DEEDS)})(?:\s{{0,2}}[/／：:|｜丨]\s{{0,2}}|\s{{1,3}}|(?=[（(]))"
    rf"|(?:^|(?<=[\s(（、，,;；|｜丨\x01]))(?P<other>{_OTHERS})(?:\s{{0,2}}[/／：:|｜丨]\s{{0,2}}|\s{{1,3}})"
)
_BRACKET = re.compile(r"[(（【\[〔]([^()（）【】\[\]〔〕]{2,120})[)）】\]〕]")
_DATELINE = re.compile(r"^[^（()）]{2,40}?(?:[电讯]|消息|报道)\s{0,3}[（(]([^()（）]{2,80})[)）]")
# A paragraph that begins with its byline, which a date, a colon or a full stop ends: 本报记者 张伟 通讯员 王磊 报道：….
_OPENS = re.compile(
    r"^\W{0,4}(?:(?:[\u4e00-\u9fff]{2,10}讯\s{1,4}[\u4e00-\u9fff]{0,8}(?:记者|通讯员))|[\u4e00-\u9fff]{0,10}(?:记者|通讯员)\s)"
    r"[^\d，,。：:“”（）()]{2,50}[\d。：:]"
)
# 新华社北京11月3日电 记者张三、李四报道：…, or a space and the text.
_WIRE = re.compile(
    r"^\W{0,4}[^，。\s（(]{2,20}[电讯] (?:本报|本网)?(记者|通讯员) ?"
    r"([\u3400-\u9fff·]{2,4}(?:[、 ][\u3400-\u9fff·]{2,4}){0,3})(?= |报道[：:，])"
)
_THEME = re.compile(
    r"电\s{0,3}题[：:][^。]{2,60}\s(?P<byline>[\u4e00-\u9fff]{0,8}记者\s{1,3}[^，。：:\d]{2,20})$"
)
_LINE_START = re.compile(
    r"^\W{0,4}(?:[\u4e00-\u9fffA-Za-z·“”《》\-]{0,16}?(?:[(（][\w.\-]{3,30}[)）])?(?:记者|通讯员|评论员|特约撰稿人?|撰稿人|作者|主笔|摄影师|实习生)|"
    rf"(?:{_alternatives(_DEEDS)})(?=\s{{0,2}}[/／：:|｜丨\s]))"
)
_AFTER = re.compile(
    r"(?<![\u3400-\u9fff\U00020000-\U0003ffff])([\u3400-\u9fff\U00020000-\U0003ffff·]{2,4})\s?[/／]\s?(文图|文字?|图文?|图片|摄影?|供图)(?=[\s、,，;；)）】]|$)"
)
_PROFESSION_NAME = re.compile(r"记者[\s:：]*([\u3400-\u9fff\U00020000-\U0003ffff·]{2,4})(?=[/／\s、，]|$)")
_LAST_CHUNK = re.compile(r"[^\s、，,;；|\x01]+$")
_RANK = re.compile(r"(?:本报|本网|本台|本社|特约|见习|实习|首席|全媒体|融媒体?)$")
_CLOSING = re.compile(
    r"\s?(?:文/图|图/文|文并摄|图文|摄影报道|综合报道|报道|供稿|采写|编译|整理|撰文|撰稿|综合)$"
)
_STATUS = re.compile(r"[(（](?:实习|见习|特约|特约撰稿|特约记者|实习生)[)）]")
_BEFORE_RANK = re.compile(r"\s(?:实习|见习|特约)?(?:记者|通讯员).*$")
_MARKED = f"{MARKS} "
_UPPER = 16
_LONG_THEME = 120
_OPENING = 6  # captions and subheads may stand before the dateline
_REPORT = re.compile(r"(?:文/图|图/文|文并?摄|摄影报道|报道|供稿|撰文|发自.{0,12}|采写|/文|/摄|[文图摄])\s*$")


def is_byline(text: str) -> bool:
    """Whether a short line does nothing but name who wrote."""
    return len(text) <= 60 and _LINE_START.match(fold(text)) is not None and bool(read_byline(text))


def read_bylines(paragraphs: list[str]) -> list[tuple[str, Role]]:
    """Names and roles from an article's text: lines of their own at its edges, then brackets, then datelines."""
    found: dict[str, Role] = {}
    size = len(paragraphs)
    for index, text in enumerate(paragraphs):
        edge = index < 4 or index >= size - 4
        if len(text) <= 60:
            own_line = edge or (index < _UPPER and len(text) <= 30)
            if own_line and is_byline(text) and not _is_caption(text, index, size):
                found.update((n, r) for n, r in read_byline(text) if n not in found)
                continue
        if index < _OPENING:
            if dateline := _DATELINE.match(text[:140]):
                inner = dateline.group(1)
                named = [*_plain_names(_BEFORE_RANK.sub("", inner)), *read_byline(inner)]
                found.update((n, r) for n, r in named if n not in found)
            if wire := _WIRE.match(text[:60]):
                named = [(name, _PROFESSIONS[wire.group(1)]) for name in split_names(wire.group(2))]
                found.update((n, r) for n, r in named if is_plain_person(n) and n not in found)
            elif opens := _OPENS.match(text[:80]):
                found.update((n, r) for n, r in read_byline(opens.group()[:-1]) if n not in found)
            elif len(text) <= _LONG_THEME and "题" in text and (theme := _THEME.search(text)):
                found.update((n, r) for n, r in read_byline(theme.group("byline")) if n not in found)
            for match in _BRACKET.finditer(text[:160]):
                folded = fold(match.group(1))
                if _WORD.match(folded) or "记者" in folded or "通讯员" in folded:
                    found.update((n, r) for n, r in read_byline(match.group(1)) if n not in found)
    for text in paragraphs[-3:]:
        stripped = text.rstrip("。．. 　")
        brackets = _BRACKET.findall(stripped[-130:])
        if not brackets or not stripped[:-1].endswith(brackets[-1]):
            continue
        inner = brackets[-1]
        if names := read_byline(inner):
            found.update((n, r) for n, r in names if n not in found)
        elif text is paragraphs[-1] and not found:
            found.update(_plain_names(inner))
    if size and (tail := paragraphs[-1].rpartition("。")[2]) and _is_written(tail):
        found.update((n, r) for n, r in read_byline(tail) if n not in found)
    if size > 1 and not any(role != "photographer" for role in found.values()):
        found.update((n, r) for n, r in find_signature(paragraphs) if n not in found)
    return list(found.items())


def _is_written(tail: str) -> bool:
    """Whether what stands behind a last sentence says who wrote it; who took its picture is none of that."""
    return len(tail) <= 20 and is_byline(tail) and not tail.endswith(("摄", "供图"))


def _plain_names(text: str) -> list[tuple[str, Role]]:
    """A bracket that holds nothing but names of people: （李楠）."""
    people = split_names(text) if len(text) <= 20 else []
    return [(name, "author") for name in people] if people and all(map(is_person, people)) else []


def _without_organisation(value: str, *, deed: bool) -> str:
    """What stands against the next 记者 without a space is whose reporter it is, not a name."""
    chunk = _LAST_CHUNK.search(value)
    if chunk is None:
        return value
    plain = (
        not _RANK.search(chunk.group()) and is_person(chunk.group()) and not is_organisation(chunk.group())
    )
    return value if plain and not deed else value[: chunk.start()]


def _is_caption(text: str, index: int, size: int) -> bool:
    """A line that ends in 摄 in the middle of the text names a photographer of one picture."""
    return text.rstrip("。 ）)").endswith(("摄", "供图", "图")) and 0 < index < size - 1


def read_byline(text: str) -> list[tuple[str, Role]]:
    """The names of a string that is a byline, each with the role of the word before it."""
    text = _STATUS.sub("", text).lstrip(_MARKED)
    folded = fold(text)
    found = _read(folded)
    return found if folded == text else [(unfolded(name, folded, text), role) for name, role in found]


def _read(text: str) -> list[tuple[str, Role]]:
    """The same of a string whose words are simplified."""
    found: dict[str, Role] = {}
    for match in _AFTER.finditer(text):  # 张三/文 李四/图
        name = match.group(1)
        for cut in range(len(name)):
            if is_person(name[cut:]):
                found.setdefault(name[cut:], "author" if match.group(2).startswith("文") else "photographer")
                break
    if found:
        for match in _PROFESSION_NAME.finditer(text):
            if is_person(match.group(1)):
                found[match.group(1)] = "reporter"
        return sorted(found.items(), key=lambda named: text.find(named[0]))
    if (
        (closing := _CLOSING.search(text))
        and (people := split_names(text[: closing.start()]))
        and all(map(is_plain_person, people))
    ):
        return [(name, "author") for name in people]  # 李四 文/图
    matches = list(_WORD.finditer(text))
    for match, following in zip_longest(matches, matches[1:]):
        if match.group("other"):
            continue
        role = _PROFESSIONS.get(match.group("profession") or "") or _DEEDS.get(
            match.group("deed") or "", "author"
        )
        value = text[match.end() : following.start() if following else len(text)]
        if following and following.group("profession"):
            value = _without_organisation(value, deed=bool(match.group("deed")))
        explicit = bool(match.group("deed")) and match.end() > 0 and text[match.end() - 1] in "/／：:|｜丨"
        latin = value.strip(" ,，：:")
        for part in [latin] if is_person(latin) else split_names(value):
            name = bare(part, behind_person=bool(found))
            if is_person(name) or (
                explicit and role == "author" and len(matches) == 1 and match.start() <= 1 and is_name(name)
            ):
                found.setdefault(name, role)
            elif found and not is_name(name):
                break
    return list(found.items())
