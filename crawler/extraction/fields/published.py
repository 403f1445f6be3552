"""When an article was published: never when it was changed, fetched or commented on."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING

from crawler.chinese.dates import Moment, from_epoch, from_url, read_block, read_moment, read_relative
from crawler.chinese.facts import JOINT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime, tzinfo

    from crawler.extraction.fields.regions import Regions
    from crawler.extraction.page.flow import Flow
    from crawler.extraction.page.meta import Meta
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
# What an element says of the time it shows more coarsely: <time datetime="…">3小时前</time>.
_ATTRIBUTE = re.compile(
    r"dat(?:etime|a-[a-z-]{1,24})\s?=\s?[\"']"
    r"(?P<value>20\d\d-\d\d?-\d\d?[T ]\d\d?:\d\d[^\"'<>]{0,16}|1\d{9}(?:\d{3})?)[\"']"
    r"[^<>]{0,200}>(?P<shown>[^<]{1,60})<"
)
_CHANGED = re.compile(r"modif|updated|gengxin|xiugai", re.IGNORECASE)
_WEEKDAY = re.compile(r"(?:星期|周|礼拜)[一二三四五六日天]")
_LOOSE = frozenset(["时间", "日期"])  # what a text calls the time of what it announces, too
_BEFORE = 40
_MANY = 2_000
_FEW_LETTERS = 24
_HARDLY_A_LETTER = 8
_RIGHT_BELOW = 6
_ROOM = 12  # lines of an element whose markup is read instead of the page's
_RIGHT_UNDER = 3  # lines from the headline
_CLOCK = re.compile(r"\d[:：]\d\d")
# What else stands in a row with a date: labels with their values, figures, names parted by joints.
_ROW = re.compile(
    r"(?:https?://|www\.)[\w./:-]{3,60}|[^\x01\s]{1,16}\s?[：:][^\x01\s]{0,30}|\d[\d年月日:：./\-]*|[\s\x01|｜·（）()\[\]]+|(?:星期|周)[一二三四五六日]"
)


def find_published(
    doc: Document, flow: Flow, regions: Regions, meta: Meta, *, zone: tzinfo, fetched_at: datetime | None
) -> tuple[Moment, str] | None:
    """The moment and its origin, or None. ``regions`` are of ``flow``, and that is the page's.

    What the reader sees beside the headline comes first, then the head, then what stands above the headline or
    below the text, then the page's script state, last the address; a later one that says the same more precisely
    completes an earlier one.
    """
    latest = fetched_at + timedelta(days=1) if fetched_at else None
    stated = [c for c in _stated(meta, zone) if _possible(c[0], latest)]
    reference = stated[0][0].at if stated else None
    address = from_url(doc.url, zone)
    if reference is None and address:
        reference = address.at + timedelta(days=2)
    reference = reference or fetched_at
    chosen = next((c for c in _visible(regions, zone, reference) if _possible(c[0], latest)), None)
    shown: list[tuple[Moment, str]] = []
    if chosen is None or chosen[0].precision != "second":
        shown = [c for c in _attributes(doc, flow, regions, zone) if _possible(c[0], latest)]
    if chosen is None and shown:
        chosen = shown[0]
    if chosen is None and stated:
        chosen = stated[0]
    day = stated[0][0] if stated else address
    far: list[tuple[Moment, str]] = []
    if chosen is None or (stated and chosen is stated[0] and chosen[0].precision != "second"):
        far = [c for c in _far(regions, zone, reference, day, fetched_at) if _possible(c[0], latest)]
        if chosen is None and far:
            chosen = far[0]
    state: list[tuple[Moment, str]] = []
    if chosen is None or chosen[0].precision != "second":
        state = [c for c in _written(doc, zone) if _possible(c[0], latest)]
    if chosen is None:
        state += [c for c in _epochs(doc, zone) if _possible(c[0], latest)]
        chosen = state[0] if state else None
    if chosen is None and address and _possible(address, latest):
        return address, "url"
    if chosen is None:
        return None
    for moment, origin in (*shown, *stated, *far, *state):
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


def _visible(regions: Regions, zone: tzinfo, reference: datetime | None) -> Iterator[tuple[Moment, str]]:
    """What stands between headline and text; above the text, where the page does not show its headline."""
    near = _near(regions)
    spoken = {index for index, _ in near}
    for fact in regions.of("time"):
        if fact.line in spoken and (moment := read_moment(fact.value[:60], zone, reference=reference)):
            yield moment, "visible"
    yield from _unsaid(near, zone, reference)


def _unsaid(
    lines: Sequence[tuple[int, str]], zone: tzinfo, reference: datetime | None
) -> Iterator[tuple[Moment, str]]:
    """Times without a label: in one of the lines, or spread over them."""
    for _, text in lines:
        if moment := _unlabelled(text, zone, reference):
            yield moment, "visible"
    digits = [" ".join(text.replace(JOINT, " ").split()) for _, text in lines if _DIGITS.match(text)]
    for block in (*digits, " ".join(digits)):
        if moment := read_block(block, zone):
            yield moment, "visible"
    if moment := read_moment(" ".join(digits), zone):
        yield moment, "visible"


def _near(regions: Regions) -> list[tuple[int, str]]:
    """The lines between headline and text."""
    return [(index, text) for index, text in regions.head if index >= regions.under]


def _far(
    regions: Regions,
    zone: tzinfo,
    reference: datetime | None,
    day: Moment | None,
    fetched_at: datetime | None,
) -> Iterator[tuple[Moment, str]]:
    """What stands above the headline, where clocks stand too, and below the text, where comments and lists do.

    ``day`` is what the head or the address says.
    """
    above = [
        (index, text) for index, text in regions.head if index < regions.under and _is_stamp(text, zone, day)
    ]
    lines = {index for index, _ in (*above, *regions.tail)}
    for fact in regions.of("time"):
        known = fact.line in lines or fact.label not in _LOOSE
        if known and (moment := read_moment(fact.value[:60], zone, reference=reference)):
            yield moment, "visible"
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
            yield moment, "visible"
    if fetched_at is not None:
        for _, text in regions.head:
            if len(text) < 60 and (moment := read_relative(text, fetched_at, zone)):
                yield moment, "relative"


def _is_stamp(text: str, zone: tzinfo, day: Moment | None) -> bool:
    """Whether a date above the headline is the article's: one with a weekday is a clock, unless it is that day."""
    if not _WEEKDAY.search(text):
        return True
    moment = read_moment(text, zone)
    return moment is not None and day is not None and moment.at.date() == day.at.date()


def _attributes(doc: Document, flow: Flow, regions: Regions, zone: tzinfo) -> Iterator[tuple[Moment, str]]:
    """Full times in attributes of elements that show them more coarsely between headline and text."""
    lines = _near(regions)
    near = [" ".join(text.split()) for _, text in lines]
    source = _source(doc, flow, [index for index, _ in lines])
    for match in islice(_ATTRIBUTE.finditer(source), _MANY):
        shown = " ".join(match.group("shown").split())
        if len(shown) < 2 or not any(shown in line for line in near):
            continue
        start = max(source.rfind("<", 0, match.start()), 0)
        if _CHANGED.search(source[start : match.end()]):
            continue
        value = match.group("value")
        moment = from_epoch(float(value), zone) if value.isdigit() else read_moment(value, zone)
        if moment is not None:
            yield moment, "attribute"


def _source(doc: Document, flow: Flow, lines: list[int]) -> str:
    """The markup of a few lines: that of their elements, where these hold little else; else the page's."""
    blocks = dict.fromkeys(flow.lines[index].block for index in lines)
    if any(block < 0 or flow.ends[block] - flow.starts[block] > _ROOM for block in blocks):
        return doc.text
    return "\n".join(flow.nodes[block].html or "" for block in blocks)


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
