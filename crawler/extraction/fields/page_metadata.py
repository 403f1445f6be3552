"""What a page says around its article: breadcrumb, subtitle, summary, keywords, number of comments."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.chinese.facts import JOINT
from crawler.extraction.page.displayed import displayed

if TYPE_CHECKING:
    from crawler.extraction.fields.regions import Regions
    from crawler.extraction.fields.title import Headline
    from crawler.extraction.page.flow import Flow
    from crawler.extraction.page.meta import Meta

__all__ = ["find_breadcrumb", "find_comment_count", "find_keywords", "find_subtitle", "find_summary"]

_CRUMB_NAME = re.compile(
    r"crumb|path|daohang|position|location|weizhi|dqwz|\bloc\b|navi?gation|current|where|chan_newsNav|channel-path",
    re.IGNORECASE,
)
_SEPARATORS = re.compile(r"[>»›＞→\x01|｜－\\]+|\s-\s|\s/\s|^/|(?<=\s)/|&gt;")
_LEAD = re.compile(
    r"^\s*(?:您?(?:当前|现在|目前)?(?:所在)?(?:的)?(?:位置|在)(?:是)?|当前位置|所在位置|您的位置|你的位置|导航)\s*[：:]?\s*"
)
_LEAVES = frozenset(
    [
        "正文",
        "文章正文",
        "内容",
        "详情",
        "详细内容",
        "新闻详情",
        "信息详情",
        "阅读",
        "当前",
        "文章",
        "查看信息",
        "正文页",
    ]
)
_SUBTITLE_NAME = re.compile(
    r"\bsub\b|sub-?_?tit|subhead|fubiao|f_?title|futi|second-?tit|title2|vice", re.IGNORECASE
)
_COMMENTS = re.compile(
    r"已有\D{0,3}(\d{1,9})\D{0,3}(?:人|条|位)\D{0,6}(?:评论|跟帖|参与)|(\d[\d,]{0,9})\D{0,3}条?(?:评论|跟帖|跟贴)|(?:评论|跟帖|跟贴|回复)\D{0,3}[（(\[]?\x01?\s?(\d[\d,]{0,9})"
)
_COMMENT_WORD = re.compile("评论|跟[帖贴]|参与|回复")
_HEADINGS = frozenset(["h2", "h3", "h4", "h5"])
_SPLIT = re.compile(r"[,，;；、\s|]+")
_NEAR = 12


def find_breadcrumb(flow: Flow, headline: Headline, first: int) -> tuple[str, ...]:
    """The path to the page as displayed, outermost first, without 正文."""
    stop = headline.start if headline.end > headline.start else first
    for index in range(stop - 1, max(-1, stop - 60), -1):
        line = flow.lines[index]
        text = line.text
        marked = any(_CRUMB_NAME.search(flow.names[a]) for a in flow.ancestors(line.block)[:3])
        shaped = ">" in text or "»" in text or "›" in text or "＞" in text or _LEAD.match(text)
        if len(text) > 120 or not (shaped or marked):
            continue
        begin = index
        if not _shaped(text) or text.lstrip()[:1] in "><»›＞→－\\/":
            begin = _first_of_run(flow, index)
        pieces = JOINT.join(displayed(flow.lines[i]) for i in range(begin, index + 1))
        names = [_LEAD.sub("", part).strip(" 　:：") for part in _SEPARATORS.split(pieces)]
        names = [name for name in names if name and len(name) <= 30 and name not in _LEAVES and name != "/"]
        names = [name for name in names if name != headline.text]
        if names and (shaped or len(names) > 1) and len(names) <= 8:
            return tuple(names)
    return ()


def _shaped(text: str) -> bool:
    return any(mark in text for mark in ">»›＞")


def _first_of_run(flow: Flow, index: int) -> int:
    """The first of the short lines of one path that are lines of their own."""
    begin = index
    parents = set(flow.ancestors(flow.lines[index].block)[1:3])
    while begin > 0 and index - begin < _NEAR:
        before = flow.lines[begin - 1]
        if (
            _LEAD.match(flow.lines[begin].text)
            or len(before.text) > 30
            or not parents & set(flow.ancestors(before.block)[:3])
        ):
            break
        begin -= 1
    return begin


def find_subtitle(flow: Flow, headline: Headline, first: int) -> str | None:
    """A line of that name between headline and text, or one that begins with a dash."""
    for index in range(headline.end, min(first, headline.end + 8)):
        line = flow.lines[index]
        name = flow.names[line.block]
        if 4 <= len(line.text) <= 80 and line.text != headline.text:
            heading = (
                index == headline.end and line.tag in _HEADINGS and not line.linked and len(line.text) >= 6
            )
            if (
                heading
                or line.text.startswith(("——", "--", "—"))
                or (_SUBTITLE_NAME.search(name) and not line.linked)
            ):
                return line.text.strip("—- ") if line.text.startswith("--") else line.text
    return None


def find_summary(meta: Meta, text: str, title: str) -> str | None:
    """The description in the head, if it speaks of this article and not of the site."""
    value = meta.first("description", "og:description", "twitter:description")
    if len(value) < 10:
        return None
    plain = "".join((title + text[:20_000]).split())
    squeezed = "".join(value.split())
    probes = (squeezed[:8], squeezed[len(squeezed) // 3 :][:8], squeezed[len(squeezed) // 2 :][:8])
    return value[:500] if any(len(probe) == 8 and probe in plain for probe in probes) else None


def find_keywords(meta: Meta) -> tuple[str, ...]:
    """The keywords in the head."""
    words = (
        word.strip() for word in _SPLIT.split(meta.first("keywords", "og:keywords", "news_keywords")[:500])
    )
    return tuple(dict.fromkeys(word for word in words if 1 < len(word) <= 20))[:20]


def find_comment_count(regions: Regions) -> int | None:
    """How many comments the page says it has."""
    for _, text in (*regions.tail, *regions.head):
        if len(text) <= 60 and _COMMENT_WORD.search(text) and (match := _COMMENTS.search(text)):
            return int(next(group for group in match.groups() if group).replace(",", ""))
    return None
