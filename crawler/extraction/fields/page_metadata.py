"""What a page says about its article beside it: summary, keywords, number of comments."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from crawler.extraction.fields.model import Field, Finding

if TYPE_CHECKING:
    from crawler.extraction.fields.page import Page
    from crawler.extraction.fields.regions import Regions
    from crawler.extraction.page.meta import Meta

__all__ = ["FIELDS"]

_COMMENTS = re.compile(
    r"已有\D{0,3}(\d{1,9})\D{0,3}(?:人|条|位)\D{0,6}(?:评论|跟帖|参与)|(\d[\d,]{0,9})\D{0,3}条?(?:评论|跟帖|跟贴)|(?:评论|跟帖|跟贴|回复)\D{0,3}[（(\[]?\x01?\s?(\d[\d,]{0,9})"
)
_COMMENT_WORD = re.compile("评论|跟[帖贴]|参与|回复")
_SPLIT = re.compile(r"[,，;；、\s|]+")
_GIVEN_SPLIT = re.compile(r"[,，;；\s]+")


def given_summary(page: Page) -> Finding[str] | None:
    """Return what the profile's sources find."""
    return page.given_text("summary")


def summary_in_head(page: Page) -> Finding[str] | None:
    """Return the description in the head, if it speaks of this article and not of the site."""
    summary = _find_summary(page.meta, page.text, page.title)
    return Finding(summary, "generic") if summary else None


def given_keywords(page: Page) -> Finding[tuple[str, ...]] | None:
    """Return what the profile's sources find; one value is a list of words."""
    told = page.given_list("keywords")
    if told is not None and len(told.value) == 1:
        return Finding(tuple(word for word in _GIVEN_SPLIT.split(told.value[0]) if word), told.origin)
    return told


def keywords_in_head(page: Page) -> Finding[tuple[str, ...]] | None:
    """Return the keywords in the head."""
    words = (
        word.strip()
        for word in _SPLIT.split(page.meta.first("keywords", "og:keywords", "news_keywords")[:500])
    )
    keywords = tuple(dict.fromkeys(word for word in words if 1 < len(word) <= 20))[:20]
    return Finding(keywords, "generic") if keywords else None


def comments_displayed(page: Page) -> Finding[int] | None:
    """Say how many comments the page says it has."""
    count = _find_comment_count(page.regions)
    return Finding(count, "") if count is not None else None


FIELDS: Final[tuple[Field[Any], ...]] = (
    Field("summary", (given_summary, summary_in_head)),
    Field("keywords", (given_keywords, keywords_in_head)),
    Field("comment_count", (comments_displayed,)),
)
"""A further field of this kind is a finder here and a line in this table."""


def _find_summary(meta: Meta, text: str, title: str) -> str | None:
    value = meta.first("description", "og:description", "twitter:description")
    if len(value) < 10:
        return None
    plain = "".join((title + text[:20_000]).split())
    squeezed = "".join(value.split())
    probes = (squeezed[:8], squeezed[len(squeezed) // 3 :][:8], squeezed[len(squeezed) // 2 :][:8])
    return value[:500] if any(len(probe) == 8 and probe in plain for probe in probes) else None


def _find_comment_count(regions: Regions) -> int | None:
    for _, text in (*regions.tail, *regions.head):
        if len(text) <= 60 and _COMMENT_WORD.search(text) and (match := _COMMENTS.search(text)):
            return int(next(group for group in match.groups() if group).replace(",", ""))
    return None
