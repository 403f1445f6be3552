"""The element of the text inside the article's: what stands behind it in the same column is no part of it.

Advertisements, rules for comments and the like may have a tenth of a short article's letters, and their boxes any
name. Where the row of facts stands in the chosen element, one element below it mostly holds the text.
"""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING

from crawler.extraction.labels.model import COMMENTS, DATED, DISCLAIMER, LIST_HEADING, PROSE
from crawler.extraction.labels.table import has
from crawler.extraction.text.rows import HEAD_LINES

if TYPE_CHECKING:
    from collections.abc import Callable

    from crawler.extraction.page.flow import Flow

__all__ = ["narrowed"]

_DEEPEST = 8  # steps down; each looks at all elements below
_SHARE = 0.4
"""Of what counts in the element: the least that the text's has."""
_WORDS = re.compile(r"[A-Za-z]{3,}")
_PARTS = frozenset(["section", "article", "blockquote", "table", "ul", "ol", "dl", "figure"])
# What advertisements and a site's words about itself have, and hardly any paragraph of an article's end.
_PROMOTION = re.compile(
    r"订阅|资费|包月|短信|彩信|客户端|下载|注册|登[录陆]|投稿|广告|网站|本[网报刊](?!讯|记者)|点击|扫码|关注|热线|用户名|发表评论|"
    r"元[/／每]|免费(?:领取|试用)|优惠|[…．.]{2,}$"
)


def narrowed(flow: Flow, element: int, values: list[float]) -> int:
    """Return the innermost element that holds the text, from the article's down; itself where none is told."""
    gains = list(accumulate([max(value, 0.0) for value in values], initial=0.0))

    def gain(index: int) -> float:
        return gains[flow.ends[index]] - gains[flow.starts[index]]

    for _ in range(_DEEPEST):
        inner = _text_element(flow, element, values, gain)
        if inner is None:
            break
        element = inner
    return element


def _text_element(flow: Flow, element: int, values: list[float], gain: Callable[[int], float]) -> int | None:
    """Return the child below the row of facts that holds the text; None where siblings may be parts of it."""
    children = _children(flow, element)
    if not children:
        return None
    best = max(children, key=gain)
    start, end = flow.starts[best], flow.ends[best]
    if flow.tags[best] == "p" or end - start < 2 or gain(best) < _SHARE * gain(element):
        return None
    first = flow.starts[element]
    row = next(
        (i for i in range(min(first + HEAD_LINES, start) - 1, first - 1, -1) if has(flow.lines[i], DATED)), -1
    )
    if row < 0 or any(value > 0 for value in values[row + 1 : start]):
        return None
    if any(flow.starts[i] >= end and gain(i) > 0 and _may_go_on(flow, best, i) for i in children):
        return None
    # paragraphs of the element's own are the text's
    for i in range(end, flow.ends[element]):
        if values[i] > 0:
            block = flow.lines[i].block
            if block == element or (flow.lines[i].tag == "p" and flow.parents[block] == element):
                return None
    return best


def _children(flow: Flow, element: int) -> list[int]:
    stop = flow.ends[element]
    found = []
    for index in range(element + 1, len(flow.tags)):
        if flow.starts[index] >= stop:
            break
        if flow.parents[index] == element:
            found.append(index)
    return found


def _may_go_on(flow: Flow, text: int, behind: int) -> bool:
    """Say whether an element behind the text's may be a part of the text, too.

    By its tag, by a word that both names share (text-top, text-bottom), or because it holds paragraphs; but not what
    advertises, has links, or stands under a heading of recommendations or comments.
    """
    start, end = flow.starts[behind], flow.ends[behind]
    told = [line for line in flow.lines[start:end] if has(line, PROSE)]
    foreign = any(line.linked or has(line, DISCLAIMER) or _PROMOTION.search(line.text) for line in told)
    if (told and foreign) or has(flow.lines[start], LIST_HEADING | COMMENTS):
        return False
    mine, its = flow.names[text], flow.names[behind]
    shared = set(_WORDS.findall(mine)) & set(_WORDS.findall(its))
    return bool(
        shared or flow.tags[behind] in _PARTS or not its.strip() or any("。" in line.text for line in told)
    )
