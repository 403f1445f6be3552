"""What a line is taken for by itself: a paragraph of a text, a line of credits, or noise around it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.chinese.boilerplate import is_boilerplate, is_edge, is_instruction
from crawler.chinese.facts import is_credit_line
from crawler.extraction.page.links import is_link
from crawler.extraction.text.rows import is_info

if TYPE_CHECKING:
    from crawler.extraction.page.flow import Line

__all__ = ["A_SENTENCE", "is_credits", "is_noise", "is_prose"]

A_SENTENCE = 40
"""Letters that say something even without a sentence's marks."""


_KEYWORDS = re.compile(
    r"\W{0,2}(?:文章|本文|本篇)?(?:关键[词字]|關鍵[詞字]|标签|標籤|tags?)\s?[：:]", re.IGNORECASE
)


def is_prose(line: Line) -> bool:
    """Whether a line is a paragraph: long enough, with the marks of a sentence, and neither the site's nor facts."""
    text = line.text
    return (
        len(text) >= 30
        and ("，" in text or "。" in text or ", " in text)
        and line.linked * 2 < len(text)
        and (
            (len(text) >= 120 and not line.linked)
            or ("。" in text and len(text) >= 60)
            or not (is_edge(text, line.linked) or is_info(line))
        )
    )


def is_credits(text: str) -> bool:
    """A line of credits, which are names: 编辑：你怎么看待这种变化？ is a question."""
    return is_credit_line(text) and not any(mark in text for mark in "？?！") and not text.endswith("。")


def is_noise(line: Line) -> bool:
    """Whether a line is none of the text wherever it stands: short links, notices of the site, credits."""
    text = line.text
    size = len(text)
    if size < 80 and "。" not in text and is_link(line, 0.6):
        return True
    if size < 80 and _KEYWORDS.match(text):
        return True
    if size < 200 and is_boilerplate(text):
        return line.linked > 0 or not is_instruction(text)
    return size < 200 and is_credits(text)
