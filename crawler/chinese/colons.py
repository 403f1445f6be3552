"""Credits that are written without colons: 编辑 刘晓阳 校对 李铭, 审核 赵进 | 编辑 王晓, 网络编辑王晓燕."""

from __future__ import annotations

import re

from crawler.chinese.names import is_person, split_names

__all__ = ["are_credits", "may_be_credits", "with_colons"]

_WORD = (
    r"(?:(?:本期|本版|网络|值班|实习|执行|责任|文字|图片|版面|视觉|视频|美术|音频|新媒体|助理|高级|初审|终审)?"
    r"(?:编辑|校对|审校|编审)|(?:本期|本版|网络|值班)?责编|责校|网编|文编|美编|主编|审核|监制|统筹|终审|初审|复审|签发|"
    r"值班主任|值班编委|責任編輯|編輯|校對)"
)
_STARTS = frozenset("编责校审监统美主终初复签值实执网本文图视音新助高責編")
_HAN = r"[\u3400-\u9fff\U00020000-\U0003ffff·]"
_NAME = rf"(?!{_WORD}){_HAN}{{2,4}}"
_OPEN = r"[\s（(【\[［〔<＜■□●◆◎]{0,2}"
_CLOSE = r"[\s)）】\]］〕>＞]{0,2}"
_PART = r"[\s、，,|｜丨/\x01]"
_SPACED = re.compile(
    rf"{_OPEN}(?:{_WORD}[\s\x01]{{1,3}}{_NAME}(?:{_PART}{{1,3}}{_NAME}){{0,3}}{_PART}{{0,3}}){{1,6}}{_CLOSE}"
)
_THINGS = re.compile("(?:文字|图片|视觉|视频|美术|音频)(?:编辑|校对|审校)")
_SPACED_WORD = re.compile(rf"({_WORD})[\s\x01]{{1,3}}")
# Word and name without a space; a name is one with a known surname, for 统筹安排 is no credit.
_TIGHT = re.compile(rf"{_OPEN}(?:{_WORD}{_HAN}{{2,3}}{_PART}{{0,3}}){{1,5}}{_CLOSE}")
_TIGHT_PAIR = re.compile(rf"({_WORD})({_HAN}{{2,3}})(?={_WORD}|{_PART}|{_CLOSE}$)")
_EDITING = re.compile("编|校|編|責")
_SURE = re.compile("责|責|^(?:网络|值班|实习|执行|本期|本版)|网编")
# 云水新闻记者 谢娟 编辑 曹燕: a byline with its editor.
_SIGNED = re.compile(
    r"^\W{0,3}[\u4e00-\u9fff]{0,10}(?:记者|通讯员|评论员|作者|实习生)[\s\x01：:][^。，；]{2,30}[\s\x01](?:责任编辑|责编|编辑)"
    rf"[\s\x01]{{1,3}}(?={_HAN}{{2,4}}$)"
)
# The one word that needs neither a colon nor the beginning of a line.
_PLAIN = re.compile(rf"(责任编辑|责编)[\s\x01]{{1,3}}(?={_HAN}{{2,4}}(?:$|[\s)）】\]、\x01]))")
_LONGEST = 60


def may_be_credits(text: str) -> bool:
    """Say whether a line may hold credits without colons: most lines need no closer look."""
    return len(text) <= _LONGEST and (
        text.lstrip(" （(【[［〔<＜■□●◆◎")[:1] in _STARTS or "编辑" in text or "责编" in text
    )


def are_credits(text: str) -> bool:
    """Say whether a line does nothing but name editors and the like, without colons."""
    return len(text) <= _LONGEST and (_spaced(text) or _tight(text))


def with_colons(text: str) -> str:
    """Return the line with colons behind its words, where it holds credits without; else as it is."""
    if not may_be_credits(text):
        return text
    if _spaced(text):
        return _SPACED_WORD.sub(r"\1：", text)
    if _tight(text):
        return _TIGHT_PAIR.sub(r"\1：\2", text)
    if signed := _SIGNED.match(text):
        return f"{signed.group().rstrip()}：{text[signed.end() :]}"
    return _PLAIN.sub(r"\1：", text)


def _spaced(text: str) -> bool:
    """Say whether it is spaced credits: 视频编辑 软件 推荐 is none, what is edited there needs somebody's name."""
    if _SPACED.fullmatch(text) is None:
        return False
    return not _THINGS.search(text) or any(is_person(part) for part in split_names(text))


def _tight(text: str) -> bool:
    """Say whether these are words with names, one of three letters; a word that means more (编辑成册) not alone.

    Where a mark or a bracket comes first, neither matters.
    """
    if _TIGHT.fullmatch(text) is None:
        return False
    pairs = _TIGHT_PAIR.findall(text)
    if not pairs or not all(is_person(name) for _, name in pairs):
        return False
    if not any(_EDITING.search(word) for word, _ in pairs):
        return False
    if not text[0].isalnum():
        return True
    sure = len(pairs) > 1 or _SURE.search(pairs[0][0])
    return bool(sure) and any(len(name) > 2 for _, name in pairs)
