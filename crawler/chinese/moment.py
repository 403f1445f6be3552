"""Dates and times as Chinese pages write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from datetime import tzinfo

    from crawler.items import Precision

__all__ = [
    "BEIJING",
    "Moment",
    "from_epoch",
    "from_url",
    "read_block",
    "read_moment",
    "without_dates",
]

BEIJING = ZoneInfo("Asia/Shanghai")

_OLDEST = 1994  # the first Chinese news sites
_TIME = (
    r"(?P<half>上午|下午|晚上|晚|凌晨|中午|AM|PM|am|pm)?\s{0,3}"
    r"(?P<hour>[01]?\d|2[0-3])\s?(?:[:：]|时|点)\s?(?P<minute>[0-5]\d|\d(?=:\d))"
    r"(?:\s?[:：分]\s?(?P<second>[0-5]?\d(?!\d)))?(?:\s?(?P<late>[APap][Mm])(?![a-zA-Z]))?"
    r"(?P<zone>(?:\.\d{1,9})?\s?(?:Z(?![a-zA-Z])|[+-]\d\d:?\d\d(?!\d)))?"
)
_BETWEEN = (
    r"(?:[\sT,，|·\x01]{0,12}(?:[(（]?\s?(?:星期|周|礼拜)[一二三四五六日天]\s?[)）]?)?[\sT,，|·\x01]{0,12})"
)
_DATE = (
    r"(?<![\d.])(?P<year>(?:19|20)\d\d)\s{0,2}(?:[-/.年_－—]|[\x01\s](?=\s{0,2}\d{1,2}\s{0,2}[-/]))\s{0,2}(?P<month>1[0-2]|0?[1-9])"
    r"\s{0,2}[-/.月_－—]\s{0,2}(?P<day>3[01]|[12]\d|0?[1-9])(?!\d*[.%％])\s{0,2}日?(?!\d(?!\d?[:：时]))"
)
_FULL = re.compile(_DATE + "(?:" + _BETWEEN + "(?<!\\d)" + _TIME + ")?")
_COMPACT = re.compile(
    r"(?<!\d)(?P<year>20\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])"
    r"(?:[T\s-]?(?P<hour>[01]\d|2[0-3]):?(?P<minute>[0-5]\d):?(?P<second>[0-5]\d)?)?(?!\d)"
)
_SHORT = re.compile(
    r"(?<![\d.:-])(?:(?P<year>\d\d)[-/年])?(?P<month>1[0-2]|0?[1-9])[-/月](?P<day>3[01]|[12]\d|0?[1-9])(?!\d)日?"
    + _BETWEEN
    + _TIME
)
# As programs print it (Thu Nov 03 07:29:26 CST 2022), and as offices do, alone in its place (二〇二二年十一月三日).
_PRINTED = re.compile(
    r"(?P<name>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (?P<day>[ 0-3]?\d) "
    r"(?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d):(?P<second>[0-5]\d) "
    r"(?:CST |GMT\+0?8(?::?00)? )?(?P<year>20\d\d)(?!\d)"
)
_PRINTED_BY_SCRIPT = re.compile(
    r"(?P<name>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (?P<day>[0-3]\d) (?P<year>20\d\d) "
    r"(?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d):(?P<second>[0-5]\d) GMT\+0800"
)
_MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec"
_HAN = re.compile(
    r"\W{0,3}(?P<year>[一二][九〇○零Ｏ][〇○零Ｏ一二三四五六七八九]{2})年(?P<month>十?[一二]|十|[三四五六七八九])月"
    r"(?P<day>[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])日\W{0,3}"
)
# 07:29 before its day, and what a block of two lines shows: 03 over 2022-11.
_CLOCK_FIRST = re.compile(
    r"(?<![\d:：.])(?:[01]?\d|2[0-3])[:：][0-5]\d(?:[:：][0-5]\d)?(?=[\s|\x01]{1,4}(?:19|20)\d\d\s?[-/.年])"
)
_BLOCK = re.compile(
    r"\W{0,3}(?:(?P<day>3[01]|[12]\d|0?[1-9])日?[\s\x01]{1,3}(?P<year>(?:19|20)\d\d)[-/.年](?P<month>1[0-2]|0?[1-9])月?|"
    r"(?P<month_>1[0-2]|0?[1-9])[-/.月](?P<day_>3[01]|[12]\d|0?[1-9])日?[\s\x01]{1,3}(?P<year_>(?:19|20)\d\d)年?)\W{0,3}"
)
_WIDE = str.maketrans("０１２３４５６７８９", "0123456789")
_URL = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<s>[-/_.]?)(?P<month>0[1-9]|1[0-2]|(?<=[-/_.])[1-9](?=[-/_.]))[-/_.]?"
    r"(?P<day>0[1-9]|[12]\d|3[01]|(?<=[-/_.])[1-9](?=[-/_.]))(?!\d)"
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time as precise as it was written; ``at`` is aware, in the zone it was written in."""

    at: datetime
    precision: Precision

    @property
    def utc(self) -> datetime:
        """The same in UTC; a day is its start in its zone."""
        return self.at.astimezone(UTC)

    def iso(self) -> str:
        """ISO 8601 with offset, cut to the precision."""
        if self.precision == "day":
            return self.at.date().isoformat()
        return self.at.isoformat(timespec="seconds" if self.precision == "second" else "minutes")

    def refines(self, other: Moment) -> bool:
        """Whether this is the same moment, more precisely."""
        if _RANK[self.precision] <= _RANK[other.precision]:
            return False
        mine = self.at.astimezone(other.at.tzinfo)
        if other.precision == "day":
            return mine.date() == other.at.date()
        return mine.replace(second=0, microsecond=0) == other.at.replace(second=0, microsecond=0)


_RANK: dict[Precision, int] = {"day": 0, "minute": 1, "second": 2}


def read_moment(text: str, zone: tzinfo = BEIJING, *, reference: datetime | None = None) -> Moment | None:
    """The first date in ``text`` that is one, with its time of day if one follows.

    A date without a year (``10-08 12:00``) takes the year that puts it last before ``reference``.
    """
    for match in _FULL.finditer(text):
        if moment := _build(match, zone):
            if moment.precision == "day" and (clock := _CLOCK_FIRST.search(text, 0, match.start() + 5)):
                return read_moment(f"{moment.at.date()} {clock.group()}", zone)
            return moment
    for match in _COMPACT.finditer(text):
        if moment := _build(match, zone):
            return moment
    for match in _SHORT.finditer(text):
        if match.group("year"):
            if moment := _build(match, zone, 2000 + int(match.group("year"))):
                return moment
        elif reference is not None:
            here = reference.astimezone(zone)
            for year in (here.year, here.year - 1):
                moment = _build(match, zone, year)
                if moment and moment.at <= here + timedelta(days=1):
                    return moment
    if ":" in text and (printed := _PRINTED.search(text) or _PRINTED_BY_SCRIPT.search(text)):
        return _build(printed, zone, month=_MONTHS.index(printed.group("name")) // 3 + 1)
    if "年" in text and (written := _HAN.fullmatch(text)):
        year, month, day = (_number(written.group(name)) for name in ("year", "month", "day"))
        return read_moment(f"{year}-{month}-{day}", zone)
    if "２" in text or "１" in text:
        return read_moment(text.translate(_WIDE), zone, reference=reference)
    return None


def read_block(text: str, zone: tzinfo = BEIJING) -> Moment | None:
    """The day of a block in which it stands apart from month and year (``03 2022-11``), and of nothing else."""
    if (match := _BLOCK.fullmatch(text)) is None:
        return None
    part = match.groupdict()
    year, month, day = (part[name] or part[f"{name}_"] for name in ("year", "month", "day"))
    return read_moment(f"{year}-{month}-{day}", zone)


def _number(text: str) -> int:
    """二〇二二, 十一, 三十."""
    if "十" not in text:
        return int("".join(str("一二三四五六七八九".find(digit) + 1) for digit in text))
    tens, _, ones = text.partition("十")
    return 10 * (_number(tens) if tens else 1) + (_number(ones) if ones else 0)


def _build(
    match: re.Match[str], zone: tzinfo, year: int | None = None, month: int | None = None
) -> Moment | None:
    part = match.groupdict()
    try:
        year = year if year is not None else int(part["year"])
        if year < _OLDEST:
            return None
        if not part.get("hour"):
            return Moment(datetime(year, int(part["month"]), int(part["day"]), tzinfo=zone), "day")
        hour = int(part["hour"])
        half = part.get("half") or (part.get("late") or "").lower()
        if half in {"下午", "晚上", "晚", "PM", "pm"} and hour < 12:
            hour += 12
        second = part.get("second")
        at = datetime(
            year,
            month or int(part["month"]),
            int(part["day"]),
            hour,
            int(part["minute"]),
            int(second or 0),
            tzinfo=zone,
        )
        if offset := part.get("zone"):
            at = at.replace(tzinfo=_offset(offset))
        return Moment(at.astimezone(zone), "second" if second else "minute")
    except (ValueError, OverflowError):
        return None


def _offset(text: str) -> tzinfo:
    if "Z" in text:
        return UTC
    sign = max(text.rfind("+"), text.rfind("-"))
    digits = text[sign + 1 :].replace(":", "")
    delta = timedelta(hours=int(digits[:2]), minutes=int(digits[2:4]))
    return timezone(-delta if text[sign] == "-" else delta)


def without_dates(text: str) -> str:
    """The text with a space for each date (and the time of day behind it)."""
    text = _FULL.sub(" ", text)
    return _SHORT.sub(" ", text) if ":" in text or "：" in text else text


def from_epoch(value: float, zone: tzinfo = BEIJING) -> Moment | None:
    """Seconds or milliseconds since 1970."""
    seconds = value / 1000 if value > 1e11 else value
    if not 7.5e8 < seconds < 4.1e9:
        return None
    return Moment(datetime.fromtimestamp(int(seconds), zone), "second")


def from_url(url: str, zone: tzinfo = BEIJING) -> Moment | None:
    """The day in an address like ``/2022-11/03/content_31.htm`` or ``t20221103_1.html``."""
    path = url.split("://", 1)[-1].partition("/")[2].partition("?")[0]
    for match in _URL.finditer(path):
        if moment := _build(match, zone):
            return moment
    return None
