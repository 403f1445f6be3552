"""A profile's templates, families' marks, and what they leave to the generic rules."""

from __future__ import annotations

import re

import pytest
from kinds import BODY, LIST, TITLE, P

from crawler.extraction import extract
from crawler.items import Author
from crawler.parsing import Document
from crawler.portals import parse_profile

URL = "http://www.yunshui-news.test/2022-11/03/content_1.htm"
HEAD = 'schema = 1\ntitle = "云水新闻网"\nhome = "http://www.yunshui-news.test/"\ndomains = ["yunshui-news.test"]\n'
PROPERTIES = "<!--enpproperty <articleid>1</articleid><date>2022-11-03 09:28:27.0</date><author>方志远</author><title>云水</title><keyword>政务 改革</keyword><subtitle>副题</subtitle>/enpproperty-->"


def read(html: str, rules: str, **more: object):
    return extract(Document.from_text(html, URL), parse_profile(HEAD + rules, "yunshui"), **more)


def test_fields_are_tried_in_order_and_say_where_they_are_from():
    article = read(
        f'<div class="a"></div><div class="b"><h2>{TITLE}</h2></div><div class="c">{"".join(f"<p>{p}</p>" for p in P)}</div>',
        '[[article.template]]\ntitle = ["div.a h1", "div.b h2"]\nbody = ["div.x", "div.c"]\nsource = ["const:云水日报"]\n',
    )
    assert (article.title, article.text, article.source) == (TITLE, BODY, "云水日报")
    assert article.portal == "yunshui"
    assert article.extraction.profile
    assert article.extraction.origin["title"] == "profile:div.b h2"
    assert article.extraction.origin["text"] == "profile:div.c"
    assert article.extraction.origin["source"] == "profile:const:云水日报"


def test_the_first_template_that_fits_and_finds_a_text_wins():
    rules = (
        '[[article.template]]\nname = "other"\nurls = ["/other/"]\nbody = ["div.c"]\nsource = ["const:甲"]\n'
        '[[article.template]]\nname = "when"\nwhen = "div.gallery"\nbody = ["div.c"]\nsource = ["const:乙"]\n'
        '[[article.template]]\nname = "empty"\nbody = ["div.nothing"]\nsource = ["const:丙"]\n'
        '[[article.template]]\nname = "right"\ntype = "gallery"\nbody = ["div.c"]\nsource = ["const:丁"]\n'
    )
    article = read(f'<h1>{TITLE}</h1><div class="c"><p>{P[0]}</p></div>', rules)
    assert (article.source, article.type, article.text) == ("丁", "gallery", P[0])


def test_without_a_text_the_generic_rules_find_it():
    article = read(
        f'<h1>{TITLE}</h1><div class="c">{"".join(f"<p>{p}</p>" for p in P)}</div>',
        '[[article.template]]\nbody = ["div.nothing"]\nsource = ["const:丙"]\n',
    )
    assert (article.text, article.source) == (BODY, "丙")
    assert article.extraction.origin["text"] == "generic"


def test_attributes_filters_meta_xpath_comment_list():
    article = read(
        f'<html><head><meta name="PubDate" content="2022-11-03 07:29:26"></head><body>{PROPERTIES}<h1 title="{TITLE}_云水">x</h1><p id="k">关键：政务</p><div class="c"><p>{P[0]}</p></div></body></html>',
        '[[article.template]]\ntitle = ["h2", "list:title"]\npublished = ["meta:pubdate"]\nkeywords = ["xpath://p[@id=\'k\']/text() | re:关键：(.+)"]\n'
        'subtitle = ["comment:enpproperty/subtitle"]\nauthors = ["comment:enpproperty/author"]\nsource = ["const:云水日报"]\nbody = ["div.c"]\n',
        hints={"title": "列表上的题目"},
    )
    assert article.title == "列表上的题目"
    assert article.published == "2022-11-03T07:29:26+08:00"
    assert article.keywords == ("政务",)
    assert article.subtitle == "副题"
    assert article.authors == (Author("方志远", "author"),)
    assert article.source == "云水日报"


def test_remove_and_cut():
    article = read(
        f'<div class="c"><div class="ad"><p>{P[4]}</p></div><p>{P[0]}</p><p>{P[1]}</p><p>【推荐】</p><p>{P[2]}</p></div>',
        '[[article.template]]\nbody = ["div.c"]\nremove = ["div.ad"]\ncut = ["^【推荐】"]\n',
    )
    assert article.text == "\n".join(P[:2])


@pytest.mark.parametrize(
    "mark",
    [
        ("<!--enpcontent-->", "<!--/enpcontent-->"),
        ("<!-- repaste.body.begin -->", "<!-- repaste.body.end -->"),
        ("<!--ZJEG_RSS.content.begin-->", "<!--ZJEG_RSS.content.end-->"),
    ],
)
def test_marks_around_the_text(mark):
    html = f"<h1>{TITLE}</h1><div>{P[3]}{mark[0]}{''.join(f'<p>{p}</p>' for p in P[:3])}{mark[1]}<p>{P[4]}</p></div>{LIST}"
    article = extract(Document.from_text(html, URL))
    assert article.text == "\n".join(P[:3])
    assert article.extraction.origin["text"] == "family:mark"


def test_marks_that_people_write_are_not_believed():
    html = f"<h1>{TITLE}</h1><!-- 正文 start --><div>{''.join(f'<p>{p}</p>' for p in P)}</div><p>文章关键词：辟谣</p><p>热门推荐</p><!-- 正文 end -->"
    assert extract(Document.from_text(html, URL)).text == BODY


def test_marks_around_something_else_are_not_believed():
    html = f"<h1>{TITLE}</h1><!--enpcontent--><p>短。</p><!--/enpcontent--><div>{''.join(f'<p>{p}</p>' for p in P)}</div>"
    assert extract(Document.from_text(html, URL)).text == BODY


def test_spans_for_baidu():
    html = (
        f'<h1>{TITLE}</h1><div><span id="pubtime_baidu">2019-06-21   07:29:26</span><span id="source_baidu">来源：<a href="http://paper.test/">云水日报</a></span>'
        f'<span id="author_baidu">作者：方志远 卢大江</span><span id="editor_baidu">责任编辑：罗小满</span></div><div id="zoom">{"".join(f"<p>{p}</p>" for p in P)}</div>'
    )
    article = extract(Document.from_text(html, URL))
    assert article.published == "2019-06-21T07:29:26+08:00"
    assert (article.source, article.source_url) == ("云水日报", "http://paper.test/")
    assert [author.name for author in article.authors] == ["方志远", "卢大江"]
    assert article.editors == ("罗小满",)


def test_a_profile_has_its_own_time_zone():
    article = read(f'<h1>{TITLE}</h1><div class="c"><p>2022-11-03 07:29</p><p>{P[0]}</p></div>', "")
    assert article.published == "2022-11-03T07:29+08:00"
    elsewhere = extract(
        Document.from_text(f"<h1>{TITLE}</h1><p>2022-11-03 07:29</p><div><p>{P[0]}</p></div>", URL),
        parse_profile(HEAD + 'timezone = "Asia/Tokyo"\n', "yunshui"),
    )
    assert elsewhere.published == "2022-11-03T07:29+09:00"


def test_a_bad_page_does_not_break_a_profile():
    rules = '[[article.template]]\ntitle = ["xpath://h1"]\nbody = ["xpath://div[@class=\'c\']"]\n'
    assert read("", rules).text == ""
    assert re.sub(r"\s", "", read(f'<div class="c">{P[0]}</div>', rules).text) == P[0]
