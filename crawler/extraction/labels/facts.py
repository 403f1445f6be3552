"""Rows of facts as they stand under a headline: a time, a source, a count; and lines of credits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from crawler.chinese.dates import read_moment
from crawler.chinese.labelled_facts import is_credit_line, read_facts
from crawler.chinese.traditional import fold
from crawler.chinese.widgets import strip_widgets
from crawler.extraction.labels.model import CREDITS, DAY, FACTS, SOURCE, Group, Rule
from crawler.extraction.page.displayed import displayed

if TYPE_CHECKING:
    from crawler.chinese.labelled_facts import Fact
    from crawler.extraction.page.flow import Line

__all__ = ["GROUPS"]

_CLOCK = r"\d[:：]\d\d"
_SENTENCE_MARKS = re.compile("[。；，！？]")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S*")  # the site's own, printed before the date
_SHORT_DATE = re.compile(r"\W{0,3}\d{1,2}[-/月]\d{1,2}日?\s{0,3}\d{1,2}[:：]\d\d(?:$|\s)")
# 停水时间, 报名时间: the text's, but 发布时间 is the site's
_COMPOUND = re.compile("[\u4e00-\u9fff](?:时间|日期)")
_OWN_TIMES = re.compile(
    "(?:发布|发表|更新|发稿|发文|信息|修改|编辑|采集|最后修改|添加|加入|上传|录入|入库|成文|公开|上版|公告|公布|刊登|张贴|变更)(?:时间|日期)"
)
_PEOPLE = frozenset(["author", "reporter", "photographer", "correspondent"])
_DATE_ROW = 40
_FACT_ROW = 50
_LONG_ROW = 120


def _plain(text: str) -> str:
    return _ADDRESS.sub("", text).strip() if "www." in text or "://" in text else text


def _is_date_row(line: Line, _: re.Match[str]) -> bool:
    text = _plain(line.text)
    if len(text) > _DATE_ROW or _SENTENCE_MARKS.search(text) or _is_of_the_text(line.text):
        return False
    return _SHORT_DATE.match(text) is not None or read_moment(text) is not None


def _is_fact_row(line: Line, _: re.Match[str]) -> bool:
    facts = read_facts(displayed(line))
    if not facts or (len(facts) < 2 and len(_plain(line.text)) > _FACT_ROW):
        return False
    told = any(map(_is_of_row, facts)) or _are_people_of_a_day(line.text, facts)
    return told and not _is_of_the_text(line.text)


def _are_people_of_a_day(text: str, facts: list[Fact]) -> bool:
    """Say whether a line names people and a day, and says nothing: 2019-09-07 记者：张楠 摄影：方志远."""
    named = any(fact.kind in _PEOPLE for fact in facts)
    return named and not _SENTENCE_MARKS.search(text) and read_moment(text) is not None


def _is_of_the_text(text: str) -> bool:
    text = fold(text)
    return _COMPOUND.search(text) is not None and _COMPOUND.search(_OWN_TIMES.sub("", text)) is not None


def _is_of_row(fact: Fact) -> bool:
    """Say whether a fact is one of a page, and no answer in a text (回复：可以。)."""
    if fact.kind == "count":
        return not fact.value.rstrip().endswith("。")
    return fact.kind in {"time", "source", "stale"}


def _are_credits(line: Line, _: re.Match[str]) -> bool:
    """Say whether they are credits: 编辑：你怎么看待这种变化？ is a question."""
    text = strip_widgets(line.text) if line.linked else line.text
    return is_credit_line(text) and not any(mark in text for mark in "？?！") and not text.endswith("。")


_DATES = Group(
    FACTS,
    (Rule("row with a date", _CLOCK, "2019-09-07 08:22", "停水时间：9月7日 08:22"),),
    how="search",
    longest=_LONG_ROW,
    accept=_is_date_row,
)
_LABELLED = Group(
    FACTS,
    (Rule("row with labels", "", "来源：云水日报 责任编辑：罗小满", "回复：可以。"),),
    longest=_LONG_ROW,
    accept=_is_fact_row,
)
_CREDITS = Group(
    CREDITS,
    (Rule("credits", "", "（责任编辑：罗小满）", "编辑：你怎么看待这种变化？"),),
    longest=120,
    accept=_are_credits,
)
_DAYS = Group(
    DAY,
    (
        Rule(
            "day alone",
            r"\W{0,3}(?:19|20)\d\d\s?[-年/.]\s?\d{1,2}\s?[-月/.]\s?\d{1,2}\s?日?(?:\s?(?:星期|周)[一二三四五六日天])?\W{0,3}",
            "2019年9月7日",
            "2019年9月7日，云水县",
        ),
    ),
    how="fullmatch",
    longest=24,
)
_SOURCES = Group(
    SOURCE,
    (
        Rule(
            "source alone",
            r"^[（(]?(?:文章|本文|内容)?来源\s?[：:丨｜|]\s?[^：:，。\d]{2,24}(?:[（(]ID[：:][\w-]{3,30}[)）])?[)）]?$",
            "来源丨云水公园（ID：yspark）",
            "来源：云水日报 2019-09-07",
        ),
    ),
)
GROUPS: Final = (_DATES, _LABELLED, _CREDITS, _DAYS, _SOURCES)
