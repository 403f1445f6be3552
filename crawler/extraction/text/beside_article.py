"""What a page holds beside its article: by the names of elements, under the heading of comments, as a stream."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from crawler.extraction.labels.model import COMMENTS, DATED
from crawler.extraction.labels.table import has
from crawler.extraction.page.hints import AWAY
from crawler.extraction.text.beside_headline import NAMED, away_from
from crawler.extraction.text.selection import CUTS
from crawler.extraction.text.streams import is_comment, streams
from crawler.extraction.text.values import PARAGRAPH

if TYPE_CHECKING:
    from crawler.extraction.page.flow import Flow
    from crawler.extraction.text.place import Anchor

__all__ = ["NAMED", "UNDER_COMMENTS", "foreign_parts", "hush"]

_AMBIGUOUS = re.compile(r"^(?!.*video).*(?:rank|player|vote|reply|statement)", re.IGNORECASE)
_FOOTER = re.compile(r"(?:^|[\s_-])(?:foot(?:er)?|copy-?right)(?:$|[\s_\d-])", re.IGNORECASE)
_SEVERAL = 2
_MOST = 20  # headings of comments that are looked at: each is looked at as a whole
UNDER_COMMENTS: Final = "beside: comments"
"""What is cut because it stands under a heading of comments."""


def hush(flow: Flow, values: list[float], anchor: Anchor | None = None) -> dict[int, str]:
    """Take what stands in comments, footers, streams and the like out of the count.

    Return the lines that are certainly none of the article's, comments and streams, by the name of the rule.
    """
    away = (
        {i: name for i, name in away_from(flow, values, anchor).items() if CUTS.is_on(name)} if anchor else {}
    )
    for index in away:
        values[index] = min(values[index], 0.0)
    if CUTS.is_on(NAMED):
        _hush_named(flow, values)
    found: dict[int, str] = {}
    headings = [index for index, line in enumerate(flow.lines) if not line.linked and has(line, COMMENTS)]
    for index in headings[:_MOST] if CUTS.is_on(UNDER_COMMENTS) else ():
        end = flow.ends[flow.around(index, index + 1)]
        if index not in found and _are_comments(flow, values, index, end):
            found.update(dict.fromkeys(range(index, end), UNDER_COMMENTS))
    for start, end, name in streams(flow, values, anchor.first if anchor else -1):
        if CUTS.is_on(name):
            found.update(dict.fromkeys(range(start, end), name))
    for index in found:
        values[index] = 0.0
    return {**away, **found}


def _are_comments(flow: Flow, values: list[float], index: int, end: int) -> bool:
    """Say whether what stands under a heading is comments, and no part of a text that quotes or follows some.

    Most of it is signed or has buttons; or the heading counts them (or is a form's), and more stands above it.
    """
    said = [i for i in range(index + 1, end) if values[i] > 0]
    if 2 * sum(is_comment(flow, i) for i in said) > len(said):
        return True
    heading = flow.lines[index].text
    above = sum([value for value in values[:index] if value > 0])
    told = any(letter.isdigit() for letter in heading) or heading.lstrip("【[ ").startswith(
        ("我要", "发表", "参与")
    )
    return told and above >= max(PARAGRAPH, sum(values[i] for i in said))


def _hush_named(flow: Flow, values: list[float]) -> None:
    """Hush by the names of elements, unless most of the page stands in one, or the text right there.

    A footer is hushed however much it says, unless a headline or a row of facts is in it.
    """
    gains = list(accumulate([value if value > 0 else 0.0 for value in values], initial=0.0))
    several = _several(flow)
    until = 0
    for index in flow.hinted:
        if not flow.flags[index] & AWAY:
            continue
        start, end = flow.starts[index], flow.ends[index]
        gain = gains[end] - gains[start]
        if start < until or (gain > 0.4 * gains[-1] and not _is_footer(flow, index)):
            continue
        if gain > 0 and (_is_own(flow, index, several) or (start and has(flow.lines[start - 1], DATED))):
            continue  # the text's, whatever its element is called: a player's card, what stands below the row of facts
        values[start:end] = [value if value < 0 else 0.0 for value in values[start:end]]
        until = end


def _is_footer(flow: Flow, element: int) -> bool:
    if flow.tags[element] != "footer" and not _FOOTER.search(flow.names[element]):
        return False
    lines = flow.lines[flow.starts[element] : flow.ends[element]]
    return not any(line.tag == "h1" or has(line, DATED) for line in lines)


def foreign_parts(flow: Flow, element: int, values: list[float]) -> dict[int, str]:
    """Return the lines of elements inside the article's whose name says that they are something else."""
    start, end = flow.starts[element], flow.ends[element]
    whole = sum([value for value in values[start:end] if value > 0])
    dropped: dict[int, str] = {}
    several = _several(flow)
    first, stop = bisect_right(flow.hinted, element), bisect_left(flow.starts, end, element + 1)
    for index in flow.hinted[first : bisect_left(flow.hinted, stop)]:
        if flow.flags[index] & AWAY:
            inner = range(flow.starts[index], flow.ends[index])
            gain = sum([max(0.0, values[i]) for i in inner])
            if gain < 0.3 * whole and not (gain and _is_own(flow, index, several)):
                dropped.update(dict.fromkeys(inner, NAMED))
    return dropped


def _several(flow: Flow) -> frozenset[str]:
    """Return the names that mean things of the world, too, of which the page has several elements: ranks, players."""
    named = [flow.names[index] for index in flow.hinted if flow.flags[index] & AWAY]
    if len(named) < _SEVERAL:
        return frozenset()
    return frozenset(name for name, n in Counter(named).items() if n >= _SEVERAL and _AMBIGUOUS.search(name))


def _is_own(flow: Flow, element: int, several: frozenset[str]) -> bool:
    """Say whether one of several elements with sentences and no links has a name of things of the world, too."""
    if flow.names[element] not in several:
        return False
    return not any(line.linked for line in flow.lines[flow.starts[element] : flow.ends[element]])
