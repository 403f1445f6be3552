"""Exact times in a page's source: in its scripts' state, and in attributes of what it shows more coarsely."""

from __future__ import annotations

import re
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING

from crawler.chinese.dates import Moment, find_relative, from_epoch, read_moment
from crawler.extraction.fields.model import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

    from crawler.extraction.fields.regions import Regions
    from crawler.extraction.page.flow import Flow
    from crawler.parsing import Document

__all__ = ["attribute_times", "epoch_times", "script_times"]

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
# What an element says of the time that it shows more coarsely, or not at all: <time datetime="…">3小时前</time>,
# <span data-time="1667431766000"></span>. Times are found by their own shape, then the name before them.
_ATTRIBUTE = re.compile(
    r"=\s?[\"']?(?P<value>20\d\d[-/]\d\d?[-/]\d\d?[T ]\d\d?:\d\d[^\"'<>]{0,16}|1\d{9}(?:\d{3})?)(?=[\"'\s>])"
    r"[^<>]{0,200}>(?P<shown>[^<]{0,60})<"
)
_ATTRIBUTE_NAME = re.compile(
    r"[\s\"'](?:data-[a-z-]{1,24}|[a-z_-]{0,16}(?:time|date|stamp|epoch)[a-z_-]{0,8}|title|ts)\s?$",
    re.IGNORECASE,
)
_TELLING = re.compile(r"time|date|stamp|epoch|pubt|publish|\bts\b", re.IGNORECASE)
_CHANGED = re.compile(r"modif|updated|gengxin|xiugai", re.IGNORECASE)
_BEFORE = 40
_MANY = 2_000
_ROOM = 12  # lines of an element whose markup is read instead of the page's


def attribute_times(doc: Document, flow: Flow, regions: Regions, zone: tzinfo) -> Iterator[Finding[Moment]]:
    """Yield full times in attributes of elements beside the headline that show them more coarsely, or not at all."""
    near = [" ".join(text.split()) for _, text in regions.near]
    source, narrow = _source(doc, flow, [index for index, _ in regions.near], regions.under)
    for match in islice(_ATTRIBUTE.finditer(source), _MANY):
        if _ATTRIBUTE_NAME.search(source, max(0, match.start() - _BEFORE), match.start()) is None:
            continue
        tag = source[max(source.rfind("<", 0, match.start()), 0) : match.start("shown")]
        shown = " ".join(match.group("shown").split())
        if _CHANGED.search(tag) or (not _TELLING.search(tag) and find_relative(shown) is None):
            continue
        if not any(shown in line for line in near) if len(shown) > 1 else not narrow:
            continue
        value = match.group("value")
        moment = from_epoch(float(value), zone) if value.isdigit() else read_moment(value, zone)
        if moment is not None:
            yield Finding(moment, "attribute")


def _source(doc: Document, flow: Flow, lines: list[int], under: int) -> tuple[str, bool]:
    """Return the markup of a few lines and of what stands empty among them, and True; of the page where that is long.

    ``under`` is the first line behind the headline.
    """
    blocks = dict.fromkeys(flow.lines[index].block for index in lines)
    if any(block < 0 or flow.ends[block] - flow.starts[block] > _ROOM for block in blocks):
        return doc.text, False
    stop = max(lines, default=under - 1) + 1
    if under:
        empty = (
            element
            for element, start in enumerate(flow.starts)
            if under <= start <= stop and flow.ends[element] == start
        )
        blocks.update(dict.fromkeys(islice(empty, _ROOM)))
    return "\n".join(flow.nodes[block].html or "" for block in blocks), True


def script_times(doc: Document, zone: tzinfo) -> Iterator[Finding[Moment]]:
    """Yield times that a script's state names as those of publication; the first is the page's own article."""
    text = doc.text
    for match in islice(_WRITTEN.finditer(text), _MANY):
        named = _NAMED.search(text[max(0, match.start() - _BEFORE) : match.start()])
        if named and (moment := read_moment(match.group(), zone)):
            yield Finding(moment, f"script:{named.group('name')}")


def epoch_times(doc: Document, zone: tzinfo) -> Iterator[Finding[Moment]]:
    """Yield the same for times in seconds or milliseconds since 1970."""
    text = doc.text
    found: list[tuple[int, Finding[Moment]]] = []
    for match in islice(_EPOCH.finditer(text), _MANY):
        named = _NAMED.search(text[max(0, match.start() - _BEFORE) : match.start()])
        if named and (moment := from_epoch(float(match.group()), zone)):
            name = named.group("name").lower()
            rank = next((n for n, stem in enumerate(_STEMS) if name.startswith(stem)), len(_STEMS))
            found.append((rank, Finding(moment, f"script:{named.group('name')}")))
    for _, finding in sorted(found, key=itemgetter(0)):
        yield finding
