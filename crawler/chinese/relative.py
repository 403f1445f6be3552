"""Times told from the moment of reading: 刚刚, 3小时前, 昨天 14:30."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from crawler.chinese.moment import BEIJING, Moment

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

__all__ = ["read_relative"]

_RELATIVE = re.compile(
    r"(?P<count>\d{1,4})\s?(?P<unit>秒|分钟|小时|天|日|周|个月|月|年)(?:钟)?(?:之|以)?前|"
    r"(?P<word>刚刚|今天|昨天|前天)(?:\s{0,2}(?P<h>[01]?\d|2[0-3])[:：](?P<m>[0-5]\d))?"
)
_UNITS = {"秒": 1, "分钟": 60, "小时": 3600, "天": 86400, "日": 86400, "周": 604800}


def read_relative(text: str, now: datetime, zone: tzinfo = BEIJING) -> Moment | None:
    """``3小时前``, ``昨天 14:30``, seen at ``now``."""
    match = _RELATIVE.search(text)
    if match is None:
        return None
    here = now.astimezone(zone)
    if word := match.group("word"):
        if word == "刚刚":
            return Moment(here.replace(second=0, microsecond=0), "minute")
        day = here - timedelta(days={"今天": 0, "昨天": 1, "前天": 2}[word])
        if match.group("h"):
            at = day.replace(
                hour=int(match.group("h")), minute=int(match.group("m")), second=0, microsecond=0
            )
            return Moment(at, "minute")
        return Moment(day.replace(hour=0, minute=0, second=0, microsecond=0), "day")
    unit, count = match.group("unit"), int(match.group("count"))
    if unit not in _UNITS:
        return None
    at = here - timedelta(seconds=_UNITS[unit] * count)
    if unit in {"秒", "分钟"}:
        return Moment(at.replace(second=0, microsecond=0), "minute")
    return Moment(at.replace(hour=0, minute=0, second=0, microsecond=0), "day")
