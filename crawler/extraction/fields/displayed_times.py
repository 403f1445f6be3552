"""The times that a page shows around its text: beside the headline, above it, below the text."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from crawler.chinese.dates import Moment, read_block, read_moment, read_relative
from crawler.chinese.labelled_facts import JOINT
from crawler.chinese.traditional import fold
from crawler.extraction.fields.model import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime, tzinfo

    from crawler.chinese.labelled_facts import Fact
    from crawler.extraction.fields.regions import Regions

__all__ = ["far_times", "near_times", "relative_times", "updated_times"]

_DIGITS = re.compile(r"[\d/:：.\-\x01 年月日]{1,20}$")
_STALE = re.compile(r"(?:更新|修改|采集|截至|截止|编辑)(?:于|时间|日期)?[\s：:\x01]{0,3}$")
_CHANGED = re.compile("更新|修改|变更|编辑时间")
_SHORT_ROW = 60
_WEEKDAY = re.compile(r"(?:星期|周|礼拜)[一二三四五六日天]")
_LOOSE = frozenset(["时间", "日期"])  # what a text calls the time of what it announces, too
_OF_DOCUMENT = frozenset(["成文日期", "发文时间", "发文日期"])
_FEW_LETTERS = 24
_HARDLY_A_LETTER = 8
_RIGHT_BELOW = 6
_RIGHT_UNDER = 3  # lines from the headline
_CLOCK = re.compile(r"\d[:：]\d\d")
# What else stands in a row with a date: labels with their values, figures, names parted by joints.
_ROW = re.compile(
    r"(?:https?://|www\.)[\w./:-]{3,60}|[^\x01\s]{1,16}\s?[：:][^\x01\s]{0,30}|\d[\d年月日:：./\-]*|[\s\x01|｜·（）()\[\]]+|(?:星期|周)[一二三四五六日]"
)


def near_times(regions: Regions, zone: tzinfo, reference: datetime | None) -> Iterator[Finding[Moment]]:
    """Yield what stands between headline and text; above the text, where the page does not show its headline."""
    near = regions.near
    spoken = {index for index, _ in near}
    for fact in sorted(regions.of("time"), key=_is_of_document):
        if fact.line in spoken and (moment := read_moment(fact.value[:60], zone, reference=reference)):
            yield Finding(moment, "visible")
    yield from _unsaid(near, zone, reference)


def _is_of_document(fact: Fact) -> bool:
    """Say whether a time is when a document was signed, which its publication follows: 成文日期."""
    return fold(fact.label) in _OF_DOCUMENT


def _unsaid(
    lines: Sequence[tuple[int, str]], zone: tzinfo, reference: datetime | None
) -> Iterator[Finding[Moment]]:
    """Yield times without a label: in one of the lines, or spread over them."""
    for _, text in lines:
        if moment := _unlabelled(text, zone, reference):
            yield Finding(moment, "visible")
    digits = [" ".join(text.replace(JOINT, " ").split()) for _, text in lines if _DIGITS.match(text)]
    for block in (*digits, " ".join(digits)):
        if moment := read_block(block, zone):
            yield Finding(moment, "visible")
    if moment := read_moment(" ".join(digits), zone):
        yield Finding(moment, "visible")


def far_times(
    regions: Regions, zone: tzinfo, reference: datetime | None, day: Moment | None
) -> Iterator[Finding[Moment]]:
    """Yield what stands above the headline, where clocks stand too, and below the text, where comments and lists do.

    ``day`` is what the head or the address says.
    """
    above = [
        (index, text) for index, text in regions.head if index < regions.under and _is_stamp(text, zone, day)
    ]
    lines = {index for index, _ in (*above, *regions.tail)}
    for fact in regions.of("time"):
        known = fact.line in lines or fold(fact.label) not in _LOOSE
        if known and (moment := read_moment(fact.value[:60], zone, reference=reference)):
            yield Finding(moment, "visible")
    yield from _unsaid(above, zone, reference)
    timed = [index for index, text in regions.tail if _CLOCK.search(text)]
    for index, text in regions.tail[:_RIGHT_BELOW]:
        if timed != [index] or len(_ROW.sub("", text)) > _HARDLY_A_LETTER:
            continue
        moment = read_moment(text, zone)
        if moment is not None and (
            0 <= index - regions.under < _RIGHT_UNDER
            or (
                not regions.linked & {index - 1, index, index + 1}
                and (day is None or abs(moment.at - day.at) <= timedelta(days=2))
            )
        ):
            yield Finding(moment, "visible")


def relative_times(
    regions: Regions, zone: tzinfo, fetched_at: datetime, *, changed: bool = False
) -> Iterator[Finding[Moment]]:
    """Yield 昨天 14:30, 3小时前, as of the fetch; ``changed``: when the page was changed (3小时前更新)."""
    for _, text in regions.head:
        told = len(text) < _SHORT_ROW and (_CHANGED.search(fold(text)) is not None) is changed
        if told and (moment := read_relative(text, fetched_at, zone)):
            yield Finding(moment, "relative")


def updated_times(regions: Regions, zone: tzinfo, reference: datetime | None) -> Iterator[Finding[Moment]]:
    """Yield when the page says that it was changed: 更新时间：2022-11-03, 2022-11-03更新."""
    for fact in regions.of("stale"):
        if _CHANGED.search(fold(fact.label)) and (
            moment := read_moment(fact.value[:60], zone, reference=reference)
        ):
            yield Finding(moment, "updated")
    for _, text in regions.near:
        if len(text) < _SHORT_ROW and _CHANGED.search(fold(text)):
            moment = read_moment(text, zone, reference=reference)
            if moment is not None:
                yield Finding(moment, "updated")


def _is_stamp(text: str, zone: tzinfo, day: Moment | None) -> bool:
    """Say whether a date above the headline is the article's: with a weekday it is a clock, unless of that day."""
    if not _WEEKDAY.search(text):
        return True
    moment = read_moment(text, zone)
    return moment is not None and day is not None and moment.at.date() == day.at.date()


def _unlabelled(text: str, zone: tzinfo, reference: datetime | None) -> Moment | None:
    moment = read_moment(text[:160], zone, reference=reference)
    if moment is None:
        return None
    year = text.find(str(moment.at.year))
    if year > 0 and _STALE.search(fold(text[:year])):
        return None
    rest = _ROW.sub("", text)
    return moment if len(rest) <= _FEW_LETTERS else None
