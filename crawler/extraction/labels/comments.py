"""Comments of readers: who signs them, the buttons under them."""

from __future__ import annotations

import re
from typing import Final

from crawler.extraction.labels.model import COMMENT_BUTTONS, READER, Group, Rule

__all__ = ["GROUPS"]

_SHORT = 40
_WORDS = r"回[复覆]|[举檢][报舉]|点?[赞讚]|支持|反对|[顶踩]"
# What else stands in such a row: 05-01 回复 赞(3), 顶[0] 回复, 来自云水 举报.
_BESIDE = re.compile(
    rf"{_WORDS}|分享|转发|收起|展开|来自.{{1,6}}|刚刚|昨天|前天|今天|(?:秒|分钟|小时|天|个?月|年)前?|[月日号条楼\d\W]"
)

_READERS = Group(
    READER,
    (
        # A question that readers ask a guest has words behind it.
        Rule(
            "reader's name",
            r"\W{0,2}(?:[\u4e00-\u9fff]{0,6}网友|[游遊]客|匿名|手机用户|第?\d{1,4}楼)"
            r"(?:[^？?。，！!]{0,24}\d{1,2}[:：]\d\d.{0,8}|[^：:？?。，！!]{0,10})$",
            "云水网友 2019-09-07 10:20",
            "网友问：什么时候开工？",
        ),
    ),
    longest=_SHORT,
)
_BUTTONS = Group(
    COMMENT_BUTTONS,
    (Rule("under a comment", _WORDS, "05-01 回复 赞(3)", "回复说，已经开工"),),
    how="search",
    longest=_SHORT,
    accept=lambda line, _: not _BESIDE.sub("", line.text),
)
GROUPS: Final = (_READERS, _BUTTONS)
