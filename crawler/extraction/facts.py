"""The labelled facts around an article: 来源, 作者, 责任编辑, 发布时间 and so on, as displayed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crawler.extraction.flow import Line

__all__ = ["JOINT", "Fact", "displayed", "is_credit_line", "read_facts"]

JOINT = "\x01"
"""Stands where one text node ends and the next begins: often all that parts two facts."""

_KINDS = {
    "source": "来源 來源 稿源 信息来源 文章来源 新闻来源 消息来源 稿件来源 内容来源 本文来源 图文来源 "
    "出处 转自 转载自 来自 供稿单位 信息提供",
    "author": "作者 文章作者 撰文 撰稿 文 采写 执笔 编译 供稿 供稿人 撰稿人 整理 编撰 译者 翻译",
    "reporter": "记者 本报记者 本网记者 采访 采编 采访记者 见习记者",
    "photographer": "摄影 摄影师 摄像 摄像师 拍摄 供图 摄影报道",
    "correspondent": "通讯员 特约通讯员 通讯员供稿",
    "editor": "责任编辑 責任編輯 责编 编辑 編輯 网络编辑 值班编辑 实习编辑 执行编辑 本文编辑 文字编辑 "
    "本期编辑 新媒体编辑 编发 网编 责任编审 录入 录入人 录入员 责任人",
    "proof": "校对 校對 责任校对 责校 审校 终校",
    "other": "审核 审核人 终审 初审 复审 签发 监制 主编 总编辑 统筹 策划 出品 值班主任 上传 排版 美编 "
    "设计 剪辑 配音 编审 一审 二审 三审 播音 主播 监审 发布者 发布人 发布机构",
    "time": "发布时间 发表时间 发布日期 时间 日期 发稿时间 发文时间 成文日期 公开日期 信息时间 发布于 "
    "发表于 发布",
    "stale": "更新时间 更新日期 最后更新 更新 修改时间 最后修改 编辑时间 采集时间 最近更新 更新于 截至 截止",
    "count": "查看 浏览 浏览量 浏览次数 阅读 阅读量 阅读次数 点击 点击量 点击数 点击率 访问次数 访问量 人气 "
    "评论 跟帖 回复 字号 字体 大小 分享 打印 收藏 点赞 纠错 我要纠错 信息索引 索引号 标签 "
    "关键词 关键字 tag tags 分类 栏目 主题词 摘要 导读 扫码 视力保护色 语音播报 文号 有效性 "
    "扫一扫",
}
_KIND_OF = {label: kind for kind, labels in _KINDS.items() for label in labels.split()}
_ALL = "|".join(sorted(_KIND_OF, key=len, reverse=True))
_LABEL = re.compile(
    rf"(?P<label>{_ALL})(?P<joint>[\s\x01]{{0,4}}[：:|丨｜/／﹕∶][\s\x01]{{0,6}}|\x01[\s\x01]{{0,4}}(?=[^\s\x01：:]))"
)
_QUOTES = frozenset('“"‘「『')
_SPOKEN = re.compile(r"(?:注明|标明|标注)[\s\x01]?$")
_COLON = re.compile(r"[：:﹕∶]")
_MARK = re.compile(r"[：:|丨｜/／﹕∶]")
_LABEL_ENDS = frozenset(label[-1] for label in _KIND_OF)
_SHORT = 240
_SPACED = re.compile(
    r"(?<![\u4e00-\u9fff])([作编责校来稿文摄])[\s\u3000]{1,4}([者辑编对源影])(?=\s{0,3}[：:])"
)


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and what stands behind it, up to the next label; ``value`` may hold :data:`JOINT`."""

    kind: str
    label: str
    value: str
    line: int


def displayed(line: Line) -> str:
    """A line with :data:`JOINT` between its text nodes, spaces collapsed."""
    if len(line.pieces) == 1:
        return line.text
    return JOINT.join(" ".join(piece.split()) for piece in line.pieces if piece and not piece.isspace())


_CREDITS = (
    "责任编辑|责编|编辑|校对|审核|责校|监制|统筹|编审|美编|主编|审校|终审|初审|复审|值班主任|值班编辑|"
    "实习编辑|执行编辑|网络编辑|签发"
)
_NAME = rf"(?!{_CREDITS})[\u3400-\u9fff\U00020000-\U0003ffff·]{{2,4}}"
# 编辑 刘晓阳 校对 李铭: words and names, parted by spaces alone.
_SPACED_CREDITS = re.compile(
    rf"[\s（(【\[]{{0,2}}(?:(?:{_CREDITS})[\s\x01]+{_NAME}(?:[\s、，,\x01]{{1,3}}{_NAME}){{0,3}}[\s、，,\x01]{{0,3}}){{1,6}}"
    r"[\s)）】\]]{0,2}"
)
_CREDIT_STARTS = frozenset(word[0] for word in _CREDITS.split("|"))
_CREDIT_WORD = re.compile(rf"({_CREDITS})[\s\x01]+")


def is_credit_line(text: str) -> bool:
    """A line that does nothing but name editors, proofreaders and who else worked on the page."""
    return (
        len(text) <= 120
        and (_MARK.search(text) is not None or _may_be_credits(text))
        and _is_credit_line(text)
    )


@lru_cache(maxsize=4096)  # asked several times of a line, and a portal's pages share many lines
def _is_credit_line(text: str) -> bool:
    if len(text) <= 60 and _SPACED_CREDITS.fullmatch(text):
        return True
    facts = read_facts(text)
    if not any(fact.kind in {"editor", "proof", "other"} for fact in facts):
        return False
    first = text.find(facts[0].label)
    return first <= 4 and all(len(fact.value.strip(" \x01")) <= 30 for fact in facts if fact.kind != "source")


def _may_have_facts(text: str) -> bool:
    """Whether a line has a mark behind which a value stands, or looks like spaced credits: most have neither."""
    if _MARK.search(text) is not None or _may_be_credits(text):
        return True
    return JOINT in text and any(part[-1:] in _LABEL_ENDS for part in text.split(JOINT)[:-1])


def _may_be_credits(text: str) -> bool:
    """Whether :data:`_SPACED_CREDITS` may match."""
    return len(text) <= 60 and text.lstrip(" （(【[")[:1] in _CREDIT_STARTS and (" " in text or JOINT in text)


def read_facts(text: str, line: int = -1) -> list[Fact]:
    """All labelled facts of one displayed line, in order."""
    if not _may_have_facts(text):
        return []
    found = _labelled(text) if len(text) <= _SHORT else _labelled.__wrapped__(text)
    return [Fact(kind, label, value, line) for kind, label, value in found]


@lru_cache(maxsize=4096)  # asked several times of a line, and a portal's pages share many lines
def _labelled(text: str) -> tuple[tuple[str, str, str], ...]:
    """Kind, label and value of each."""
    text = _SPACED.sub(r"\1\2", text)
    if len(text) <= 60 and _SPACED_CREDITS.fullmatch(text):
        text = _CREDIT_WORD.sub(r"\1：", text)
    found: list[tuple[str, str, str]] = []
    matches: list[re.Match[str]] = []
    for match in _LABEL.finditer(text):
        if _starts_label(text, match, inside=bool(matches)):
            matches.append(match)
    for match, following in zip_longest(matches, matches[1:]):
        value = text[match.end() : following.start() if following else len(text)]
        label = match.group("label")
        found.append((_KIND_OF.get(label.lower(), "count"), label, value))
    return tuple(found)


def _starts_label(text: str, match: re.Match[str], *, inside: bool) -> bool:
    """A short label in the middle of a word is none (原文：, 意图：).

    ``inside`` another's value, one that no colon follows may end a name (青川发布 |, 半月谈评论). A label
    that is quoted or spoken of (注明“来源：…”) states nothing.
    """
    start = match.start()
    if start == 0:
        return True
    before = text[start - 1]
    if before in _QUOTES or _SPOKEN.search(text, max(0, start - 4), start):
        return False
    if not "\u4e00" <= before <= "\u9fff":
        return True
    return len(match.group("label")) > 1 and not (inside and _COLON.search(match.group("joint")) is None)
