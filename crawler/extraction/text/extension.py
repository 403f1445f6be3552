"""The parts of a text that stand outside its element: a lead above it, further parts behind it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from crawler.extraction.labels.model import FACTS, PROSE, SUMMARY
from crawler.extraction.labels.table import has
from crawler.extraction.page.hints import AWAY
from crawler.extraction.text.body import FAR, Body, body_of

if TYPE_CHECKING:
    from crawler.extraction.page.flow import Flow

__all__ = ["extended"]

_PROBE = 16
_LINKED_SHARE = 0.2
_SUMMARY_NAME = re.compile(r"summar|abstract|zhaiyao|daodu|digest|brief|tiyao|desc", re.IGNORECASE)


def extended(flow: Flow, body: Body, below: int) -> Body:
    """Return the text with what stands in elements of its own.

    That is a lead above it (from line ``below``, the headline's end), and further parts of the same name behind
    it. A summary (摘要, 导读) is no lead.
    """
    if body.element < 0 or not body.lines:
        return body
    lines = flow.lines
    whole = flow.text(body.start, body.end)
    lead = []
    if 0 <= body.start - below <= FAR:
        for i in range(below, body.start):
            line = lines[i]
            if line.linked or not has(line, PROSE) or has(line, SUMMARY) or line.text[:_PROBE] in whole:
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
        listed = linked > _LINKED_SHARE * sum(len(line.text) for line in part) or any(
            has(line, FACTS) for line in part
        )
        if listed or not any(has(lines[i], PROSE) for i in more.lines):
            break
        tail += more.lines
        end = more.end
    if not lead and not tail:
        return body
    return replace(body, end=end, lines=(*lead, *body.lines, *tail))


def _common(flow: Flow, around: list[int], element: int) -> int:
    """Return the innermost element around both; -1 for none."""
    there = set(flow.ancestors(element))
    return next((a for a in around if a in there), -1)
