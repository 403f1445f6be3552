"""The table of all labels: whether a line has one, and by which rule.

A label is looked for when it is first asked for, once a line; what is known of a line is kept with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crawler.extraction.labels import appeals, calls, comments, facts, headings, legal, notices, shape, voice
from crawler.extraction.labels.model import (
    APPEAL,
    CALL,
    DATED,
    DISCLAIMER,
    FACTS,
    LEGAL,
    NAMES,
    NOTICE,
    PROSE,
    WIDGET,
    Group,
    Rule,
)
from crawler.extraction.page.known import known_of

if TYPE_CHECKING:
    import re

    from crawler.extraction.page.flow import Line

__all__ = ["EDGE", "GROUPS", "SITE", "has", "reasons"]

SITE: Final = LEGAL | CALL | WIDGET
"""A line of the site wherever it stands."""

EDGE: Final = SITE | NOTICE | DISCLAIMER | APPEAL
"""A line that is the site's if only such lines stand between it and the end (or the start) of the text."""


def _is_prose(line: Line, _: re.Match[str]) -> bool:
    text = line.text
    return (
        len(text) >= 30
        and line.linked * 2 < len(text)
        and (
            (len(text) >= 120 and not line.linked)
            or ("。" in text and len(text) >= 60)
            or not has(line, EDGE | FACTS)
        )
    )


_TIMED = Group(
    DATED,
    (
        Rule(
            "row with the time of day",
            r"\d[:：]\d\d",
            "2019年09月07日 08:22 来源：云水日报",
            "开始时间：08:22",
        ),
    ),
    how="search",
    longest=120,
    accept=lambda line, _: has(line, FACTS),
)
_PARAGRAPHS = Group(
    PROSE,
    (
        Rule(
            "paragraph",
            "[，。]|, ",
            "本周起，云水县在城关、河口两个乡镇试点“一站式”办事大厅，群众带着身份证就能办理一百二十项事务。",
            "想爆料？请拨打云水日报新闻热线0000-3333333，或登录“云水+”客户端提供线索。",
        ),
    ),
    how="search",
    accept=_is_prose,
)
GROUPS: Final[tuple[Group, ...]] = (
    *shape.GROUPS,
    *headings.GROUPS,
    *legal.GROUPS,
    *calls.GROUPS,
    *notices.GROUPS,
    *appeals.GROUPS,
    *facts.GROUPS,
    *comments.GROUPS,
    *voice.GROUPS,
    _TIMED,
    _PARAGRAPHS,
)
"""All groups of rules."""


def _by_label() -> dict[int, tuple[tuple[int, Group], ...]]:
    """Return the groups that give a label, each behind the length of its longest line: most lines are longer."""
    found: dict[int, tuple[tuple[int, Group], ...]] = {}
    for group in GROUPS:
        found[group.label] = (*found.get(group.label, ()), (group.longest, group))
    return found


_BY_LABEL: Final = _by_label()


def has(line: Line, labels: int) -> bool:
    """Say whether a line has one of the ``labels``."""
    known = line.known or known_of(line)
    if known.labels & labels:
        return True
    missing = labels & ~known.asked
    if not missing:
        return False
    size = len(line.text)
    while missing:
        label = missing & -missing
        missing ^= label
        known.asked |= label
        for longest, group in _BY_LABEL[label]:
            if size <= longest and group.fits(line):
                known.labels |= label
                return True
    return False


def reasons(line: Line) -> dict[str, str]:
    """Return the names of all labels that a line has, each with the name of the rule that gives it."""
    found: dict[str, str] = {}
    for group in GROUPS:
        if reason := group.reason(line):
            found.setdefault(NAMES[group.label], reason)
    return found
