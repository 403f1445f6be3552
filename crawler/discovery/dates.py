"""Dates of list entries: as a list shows them, and as a URL carries them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

__all__ = ["entry_date", "listed_at", "url_day", "xml_date"]

_HINT = re.compile(r"\d\s?[-/.年月]\s?\d|[前天刚]")
_DATE = re.compile(
    r"(?<!\d)((?:19|20)\d{2})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})(?!\d)日?"
    r"(?:[\sT]{0,4}(\d{1,2}):(\d{2})(?::(\d{2}))?)?"
)
_SHORT = re.compile(
    r"(?<![\d.:/-])(\d{1,2})\s?[-/月]\s?(\d{1,2})日?(?![\d:/.-])(?:\s{0,3}(\d{1,2}):(\d{2}))?"
)
_RELATIVE = re.compile(r"(?:\d{1,3}\s?(?:秒|分钟|小时|天)前|刚刚|今天|昨天|前天)(?:\s?\d{1,2}:\d{2})?")
_URL_DAY = re.compile(
    r"/((?:19|20)\d{2})[-_/]?(0[1-9]|1[0-2])[-_/]?(0[1-9]|[12]\d|3[01])(?!\d)"
    r"|/t((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])_"
    r"|/((?:19|20)?\d{2})/(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])/"
)
_MAX_TEXT: Final = 400
_BRIEF: Final = 24


def entry_date(text: str) -> str | None:
    """The date in an entry's text: ISO 8601 without zone, ``MM-DD`` without a year, else the words.

    ``2022年11月3日 07:29`` -> ``2022-11-03T07:29``; ``[11/03]`` -> ``11-03``; ``3小时前`` stays. None if
    there is none.
    """
    return _brief_date(text) if len(text) <= _BRIEF else _entry_date(text[:_MAX_TEXT])


def _entry_date(text: str) -> str | None:
    if _HINT.search(text) is None:
        return None
    match = _DATE.search(text)
    if match is not None:
        return _iso(match)
    match = _SHORT.search(text)
    if match is not None and 1 <= int(match[1]) <= 12 and 1 <= int(match[2]) <= 31:
        day = f"{int(match[1]):02}-{int(match[2]):02}"
        return f"{day}T{int(match[3]):02}:{match[4]}" if match[3] and int(match[3]) < 24 else day
    match = _RELATIVE.search(text)
    return match[0] if match is not None else None


_brief_date = lru_cache(maxsize=4096)(_entry_date)  # the entries of a list share their days


def url_day(url: str) -> date | None:
    """The day that an article's URL carries in its path, if any."""
    match = _URL_DAY.search(url.partition("?")[0])
    if match is None:
        return None
    year, month, day = (int(part) for part in match.groups() if part is not None)
    try:
        return date(year if year > 100 else 2000 + year, month, day)
    except ValueError:
        return None


def xml_date(text: str) -> str | None:
    """A date of a feed or sitemap, RFC 822 or ISO 8601 or nearly so, as ISO 8601; None where it is none.

    ``Fri, 21 Jun 2019 07:29:26 +0800`` -> ``2019-06-21T07:29:26+08:00``; a time without an offset stays
    without.
    """
    text = text.strip()[:60]
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        pass
    else:
        return found.date().isoformat() if len(text) <= 10 else found.replace(microsecond=0).isoformat()
    shown = entry_date(text)
    if shown is not None and shown[:4].isdecimal():
        return shown
    try:
        return parsedate_to_datetime(text).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def listed_at(shown: str | None, url: str, now: datetime, zone: str) -> datetime | None:
    """When an entry was published, as far as its list or its URL tell: aware, UTC.

    Made for leaving out what is older than ``since``: a day counts with its last second, so that nothing is
    left out that might be wanted.

    Args:
        shown: a :attr:`Link.date`.
        url: the entry's.
        now: the present (aware), against which relative dates and dates without a year are read.
        zone: the portal's time zone.
    """
    here = ZoneInfo(zone)
    local = now.astimezone(here)
    found = _moment(shown, local) if shown else None
    if found is None:
        day = url_day(url)
        if day is None:
            return None
        found = datetime.combine(day, time.max)
    if found.tzinfo is None:
        found = found.replace(tzinfo=here)
    return found.astimezone(UTC)


def _iso(match: re.Match[str]) -> str | None:
    year, month, day, hour, minute, second = match.groups()
    try:
        shown = date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
    if hour is None or int(hour) > 23 or int(minute) > 59:
        return shown
    return f"{shown}T{int(hour):02}:{minute}" + (f":{second}" if second and int(second) < 60 else "")


def _moment(shown: str, now: datetime) -> datetime | None:
    """Naive in the portal's zone, or aware where the text says so."""
    try:
        if re.fullmatch(r"\d{2}-\d{2}(?:T\d{2}:\d{2})?", shown):
            found = datetime.combine(date(now.year, int(shown[:2]), int(shown[3:5])), time.max)
            if found.date() > now.date() + timedelta(days=2):
                found = found.replace(year=now.year - 1)
            return found
        found = datetime.fromisoformat(shown)
    except ValueError:
        return _relative(shown, now)
    return datetime.combine(found.date(), time.max) if len(shown) == 10 else found


def _relative(shown: str, now: datetime) -> datetime | None:
    match = re.match(r"(\d{1,3})\s?(秒|分钟|小时|天)前", shown)
    if match is not None:
        seconds = {"秒": 1, "分钟": 60, "小时": 3600, "天": 86_400}[match[2]]
        return now - timedelta(seconds=int(match[1]) * seconds)
    for word, days in (("刚刚", 0), ("今天", 0), ("昨天", 1), ("前天", 2)):
        if shown.startswith(word):
            return datetime.combine(now.date() - timedelta(days=days), time.max)
    return None
