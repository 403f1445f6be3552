"""Comments of readers: the heading over them, who signs them, the buttons under them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crawler.extraction.page.flow import Flow

__all__ = ["comments_from", "heads_comments", "is_comment"]

_LONGEST = 60
_SHORT = 40
_HEADING = re.compile(
    r"\W{0,4}(?:(?:全部|热门|最新|网友|精彩|热点|最热|所有|精选|用户|读者)(?:评论|跟[帖贴]|留言)|"
    r"(?:我要|发表|参与)(?:评论|跟[帖贴])|(?:评论|跟[帖贴])[区列]表?|(?:全部|熱門|最新|網友)(?:評論|留言))"
    r"\s?(?:[（(][^（()）]{2,50}[)）]|[（(\[]?\s?(?:共|已有)?\s?\d{0,7}\s?[条條人]?(?:评论|参与)?[)）\]]?)[：:]?\W{0,3}$"
)
# Who comments, and when: 网友：张三 发表于 2005-5-2 10:20. A question that readers ask a guest has words behind it.
_READER = re.compile(
    r"\W{0,2}(?:[\u4e00-\u9fff]{0,6}网友|[游遊]客|匿名|手机用户|第?\d{1,4}楼)"
    r"(?:[^？?。，！!]{0,24}\d{1,2}[:：]\d\d.{0,8}|[^：:？?。，！!]{0,10})$"
)
# Buttons and nothing else: 05-01 回复 赞(3), 顶[0] 回复, 来自云水 举报.
_BUTTON = re.compile(r"回[复覆]|[举檢][报舉]|点?[赞讚]|支持|反对|[顶踩]")
_BESIDE = re.compile(
    r"回[复覆]|[举檢][报舉]|点?[赞讚]|支持|反对|[顶踩]|分享|转发|收起|展开|来自.{1,6}|刚刚|昨天|前天|今天|"
    r"(?:秒|分钟|小时|天|个?月|年)前?|[月日号条楼\d\W]"
)


def heads_comments(flow: Flow, index: int) -> bool:
    """Whether a line has the words of a heading over comments, alone and unlinked."""
    line = flow.lines[index]
    return len(line.text) <= _LONGEST and not line.linked and _HEADING.match(line.text) is not None


def comments_from(flow: Flow, index: int) -> int:
    """Where the element ends that holds a heading of comments and what stands below it."""
    return flow.ends[flow.around(index, index + 1)]


def is_comment(flow: Flow, index: int) -> bool:
    """Whether a reader's name stands over a line, or the buttons for comments under it."""
    above = flow.lines[index - 1].text if index else ""
    if len(above) <= _SHORT and _READER.match(above):
        return True
    return any(_is_buttons(line.text) for line in flow.lines[index + 1 : index + 3])


def _is_buttons(text: str) -> bool:
    return len(text) <= _SHORT and _BUTTON.search(text) is not None and not _BESIDE.sub("", text)
