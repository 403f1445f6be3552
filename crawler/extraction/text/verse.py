"""Texts that have no sentences: verse, lists of names, a remark of a few words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.chinese.dates import read_moment
from crawler.extraction.labels.model import FACTS, HEADING, LIST_HEADING, WIDGET
from crawler.extraction.labels.table import EDGE, SITE, has
from crawler.extraction.page.hints import AWAY
from crawler.extraction.text.beside_article import hush
from crawler.extraction.text.body import FAR, NOTHING, Body, body_of
from crawler.extraction.text.container import best_container
from crawler.extraction.text.cuts import ANYWHERE, cut_edges
from crawler.extraction.text.rows import HEAD_LINES
from crawler.extraction.text.selection import Selection
from crawler.extraction.text.values import A_SENTENCE

if TYPE_CHECKING:
    from crawler.extraction.page.flow import Flow

__all__ = ["find_remark", "find_verse"]

_VERSES = 4
_REMARK = 6


def find_verse(flow: Flow, below: int) -> Body:
    """Find a text without sentences (a poem, a list of names) under a headline that ends at line ``below``."""
    values = []
    for index, line in enumerate(flow.lines):
        size = len(line.text)
        plain = index >= below and not line.linked and not has(line, SITE | FACTS)
        values.append(float(size) if plain else -8.0 - size)
    hush(flow, values)
    element = best_container(flow, values)
    if element is None or flow.starts[element] > below + FAR:
        return NOTHING
    body = body_of(flow, element, values)
    lines = [flow.lines[i].text for i in body.lines]
    return body if len(lines) >= _VERSES and sum(map(len, lines)) >= A_SENTENCE / 2 else NOTHING


def find_remark(flow: Flow, below: int) -> Body:
    """Find a text of a few words: what stands first below the row of facts under a headline, if it is no link."""
    dated = False
    for index in range(below, min(below + HEAD_LINES, len(flow.lines))):
        line = flow.lines[index]
        if has(line, FACTS | WIDGET):
            dated = dated or read_moment(line.text) is not None
            continue
        around = flow.ancestors(line.block)
        foreign = any(flow.flags[a] & AWAY for a in around) or has(line, LIST_HEADING | EDGE)
        if not dated or line.linked or foreign or has(line, HEADING) or len(line.text) < _REMARK:
            break
        element = around[1] if line.tag == "p" and len(around) > 1 else around[0]
        until = index + 1
        while until < flow.ends[element] and not flow.lines[until].linked:
            until += 1
        lines = [i for i in range(index, until) if not has(flow.lines[i], HEADING)]
        selection = Selection(flow, element, index, until, [], lines, frozenset())
        for cut in ANYWHERE:
            cut.apply(selection)
        if flow.tags[element] == "body":
            selection.kept = selection.kept[:1]
        cut_edges(selection)
        kept = tuple([i for i in selection.kept if not has(flow.lines[i], EDGE)])
        return Body(element, index, until, kept, selection.cut) if kept else NOTHING
    return NOTHING
