"""Where on the page the facts of an article stand: above its text, at its edges, below it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from crawler.chinese.brackets import OPENING
from crawler.chinese.button_words import is_widget_word
from crawler.chinese.fact_labels import kind_of
from crawler.chinese.labelled_facts import Fact, read_facts, with_value
from crawler.chinese.names import is_person, split_names
from crawler.chinese.places import says_account_place
from crawler.cleaning import restore
from crawler.extraction.fields.unlabelled import UnlabelledPiece, find_unlabelled
from crawler.extraction.page.displayed import displayed
from crawler.extraction.page.links import is_link
from crawler.extraction.text.rows import announces

if TYPE_CHECKING:
    from crawler.extraction.fields.headline import Headline
    from crawler.extraction.page.flow import Flow, Line
    from crawler.extraction.text.body import Body

__all__ = ["Regions", "find_regions"]

_ABOVE = 14
_FAR = 60  # lines from the text
_CLOCK = re.compile(r"\d[:：]\d\d")
_MANY = 6  # text nodes of a row of navigation, at least
_CELLS = frozenset(["td", "th", "dt", "dd"])
_TOLD_IN_CELLS = frozenset(["source", "author", "editor", "proof"])
_BELOW = 30
_LONG = 220
_SHORT = 40
_LONG_VALUE = 30
_NEAR = 3  # elements
_NOTHING = " \x01　（("
# A line that says where the text is from, and by whom: 本文来自…，作者：….
_OF_ITSELF = re.compile(r"^[(（【\[]?本文(?:来自|转自|转载自|来源)[^。]{4,110}$")
_CLOSING = 4
_OPENED = frozenset(OPENING.values())
_BEHIND = "（(【[［〔<＜‹。！？”"
_WORKERS = frozenset(["editor", "proof"])
_NAMED = frozenset(["author", "reporter", "photographer", "correspondent", "editor", "proof"])
_OF_FOOTER = re.compile(
    r"[A-Za-z\u4e00-\u9fff]ICP[备证]|公网安备|许可证|Copyright|©|版[权權]所有|All Rights"
    r"|(?:主办|承办|主管)(?:单位)?\s?[：:]|网站标识码|举报(?:电话|热线|邮箱)",
    re.IGNORECASE,
)
_CONTACT = re.compile("(?:热线|电话|邮箱|传真|地址|邮编)\\s?[：:]|关于我们|联系我们|广告服务|网站地图")
_FOOTER_NAME = re.compile(r"foot|bottom|copy-?_?right|banquan", re.IGNORECASE)
_FEW = 12  # lines of a footer that is not called so
# Who is on duty in the newsroom can be called; who edited an article can seldom.
_ON_DUTY = re.compile(r"值班(?:编辑|主任|总编)[^。]{0,30}(?:电话|热线|邮箱|\d{3,4}-\d{7})")
_TODAY = re.compile(r"^\W{0,3}(?:今天|今日|现在|当前时间|欢迎)")


@dataclass(frozen=True, slots=True)
class Regions:
    """The displayed lines around a text, and the facts in them.

    ``head`` are (index, text) from the headline to the text, ``tail`` what was cut out of the text and stands
    behind it; ``facts`` the labelled facts of both; ``unlabelled`` what stands without a label under the headline.
    ``under`` is the first line behind the headline (0 where the page does not show one), ``linked`` the lines of
    ``tail`` that hold links.
    """

    head: tuple[tuple[int, str], ...]
    tail: tuple[tuple[int, str], ...]
    facts: tuple[Fact, ...]
    unlabelled: tuple[UnlabelledPiece, ...]
    under: int = 0
    linked: frozenset[int] = frozenset()

    @property
    def near(self) -> list[tuple[int, str]]:
        """The lines between headline and text."""
        return [(index, text) for index, text in self.head if index >= self.under]

    @property
    def placed(self) -> bool:
        """Whether it is said above the text where an account writes from."""
        lines = self.near
        return any(fact.kind == "place" and fact.line <= lines[-1][0] for fact in self.facts if lines) or any(
            says_account_place(text) for _, text in lines
        )

    def of(self, kind: str) -> list[Fact]:
        """Return the facts of a kind, above the text first."""
        return [fact for fact in self.facts if fact.kind == kind]


def find_regions(flow: Flow, body: Body, headline: Headline, *, mirrored: bool = False) -> Regions:
    """Read the lines around the text (and those cut out of it) for facts; of a spun copy, as they once were."""
    lines = flow.lines
    titled = headline.end > headline.start
    head = _read(flow, _above(flow, body, headline), mirrored=mirrored)
    head = [(i, text) for i, text in head if not announces(flow, i)]
    tail = _read(flow, _below(flow, body), mirrored=mirrored)
    ends = [(i, lines[i].text) for i in (*body.lines[:2], *body.lines[-2:])]
    facts = [
        *_facts(flow, head),
        *_facts(flow, tail),
        *_facts(flow, [(i, text) for i, text in ends if len(text) < _SHORT or _OF_ITSELF.match(text)]),
        *(fact for i in body.lines[-_CLOSING:] for fact in _closing_credits(lines[i].text, i)),
    ]
    return Regions(
        tuple(head),
        tuple(tail),
        tuple(facts),
        tuple(find_unlabelled(flow, head, headline)) if titled else (),
        headline.end if titled else 0,
        frozenset(i for i, _ in tail if lines[i].linked),
    )


def _above(flow: Flow, body: Body, headline: Headline) -> list[int]:
    """Return the lines between headline and text, then those above the headline, without mastheads, navigation."""
    first = body.lines[0] if body.lines else body.start
    if headline.end > headline.start:
        below = range(headline.end, first)
        above = range(max(0, min(headline.start - 4, first - 1), first - _FAR), min(first, headline.start))
    else:
        below, above = range(0), range(max(0, first - _ABOVE), first)
    lines = flow.lines
    return [*below, *(i for i in above if not _TODAY.match(lines[i].text) and not _is_navigation(lines[i]))]


def _below(flow: Flow, body: Body) -> list[int]:
    """Return what was cut out of the text, and what stands behind it."""
    first = body.lines[0] if body.lines else body.start
    last = body.lines[-1] if body.lines else body.start
    kept = set(body.lines)
    cut = [i for i in range(first, last + 1) if i not in kept]
    behind = range(last + 1, min(len(flow.lines), max(last + 1 + _BELOW, body.end)))
    stop = next((start for i in behind if (start := _footer(flow, i, last)) is not None), len(flow.lines))
    return [*cut, *(i for i in behind if i < stop and not _ON_DUTY.search(flow.lines[i].text))]


def _footer(flow: Flow, index: int, last: int) -> int | None:
    """Return where the site's footer starts that a line behind the text is of; None for another line.

    It is the outermost element with the line, but without the text, that is called so, or has a few lines; where a line
    says no more than how to reach the site, it must be called so.
    """
    text = flow.lines[index].text
    sure = _OF_FOOTER.search(text) is not None
    if not sure and (_CONTACT.search(text) is None or "编" in text):
        return None
    start: int | None = None
    for element in flow.ancestors(flow.lines[index].block):
        if flow.starts[element] <= last:
            break
        few = sure and flow.ends[element] - flow.starts[element] <= _FEW
        if few or flow.tags[element] == "footer" or _FOOTER_NAME.search(flow.names[element]):
            start = flow.starts[element]
    return start


def _is_navigation(line: Line) -> bool:
    """Say whether it is a row of many links: 图片 or 视频 there is a channel, and what is beside it nobody's name."""
    return len(line.pieces) >= _MANY and is_link(line, 0.7) and _CLOCK.search(line.text) is None


def _closing_credits(text: str, line: int) -> list[Fact]:
    """Read the editors behind a paragraph's last sentence (…。（责任编辑：罗小满）), or in a line by itself.

    In brackets behind it may stand the source, too: …。（来源：云水日报）.
    """
    end = text[-_SHORT * 2 :]
    bracketed = False
    if len(text) >= _SHORT:
        start = max(end[:-1].rfind(mark) for mark in _BEHIND)
        bracketed = start >= 0 and end[start] in _OPENED and text[-1] in OPENING
        end = end[start + 1 :]
    return [
        fact
        for fact in read_facts(end, line)
        if fact.kind in _WORKERS
        or (bracketed and fact.kind == "source" and end.lstrip().startswith(fact.label))
    ]


def _read(flow: Flow, indexes: list[int], *, mirrored: bool) -> list[tuple[int, str]]:
    read = [
        (i, displayed(flow.lines[i]))
        for i in indexes
        if i < len(flow.lines) and len(flow.lines[i].text) <= _LONG
    ]
    return [(i, restore(text)) for i, text in read] if mirrored else read


def _facts(flow: Flow, lines: list[tuple[int, str]]) -> list[Fact]:
    """Return facts of several lines; a label that ends its line takes the next one for its value."""
    out: list[Fact] = []
    for (index, text), (beside, following) in zip_longest(lines, lines[1:], fillvalue=(-1, "")):
        found = read_facts(text, index)
        if beside >= 0 and not found and (kind := kind_of(text)):
            out += _cell(flow, Fact(kind, text, following, index), beside)
        if beside >= 0 and found and not found[-1].value.strip(_NOTHING):
            label = found[-1]
            if _is_value(flow, label, index, beside, following):
                found[-1] = with_value(label, following)
        out += found
    return out


def _is_value(flow: Flow, label: Fact, index: int, beside: int, text: str) -> bool:
    """Say whether the next line is the value of a label: short, in an element near by, nothing else by itself."""
    if len(text) > _LONG_VALUE or is_widget_word(text) or read_facts(text):
        return False
    if flow.lines[beside].linked and label.kind in _NAMED and not _are_people(text):
        return False
    here = flow.ancestors(flow.lines[index].block)[:_NEAR]
    return not set(here).isdisjoint(flow.ancestors(flow.lines[beside].block)[:_NEAR])


def _cell(flow: Flow, fact: Fact, beside: int) -> list[Fact]:
    """Return the fact of a cell that holds a label, and of the one beside it: <td>稿源</td><td>今晚报</td>."""
    here, there = flow.lines[fact.line], flow.lines[beside]
    in_row = (
        here.tag in _CELLS and there.tag in _CELLS and flow.parents[here.block] == flow.parents[there.block]
    )
    return [fact] if in_row and fact.kind in _TOLD_IN_CELLS and len(fact.value) <= _LONG_VALUE else []


def _are_people(text: str) -> bool:
    names = split_names(text)
    return bool(names) and all(map(is_person, names))
