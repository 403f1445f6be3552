"""Texts that have no sentences: verse, lists of names, a remark of a few words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.chinese.boilerplate import ends_article, is_boilerplate, is_edge
from crawler.chinese.dates import read_moment
from crawler.chinese.interface import is_interface
from crawler.extraction.page.hints import AWAY
from crawler.extraction.text.body import FAR, NOTHING, Body, body_of
from crawler.extraction.text.container import best_container
from crawler.extraction.text.edges import peel
from crawler.extraction.text.foreign import hush
from crawler.extraction.text.prose import A_SENTENCE, is_noise
from crawler.extraction.text.rows import HEAD_LINES, is_info, rows_among

if TYPE_CHECKING:
    from crawler.extraction.page.flow import Flow

__all__ = ["find_remark", "find_verse"]

_VERSES = 4
_REMARK = 6
_TITLES = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])


def find_verse(flow: Flow, below: int) -> Body:
    """A text without sentences (a poem, a list of names) under a headline that ends at line ``below``."""
    values = []
    for index, line in enumerate(flow.lines):
        size = len(line.text)
        plain = index >= below and not line.linked and not is_boilerplate(line.text) and not is_info(line)
        values.append(float(size) if plain else -8.0 - size)
    hush(flow, values)
    element = best_container(flow, values)
    if element is None or flow.starts[element] > below + FAR:
        return NOTHING
    body = body_of(flow, element, values)
    lines = [flow.lines[i].text for i in body.lines]
    return body if len(lines) >= _VERSES and sum(map(len, lines)) >= A_SENTENCE / 2 else NOTHING


def find_remark(flow: Flow, below: int) -> Body:
    """A text of a few words: what stands first below the row of facts under a headline, if it is no link."""
    dated = False
    for index in range(below, min(below + HEAD_LINES, len(flow.lines))):
        line = flow.lines[index]
        if is_info(line) or is_interface(line.text):
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
            i for i in range(index, until) if not is_noise(flow.lines[i]) and flow.lines[i].tag not in _TITLES
        ]
        if flow.tags[element] == "body":
            kept = kept[:1]
        kept = [
            i for i in peel(flow, kept, rows_among(flow, index, until)) if not is_edge(flow.lines[i].text)
        ]
        return Body(element, index, until, tuple(kept)) if kept else NOTHING
    return NOTHING
