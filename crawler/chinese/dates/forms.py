"""The forms of a written date, each a pattern; tried in order, the most certain first."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from crawler.chinese.dates.clock import BETWEEN, CLOCK, HALF, read_clock
from crawler.chinese.dates.numerals import read_numeral, read_year
from crawler.chinese.dates.written import Written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.chinese.dates.clock import Clock

__all__ = [
    "BLOCK",
    "FULL",
    "MINGUO",
    "SHORT",
    "block",
    "compact",
    "full",
    "has_short",
    "minguo",
    "printed",
    "short",
    "short_days",
    "short_years",
    "written_out",
]

_MONTH = r"(?P<month>1[0-2]|0?[1-9])"
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])"
_CLOCK = f"(?:{BETWEEN}(?<!\\d){CLOCK})?"

FULL = re.compile(
    r"(?<![\d.])(?P<year>(?:19|20)\d\d)\s{0,2}(?:[-/.年_－—]|[\x01\s](?=\s{0,2}\d{1,2}\s{0,2}[-/]))\s{0,2}"
    rf"{_MONTH}\s{{0,2}}[-/.月_－—]\s{{0,2}}{_DAY}(?!\d*(?:\.\d|[%％]))\s{{0,2}}日?(?!\d(?!\d?[:：时時点點]))"
    + _CLOCK
)
"""2022-11-03 07:29:26, 2022年11月3日, 2022.11.3: with its year, and the time of day if one follows."""

SHORT = re.compile(rf"(?<![\d.:-])(?:(?P<year>\d\d)[-/年])?{_MONTH}[-/月]{_DAY}(?!\d)日?{BETWEEN}{CLOCK}")
"""11-02 07:29, 22-11-03 07:29: without its century or its year, told by the time of day."""

_SHORT_DAY = re.compile(
    r"(?<![\d.:/第-])(?P<month>\d{1,2})\s?[-/月]\s?(?P<day>\d{1,2})日?(?![\d:/.-])(?!\s?[版页頁期岁歲名个個人元件条次月决決强強%％])"
)
_SHORT_YEAR = re.compile(
    r"(?<![\d.:/-])(?P<year>[0-3]\d)(?P<sign>[-/])(?P<month>0[1-9]|1[0-2])(?P=sign)(?P<day>0[1-9]|[12]\d|3[01])(?![\d.:/-])"
)
_GAP = r"日?[\s\x01]{1,3}"
BLOCK = re.compile(
    rf"(?<![\d.:/-])(?:{_DAY}{_GAP}(?P<year>(?:19|20)\d\d)[-/.年]{_MONTH}月?|"
    rf"{_MONTH.replace('month', 'month_')}[-/.月]{_DAY.replace('day', 'day_')}{_GAP}(?P<year_>(?:19|20)\d\d)年?|"
    rf"(?P<year__>(?:19|20)\d\d)[-/.年](?P<month__>1[0-2]|0?[1-9])月?[\s\x01]{{1,3}}(?P<day__>3[01]|[12]\d|0?[1-9])日?)"
    r"(?![\d/.:：-])"
)
"""What a block of two lines shows: 03 over 2022-11, 11-03 over 2022, 2022-11 over 03."""

_COMPACT = re.compile(
    r"(?<!\d)(?P<year>20\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])"
    r"(?:[T\s-]?(?P<hour>[01]\d|2[0-3]):?(?P<minute>[0-5]\d):?(?P<second>[0-5]\d)?)?(?!\d)"
)
MINGUO = re.compile(
    rf"(?:中[華华])?民[國国]\s?(?P<year>\d{{2,3}})\s?[年./-]\s?{_MONTH}\s?[月./-]\s?{_DAY}(?!\d(?!\d?[:：时時点點]))日?"
    + _CLOCK
)
"""民國111年11月3日."""

# Its calendar without its name: 111年11月3日, 111/11/03.
_BARE_MINGUO = re.compile(
    r"(?<![\d./-])(?P<year>1[0-4]\d)(?:年(?P<month>1[0-2]|0?[1-9])月(?P<day>3[01]|[12]\d|0?[1-9])日"
    r"|(?P<sign>[-/.])(?P<month_>1[0-2]|0[1-9])(?P=sign)(?P<day_>3[01]|[12]\d|0[1-9])(?![\d./-]))" + _CLOCK
)
_CLOCK_FIRST = re.compile(
    rf"(?:{HALF}\s{{0,3}}|(?<![\d:：.]))"
    r"(?P<hour>[01]?\d|2[0-3])[:：](?P<minute>[0-5]\d)(?:[:：](?P<second>[0-5]\d))?"
    r"(?=[\s|\x01]{1,4}(?:19|20)\d\d\s?[-/.年])"
)
_MARKS = (":", "：", "时", "時", "点", "點")
_LATIN = re.compile("[JFMASOND][a-z]{2}")  # how a month begins
_MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec"
_NAME = r"(?P<name>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_TIME = r"(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?(?: ?(?P<late>[APap][Mm])(?![a-zA-Z]))?"
_ZONE = r"(?P<zone>(?:GMT|UTC?)?[+-]\d\d?:?(?:\d\d)?(?!\d)|GMT|UTC?|CST|HKT|Z(?![A-Za-z]))"
_AT = rf"(?:,? (?:at )?{_TIME}(?: ?{_ZONE})?(?! ?[A-Za-z:])|(?!\d|,? {{1,2}}\d))"  # a zone that is not known is no time
_PRINTED = (
    # Thu Nov 03 07:29:26 CST 2022, Thu Nov 03 2022 07:29:26 GMT+0800, Thu, 03 Nov 2022 07:29:26 +0800, November 3, 2022
    re.compile(rf"{_NAME} (?P<day>[ 0-3]?\d) {_TIME} (?:{_ZONE} )?(?P<year>20\d\d)(?!\d)"),
    re.compile(rf"{_NAME} (?P<day>[0-3]?\d) (?P<year>20\d\d) {_TIME} {_ZONE}"),
    re.compile(rf"{_NAME}[a-z]{{0,6}}\.? (?P<day>[0-3]?\d)(?:st|nd|rd|th)?, ?(?P<year>20\d\d){_AT}"),
    re.compile(rf"(?<!\d)(?P<day>[0-3]?\d)[ -]{_NAME}[a-z]{{0,6}}\.?,?[ -](?P<year>20\d\d){_AT}"),
)
_WRITTEN_OUT = re.compile(
    r"\W{0,3}(?:(?P<year>[一二][九〇○零Ｏ][〇○零Ｏ一二三四五六七八九]{2})|(?:中[華华])?民[國国](?P<minguo>[〇○零Ｏ一二三四五六七八九]{2,3}))年(?P<month>十?[一二]|十|[三四五六七八九])月"
    r"(?P<day>[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])日\W{0,3}"
)


def has_short(text: str) -> bool:
    """Tell whether a text has what parts a month from its day: most have not, and searching costs more."""
    return "-" in text or "/" in text or "月" in text


def full(text: str) -> Iterator[Written]:
    """Find 2022-11-03 07:29, also with the time of day before it (07:29 | 2022年11月3日)."""
    if "20" not in text and "19" not in text:
        return
    for match in FULL.finditer(text):
        if (written := _written(match)) is None:
            continue
        if written.clock is None and (first := _CLOCK_FIRST.search(text, 0, match.start() + 5)):
            written = replace(written, clock=read_clock(first.groupdict()))
        yield written


def compact(text: str) -> Iterator[Written]:
    """Find 20221103, 20221103072926."""
    return _each(_COMPACT, text) if "20" in text else iter(())


def minguo(text: str) -> Iterator[Written]:
    """Find 民國111年11月3日, 111/11/03: of the calendar of Taiwan, whose first year is 1912."""
    if "民" in text:
        yield from _each(MINGUO, text, since=1911)
    if "1" in text:
        yield from _each(_BARE_MINGUO, text, since=1911)


def short_years(text: str) -> Iterator[Written]:
    """Find 22-11-03, [22/11/03]: without its century, in lists only."""
    return _each(_SHORT_YEAR, text, since=2000) if has_short(text) else iter(())


def block(text: str) -> Iterator[Written]:
    """Find 03 2022-11, 11-03 2022, 2022-11 03: a day that stands apart from its month or year."""
    if "20" not in text and "19" not in text:
        return
    for match in BLOCK.finditer(text):
        part = match.groupdict()
        year, month, day = (
            int(part[name] or part[f"{name}_"] or part[f"{name}__"]) for name in ("year", "month", "day")
        )
        if (written := _valid(year, month, day)) is not None:
            yield written


def short(text: str) -> Iterator[Written]:
    """Find 11-02 07:29, 22-11-03 07:29."""
    if not has_short(text) or not any(mark in text for mark in _MARKS):
        return iter(())
    return _each(SHORT, text, since=2000)


def short_days(text: str) -> Iterator[Written]:
    """Find the first 11-02, [11/2], 11月2日, if it is a day (not 0-2): in lists only, in texts it may be anything."""
    match = _SHORT_DAY.search(text) if has_short(text) else None
    if match is not None and (written := _written(match)) is not None:
        yield written


def printed(text: str) -> Iterator[Written]:
    """Find times as programs print them; CST is China's."""
    if "20" in text and _LATIN.search(text):
        for pattern in _PRINTED:
            for match in pattern.finditer(text):
                if written := _written(match, month=_MONTHS.index(match.group("name")) // 3 + 1):
                    yield written


def written_out(text: str) -> Iterator[Written]:
    """Find 二〇二二年十一月三日, alone in its place, as offices write it."""
    if "年" in text and (match := _WRITTEN_OUT.fullmatch(text)):
        year, minguo, month, day = match.group("year", "minguo", "month", "day")
        known = read_year(year) if year else read_year(minguo) + 1911
        if (written := _valid(known, read_numeral(month), read_numeral(day))) is not None:
            yield written


def _each(pattern: re.Pattern[str], text: str, *, since: int = 0) -> Iterator[Written]:
    for match in pattern.finditer(text):
        if (written := _written(match, since=since)) is not None:
            yield written


def _written(match: re.Match[str], *, since: int = 0, month: int | None = None) -> Written | None:
    """Return what a form matched; None for a day that there is not. Years count from ``since``."""
    part = match.groupdict()
    if (
        (part.get("zone") or "").lstrip().startswith("-")
        and not part.get("second")
        and "T" not in match.group()
    ):
        part["zone"] = None  # 09:00-10:30 is from when until when
    year = part.get("year")
    return _valid(
        int(year) + since if year else None,
        month or int(part["month"] or part.get("month_") or 0),
        int(part["day"] or part.get("day_") or 0),
        read_clock(part),
    )


def _valid(year: int | None, month: int, day: int, clock: Clock | None = None) -> Written | None:
    try:
        return Written(year, month, day, clock)
    except ValueError:
        return None
