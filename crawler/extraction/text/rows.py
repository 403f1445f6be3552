"""Rows of facts among lines of text: a time, a source, a count, as they stand under a headline."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.chinese.dates import read_moment
from crawler.chinese.facts import read_facts
from crawler.extraction.page.displayed import displayed
from crawler.extraction.page.links import is_link

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawler.chinese.dates import Moment
    from crawler.chinese.facts import Fact
    from crawler.extraction.page.flow import Flow, Line

__all__ = [
    "HEAD_LINES",
    "among_links",
    "announces",
    "bare_rows",
    "is_info",
    "is_row",
    "rows_among",
    "schedule",
]

HEAD_LINES = 12
"""How many lines below a headline, or from the start of a text, its row of facts may stand."""

_CLOCK = re.compile(r"\d[:：]\d\d")
_SENTENCE_MARKS = re.compile("[。；，！？]")
_COMPOUND = re.compile(
    "[\u4e00-\u9fff](?:时间|日期)"
)  # 停水时间, 报名时间: the text's, but 发布时间 is the site's
_OWN_TIMES = re.compile("(?:发布|发表|更新|发稿|发文|信息|修改|编辑|采集|最后修改)(?:时间|日期)")
_TIME_WORDS = re.compile(
    r"[\d:：.\-/年月日时分秒\s\x01|｜()（）\[\]【】]|上午|下午|晚间|凌晨|(?:星期|周|礼拜)[一二三四五六日天]"
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S*")  # the site's own, printed before the date
_SHORT_DATE = re.compile(r"\W{0,3}\d{1,2}[-/月]\d{1,2}日?\s{0,3}\d{1,2}[:：]\d\d(?:$|\s)")
_WHEN = re.compile(r"\W{0,3}(?:活动|举办|讲座|会议|开始)?时\s{0,2}间\s?[：:]")
_WHERE = re.compile(
    r"\W{0,3}(?:地\s{0,2}[点址]|主讲人?|主持人?|嘉\s{0,2}宾|出席(?:人员?)?|(?:讲座|会议|活动)?(?:题目|主题|内容)|报告人)\s?[：:]"
)
_DATE_ROW = 40
_FACT_ROW = 50
_LONG_ROW = 120


def is_info(line: Line) -> bool:
    """A row of labelled facts or of a date."""
    text = line.text
    if len(text) > _LONG_ROW or _COMPOUND.search(_OWN_TIMES.sub("", text)):
        return False
    if "www." in text or "://" in text:
        text = _ADDRESS.sub("", text).strip()
    dated = len(text) <= _DATE_ROW and _CLOCK.search(text) and not _SENTENCE_MARKS.search(text)
    if dated and (_SHORT_DATE.match(text) or read_moment(text)):
        return True
    facts = read_facts(displayed(line))
    return (len(facts) > 1 or len(text) <= _FACT_ROW) and any(map(_is_of_row, facts))


def _is_of_row(fact: Fact) -> bool:
    """Whether a fact is one of a page, and no answer in a text (回复：可以。)."""
    if fact.kind == "count":
        return not fact.value.rstrip().endswith("。")
    return fact.kind in {"time", "source", "stale"}


def is_row(line: Line) -> bool:
    """A row of facts with the time of day."""
    text = line.text
    if len(text) > _LONG_ROW or (
        ":" not in text and "：" not in text
    ):  # most lines, and asked several times of each
        return False
    return _CLOCK.search(text) is not None and is_info(line)


def _is_bare(line: Line) -> bool:
    """A row of which nothing is left without its dates and labelled facts."""
    text = displayed(line)
    facts = read_facts(text)
    before = text[: text.find(facts[0].label)] if facts else text
    return not _TIME_WORDS.sub("", before)


def rows_among(flow: Flow, start: int, end: int) -> frozenset[int]:
    """The rows of facts with the time of day among some lines."""
    return frozenset([i for i in range(start, end) if is_row(flow.lines[i])])


def bare_rows(flow: Flow, rows: Iterable[int]) -> list[int]:
    """The bare rows among some rows that are no schedule's.

    Rows of two times and more are a schedule's, unless links stand beside them, which makes them a list's.
    """
    rows = [i for i in sorted(rows) if _is_bare(flow.lines[i])]
    if len({_moment(flow.lines[i].text) for i in rows}) < 2:
        return rows
    return [i for i in rows if read_facts(displayed(flow.lines[i])) or among_links(flow, i)]


def among_links(flow: Flow, row: int) -> bool:
    """Whether a link or the headline of something else stands directly beside a row."""
    beside = flow.lines[max(0, row - 1) : row] + flow.lines[row + 1 : row + 2]
    return any(is_link(line, 0.6) for line in beside)


def _moment(text: str) -> Moment | str:
    """What two rows have in common that say the same time; that of a day without a year is its own words."""
    return read_moment(text) or text


def announces(flow: Flow, index: int) -> bool:
    """Whether a line says when something takes place, and itself or one beside it where, or who speaks."""
    lines = flow.lines
    if "：" not in lines[index].text and ":" not in lines[index].text:
        return False
    if _WHEN.match(lines[index].text) is None:
        return False
    beside = lines[max(0, index - 2) : index] + lines[index + 1 : index + 3]
    return _WHERE.search(lines[index].text, 1) is not None or any(_WHERE.match(line.text) for line in beside)


def schedule(flow: Flow, kept: list[int], rows: frozenset[int]) -> frozenset[int]:
    """The rows of nothing but a time that are the text's: what it announces, and entries of a list of times.

    The first of two times is the article's.
    """
    announced = frozenset([i for i in kept if announces(flow, i)])
    among = [i for i in kept if i in rows and i not in announced]
    moments = {_moment(flow.lines[i].text) for i in among}
    if len(moments) < 2:
        return announced
    first = kept[0] if len(moments) == 2 else -1
    return announced.union(i for i in among if i != first and not read_facts(displayed(flow.lines[i])))
