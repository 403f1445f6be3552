"""Lines that are links: the entries of lists, and the teasers of other articles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crawler.extraction.page.flow import Line

__all__ = ["is_link", "is_teaser"]

# What stands beside the links of a row or a list, and is no word of a sentence: separators, dates, numbers.
_BESIDE = re.compile(r"[\s\d|｜丨·・•●■◆▪→>»›<«\-—–_/\\.,:：()（）\[\]【】年月日]+")
_MORE = re.compile(r"(?:详细|详情|全文|更多|查看|点击)\W{0,4}$")


def is_link(line: Line, share: float = 0.5) -> bool:
    """Say whether more than this share of a line is links, what merely stands beside them apart."""
    linked = line.linked
    if not linked:
        return False
    size = len(line.text)
    return linked > share * size or (
        linked > share / 3 * size and linked > share * len(_BESIDE.sub("", line.text))
    )


def is_teaser(line: Line) -> bool:
    """Say whether a sentence ends in a link to the rest of it: ……[详细]."""
    return 0 < line.linked <= 8 and _MORE.search(line.text, max(0, len(line.text) - 10)) is not None
