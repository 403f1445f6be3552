"""When an article was published: never when it was changed, fetched or commented on."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING

from crawler.extraction.facts import JOINT
from crawler.extraction.moment import Moment, from_epoch, from_url, read_moment, read_relative

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime, tzinfo

    from crawler.extraction.meta import Meta
    from crawler.extraction.zones import Zones
    from crawler.parsing import Document

__all__ = ["find_published"]

_META = (
    "publishdate", "publish_date", "publish-date", "pubdate", "pub_date", "article:published_time",
    "og:published_time", "datepublished", "firstpublishedtime", "publishtime", "publish_time", "og:release_date",
    "weibo:article:create_at", "weibo: article:create_at", "bytedance:published_time", "_pubtime", "pubtime", "ptime",
    "dc.date.issued", "dcterms.created", "dc.date", "article:create_at", "date", "dateupdate", "createdate",
)  # fmt: skip
_DIGITS = re.compile(r"[\d/:：.\-\x01 年月日]{1,20}$")
_STALE = re.compile(r"(?:更新|修改|采集|截至|截止|编辑)(?:于|时间|日期)?[\s：:]{0,3}$")
# What scripts call the time of publication. Times are found by their own shape (a literal prefix makes that one
# fast scan); then this reads the name before them.
_NAMES = (
    r"(?:first_?)?pub(?:lish)?(?:ed)?_?(?:time|date|at|timestr|_str)?|ptime|ct|ctime|"
    r"(?:ori_?)?create_?(?:d_?at|time)"
)
_NAMED = re.compile(rf"(?<![a-zA-Z])(?P<name>{_NAMES})[\"']?\s{{0,3}}[:=]\s{{0,3}}[\"']?$", re.IGNORECASE)
_WRITTEN = re.compile(r"20\d\d[-/.]\d\d?[-/.]\d\d?(?:[T ]\d\d?:\d\d[^\"'\n<]{0,16})?(?=[\"'])")
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?(?=[\"']?[\s,;}\]])")
_STEMS = ("publish", "pub", "ptime", "ct", "create")  # of the names, the most telling first
_BEFORE = 40
_MANY = 2_000
_FEW_LETTERS = 24
_HARDLY_A_LETTER = 8
_RIGHT_BELOW = 6
_CLOCK = re.compile(r"\d[:：]\d\d")
# What else stands in a row with a date: labels with their values, figures, names parted by joints.
_ROW = re.compile(
    r"[^\x01\s]{1,16}\s?[：:][^\x01\s]{0,30}|\d[\d年月日:：./\-]*|[\s\x01|｜·（）()\[\]]+|(?:星期|周)[一二三四五六日]"
)


def find_published(
    doc: Document, zones: Zones, meta: Meta, *, zone: tzinfo, fetched_at: datetime | None
) -> tuple[Moment, str] | None:
    """The moment and its origin, or None.

    What the reader sees beside the headline comes first, then the head, then the page's script state, last the
    address; a later one that says the same more precisely completes an earlier one.
    """
    latest = fetched_at + timedelta(days=1) if fetched_at else None
    stated = [c for c in _stated(meta, zone) if _possible(c[0], latest)]
    reference = stated[0][0].at if stated else None
    if reference is None and (day := from_url(doc.url, zone)):
        reference = day.at + timedelta(days=2)
    reference = reference or fetched_at
    seen = next((c for c in _visible(zones, zone, reference, fetched_at) if _possible(c[0], latest)), None)
    chosen = seen or (stated[0] if stated else None)
    state: list[tuple[Moment, str]] = []
    if chosen is None or chosen[0].precision != "second":
        state = [c for c in _written(doc, zone) if _possible(c[0], latest)]
    if chosen is None:
        state += [c for c in _epochs(doc, zone) if _possible(c[0], latest)]
        chosen = state[0] if state else None
    if chosen is None and (day := from_url(doc.url, zone)) and _possible(day, latest):
        return day, "url"
    if chosen is None:
        return None
    for moment, origin in (*stated, *state):
        if moment.refines(chosen[0]):
            chosen = (moment, f"{chosen[1]}+{origin}")
            break
    return chosen


def _possible(moment: Moment, latest: datetime | None) -> bool:
    return latest is None or moment.at <= latest


def _stated(meta: Meta, zone: tzinfo) -> Iterator[tuple[Moment, str]]:
    published = meta.linked_data.get("datePublished") or meta.linked_data.get("pubDate")
    if isinstance(published, str) and (moment := read_moment(published, zone)):
        yield moment, "json-ld"
    for name in _META:
        value = meta.tags.get(name)
        if value and (moment := read_moment(value, zone)):
            yield moment, f"meta:{name}"


def _visible(
    zones: Zones, zone: tzinfo, reference: datetime | None, fetched_at: datetime | None
) -> Iterator[tuple[Moment, str]]:
    for fact in zones.of("time"):
        if moment := read_moment(fact.value[:60], zone, reference=reference):
            yield moment, "visible"
    for _, text in zones.head:
        if moment := _unlabelled(text, zone, reference):
            yield moment, "visible"
    row = " ".join(text.replace(JOINT, " ") for _, text in zones.head if _DIGITS.match(text))
    if moment := read_moment(row, zone):
        yield moment, "visible"
    for _, text in zones.tail[:_RIGHT_BELOW]:
        if (
            _CLOCK.search(text)
            and len(_ROW.sub("", text)) <= _HARDLY_A_LETTER
            and (moment := read_moment(text, zone))
        ):
            yield moment, "visible"
    if fetched_at is not None:
        for _, text in zones.head:
            if len(text) < 60 and (moment := read_relative(text, fetched_at, zone)):
                yield moment, "relative"


def _unlabelled(text: str, zone: tzinfo, reference: datetime | None) -> Moment | None:
    moment = read_moment(text[:160], zone, reference=reference)
    if moment is None:
        return None
    year = text.find(str(moment.at.year))
    if year > 0 and _STALE.search(text[:year]):
        return None
    rest = _ROW.sub("", text)
    return moment if len(rest) <= _FEW_LETTERS else None


def _written(doc: Document, zone: tzinfo) -> Iterator[tuple[Moment, str]]:
    """Times that a script's state names as those of publication; the first is the page's own article."""
    text = doc.text
    for match in islice(_WRITTEN.finditer(text), _MANY):
        named = _NAMED.search(text[max(0, match.start() - _BEFORE) : match.start()])
        if named and (moment := read_moment(match.group(), zone)):
            yield moment, f"script:{named.group('name')}"


def _epochs(doc: Document, zone: tzinfo) -> Iterator[tuple[Moment, str]]:
    """The same for times in seconds or milliseconds since 1970."""
    text = doc.text
    found: list[tuple[int, Moment, str]] = []
    for match in islice(_EPOCH.finditer(text), _MANY):
        named = _NAMED.search(text[max(0, match.start() - _BEFORE) : match.start()])
        if named and (moment := from_epoch(float(match.group()), zone)):
            name = named.group("name").lower()
            rank = next((n for n, stem in enumerate(_STEMS) if name.startswith(stem)), len(_STEMS))
            found.append((rank, moment, f"script:{named.group('name')}"))
    for _, moment, origin in sorted(found, key=itemgetter(0)):
        yield moment, origin
