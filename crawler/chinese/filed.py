"""Bylines with a stroke, and from where a report was filed: 林怡君／台北報導, 体育中心／王大明报道."""

from __future__ import annotations

import re

from crawler.chinese.names import is_organisation, is_person, split_names
from crawler.chinese.places import is_place

__all__ = ["read_filed"]

_STROKE = re.compile(r"\s?[/／]\s?")
_KIND = "综合|即时|专题|摄影|深度|特别|连线|专|外|特"
_VERB = r"(?:报道|报导|连线|专电|外电|电|讯|专访|直击|特稿)"
# Where from, on which day, and that it is a report: 台北, 云水4日电, 综合外电报导.
_REPORT = re.compile(rf"(?P<who>[\u3400-\u9fff、 ]{{0,12}}?)\s?(?:\d{{1,2}}日)?(?:{_KIND}){{0,2}}{_VERB}")
_DESK = re.compile("[\u3400-\u9fffA-Za-z]{2,10}(?:中心|组|部|版|网|报|社|台|新闻|快讯)")
_RANK = re.compile(r"^(?:.{0,8}?(?:记者|通讯员|特派员|编译|文|图)\s?[、，:：]?\s?)")


def read_filed(text: str) -> list[str] | None:
    """Return the names in a folded text that is such a byline (none where only a desk is named); else None."""
    if "/" not in text and "／" not in text:
        return None
    *before, last = (part.strip() for part in _STROKE.split(text.strip(" 。")))
    report = _REPORT.fullmatch(last)
    if report is None or not before or not all(before):
        return None
    names: list[str] = []
    for part in before:
        people = split_names(_RANK.sub("", part))
        if _DESK.fullmatch(part) or is_place(part):
            continue
        if people and all(map(is_person, people)):
            names += people
        elif not is_organisation(part):
            return None
    if not names:  # 体育中心／王大明报道
        names = [name for name in split_names(report.group("who")) if is_person(name) and len(name) > 2]
    return names
