"""The whole article: fields, hash, what a profile asks for."""

from __future__ import annotations

import hashlib
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from crawler.cleaning import clean_article, comparison_key, content_hash
from crawler.items import Article, Author, Image, Related


def test_comparison_key():
    assert comparison_key("ＡＢＣ　１２３，《云水》——臺灣！ a_b") == "ABC123云水台湾ab"
    assert comparison_key("雲水縣") == comparison_key("云水县")


def test_content_hash_is_the_contract():
    assert content_hash("云水，县。") == hashlib.sha256("云水县".encode()).hexdigest()
    assert content_hash("，。") == ""
    assert (
        clean_article(Article(url="", text="雲 水縣\nA")).content_hash
        == hashlib.sha256("云水县A".encode()).hexdigest()
    )


def test_fields_are_cleaned():
    article = clean_article(
        Article(
            url="",
            title=" 云水\u200b 新闻 ",
            subtitle="\u3000",
            keywords=("云水", " 云水 ", ""),
            source="云水\u00a0日报",
            authors=(Author("张\u200b三", "reporter"), Author(" ", "author")),
            editors=("李 四",),
            breadcrumb=("首页", " "),
            text="一 ，二\n \n三",
            images=(Image("http://a.test/1.jpg", " ", 0), Image("http://a.test/2.jpg", "图 一", 1)),
            related=(Related(" 云水  要闻", "http://a.test/", None, "hot"),),
        )
    )
    assert article.title == "云水 新闻"
    assert article.subtitle is None
    assert article.keywords == ("云水",)
    assert article.source == "云水 日报"
    assert article.authors == (Author("张三", "reporter"),)
    assert article.editors == ("李四",)
    assert article.breadcrumb == ("首页",)
    assert [image.caption for image in article.images] == [None, "图一"]
    assert article.related[0].title == "云水 要闻"


def test_a_profile_may_ask_for_simplified_characters():
    article = clean_article(
        Article(url="", title="臺灣", text="經濟發展"), SimpleNamespace(characters="simplified")
    )
    assert (article.title, article.text, article.text_raw) == ("台湾", "经济发展", "經濟發展")
    assert article.cleaning == ("simplify",)
    kept = clean_article(Article(url="", text="經濟發展"), SimpleNamespace(characters="as-is"))
    assert (kept.text, kept.text_raw) == ("經濟發展", None)


@given(st.text(max_size=120), st.text(max_size=40))
def test_idempotent(text, title):
    once = clean_article(Article(url="", title=title, text=text))
    assert clean_article(once) == once
