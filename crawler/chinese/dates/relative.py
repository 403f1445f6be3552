"""Times told from the moment of reading: 刚刚, 3小时前, 半小时前, 昨天 14:30, 今日."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from crawler.chinese.dates.clock import CLOCK, read_clock
from crawler.chinese.dates.moment import BEIJING, Moment
from crawler.chinese.dates.numerals import NUMERAL, plain_digits, read_numeral

if TYPE_CHECKING:
    from datetime import tzinfo

__all__ = ["find_relative", "read_relative"]

_HAN = r"[\u4e00-\u9fff]"
_DONE = "发[布表]|發[布佈表]|更新"
# 今日头条, 昨日重现 and 两天前刚获任命 are no times: such words stand alone, or beside what was done then.
_WORDS = (
    rf"(?<!{_HAN})(?:今日|昨日|刚才|剛才)(?!{_HAN}|\s?\d)"
    rf"|(?:今日|昨日|刚才|剛才)(?={_DONE}|\s{{0,2}}[上中下]午|\s{{0,2}}\d{{1,2}}[:：])"
)
_AGO = re.compile(
    rf"(?:(?P<count>\d{{1,4}})|(?<!{_HAN})(?P<told>{NUMERAL}|半|几)|(?<=[于於布表])(?P<told_>{NUMERAL}|半|几))"
    rf"\s?[个個]?(?P<more>半)?\s?(?P<unit>秒|分[钟鐘]|小[时時]|[钟鐘][头頭]|天|日|周|週|星期)[钟鐘]?[之以]?前"
    rf"(?(count)|(?:(?!{_HAN})|(?={_DONE})))"
)
_WORD = re.compile(
    rf"(?P<word>刚刚|剛剛|今天|昨天|大前天|前天|{_WORDS}|(?<!{_HAN})(?:今(?=[早晨晚])|昨(?=[晚夜])|前(?=晚))(?P<part>[早晨晚夜])(?=$|\s|\d|{_DONE}))"
    rf"(?:\s{{0,2}}{CLOCK})?"
)
_SECONDS = {
    "秒": 1, "分": 60, "小": 3600, "钟": 3600, "鐘": 3600, "天": 86400, "日": 86400,
    "周": 604800, "週": 604800, "星": 604800,
}  # fmt: skip
_DAYS = {"今": 0, "昨": 1, "前": 2, "大": 3}
_PARTS = {"早": "早", "晨": "早", "晚": "晚", "夜": "晚"}
_PRECISE = 3600  # seconds: below, the minute is told


def find_relative(text: str) -> str | None:
    """Return the words that tell a time from now on, for :func:`read_relative`; None where there are none."""
    match = _first(plain_digits(text))
    return match.group() if match else None


def read_relative(text: str, now: datetime, zone: tzinfo = BEIJING) -> Moment | None:
    """Read ``3小时前``, ``昨天 14:30``, seen at ``now`` (aware): hours and days tell the day, minutes the minute."""
    if (match := _first(plain_digits(text))) is None:
        return None
    here = now.astimezone(zone)
    if match.re is _WORD:
        return _on_day(match, here)
    past = timedelta(seconds=_SECONDS[match.group("unit")[0]] * _count(match))
    at = here - past
    if past.total_seconds() < _PRECISE:
        return Moment(at.replace(second=0, microsecond=0), "minute", at)
    return Moment(at.replace(hour=0, minute=0, second=0, microsecond=0), "day", at)


def _first(text: str) -> re.Match[str] | None:
    """Return the first such time; of most lines a few characters tell that they have none."""
    ago = _AGO.search(text) if "前" in text else None
    told = "今" in text or "昨" in text or "前天" in text or "前晚" in text or "刚" in text or "剛" in text
    word = _WORD.search(text) if told else None
    if ago is None or word is None:
        return ago or word
    return min(ago, word, key=re.Match[str].start)


def _on_day(match: re.Match[str], here: datetime) -> Moment:
    word = match.group("word")
    if word[0] in "刚剛":
        return Moment(here.replace(second=0, microsecond=0), "minute", here)
    day = (here - timedelta(days=_DAYS[word[0]])).replace(hour=0, minute=0, second=0, microsecond=0)
    part = match.groupdict()
    clock = read_clock({**part, "half": part["half"] or _PARTS.get(part["part"] or "")})
    if clock is None:
        return Moment(day, "day")
    at = day.replace(hour=clock.hour, minute=clock.minute, second=clock.second or 0)
    return Moment(at, "minute" if clock.second is None else "second")


def _count(match: re.Match[str]) -> float:
    """Return how many: 3, 两, 半, 一个半; 几秒前 is as good as now."""
    half = 0.5 if match.group("more") else 0
    if count := match.group("count"):
        return int(count) + half
    told = match.group("told") or match.group("told_")
    return 0.5 if told == "半" else half if told == "几" else read_numeral(told) + half
