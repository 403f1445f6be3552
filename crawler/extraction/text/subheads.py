"""Lines of a text that look like the site's: linked headlines of a digest, buttons' names as subheads, attachments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.extraction.labels.model import ATTACHMENT, HEADING, LINK, PROMOTION
from crawler.extraction.labels.table import has
from crawler.extraction.text.values import SHORT_SENTENCE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawler.extraction.page.flow import Flow

__all__ = ["own_lines"]

_FEWEST = 3  # linked headlines: one or two are links to something else


def own_lines(flow: Flow, indexes: Iterable[int], values: list[float]) -> set[int]:
    """Return those of some lines of a text that stay, whatever else they look like.

    Linked lines directly over a sentence, of which there are several; headings and bold lines over one; attachments.
    """
    found: set[int] = set()
    linked: list[int] = []
    for i in indexes:
        line = flow.lines[i]
        if line.linked:
            if has(line, ATTACHMENT):
                found.add(i)
            elif _is_over_sentence(flow, i, values) and has(line, LINK) and not has(line, PROMOTION):
                linked.append(i)
        elif (line.strong * 2 > len(line.text) or has(line, HEADING)) and _is_over_sentence(flow, i, values):
            found.add(i)
    return found.union(linked) if len(linked) >= _FEWEST else found


def _is_over_sentence(flow: Flow, index: int, values: list[float]) -> bool:
    below = index + 1
    return below < len(values) and values[below] >= SHORT_SENTENCE and not flow.lines[below].linked
