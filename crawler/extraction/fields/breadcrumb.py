"""The path to the page, as displayed: above the headline, else between it and the text, else at the foot."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.chinese.labelled_facts import JOINT
from crawler.extraction.fields.model import Field, Finding
from crawler.extraction.page.displayed import displayed as with_joints

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawler.extraction.fields.headline import Headline
    from crawler.extraction.fields.page import Page
    from crawler.extraction.page.flow import Flow

__all__ = ["BREADCRUMB"]

_CRUMB_NAME = re.compile(
    r"crumb|path|daohang|position|location|weizhi|dqwz|\bloc\b|navi?gat|current|where|chan_newsNav|channel-path",
    re.IGNORECASE,
)
_MARKS = ">»›＞→〉⟩▸▶►➤"
_MARK = re.compile(rf"[{_MARKS}]+|&gt;")
_BETWEEN = re.compile(
    rf"[^\s\x01{_MARKS}][\s\x01]{{0,6}}(?:[{_MARKS}]+|&gt;)[\s\x01]{{0,6}}[^\s\x01{_MARKS}]"
)
_SEPARATORS = re.compile(r"[\x01｜|－\\]+|(?:^|(?<=[\s\x01]))[/\-–](?=[\s\x01])|^/|(?<=\s)/")
_LEAD = re.compile(
    r"[^\w]{0,3}(?:(?:您|你)?(?:现在|當前|当前|目前|現在)?(?:所在|所处|浏览)?的?(?:位置|页面|栏目|頻道)(?:是|在)?\s{0,2}[：:]?"
    r"|(?:您|你)?(?:现在|当前|目前|現在|當前)所?在\s{0,2}[：:]?|(?:您|你)在\s{0,2}[：:]|(?:导航|導航|路径|路徑)\s{0,2}[：:]?)\s{0,3}"
)
# What ends a path: the page itself, and links that lead elsewhere.
_LEAF = re.compile(
    r"(?:文章)?(?:正文|内文|內文)页?|(?:新闻|信息|文章|详细)?(?:详情|内容|阅读)页?|当前(?:页面?)?|文章|查看信息|浏览文章"
)
_CALL = re.compile(
    r"(?:查看|点击|进入|更多|关注|申请|登录|注册|订阅|打印|分享|收藏|下载|我要|投稿|字[号体]|返回|上一|下一|[\[【（(])"
)
_BAR = re.compile(r"\s[|｜]\s|\s{2,}")
_LONGEST = 120
_LONGEST_CHANNEL = 14  # where only marks say that they are names of a path: headlines are longer
_LONGEST_NAME = 30
_MANY = 8
_FAR = 60  # lines from the headline
_FOOT = 80  # lines from the text
_NEAR = 12


def given(page: Page) -> Finding[tuple[str, ...]] | None:
    """Return what the profile's sources find."""
    return page.given_list("breadcrumb")


def displayed(page: Page) -> Finding[tuple[str, ...]] | None:
    """Return the nearest line that is one by its element's name or its marks."""
    flow, headline = page.flow, page.headline
    stop = headline.start if headline.end > headline.start else page.first
    for index in range(stop - 1, max(-1, stop - _FAR), -1):
        if path := _path_at(flow, headline, index):
            return Finding(path, "generic")
    last = page.place.lines[-1] if page.place.lines else page.place.end
    path = _elsewhere(flow, headline, range(headline.end, page.first)) or _elsewhere(
        flow, headline, range(last + 1, min(len(flow.lines), last + _FOOT))
    )
    return Finding(path, "generic") if path else None


BREADCRUMB: Field[tuple[str, ...]] = Field("breadcrumb", (given, displayed))


def _elsewhere(flow: Flow, headline: Headline, lines: Iterable[int]) -> tuple[str, ...]:
    """Return a path where others seldom stand: its element is called so, or it says that it is one."""
    for index in lines:
        text = flow.lines[index].text
        sure = _is_named(flow, index) or _LEAD.match(text)
        if sure and len(path := _path_at(flow, headline, index)) > 1 and _MARK.search(text):
            return path
    return ()


def _path_at(flow: Flow, headline: Headline, index: int) -> tuple[str, ...]:
    """Return the path that a line shows, outermost first, without 正文; empty where it shows none."""
    text = flow.lines[index].text
    if len(text) > _LONGEST:
        return ()
    named, led = _is_named(flow, index), _LEAD.match(text) is not None
    begin = index
    if _BETWEEN.search(text) is None and (named or text.lstrip()[:1] in _MARKS):
        begin = _first_of_run(flow, index)
    whole = JOINT.join(with_joints(flow.lines[i]) for i in range(begin, index + 1))
    shaped = _BETWEEN.search(whole) is not None
    if not (shaped or named or led):
        return ()
    names: list[str] = []
    parts = _crumbs(whole) if shaped else _SEPARATORS.split(_LEAD.sub("", whole, count=1))
    for name in (part.strip(" 　:：") for part in parts):
        if _LEAF.fullmatch(name) or _CALL.match(name) or _is_title(name, headline):
            break
        if name and len(name) <= _LONGEST_NAME and name != "/":
            names.append(name)
    enough = len(names) > 1 or (names and (shaped or led))
    if not (named or led) and any(len(name) > _LONGEST_CHANNEL for name in names):
        return ()
    return tuple(names) if enough and len(names) <= _MANY else ()


def _crumbs(text: str) -> Iterable[str]:
    """Yield the names between the marks; before the first and behind the last may stand something else."""
    first, *others = _MARK.split(text)
    nodes = [node for node in _LEAD.sub(JOINT, first).split(JOINT) if node.strip()]
    yield nodes[-1] if nodes else ""
    for n, crumb in enumerate(others, 1):
        nodes = [node for node in crumb.split(JOINT) if node.strip()]
        yield _BAR.split(nodes[0])[0] if nodes and n == len(others) else "".join(nodes)


def _is_named(flow: Flow, index: int) -> bool:
    return any(_CRUMB_NAME.search(flow.names[a]) for a in flow.ancestors(flow.lines[index].block)[:3])


def _is_title(name: str, headline: Headline) -> bool:
    """Say whether a name is the headline, or its beginning."""
    start = name.rstrip(".…")
    return name == headline.text or (len(start) >= _LONGEST_NAME // 5 and headline.text.startswith(start))


def _first_of_run(flow: Flow, index: int) -> int:
    """Return the first of the short lines of one path that are lines of their own."""
    begin = index
    parents = set(flow.ancestors(flow.lines[index].block)[1:3])
    while begin > 0 and index - begin < _NEAR:
        before = flow.lines[begin - 1]
        if (
            _LEAD.match(flow.lines[begin].text)
            or len(before.text) > _LONGEST_NAME
            or not parents & set(flow.ancestors(before.block)[:3])
        ):
            break
        begin -= 1
    return begin
