"""One byline: the names in a string that is one, each with the role of the word before it."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import zip_longest
from typing import TYPE_CHECKING

from crawler.chinese.byline_affixes import bare
from crawler.chinese.filed import read_filed
from crawler.chinese.name_lines import MARKS
from crawler.chinese.names import is_name, is_organisation, is_person, is_plain_person, split_names
from crawler.chinese.traditional import fold, unfolded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawler.items import Role

__all__ = ["DEED_WORDS", "PROFESSIONS", "alternatives", "begins_byline", "read_byline", "without_status"]

# Words before a name, and what they make of it. Those of one or two common characters count only where a
# separator follows; those of professions may close a longer word (本报记者, 扬子晚报记者, 特约通讯员).
PROFESSIONS: dict[str, Role] = {
    "记者": "reporter", "通讯员": "correspondent", "报道员": "correspondent", "评论员": "author",
    "撰稿人": "author", "实习生": "reporter", "特派员": "reporter", "特约撰稿": "author", "特约撰稿人": "author",
    "作者": "author", "主笔": "author",
    "摄影师": "photographer", "摄影记者": "photographer", "研究员": "author",
}  # fmt: skip
DEEDS: dict[str, Role] = {
    "采访整理": "author", "参与采写": "reporter", "图文": "author", "文图": "author", "撰文": "author",
    "采写": "author", "执笔": "author", "撰稿": "author", "编译": "author", "整理": "author", "采访": "reporter",
    "文字": "author", "文": "author", "图": "photographer", "摄": "photographer", "摄影": "photographer",
    "图片": "photographer", "摄影报道": "photographer", "摄像": "photographer", "供图": "photographer",
    "制图": "photographer", "视频": "photographer", "供稿": "author", "综合": "author", "来稿": "author",
    "By": "author", "BY": "author", "by": "author",
}  # fmt: skip
_BOTH = r"[文图摄](?:字|片|影)?\s?[、·／/&+和]\s?[文图摄](?:字|片|影)?"  # 文/图, 图、文
_OTHERS = "编辑|责编|责任编辑|校对|审核|监制|实习编辑|编审|统筹|策划|设计|海报|剪辑|来源|编|翻译|译"


def alternatives(words: Iterable[str]) -> str:
    """Return a pattern of several words, the longest first."""
    return "|".join(sorted(words, key=len, reverse=True))


DEED_WORDS = f"{_BOTH}|{alternatives(DEEDS)}"
"""A pattern of the words that say what somebody did."""

_WORD = re.compile(
    rf"(?P<profession>{alternatives(PROFESSIONS)})(?:站(?=[\u4e00-\u9fff]))?(?:[/／：:|]{{1,2}})?"
    rf"|(?:^|(?<=[\s(（【\[、，,;；|”》\x01]))(?P<deed>{DEED_WORDS})(?:\s{{0,2}}(?P<mark>[/／：:|])\s{{0,2}}|\s{{1,3}}|(?=[（(]))"
    rf"|(?:^|(?<=[\s(（、，,;；|\x01]))(?P<other>[\u4e00-\u9fff]{{0,3}}(?:{_OTHERS}))(?:\s{{0,2}}[/／：:|]\s{{0,2}}|\s{{1,3}})"
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
_CLOSING_ENDS = frozenset("图摄文道稿写译理合")
# What a trainee or a guest is marked with.
_STATUS = re.compile(r"[(（](?:实习|见习|特约|特约撰稿|特约记者|实习生)[)）]")
_MARKED = f"{MARKS} "
# Where from: 发自香港、成都; 高雄、台中报导
_PLACES = re.compile(r"\s?发自.{1,12}$|\s[^\s、]{2,4}(?:、[^\s、]{2,4}){1,3}(?:报导|连线)$")
_COMMAS = re.compile("[、&，,]")
_LISTED = re.compile("[\u3400-\u9fff]{2,3}")  # 记者字强、林碧锋: the surname of one is that rare
# 张三（云水大学教授）
_REMARK = re.compile(r"(?<=[\u3400-\u9fff])\s?[(（][^()（）]{2,40}[)）]")


def begins_byline(text: str) -> bool:
    """Say whether what stands in a bracket begins with such a word, or names a reporter."""
    folded = fold(text)
    return (
        _WORD.match(folded) is not None
        or "记者" in folded
        or "通讯员" in folded
        or read_filed(folded) is not None
    )


def without_status(text: str) -> str:
    """Return the text without （实习） and the like behind names."""
    return _STATUS.sub("", text)


def read_byline(text: str) -> list[tuple[str, Role]]:
    """Return the names of a string that is a byline, each with the role of the word before it."""
    return list(_read_byline(text))


@lru_cache(maxsize=1024)  # a byline is looked at before it is read, and read in more than one place
def _read_byline(text: str) -> tuple[tuple[str, Role], ...]:
    text = without_status(text).lstrip(_MARKED)
    folded = fold(text)
    for form in (_filed, _before_deeds, _before_closing, _behind_words):
        if (found := form(folded)) is not None:
            if folded == text:
                return tuple(found)
            return tuple((unfolded(name, folded, text), role) for name, role in found)
    return ()


def _before_deeds(text: str) -> list[tuple[str, Role]] | None:
    """Read 张三/文 李四/图, and the reporter beside them."""
    if "/" not in text and "／" not in text:
        return None
    found: dict[str, Role] = {}
    for match in _AFTER.finditer(text):
        name = match.group(1)
        for cut in range(len(name)):
            if is_person(name[cut:]):
                found.setdefault(name[cut:], "author" if match.group(2).startswith("文") else "photographer")
                break
    if not found:
        return None
    for match in _PROFESSION_NAME.finditer(text):
        if is_person(match.group(1)):
            found[match.group(1)] = "reporter"
    return sorted(found.items(), key=lambda named: text.find(named[0]))


def _before_closing(text: str) -> list[tuple[str, Role]] | None:
    """Read 李四 文/图."""
    if text[-1:] not in _CLOSING_ENDS or (closing := _CLOSING.search(text)) is None:
        return None
    people = split_names(text[: closing.start()])
    return [(name, "author") for name in people] if people and all(map(is_plain_person, people)) else None


def _filed(text: str) -> list[tuple[str, Role]] | None:
    """Read 林怡君／台北报导."""
    names = read_filed(text)
    return None if names is None else [(name, "reporter") for name in names]


def _role_of(deed: str) -> Role:
    return DEEDS.get(deed) or ("author" if "文" in deed else "photographer")


def _behind_words(text: str) -> list[tuple[str, Role]]:
    """Read 记者 张三 通讯员 李四: names behind the words for professions and deeds."""
    found: dict[str, Role] = {}
    matches = list(_WORD.finditer(text))
    for match, following in zip_longest(matches, matches[1:]):
        if match.group("other"):
            continue
        deed = match.group("deed") or ""
        role = PROFESSIONS.get(match.group("profession") or "") or _role_of(deed)
        value = text[match.end() : following.start() if following else len(text)]
        value = _PLACES.sub("", _REMARK.sub(" ", value) if "（" in value or "(" in value else value)
        if following and following.group("profession"):
            value = _without_organisation(value, deed=bool(deed))
        pen_names = (
            match.group("mark") is not None and role == "author" and len(matches) == 1 and match.start() <= 1
        )
        _add_names(found, role, value, pen_names=pen_names, profession=bool(match.group("profession")))
    return list(found.items())


def _add_names(found: dict[str, Role], role: Role, value: str, *, pen_names: bool, profession: bool) -> None:
    """Add the names in ``value`` to those ``found``, up to what is none.

    ``pen_names``: a word says explicitly that somebody wrote. Of several names, one may have a rare surname.
    """
    latin = value.strip(" ,，：:")
    parts = [latin] if is_person(latin) else split_names(value)
    persons = any(map(is_person, parts))
    listed = _COMMAS.search(value) is not None
    pen_names = pen_names and (listed or not persons)  # 文/汽车之家 郑旭: an outlet, and who writes for it
    rare = profession and listed and persons
    for part in parts:
        name = bare(part, behind_person=bool(found))
        if (
            is_person(name)
            or (pen_names and _is_pen_name(name))
            or (rare and _LISTED.fullmatch(part) and _is_pen_name(part))
        ):
            found.setdefault(name, role)
        elif found and not is_name(name):
            break


def _without_organisation(value: str, *, deed: bool) -> str:
    """Drop what stands against the next 记者 without a space: whose reporter it is, not a name."""
    chunk = _LAST_CHUNK.search(value)
    if chunk is None:
        return value
    plain = (
        not _RANK.search(chunk.group()) and is_person(chunk.group()) and not is_organisation(chunk.group())
    )
    return value if plain and not deed else value[: chunk.start()]


def _is_pen_name(name: str) -> bool:
    return is_name(name) and not is_organisation(name)
