"""The headline."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from crawler.chinese.facts import read_facts
from crawler.extraction.labels.table import SITE, has

if TYPE_CHECKING:
    from crawler.extraction.page.flow import Flow
    from crawler.extraction.page.meta import Meta

__all__ = ["Headline", "find_headline", "strip_site"]

_NOISE = re.compile(r"[\W_]+")
_SEPARATOR = re.compile(r"\s*(?:[_|｜丨\-–—－]+|--)\s*|\s{2,}|(?<=\S) (?=\S)")
_HARD = re.compile(
    r"\s*(?:[_|｜]+|\s[-–—－]+\s|--+|——)\s*|(?<=[\u4e00-\u9fff”》！？!?)）])[-–－](?=[\u4e00-\u9fff])"
)
_QUESTION = re.compile(r"[？?！!]$")
_HEADINGS = frozenset(["h1", "h2", "h3", "h4"])
_INSIDE = 61.0
# What stands in the headline's element and is no part of it.
_BADGES = frozenset((
    "原创", "独家", "转载", "置顶", "首发", "推荐", "精选", "热", "荐", "精", "新", "图", "视频", "专题", "快讯",
    "原創", "獨家",
))  # fmt: skip
_TELLING = 8  # letters: a shorter part of a title may be a channel
_SHORTEST = 6
_LONGEST = 80
_LONGEST_SITE = 24
_LONG_ROW = 120
_NEAR = 16  # lines between a headline and its text
_BELOW = 4  # lines from a headline to its date
_SITE = re.compile(
    r"(?:网|网站|门户|在线|频道|中心|平台|首页|客户端|官网|日报|晚报|早报|晨报|时报|周刊|电视台|通讯社|政府|委员会|厅|局)$"
)
_PAPER = re.compile(
    r"^.{2,8}(?:报|[数电][字子][报版刊]|周刊)$"
)  # 云水日报数字报-老街的灯: its title stands behind it
# What editors of pages call one that nobody named.
_UNNAMED = re.compile(
    r"(?:new page \d{1,3}|untitled(?: document| page)?|document|无标题(?:文档|页|页面)?|新建网页\s?\d{0,3}|网页标题|"
    r"(?:新闻|文章|信息)?(?:详情|内容|正文)页?)$",
    re.IGNORECASE,
)
_DAY = re.compile(r"(?:19|20)\d\d\s?[-年/.]\s?\d{1,2}\s?[-月/.]\s?\d{1,2}")
_NO_HEADLINE = re.compile(r"[：:]\s*$|[>»›＞。；|｜丨]|(?:19|20)\d\d[-/.]\d|^\d+[月/]|打印|字号")
_TITLE_NAME = re.compile(r"title|headline|biaoti|\bbt\b|tit\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Headline:
    """The title, the lines it stands on (``start``, ``end``; equal where it is only in the head), its origin."""

    text: str
    start: int
    end: int
    origin: str


def key(text: str) -> str:
    """Letters and digits only."""
    return _NOISE.sub("", text).lower()


_line_key = lru_cache(maxsize=4096)(
    key
)  # of lines up to some hundred characters: a portal's pages share many


def strip_site(title: str) -> str:
    """A ``<title>`` without the names of channel and site behind it."""
    parts = [part.strip() for part in _HARD.split(title)]
    if (
        len(parts) == 2
        and _PAPER.search(parts[0])
        and len(key(parts[1])) >= 4
        and not _ends_in_site(parts[1])
    ):
        return parts[1]
    if len(parts) > 1 and len(key(parts[0])) < 4:  # 评论｜改造…_云水网: what kind of piece it is stands first
        last = next((m for m in reversed(list(_HARD.finditer(title)))), None)
        if last is not None and len(parts) > 2 and _ends_in_site(parts[-1]):
            return title[: last.start()].strip()
        return title.strip()
    if len(parts) > 2 and _QUESTION.search(
        parts[1]
    ):  # 青川PK东湖 | 谁的…？: the second half is the headline's
        return title[: title.index(parts[1]) + len(parts[1])].strip()
    return parts[0] if len(key(parts[0])) >= 4 else title.strip()


def _ends_in_site(part: str) -> bool:
    return len(part) <= _LONGEST_SITE and _SITE.search(part) is not None


def find_headline(flow: Flow, meta: Meta, body: tuple[int, int]) -> Headline:
    """The visible headline, told by the ``<title>`` that begins with it; else the best of the head.

    ``body`` is the run of lines of the article's element.
    """
    told = (meta.title, strip_site(meta.title), meta.first("og:title", "articletitle", "twitter:title"))
    wanted = [whole for whole in dict.fromkeys(map(key, told)) if len(whole) >= 2]
    stop = min(len(flow.lines), body[0] + max(6, (body[1] - body[0]) // 4))
    best: tuple[float, int, int, str] | None = None
    for index in range(stop):
        line = flow.lines[index]
        if len(line.text) > 150:
            continue
        score = _fit(line.text, wanted)
        end = index + 1
        text = joined = line.text
        if score == _INSIDE:  # 原创, 独家 or the like stands in the headline's element
            text = strip_site(meta.title)
        for extra in range(1, 4):  # a headline broken over lines
            if not score or index + extra >= stop or len(flow.lines[index + extra].text) > 60:
                break
            joined += flow.lines[index + extra].text
            longer = _fit(joined, wanted)
            if longer <= score:
                break
            score, end, text = longer, index + extra + 1, joined
        if not score:
            continue
        if line.tag == "h1":
            score += 30
        elif line.tag in _HEADINGS:
            score += 15
        if line.block >= 0 and _TITLE_NAME.search(flow.names[line.block]):
            score += 10
        if line.linked * 2 > len(line.text):
            score -= 30
        score -= 0.05 * abs(body[0] - index)
        if best is None or score > best[0]:
            best = (score, index, end, text)
    if (
        best is not None
        and best[0] > 20
        and not (_names_site(best[3]) and _SITE.search(best[3]) and key(best[3]) == key(meta.title))
    ):
        text = _without_badge(flow, best[1], wanted) if best[2] == best[1] + 1 else ""
        return Headline(text or best[3], best[1], best[2], "visible")
    for index in range(min(body[0], stop) - 1, -1, -1):
        line = flow.lines[index]
        if (
            line.tag in {"h1", "h2"}
            and 4 <= len(line.text) <= 100
            and line.linked * 2 < len(line.text)
            and key(line.text) != key(meta.title)  # the logo of the site that the title names, too
        ):
            return Headline(line.text, index, index + 1, "heading")
    for name in ("articletitle", "og:title", "twitter:title"):
        if (value := meta.tags.get(name)) and not _names_site(value):
            return Headline(strip_site(value), body[0], body[0], f"meta:{name}")
    title = strip_site(meta.title)
    if body[1] > body[0] and _names_site(title) and (found := _by_looks(flow, body[0])) is not None:
        return found
    return Headline(title, body[0], body[0], "title")


def _without_badge(flow: Flow, index: int, wanted: list[str]) -> str:
    """A headline without the badge in its element (原创, 独家), if that leaves what the head says; else nothing."""
    pieces = [piece.strip() for piece in flow.lines[index].pieces if not piece.isspace()]
    while len(pieces) > 1 and pieces[-1] in _BADGES:
        pieces.pop()
    text = " ".join("".join(pieces).split())
    return text if key(text) in wanted else ""


def _names_site(title: str) -> bool:
    """Whether the head says which site or channel this is, or nothing, and not which article."""
    if len(key(title)) < _SHORTEST or _UNNAMED.match(title):
        return True
    return len(title) <= _LONGEST_SITE and _SITE.search(title) is not None


def _by_looks(flow: Flow, below: int) -> Headline | None:
    """A line above the text (or its first) that looks like a headline.

    By its element, by its element's name, because a list on the page names it, too (those of an e-paper's page do),
    or because the row with the date stands below it.
    """
    dated = -1
    second: Headline | None = None
    listed = {key(line.text) for line in flow.lines if line.linked * 2 > len(line.text) > _SHORTEST}
    for index in range(min(len(flow.lines), below + 2) - 1, max(-1, below - _NEAR), -1):
        line = flow.lines[index]
        size = len(line.text)
        if size <= _LONG_ROW and _DAY.search(line.text):
            dated = index
        if not _SHORTEST < size <= _LONGEST or line.linked * 2 >= size:
            continue
        if _NO_HEADLINE.search(line.text) or read_facts(line.text):
            continue
        if line.tag in _HEADINGS or _TITLE_NAME.search(flow.names[line.block]) or key(line.text) in listed:
            return Headline(line.text, index, index + 1, "looks")
        if second is None and index < dated <= index + _BELOW and not has(line, SITE):
            second = Headline(line.text, index, index + 1, "looks")
    return second


def _fit(text: str, wanted: list[str]) -> float:
    """How well a line begins what the head calls the page: 0, or up to 100 for all of it."""
    mine = _line_key(text)
    if len(mine) < 2:
        return 0.0
    best = 0.0
    for whole in wanted:
        if whole.startswith(mine):
            best = max(best, 30 + 70 * min(1.0, len(mine) / max(8, len(whole))) if len(mine) >= 4 else 10)
        elif len(mine) >= _TELLING and mine in whole:  # the site's name comes first
            best = max(best, 25 + 60 * len(mine) / len(whole))
        elif len(whole) >= 6 and mine.startswith(whole):
            best = max(best, 60.0)
        elif len(whole) >= 6 and mine.endswith(whole) and mine[: -len(whole)] in _BADGES:
            best = max(best, _INSIDE)
    return best
