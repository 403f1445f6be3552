"""A text around which, or in which, an element was left open."""

from __future__ import annotations

import re

import pytest

from crawler.extraction import extract
from crawler.extraction.page.walk import read_flow
from crawler.parsing import Document

TEXT = (
    "青禾县水利局昨天在临溪镇召开现场会，总结今年农村供水管网改造的经验，全县已有六十七个村完成改造。",
    "“以前一到枯水期，水龙头里只有细细一股水。”家住上洋村的林阿婆说，今年家里再也没有停过水。",
    "他说，这样很好。",
    "据介绍，改造工程分三期实施，第一期以山区村为主，第二期覆盖沿溪各镇，第三期将在明年春天开工。",
    "县水利局负责人表示，下一步将建立管护队伍，把水质检测结果每月向村民公布，接受群众监督。",
)
HEAD = '<!DOCTYPE html><html><head><meta charset="utf-8"><title>青禾县改造农村供水管网_青禾新闻网</title></head><body>'
ABOVE = (
    '<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/bdyw/">本地要闻</a></li></ul></div><div class="main">'
    '<h1>青禾县改造农村供水管网</h1><div class="info">2026-11-28 09:15 来源：青禾新闻网</div><div class="content">'
)
BELOW = (
    '</div><div class="editor">责任编辑：罗小满</div></div><ul><li><a href="/1.html">上洋村水厂开工</a></li><li>'
    '<a href="/2.html">临溪镇办起夜校</a></li></ul><p>青禾县融媒体中心主办 版权所有</p></body></html>'
)
SHAPES = {
    "p": "".join(f"<p>　　{line}</p>\n" for line in TEXT),
    "br": "<br><br>".join(f"　　{line}" for line in TEXT),
    "div": "".join(f"<div><span>{line}</span></div>" for line in TEXT),
    "open p": "".join(f"<p>　　{line}" for line in TEXT),
    "cell": f"<table><tr><td>{''.join(f'<p>{line}</p>' for line in TEXT)}</td></tr></table>",
    "linked": "".join(f'<p>{line[:4]}<a href="/t">{line[4:6]}</a>{line[6:]}</p>' for line in TEXT),
}
LEFT_OPEN = ["<a name=top/>", "<a href=x>", "<a>", '<a href="#"/>', "<A HREF=x>", "<a href=x><b>", "<a href=x><a>",
             "<button>", "<select>", "<object>", "<map name=m>", "<svg>", "<video src=x>", "<noscript>", "<canvas>"]  # fmt: skip


def text_of(page: str) -> str:
    return "".join(
        extract(Document.from_text(page, "http://www.qinghe-news.test/a/1001.html"), None).text.split()
    )


def lost(page: str) -> list[str]:
    """Return the paragraphs of which neither beginning nor end is read."""
    text = text_of(page)
    return [line for line in TEXT if line not in text and not (line[:3] in text and line[-3:] in text)]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("tag", LEFT_OPEN)
def test_an_element_left_open_at_any_place_takes_no_text(shape: str, tag: str) -> None:
    page = ABOVE + SHAPES[shape] + BELOW
    tags = [place for match in re.finditer("<[^>]*>", page) for place in match.span()]
    inside = [
        i
        for i in range(len(ABOVE), len(page) - len(BELOW), 37)
        if page.rfind("<", 0, i) <= page.rfind(">", 0, i)
    ]
    places = sorted({*tags[:: 1 if shape == "p" else 4], *inside})
    assert [
        (place, gone) for place in places if (gone := lost(HEAD + page[:place] + tag + page[place:]))
    ] == []


@pytest.mark.parametrize(
    "page",
    [
        f'<a href="http://other.test/">{SHAPES["p"]}</a>',
        f'<a href="http://other.test/">{SHAPES["br"]}</a>',
        f'<a href="http://other.test/"><div class="inner">{SHAPES["div"]}</div></a>',
        "".join(f'<p><a href="http://other.test/">　　{line}</a></p>' for line in TEXT),
        "".join(f'<p>　　<span><a href="/x"><b>{line}</b></a></span></p>' for line in TEXT),
        f'<a name="content">{SHAPES["p"]}</a>',
        f'<a id="content">{SHAPES["br"]}</a>',
        f"<map>{SHAPES['p']}</map>",
    ],
)
def test_a_link_around_the_whole_text_is_none(page: str) -> None:
    assert lost(HEAD + ABOVE + page + BELOW) == []


CARDS = "".join(
    f'<a href="/a/{n}.html"><h3>{title}</h3><p>{summary}</p><span>2026-11-2{n}</span></a>'
    for n, (title, summary) in enumerate(
        [
            (
                "上洋村水厂今日开工建设",
                "总投资三千万元的上洋村水厂今天上午开工，建成后可以供应周边六个村的用水。",
            ),
            ("临溪镇办起农民夜校", "每周三晚上，临溪镇文化站里都坐满了来听课的村民，课程从电商到法律都有。"),
            ("石井水厂智能水表上线", "石井水厂完成了八千只智能水表的更换，用户用手机就能看到每天的用水量。"),
        ]
    )
)


def test_the_cards_of_a_list_stay_links() -> None:
    flow = read_flow(Document.from_text(f"<body>{CARDS}</body>", "http://a.test/").tree.body)
    assert [line.text for line in flow.lines if not line.linked] == []
    text = text_of(HEAD + ABOVE + SHAPES["p"] + f'</div><div class="more">{CARDS}' + BELOW)
    assert "上洋村水厂今天上午开工" not in text
    assert lost(HEAD + ABOVE + SHAPES["p"] + f'</div><div class="more">{CARDS}' + BELOW) == []


@pytest.mark.parametrize(
    ("markup", "linked"),
    [
        ('<p><a href="/1">甲乙</a>丙</p>', 2),
        ('<p><a href="/1"><b>甲乙</b></a>丙</p>', 2),
        ('<p><a href="">甲乙</a>丙</p>', 2),
        ("<p><a href>甲乙</a>丙</p>", 2),
        ('<p><a name="x">甲乙</a>丙</p>', 0),
        ("<p><a id=x><b>甲乙</b></a>丙</p>", 0),
        ("<p><a onclick='go()'>甲乙</a>丙</p>", 0),
        ('<p>丙<map><area href="/1"></map>丁</p>', 0),
    ],
)
def test_only_an_anchor_with_an_address_is_a_link(markup: str, linked: int) -> None:
    (line,) = read_flow(Document.from_text(f"<body>{markup}</body>", "http://a.test/").tree.body).lines
    assert line.linked == linked


def test_the_same_teaser_twice_stays_a_link() -> None:
    teaser = '<li><a href="/a/7.html">上洋村水厂今天上午开工，建成后可以供应周边六个村的用水。</a></li>'
    other = '<li><a href="/a/8.html">每周三晚上，临溪镇文化站里都坐满了来听课的村民，课程从电商到法律都有。</a></li>'
    flow = read_flow(
        Document.from_text(f"<body><ul>{teaser}{other}{teaser}</ul></body>", "http://a.test/").tree.body
    )
    assert [bool(line.linked) for line in flow.lines] == [True, True, True]
