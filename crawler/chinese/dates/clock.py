"""The time of day: 07:29:26, 下午 3:05, 10点05分, 12:05 AM, 07:29+08:00."""

from __future__ import annotations

from datetime import UTC, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["BETWEEN", "CLOCK", "HALF", "Clock", "read_clock", "read_offset"]

# What says which half of the day an hour belongs to, and from which hour of twelve on it is the second.
_MORNING = ("凌晨", "清晨", "早晨", "早上", "早间", "早間", "清早", "上午", "早", "AM", "am")
_NOON = ("中午", "午间", "午間", "正午")
_AFTERNOON = ("下午", "午后", "午後", "傍晚", "PM", "pm")
_NIGHT = ("晚间", "晚間", "晚上", "夜间", "夜間", "夜里", "夜裡", "深夜", "半夜", "午夜", "晚")
_HALVES = "|".join((*_MORNING, *_NOON, *_AFTERNOON, *_NIGHT))
_EARLY_AFTERNOON = 4  # 中午1:30 is 13:30
_EVENING = 5  # 夜里1:30 is 01:30, 夜里8:30 is 20:30

HALF = rf"(?P<half>{_HALVES})"
"""A pattern of what says which half of the day it is."""

CLOCK = (
    rf"{HALF}?\s{{0,3}}"
    r"(?P<hour>[01]?\d|2[0-3])\s?(?:[:：]|[时時点點])\s?(?P<minute>[0-5]\d|\d(?=:\d))"
    r"(?:\s?[:：分]\s?(?P<second>[0-5]\d|\d(?!\d)))?(?:\s?(?P<late>[APap][Mm])(?![a-zA-Z]))?"
    r"(?P<zone>(?:\.\d{1,9})?\s?(?:[(（]?(?:GMT|UTC?|CST|HKT|Z)(?![a-zA-Z])(?:\s?[+-]\d\d?(?::?\d\d)?(?![\d:]))?|[+-]\d\d:?\d\d(?![\d:])))?"
)
"""A pattern with the groups that :func:`read_clock` reads."""

BETWEEN = (
    r"(?:[\sT,，|·\x01]{0,12}(?:[(（]?\s?(?:星期|周|週|礼拜|禮拜)[一二三四五六日天]\s?[)）]?|[(（]\s?[一二三四五六日]\s?[)）]"
    r"|[(（]?(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}[)）]?)?"
    r"[\sT,，|·\x01]{0,12})"
)
"""A pattern of what stands between a day and its time of day: spaces, the weekday."""

_ZONES: dict[str, tzinfo] = {
    "GMT": UTC, "UTC": UTC, "UT": UTC, "Z": UTC, "HKT": timezone(timedelta(hours=8)),
    "CST": timezone(timedelta(hours=8)),  # China's, on Chinese pages
}  # fmt: skip


class Clock(NamedTuple):
    """A time of day of 24 hours; ``second`` is None where it is not written, ``offset`` where no zone is."""

    hour: int
    minute: int
    second: int | None = None
    offset: tzinfo | None = None


def read_clock(part: Mapping[str, str | None]) -> Clock | None:
    """Read the groups of :data:`CLOCK`; None where they matched nothing."""
    hour, minute = part.get("hour"), part.get("minute")
    if not hour or not minute:
        return None
    second, zone = part.get("second"), part.get("zone")
    half = part.get("half") or (part.get("late") or "").lower()
    try:
        offset = read_offset(zone) if zone else None
    except ValueError:  # no zone is so far off
        offset = None
    return Clock(
        _of_24(int(hour), half) if half else int(hour),
        int(minute),
        int(second) if second else None,
        offset,
    )


def _of_24(hour: int, half: str) -> int:
    if half in _MORNING:
        return 0 if hour == 12 else hour
    if half in _AFTERNOON:
        later = hour < 12
    elif half in _NOON:
        later = hour < _EARLY_AFTERNOON
    else:
        later = _EVENING <= hour < 12
    return hour + 12 if later else hour


def read_offset(text: str) -> tzinfo:
    """Read Z, +0800, -05:00, .123+08:00, GMT+0800, CST (China's).

    Raises:
        ValueError: there is no such offset.
    """
    text = text.strip(" （(")
    sign = max(text.rfind("+"), text.rfind("-"))
    if sign < 0:
        return _ZONES[text.lstrip(".0123456789 （(")]
    digits = text[sign + 1 :].replace(":", "")
    if len(digits) <= 2:  # hours alone: GMT+8
        digits += "00"
    delta = timedelta(hours=int(digits[:-2]), minutes=int(digits[-2:]))
    return timezone(-delta if text[sign] == "-" else delta)
