"""Which lines of the page are the article's text."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from crawler.extraction.boilerplate import (
    ends_article,
    is_boilerplate,
    is_disclaimer,
    is_edge,
    is_instruction,
)
from crawler.extraction.container import best_container, is_sentence, line_value
from crawler.extraction.facts import displayed, is_credit_line, read_facts
from crawler.extraction.hints import AWAY
from crawler.extraction.interface import is_interface
from crawler.extraction.moment import read_moment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawler.extraction.flow import Flow, Line

__all__ = [
    "Body",
    "body_between",
    "body_of",
    "body_of_lines",
    "extended",
    "find_body",
    "find_remark",
    "find_verse",
]


_CLOCK = re.compile(r"\d[:：]\d\d")
_SENTENCE_MARKS = re.compile("[。；，！？]")
_COMPOUND = re.compile(
    "[\u4e00-\u9fff](?:时间|日期)"
)  # 停水时间, 报名时间: the text's, but 发布时间 is the site's
_OWN_TIMES = re.compile("(?:发布|发表|更新|发稿|发文|信息|修改|编辑|采集|最后修改)(?:时间|日期)")
_TIME_WORDS = re.compile(
    r"[\d:：.\-/年月日时分秒\s\x01|｜()（）\[\]【】]|上午|下午|晚间|凌晨|(?:星期|周|礼拜)[一二三四五六日天]"
)
_HEADINGS = frozenset(["h1", "h2", "h3"])
_DATE_ROW = 40
_LONG_ROW = 120
_HEAD_LINES = 12
_LONE = 12  # letters of the heading of a list
_LISTED = 3
_MARKS = re.compile("[。，；：！？…”）、]")
_HEAD_SHARE = 0.4
_FAR = 40  # lines between a headline and its text
_PROBE = 16
_LINKED_SHARE = 0.2
_SUMMARY = re.compile(
    r"^[\s【\[（(“]{0,3}(?:内容)?(?:摘要|导读|导语|核心提示|内容提要|提要|阅读提示|简介)[\s】\]）)：:]"
)
_SUMMARY_NAME = re.compile(r"summar|abstract|zhaiyao|daodu|digest|brief|tiyao|desc", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Body:
    """The article's element (an index into the flow, -1 for none), its run of lines, and those kept of them."""

    element: int
    start: int
    end: int
    lines: tuple[int, ...]


_NOTHING = Body(-1, 0, 0, ())
_A_SENTENCE = 40
_VERSES = 4
_REMARK = 6
_TITLES = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])


def find_body(flow: Flow) -> Body:
    """The generic choice: no profile, no family."""
    values = [line_value(line) for line in flow.lines]
    _hush(flow, values)
    element = best_container(flow, values)
    body = body_of(flow, element, values) if element is not None else _NOTHING
    return body if _says_something(flow, body) else _NOTHING


def find_verse(flow: Flow, below: int) -> Body:
    """A text without sentences (a poem, a list of names) under a headline that ends at line ``below``."""
    values = []
    for index, line in enumerate(flow.lines):
        size = len(line.text)
        plain = index >= below and not line.linked and not is_boilerplate(line.text) and not _is_info(line)
        values.append(float(size) if plain else -8.0 - size)
    _hush(flow, values)
    element = best_container(flow, values)
    if element is None or flow.starts[element] > below + _FAR:
        return _NOTHING
    body = body_of(flow, element, values)
    lines = [flow.lines[i].text for i in body.lines]
    return body if len(lines) >= _VERSES and sum(map(len, lines)) >= _A_SENTENCE / 2 else _NOTHING


def find_remark(flow: Flow, below: int) -> Body:
    """A text of a few words: what stands first below the row of facts under a headline, if it is no link."""
    dated = False
    for index in range(below, min(below + _HEAD_LINES, len(flow.lines))):
        line = flow.lines[index]
        if _is_info(line) or is_interface(line.text):
            dated = dated or read_moment(line.text) is not None
            continue
        around = flow.ancestors(line.block)
        foreign = any(flow.flags[a] & AWAY for a in around) or ends_article(line.text) or is_edge(line.text)
        if not dated or line.linked or foreign or line.tag in _TITLES or len(line.text) < _REMARK:
            break
        element = around[1] if line.tag == "p" and len(around) > 1 else around[0]
        until = index + 1
        while until < flow.ends[element] and not flow.lines[until].linked:
            until += 1
        kept = [
            i
            for i in range(index, until)
            if not _is_noise(flow.lines[i]) and flow.lines[i].tag not in _TITLES
        ]
        if flow.tags[element] == "body":
            kept = kept[:1]
        kept = [i for i in _peel(flow, kept) if not is_edge(flow.lines[i].text)]
        return Body(element, index, until, tuple(kept)) if kept else _NOTHING
    return _NOTHING


def _says_something(flow: Flow, body: Body) -> bool:
    """Whether there is a sentence, or as many letters as one."""
    lines = [flow.lines[i].text for i in body.lines]
    return any(is_sentence(text) for text in lines) or sum(map(len, lines)) >= _A_SENTENCE


def body_of(flow: Flow, element: int, values: list[float] | None = None) -> Body:
    """The article's lines within an element that is known to hold it."""
    if values is None:
        values = _values_within(flow, element)
    start, end = flow.starts[element], flow.ends[element]
    dropped = _foreign_parts(flow, element, values)
    return _trimmed(flow, element, start, end, values, dropped)


def extended(flow: Flow, body: Body, below: int) -> Body:
    """The text with what stands in elements of its own.

    That is a lead above it (from line ``below``, the headline's end), and further parts of the same name behind
    it. A summary (摘要, 导读) is no lead.
    """
    if body.element < 0 or not body.lines:
        return body
    lines = flow.lines
    whole = flow.text(body.start, body.end)
    lead = []
    if 0 <= body.start - below <= _FAR:
        for i in range(below, body.start):
            line = lines[i]
            if not _is_prose(line) or line.linked or _SUMMARY.match(line.text) or line.text[:_PROBE] in whole:
                continue
            around = flow.ancestors(line.block)
            inside = (
                around[: around.index(common)]
                if (common := _common(flow, around, body.element)) >= 0
                else around
            )
            if not any(flow.flags[a] & AWAY or _SUMMARY_NAME.search(flow.names[a]) for a in inside):
                lead.append(i)
    tail: list[int] = []
    end = body.end
    name = flow.names[body.element].strip()
    for element in range(body.element + 1, len(flow.tags)):
        if flow.starts[element] < end or not name:
            continue
        same = flow.parents[element] == flow.parents[body.element] and flow.names[element].strip() == name
        if not same or flow.tags[element] != flow.tags[body.element]:
            break
        more = body_of(flow, element)
        part = lines[flow.starts[element] : flow.ends[element]]
        linked = sum(line.linked for line in part)
        listed = linked > _LINKED_SHARE * sum(len(line.text) for line in part) or any(map(_is_info, part))
        if listed or not any(_is_prose(lines[i]) for i in more.lines):
            break
        tail += more.lines
        end = more.end
    if not lead and not tail:
        return body
    return Body(body.element, body.start, end, (*lead, *body.lines, *tail))


def _common(flow: Flow, around: list[int], element: int) -> int:
    """The innermost element around both; -1 for none."""
    there = set(flow.ancestors(element))
    return next((a for a in around if a in there), -1)


def body_between(flow: Flow, start: int, end: int) -> Body:
    """The article's lines within a run of lines that is marked as its text."""
    element = next(
        (
            i
            for i in flow.ancestors(flow.lines[start].block)
            if flow.starts[i] <= start and flow.ends[i] >= end
        ),
        0,
    )
    values = _values_within(flow, element)
    outside = set(range(flow.starts[element], start)) | set(range(end, flow.ends[element]))
    dropped = _foreign_parts(flow, element, values) | outside
    return _trimmed(flow, element, start, end, values, dropped)


def body_of_lines(flow: Flow, chosen: Iterable[int], cut: Iterable[re.Pattern[str]] = ()) -> Body:
    """The lines that a profile selected; ``cut`` ends them at the first line that one of its patterns finds."""
    lines = list(chosen)
    if not lines:
        return Body(-1, 0, 0, ())
    patterns = list(cut)
    for position, i in enumerate(lines):
        if any(pattern.search(flow.lines[i].text) for pattern in patterns):
            del lines[position:]
            break
    start, end = min(chosen_ := lines or [0]), max(chosen_) + 1
    element = next(
        (
            i
            for i in flow.ancestors(flow.lines[start].block)
            if flow.starts[i] <= start and flow.ends[i] >= end
        ),
        0,
    )
    values = _values_within(flow, element)
    dropped = set(range(flow.starts[element], flow.ends[element])) - set(lines)
    dropped |= _foreign_parts(flow, element, values)
    return _trimmed(flow, element, start, end, values, dropped)


def _values_within(flow: Flow, element: int) -> list[float]:
    """The values of the lines of an element; 0 for those around it."""
    start, end = flow.starts[element], flow.ends[element]
    values = [0.0] * len(flow.lines)
    values[start:end] = map(line_value, flow.lines[start:end])
    return values


def _trimmed(flow: Flow, element: int, start: int, end: int, values: list[float], dropped: set[int]) -> Body:
    stop = _tail_cut(flow, start, end, values, dropped)
    kept = [i for i in range(start, stop) if i not in dropped and not _is_noise(flow.lines[i])]
    kept = _peel(flow, kept)
    return Body(element, start, end, tuple(_without_lone_headings(flow, kept)))


def _peel(flow: Flow, kept: list[int]) -> list[int]:
    """Takes lines of the site off both ends.

    Those are rows of facts and appeals above the first paragraph, appeals and notices below the last.
    """
    lines = flow.lines
    kept = kept[_below_row(flow, kept) :]
    first = next((n for n, i in enumerate(kept) if _is_prose(lines[i])), len(kept))
    scheduled = _schedule(flow, kept)
    head: list[int] = []
    awaited = False  # a label at the end of a row has its value in the next
    for i in kept[:first]:
        text = lines[i].text
        if awaited and len(text) <= 30:
            awaited = False
        elif i not in scheduled and _is_info(lines[i]):
            awaited = text.endswith(("：", ":"))
        elif not is_edge(text, lines[i].linked):
            head.append(i)
    rest = _without_summary(flow, kept[first:])
    while rest and is_edge(lines[rest[-1]].text, lines[rest[-1]].linked) and len(rest) > 1:
        rest.pop()
    return head + rest


def _without_summary(flow: Flow, kept: list[int]) -> list[int]:
    """Drops a first line that is the beginning of what follows: 摘要：, repeated by the text."""
    if len(kept) < 2:
        return kept
    text = _SUMMARY.sub("", flow.lines[kept[0]].text).strip(" :：")
    behind = flow.lines[kept[1]].text
    same = len(text) >= _A_SENTENCE and behind.startswith(text[:_A_SENTENCE])
    return kept[1:] if same else kept


def _below_row(flow: Flow, kept: list[int]) -> int:
    """Where the text begins if the row of facts (time, source) stands in its element, behind a summary or a card."""
    total = sum(len(flow.lines[i].text) for i in kept)
    seen = 0
    scheduled = _schedule(flow, kept)
    for n, i in enumerate(kept[:_HEAD_LINES]):
        line = flow.lines[i]
        if i not in scheduled and _is_row(line) and seen < _HEAD_SHARE * total:
            return n + 1
        seen += len(line.text)
    return 0


def _schedule(flow: Flow, kept: list[int]) -> frozenset[int]:
    """The rows of nothing but a time that are entries of a list of times; the first of two is the article's."""
    rows = [i for i in kept if _is_row(flow.lines[i])]
    moments = {read_moment(flow.lines[i].text) for i in rows}
    if len(moments) < 2:
        return frozenset()
    first = kept[0] if len(moments) == 2 else -1
    return frozenset(i for i in rows if i != first and not read_facts(displayed(flow.lines[i])))


def _is_prose(line: Line) -> bool:
    text = line.text
    return (
        len(text) >= 30
        and ("，" in text or "。" in text or ", " in text)
        and line.linked * 2 < len(text)
        and (
            (len(text) >= 120 and not line.linked)
            or ("。" in text and len(text) >= 60)
            or not (is_edge(text, line.linked) or _is_info(line))
        )
    )


def _is_info(line: Line) -> bool:
    """A row of labelled facts or of a date."""
    text = line.text
    if len(text) > _LONG_ROW or _COMPOUND.search(_OWN_TIMES.sub("", text)):
        return False
    dated = len(text) <= _DATE_ROW and _CLOCK.search(text) and not _SENTENCE_MARKS.search(text)
    if dated and read_moment(text):
        return True
    facts = read_facts(displayed(line))
    if len(facts) > 1 and any(fact.kind in {"time", "source", "count", "stale"} for fact in facts):
        return True
    return any(fact.kind in {"time", "source", "count", "stale"} for fact in facts) and len(line.text) <= 50


def _is_row(line: Line) -> bool:
    """A row of facts with the time of day."""
    return len(line.text) <= _LONG_ROW and _CLOCK.search(line.text) is not None and _is_info(line)


def _is_bare(line: Line) -> bool:
    """A row of which nothing is left without its dates and labelled facts."""
    text = displayed(line)
    facts = read_facts(text)
    before = text[: text.find(facts[0].label)] if facts else text
    return not _TIME_WORDS.sub("", before)


def _rows(flow: Flow, lines: Iterable[int]) -> list[int]:
    """The bare rows among some lines that are no schedule's.

    Rows of two times and more are a schedule's, unless links stand beside them, which makes them a list's.
    """
    rows = [i for i in lines if _is_row(flow.lines[i]) and _is_bare(flow.lines[i])]
    if len({read_moment(flow.lines[i].text) for i in rows}) < 2:
        return rows
    return [i for i in rows if read_facts(displayed(flow.lines[i])) or _among_links(flow, i)]


def _among_links(flow: Flow, row: int) -> bool:
    """Whether a link or the headline of something else stands directly beside a row."""
    beside = flow.lines[max(0, row - 1) : row] + flow.lines[row + 1 : row + 2]
    return any(line.linked >= 0.6 * len(line.text) for line in beside)


def _ends_text(flow: Flow, row: int, end: int, start: int) -> bool:
    """Whether a row behind a text is the text's own, or begins another article.

    It does with links or a headline beside it, with nothing behind it, or where it says again what the row above the
    text said.
    """
    lines = flow.lines
    beside = lines[row - 1].tag in _HEADINGS or (row + 1 < end and lines[row + 1].tag in _HEADINGS)
    if row + 1 >= end or beside or _among_links(flow, row):
        return True
    moment = read_moment(lines[row].text)
    above = range(max(0, start - _HEAD_LINES), min(row, start + _HEAD_LINES))
    return moment is not None and any(
        _is_row(lines[i]) and read_moment(lines[i].text) == moment for i in above
    )


def _without_lone_headings(flow: Flow, kept: list[int]) -> list[int]:
    """Drops the heading of a list (相关新闻：, 热榜) whose links were dropped."""
    there = set(kept)
    kept = [i for i in kept if not (ends_article(flow.lines[i].text) and i + 1 not in there)]
    if len(kept) > 1:
        last = kept[-1]
        line = flow.lines[last]
        behind = flow.lines[last + 1 : last + 1 + _LISTED]
        linked = [more.linked >= 0.6 * len(more.text) for more in behind]
        listed = len(linked) == _LISTED and linked[0] and sum(linked) > 1
        if listed and len(line.text) <= _LONE and not _MARKS.search(line.text) and line.tag != "p":
            kept.pop()
    return kept


def _hush(flow: Flow, values: list[float]) -> None:
    """Takes what stands in comments, footers and the like out of the count, unless most of the page does."""
    gains = list(accumulate([value if value > 0 else 0.0 for value in values], initial=0.0))
    until = 0
    for index in [index for index, own in enumerate(flow.flags) if own & AWAY]:
        start, end = flow.starts[index], flow.ends[index]
        if start < until or gains[end] - gains[start] > 0.4 * gains[-1]:
            continue
        values[start:end] = [value if value < 0 else 0.0 for value in values[start:end]]
        until = end


def _foreign_parts(flow: Flow, element: int, values: list[float]) -> set[int]:
    """Lines of elements inside the article's whose name says that they are something else."""
    start, end = flow.starts[element], flow.ends[element]
    whole = sum([value for value in values[start:end] if value > 0])
    dropped: set[int] = set()
    stop = bisect_left(flow.starts, end, element + 1)
    for index, own in enumerate(flow.flags[element + 1 : stop], element + 1):
        if own & AWAY:
            inner = range(flow.starts[index], flow.ends[index])
            if sum([max(0.0, values[i]) for i in inner]) < 0.3 * whole:
                dropped.update(inner)
    return dropped


def _tail_cut(flow: Flow, start: int, end: int, values: list[float], dropped: set[int]) -> int:
    """Where the article ends inside its element: before the heading of what is not it, a disclaimer, credits."""
    total = sum([value for value in values[start:end] if value > 0]) or 1.0
    seen = 0.0
    rows = frozenset(_rows(flow, [i for i in range(start, end) if i not in dropped]))
    for i in range(start, end):
        text = flow.lines[i].text
        before, seen = seen, seen + max(0.0, values[i])
        if i in dropped:
            continue
        if before >= 0.5 * total and (is_disclaimer(text) or (i in rows and _ends_text(flow, i, end, start))):
            return i
        rest = total - seen
        if ends_article(text) and rest < 0.5 * total and _leads_away(flow, i, end, dropped):
            box = _box(flow, i, start, end)
            if not _goes_on(flow, i, box, end, dropped):
                return i
            dropped.update(range(i, max(i + 1, box)))
        if before >= 0.6 * total and rest < 0.25 * total and _is_credit(text):
            return i
    return end


def _leads_away(flow: Flow, heading: int, end: int, dropped: set[int]) -> bool:
    """Whether a list of links follows the heading, or nothing."""
    following = [i for i in range(heading + 1, min(end, heading + 5)) if i not in dropped]
    linked = [i for i in following if flow.lines[i].linked >= 0.6 * len(flow.lines[i].text)]
    return not following or following[0] in linked or len(linked) * 2 >= len(following)


def _goes_on(flow: Flow, heading: int, box: int, end: int, dropped: set[int]) -> bool:
    """Whether the text goes on behind a heading's links, or behind its ``box``: a paragraph before any further link."""
    run = True
    for i in range(max(heading + 1, box), end):
        line = flow.lines[i]
        linked = line.linked >= 0.6 * len(line.text)
        if i in dropped or (run and linked):
            continue
        run = False
        if linked or ends_article(line.text) or is_edge(line.text, line.linked) or _is_info(line):
            return False
        if _is_prose(line):
            return not any(
                more.linked >= 0.6 * len(more.text) for more in flow.lines[i + 1 : min(i + 3, end)]
            )
    return False


def _box(flow: Flow, heading: int, start: int, end: int) -> int:
    """Where the element of a heading and of the line behind it ends, if it is but a part of the text's; else 0."""
    for element in flow.ancestors(flow.lines[heading].block):
        if flow.ends[element] > heading + 1:
            apart = flow.starts[element] == heading and start < heading and flow.ends[element] <= end
            return flow.ends[element] if apart else 0
    return 0


def _is_credit(text: str) -> bool:
    """A line of credits, which are names: 编辑：你怎么看待这种变化？ is a question."""
    return is_credit_line(text) and not any(mark in text for mark in "？?！") and not text.endswith("。")


def _is_noise(line: Line) -> bool:
    text = line.text
    size = len(text)
    if line.linked >= 0.6 * size and size < 80 and "。" not in text:
        return True
    if size < 200 and is_boilerplate(text):
        return line.linked > 0 or not is_instruction(text)
    return size < 200 and _is_credit(text)
