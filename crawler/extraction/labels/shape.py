"""What a line's links, length and marks say of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from crawler.extraction.labels.model import ATTACHMENT, LINK, PROMOTION, SENTENCE, TEASER, Group, Rule
from crawler.extraction.page.links import is_link, is_teaser

if TYPE_CHECKING:
    from crawler.extraction.page.flow import Line

__all__ = ["GROUPS"]

_SENTENCE = 12


def _is_sentence(line: Line, _: re.Match[str]) -> bool:
    return len(line.text) >= _SENTENCE


_LINKS = Group(
    LINK,
    (Rule("mostly links", "", "河口大桥主跨合龙"),),
    accept=lambda line, _: line.linked > 0 and is_link(line),
)
_TEASERS = Group(
    TEASER,
    (Rule("link to the rest", "", "河口大桥主跨合龙，明年……[详细]"),),
    accept=lambda line, _: is_teaser(line),
)
_SENTENCES = Group(
    SENTENCE,
    (
        Rule(
            "marks of a sentence",
            "[，。、；？！：]|[,.] ",
            "本周起，云水县试点一站式大厅。",
            "秋粮收购价格上调每斤两分钱",
        ),
    ),
    how="search",
    accept=_is_sentence,
)
_FILES = Group(
    ATTACHMENT,
    (
        Rule(
            "attachment",
            r"^\W{0,3}附件|\.(?:docx?|xlsx?|pptx?|pdf|wps|zip|rar)\W{0,2}$",
            "附件1：报名表.docx",
        ),
    ),
    how="search",
    flags=re.IGNORECASE,
)
_PROMOTIONS = Group(
    PROMOTION,
    (
        Rule(
            "link to something else",
            r".{0,3}$|\W{0,2}(?:相关|更多|点击|推荐|延伸|查看|进入|往期|专题|链接|视频|[>＞])|.{4,40}[>＞》]{2}$",
            "更多报道",
            "河口大桥主跨合龙 明年建成通车",
        ),
    ),
)
GROUPS: Final = (_LINKS, _TEASERS, _SENTENCES, _FILES, _PROMOTIONS)
