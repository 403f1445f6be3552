"""Which part of a title names the site, and whether a title names nothing else."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["ends_in_site", "key", "line_key", "names_site", "strip_site"]

_NOISE = re.compile(r"[\W_]+")
_HARD = re.compile(
    r"\s*(?:[_|｜]+|\s[-–—－]+\s|--+|——)\s*|(?<=[\u4e00-\u9fff”》！？!?)）])[-–－](?=[\u4e00-\u9fff])"
)
_QUESTION = re.compile(r"[？?！!]$")
_SHORTEST = 6
_LONGEST_SITE = 24
_SITE = re.compile(
    r"(?:网|网站|门户|在线|频道|中心|平台|首页|客户端|官网|日报|晚报|早报|晨报|时报|周刊|电视台|通讯社|政府|委员会|厅|局)$"
)
# 云水日报数字报-老街的灯: its title stands behind it
_PAPER = re.compile(r"^.{2,8}(?:报|[数电][字子][报版刊]|周刊)$")
# What editors of pages call one that nobody named.
_UNNAMED = re.compile(
    r"(?:new page \d{1,3}|untitled(?: document| page)?|document|无标题(?:文档|页|页面)?|新建网页\s?\d{0,3}|网页标题|"
    r"(?:新闻|文章|信息)?(?:详情|内容|正文)页?)$",
    re.IGNORECASE,
)


def key(text: str) -> str:
    """Return the letters and digits of a text."""
    return _NOISE.sub("", text).lower()


line_key = lru_cache(maxsize=4096)(key)
"""The same of lines up to some hundred characters: a portal's pages share many."""


def strip_site(title: str) -> str:
    """Return a ``<title>`` without the names of channel and site behind it."""
    parts = [part.strip() for part in _HARD.split(title)]
    if len(parts) == 2 and _PAPER.search(parts[0]) and len(key(parts[1])) >= 4 and not ends_in_site(parts[1]):
        return parts[1]
    if len(parts) > 1 and len(key(parts[0])) < 4:  # 评论｜改造…_云水网: what kind of piece it is stands first
        last = next((m for m in reversed(list(_HARD.finditer(title)))), None)
        if last is not None and len(parts) > 2 and ends_in_site(parts[-1]):
            return title[: last.start()].strip()
        return title.strip()
    if len(parts) > 2 and _QUESTION.search(parts[1]):
        # 青川PK东湖 | 谁的…？: the second half is the headline's
        return title[: title.index(parts[1]) + len(parts[1])].strip()
    return parts[0] if len(key(parts[0])) >= 4 else title.strip()


def ends_in_site(part: str) -> bool:
    """Tell whether a part of a title ends as the names of sites do."""
    return len(part) <= _LONGEST_SITE and _SITE.search(part) is not None


def names_site(title: str) -> bool:
    """Say whether the head says which site or channel this is, or nothing, and not which article."""
    if len(key(title)) < _SHORTEST or _UNNAMED.match(title):
        return True
    return len(title) <= _LONGEST_SITE and _SITE.search(title) is not None
