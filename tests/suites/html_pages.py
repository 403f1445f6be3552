"""html5lib's cases of broken HTML, each put into an article at several places: no paragraph may be lost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.extraction import extract
from crawler.parsing import Document, decode
from tests.suites.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["PLACES", "encodings", "lost", "page", "pages"]

TEXT = (
    "青禾县水利局昨天在临溪镇召开现场会，总结今年农村供水管网改造的经验。会上透露，全县已有六十七个村完成改造。",
    "“以前一到枯水期，水龙头里只有细细一股水。”家住上洋村的林阿婆说，今年夏天新管网通水以后，家里再也没有停过水。",
    "据介绍，改造工程分三期实施。第一期以山区村为主，第二期覆盖沿溪各镇，第三期将在明年春天开工。",
    "县水利局负责人表示，下一步将建立管护队伍，并把水质检测结果每月向村民公布，接受群众监督。",
)
PLACES = (
    "above the page",
    "above the text",
    "behind a paragraph",
    "in a paragraph",
    "between two",
    "at the end",
)
_MIDDLE = 20
_CASE = re.compile(r"(?:^|\n\n)#data\n(.*?)\n#errors\n", re.DOTALL)
# By the standard, and for every browser, the rest of the page is a script, a style, a comment or plain text.
_TO_THE_END = re.compile(r"<(?:script|style|plaintext|!--|!\[CDATA\[|!|\?|/[^a-z])|<[^>]*$", re.IGNORECASE)
_LINK = re.compile(r"<a[\s/>]", re.IGNORECASE)


def page(markup: str, place: int) -> str:
    """Return a page with some markup at one of :data:`PLACES`."""
    at = ["", "", "", "", "", ""]
    at[place] = markup
    second = TEXT[1][:_MIDDLE] + at[3] + TEXT[1][_MIDDLE:]
    return (
        '<!DOCTYPE html><html><head><meta charset="utf-8"><title>青禾县改造农村供水管网_青禾新闻网</title></head><body>'
        f'{at[0]}<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/bdyw/">本地要闻</a></li></ul></div><div class="main">'
        '<h1>青禾县改造农村供水管网</h1><div class="info"><span>2026-11-28 09:15</span> <span>来源：青禾新闻网</span></div>\n'
        f'<div class="content">{at[1]}<p>　　{TEXT[0]}</p>{at[2]}\n<p>　　{second}</p>\n<p>　　{TEXT[2]}</p>{at[4]}\n<p>　　{TEXT[3]}</p>'
        f'{at[5]}</div><div class="editor">责任编辑：罗小满</div></div><div class="footer"><p>青禾县融媒体中心主办 版权所有</p></div></body></html>'
    )


def lost(markup: str, place: int) -> list[str]:
    """Return the paragraphs that a page loses with it."""
    doc = Document.from_text(page(markup, place), "http://www.qinghe-news.test/a/1001.html")
    text = "".join(extract(doc, None).text.split())
    missing = [line for line in TEXT if line not in text]
    if place == 3 and missing == [TEXT[1]] and TEXT[1][:_MIDDLE] in text and TEXT[1][_MIDDLE:] in text:
        return []
    return missing


def pages(folder: Path) -> Iterator[Outcome]:
    """Yield what is lost by the cases with a link, by the others, and by those that a browser gives up too."""
    links = Outcome("html5lib, trees", "pages around a case with a link", 435)
    others = Outcome("html5lib, trees", "pages around another case", 4_100)
    given_up = Outcome(
        "html5lib, trees", "pages around a script, comment or bracket that nothing closes", 4_850
    )
    for file in sorted((folder / "html5lib/tests/testdata/tree-construction").rglob("*.dat")):
        for match in _CASE.finditer(file.read_text("utf-8")):
            for place, name in enumerate(PLACES):
                case = match[1]
                open_ = _TO_THE_END.search(case) is not None
                outcome = links if _LINK.search(case) and not open_ else given_up if open_ else others
                outcome.count(not lost(case, place), f"{file.name}: {case!r} {name}")
    yield links
    yield others
    yield given_up


def encodings(folder: Path) -> Iterator[Outcome]:
    """Yield how many of html5lib's documents are decoded as it says; most of them are ASCII."""
    outcome = Outcome("html5lib, encodings", "documents are the text that they should be", 81)
    for file in sorted((folder / "html5lib/tests/testdata/encoding").rglob("*.dat")):
        for case in re.split(rb"(?:^|\n)#data\n", file.read_bytes())[1:]:
            data, found, label = case.partition(b"\n#encoding\n")
            if found:
                name = label.split(b"\n")[0].strip().decode()
                try:
                    wanted = data.decode(name).removeprefix("\ufeff")
                except (LookupError, UnicodeError):
                    continue
                outcome.count(decode(data)[0] == wanted, f"{file.name}: {name} {data[:60]!r}")
    yield outcome
