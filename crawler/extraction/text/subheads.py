"""Lines of a text that look like the site's: linked headlines of a digest, buttons' names as subheads, attachments."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.extraction.page.links import is_link

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawler.extraction.page.flow import Flow

__all__ = ["own_lines"]

_ATTACHED = re.compile(r"^\W{0,3}附件|\.(?:docx?|xlsx?|pptx?|pdf|wps|zip|rar)\W{0,2}$", re.IGNORECASE)
_PROMOTION = re.compile(
    r".{0,3}$|\W{0,2}(?:相关|更多|点击|推荐|延伸|查看|进入|往期|专题|链接|视频|[>＞])|.{4,40}[>＞》]{2}$"
)
_TITLES = frozenset(["h2", "h3", "h4", "h5"])
_SENTENCE = 15.0  # the value of a short one
_FEWEST = 3  # linked headlines: one or two are links to something else


def own_lines(flow: Flow, indexes: Iterable[int], values: list[float]) -> set[int]:
    """Those of some lines of a text that stay, whatever else they look like.

    Linked lines directly over a sentence, of which there are several; titles and bold lines over one; attachments.
    """
    found: set[int] = set()
    linked: list[int] = []
    for i in indexes:
        line = flow.lines[i]
        if line.linked:
            if _ATTACHED.search(line.text):
                found.add(i)
            elif (
                _is_over_sentence(flow, i, values) and is_link(line, 0.6) and not _PROMOTION.match(line.text)
            ):
                linked.append(i)
        elif (line.tag in _TITLES or line.strong * 2 > len(line.text)) and _is_over_sentence(flow, i, values):
            found.add(i)
    return found.union(linked) if len(linked) >= _FEWEST else found


def _is_over_sentence(flow: Flow, index: int, values: list[float]) -> bool:
    below = index + 1
    return below < len(values) and values[below] >= _SENTENCE and not flow.lines[below].linked
