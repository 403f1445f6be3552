"""Dates read out of a text, with the forms that its kind of place may have."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from crawler.chinese.dates import forms
from crawler.chinese.dates.moment import BEIJING, Moment
from crawler.chinese.dates.numerals import plain_digits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime, tzinfo

    from crawler.chinese.dates.written import Written

__all__ = ["find_date", "is_date_part", "read_block", "read_moment", "without_dates"]

# Two numbers with a sign between them, a day without any, or what forms of their own begin with. The pattern begins
# with a set of characters, which the engine looks for at once.
_HINT_IN_LISTS = re.compile(
    r"[\d年民JFMASOND](?:(?<=[年民])|(?<=\d)(?:\s{0,2}[-/.月_－—]\s{0,2}\d|\d{7})|(?<=[A-Z])[a-z]{2})"
)
_OLDEST = 1994  # the first Chinese news sites
_IN_PAGES = (forms.full, forms.compact, forms.minguo, forms.short, forms.printed, forms.written_out)
_IN_LISTS = (
    forms.full, forms.compact, forms.minguo, forms.short, forms.short_years, forms.block, forms.short_days,
    forms.printed, forms.written_out,
)  # fmt: skip
_EDGE = " \x01()（）[]【】|·:：-"
_PART = re.compile(
    r"(?:[\d\s/:：.,，、\-—|\x01]|[年月日号號时時点點分秒]|(?:星期|周|週|礼拜|禮拜)[一二三四五六日天]|[一二三四五六七八九十〇○零]{1,4}(?=[年月日号號])|"
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}\.?|[AaPp][Mm]|上午|下午){1,40}"
    r"|(?:农历|農曆)?(?:[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥][年\s]*)?[\u4e00-\u9fff]?[正一二三四五六七八九十冬腊臘]{1,2}月[初一二三四五六七八九十廿]{1,3}",
    re.IGNORECASE,
)


def find_date(text: str) -> Written | None:
    """Find the date of a list's entry, as it is written; a month and a day do."""
    text = plain_digits(text)
    return next(_dates(text, _IN_LISTS), None) if _HINT_IN_LISTS.search(text) else None


def read_moment(text: str, zone: tzinfo = BEIJING, *, reference: datetime | None = None) -> Moment | None:
    """Read the first date of a page's line, with its time of day if one follows; none before the web.

    A date without a year (``10-08 12:00``) takes the year that puts it last before ``reference``.
    """
    for written in _dates(text, _IN_PAGES):
        moment = written.moment(zone, reference)
        if moment is not None and moment.at.year >= _OLDEST:
            return moment
    return None


def read_block(text: str, zone: tzinfo = BEIJING) -> Moment | None:
    """Read the day of a block in which it stands apart from month and year (``03 2022-11``), and of nothing else."""
    shown = text.strip(_EDGE)
    written = next(forms.block(shown), None)
    whole = written is not None and len(forms.BLOCK.sub("", shown)) == 0
    return written.moment(zone) if written is not None and whole else None


def without_dates(text: str) -> str:
    """Return the text with a space for each date (and the time of day behind it)."""
    text = forms.MINGUO.sub(" ", forms.FULL.sub(" ", text))
    return forms.SHORT.sub(" ", text) if ":" in text or "：" in text else text


def _dates(text: str, wanted: Iterable[Callable[[str], Iterator[Written]]]) -> Iterator[Written]:
    text = plain_digits(text)
    if not ("20" in text or "19" in text or "年" in text or "民" in text or forms.has_short(text)):
        return iter(())  # as most lines are
    return chain.from_iterable(form(text) for form in wanted)


def is_date_part(text: str) -> bool:
    """Say whether a text is nothing but a part of a date: 2024年02月, 21, Feb 2024, 星期三, 农历甲辰年正月十二."""
    return _PART.fullmatch(plain_digits(text)) is not None
