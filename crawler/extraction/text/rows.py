"""Rows of facts among lines of text: whose they are, the site's, a schedule's, or an announcement's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.chinese.dates import read_moment
from crawler.chinese.labelled_facts import read_facts
from crawler.extraction.labels.model import LINK
from crawler.extraction.labels.table import has
from crawler.extraction.page.displayed import displayed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawler.chinese.dates import Moment
    from crawler.extraction.page.flow import Flow, Line

__all__ = ["HEAD_LINES", "among_links", "announces", "bare_rows", "schedule"]

HEAD_LINES = 12
"""How many lines below a headline, or from the start of a text, its row of facts may stand."""

_TIME_WORDS = re.compile(
    r"[\d:：.\-/年月日时分秒\s\x01|｜()（）\[\]【】]|上午|下午|晚间|凌晨|(?:星期|周|礼拜)[一二三四五六日天]"
)
_WHEN = re.compile(r"\W{0,3}(?:活动|举办|讲座|会议|开始)?时\s{0,2}间\s?[：:]")
_WHERE = re.compile(
    r"\W{0,3}(?:地\s{0,2}[点址]|主讲人?|主持人?|嘉\s{0,2}宾|出席(?:人员?)?|(?:讲座|会议|活动)?(?:题目|主题|内容)|报告人)\s?[：:]"
)


def bare_rows(flow: Flow, rows: Iterable[int]) -> list[int]:
    """Return the bare rows among some rows that are no schedule's.

    Rows of two times and more are a schedule's, unless links stand beside them, which makes them a list's.
    """
    rows = [i for i in sorted(rows) if _is_bare(flow.lines[i])]
    if len({_moment(flow.lines[i].text) for i in rows}) < 2:
        return rows
    return [i for i in rows if read_facts(displayed(flow.lines[i])) or among_links(flow, i)]


def _is_bare(line: Line) -> bool:
    """Say whether nothing is left of a row without its dates and labelled facts."""
    text = displayed(line)
    facts = read_facts(text)
    before = text[: text.find(facts[0].label)] if facts else text
    return not _TIME_WORDS.sub("", before)


def among_links(flow: Flow, row: int) -> bool:
    """Say whether a link or the headline of something else stands directly beside a row."""
    beside = flow.lines[max(0, row - 1) : row] + flow.lines[row + 1 : row + 2]
    return any(has(line, LINK) for line in beside)


def _moment(text: str) -> Moment | str:
    """Return what two rows have in common that say the same time; that of a day without a year is its own words."""
    return read_moment(text) or text


def schedule(flow: Flow, kept: list[int], rows: frozenset[int]) -> frozenset[int]:
    """Return the rows of nothing but a time that are the text's: what it announces, and entries of a list of times.

    The first of two times is the article's.
    """
    announced = frozenset([i for i in kept if announces(flow, i)])
    among = [i for i in kept if i in rows and i not in announced]
    moments = {_moment(flow.lines[i].text) for i in among}
    if len(moments) < 2:
        return announced
    first = kept[0] if len(moments) == 2 else -1
    return announced.union(i for i in among if i != first and not read_facts(displayed(flow.lines[i])))


def announces(flow: Flow, index: int) -> bool:
    """Tell whether a line says when something takes place, and itself or one beside it where, or who speaks."""
    lines = flow.lines
    text = lines[index].text
    if ("：" not in text and ":" not in text) or _WHEN.match(text) is None:
        return False
    beside = lines[max(0, index - 2) : index] + lines[index + 1 : index + 3]
    return _WHERE.search(text, 1) is not None or any(_WHERE.match(line.text) for line in beside)
