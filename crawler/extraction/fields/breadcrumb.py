"""The path to the page, as displayed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.chinese.labelled_facts import JOINT
from crawler.extraction.fields.model import Field, Finding
from crawler.extraction.page.displayed import displayed as with_joints

if TYPE_CHECKING:
    from crawler.extraction.fields.headline import Headline
    from crawler.extraction.fields.page import Page
    from crawler.extraction.page.flow import Flow

__all__ = ["BREADCRUMB"]

_CRUMB_NAME = re.compile(
    r"crumb|path|daohang|position|location|weizhi|dqwz|\bloc\b|navi?gation|current|where|chan_newsNav|channel-path",
    re.IGNORECASE,
)
_SEPARATORS = re.compile(r"[>»›＞→\x01|｜－\\]+|\s-\s|\s/\s|^/|(?<=\s)/|&gt;")
_LEAD = re.compile(
    r"^\s*(?:您?(?:当前|现在|目前)?(?:所在)?(?:的)?(?:位置|在)(?:是)?|当前位置|所在位置|您的位置|你的位置|导航)\s*[：:]?\s*"
)
_LEAVES = frozenset(
    [
        "正文",
        "文章正文",
        "内容",
        "详情",
        "详细内容",
        "新闻详情",
        "信息详情",
        "阅读",
        "当前",
        "文章",
        "查看信息",
        "正文页",
    ]
)
_NEAR = 12


def given(page: Page) -> Finding[tuple[str, ...]] | None:
    """Return what the profile's sources find."""
    return page.given_list("breadcrumb")


def displayed(page: Page) -> Finding[tuple[str, ...]] | None:
    """Return the nearest line above the headline that is one by its element's name or its marks."""
    path = _find_path(page.flow, page.headline, page.first)
    return Finding(path, "generic") if path else None


BREADCRUMB: Field[tuple[str, ...]] = Field("breadcrumb", (given, displayed))


def _find_path(flow: Flow, headline: Headline, first: int) -> tuple[str, ...]:
    """Return the path to the page as displayed, outermost first, without 正文."""
    stop = headline.start if headline.end > headline.start else first
    for index in range(stop - 1, max(-1, stop - 60), -1):
        line = flow.lines[index]
        text = line.text
        marked = any(_CRUMB_NAME.search(flow.names[a]) for a in flow.ancestors(line.block)[:3])
        shaped = ">" in text or "»" in text or "›" in text or "＞" in text or _LEAD.match(text)
        if len(text) > 120 or not (shaped or marked):
            continue
        begin = index
        if not _shaped(text) or text.lstrip()[:1] in "><»›＞→－\\/":
            begin = _first_of_run(flow, index)
        pieces = JOINT.join(with_joints(flow.lines[i]) for i in range(begin, index + 1))
        names = [_LEAD.sub("", part).strip(" 　:：") for part in _SEPARATORS.split(pieces)]
        names = [name for name in names if name and len(name) <= 30 and name not in _LEAVES and name != "/"]
        names = [name for name in names if name != headline.text]
        if names and (shaped or len(names) > 1) and len(names) <= 8:
            return tuple(names)
    return ()


def _shaped(text: str) -> bool:
    return any(mark in text for mark in ">»›＞")


def _first_of_run(flow: Flow, index: int) -> int:
    """Return the first of the short lines of one path that are lines of their own."""
    begin = index
    parents = set(flow.ancestors(flow.lines[index].block)[1:3])
    while begin > 0 and index - begin < _NEAR:
        before = flow.lines[begin - 1]
        if (
            _LEAD.match(flow.lines[begin].text)
            or len(before.text) > 30
            or not parents & set(flow.ancestors(before.block)[:3])
        ):
            break
        begin -= 1
    return begin
