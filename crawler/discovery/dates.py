"""Dates of list entries: as lists, feeds and JSON show them, and as their URLs carry them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from crawler.chinese.dates import find_date, find_relative, from_epoch, from_url, read_relative

__all__ = ["entry_date", "json_date", "listed_at", "url_day", "xml_date"]

_MAX_TEXT: Final = 400
_MAX_RAW: Final = 60
_EPOCH_LENGTHS: Final = (10, 13)
_WRAPPED: Final = re.compile(r"\\?/Date\((?P<epoch>\d{10,13})(?:[+-]\d{4})?\)\\?/")  # as ASP.NET writes it


def entry_date(text: str) -> str | None:
    """Return the date in an entry's text: ISO 8601, ``MM-DD`` without a year, else the words; None without any.

    ``2022年11月3日 07:29`` -> ``2022-11-03T07:29``; ``[11/03]`` -> ``11-03``; ``3小时前`` stays. An offset is kept.
    """
    return _entry_date(text[:_MAX_TEXT])


@lru_cache(maxsize=4096)  # the entries of a list share their days, the pages of a portal their lists
def _entry_date(text: str) -> str | None:
    written = find_date(text)
    return written.iso() if written is not None else find_relative(text)


def url_day(url: str) -> date | None:
    """Return the day that an article's URL carries in its path, if any."""
    moment = from_url(url)
    return moment.at.date() if moment is not None else None


def xml_date(text: str) -> str | None:
    """Return a date of a feed or sitemap, RFC 822 or ISO 8601 or nearly so, as ISO 8601; None where it is none.

    ``Fri, 21 Jun 2019 07:29:26 +0800`` -> ``2019-06-21T07:29:26+08:00``; a time without an offset stays
    without; CST is China's.
    """
    text = text.strip()[:_MAX_RAW]
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        pass
    else:
        return found.date().isoformat() if len(text) <= 10 else found.replace(microsecond=0).isoformat()
    if (moment := _epoch(text)) is not None:
        return moment
    written = find_date(text)
    if written is not None and written.year is not None:
        return written.iso()
    try:
        return parsedate_to_datetime(text).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def json_date(text: str) -> str | None:
    """Return a time of a JSON entry, ISO 8601 where it can be read: as displayed, or an epoch; else as it stands."""
    return _epoch(text) or entry_date(text) or text[:_MAX_RAW] or None


def _epoch(text: str) -> str | None:
    """Return seconds or milliseconds since 1970 as ISO 8601 in UTC; None where a text is none of these."""
    if wrapped := _WRAPPED.fullmatch(text):
        text = wrapped.group("epoch")
    if not text.isdecimal() or len(text) not in _EPOCH_LENGTHS:
        return None
    moment = from_epoch(int(text), UTC)
    return moment.iso() if moment is not None else None


def listed_at(shown: str | None, url: str, now: datetime, zone: str) -> datetime | None:
    """Return when an entry was published, as far as its list or its URL tell: aware, UTC.

    Made for leaving out what is older than ``since``: a day counts with its last microsecond, so that nothing is
    left out that might be wanted.

    Args:
        shown: a :attr:`Link.date`.
        url: the entry's.
        now: the present (aware), against which relative dates and dates without a year are read.
        zone: the portal's time zone.
    """
    here = ZoneInfo(zone)
    moment = None
    if shown:
        written = find_date(shown)
        moment = written.moment(here, now) if written is not None else read_relative(shown, now, here)
    moment = moment or from_url(url, here)
    return moment.latest.astimezone(UTC) if moment is not None else None
