"""Spun copies are restored; texts about language are not."""

from __future__ import annotations

import re

import pytest

from crawler.cleaning import clean_article, is_mirror, restore
from crawler.cleaning.characters import is_traditional, simplify
from crawler.items import Article, Image

SPUN = "本週發(fā)生的事,時(shí)間(jiān)不長,啟動(dòng)了應(yīng)對預(yù)案,黨員干部帶著物資趕來。"
PLAIN = "本周发生的事,时间不长,启动了应对预案,党员干部带着物资赶来。"


@pytest.mark.parametrize(
    ("raw", "restored"),
    [
        ("疫情發(fā)生以來", "疫情发生以来"),
        ("第一時(shí)間開展", "第一时间开展"),
        (SPUN, PLAIN),
        (SPUN.replace("(", "（").replace(")", "）"), PLAIN),
    ],
)
def test_spun_text_is_restored(raw, restored):
    article = clean_article(Article(url="", title="應(yīng)對", text=raw))
    assert article.text == restored
    assert article.title == "应对"
    assert article.text_raw == raw
    assert article.cleaning == ("restore-mirror",)


@pytest.mark.parametrize(
    "text",
    [
        "“行”在这里读作行(xíng)，不读行(háng)，许多人常常读错。",
        "「樂」在音樂中的讀音是樂(yuè)，在快樂中讀作樂(lè)。",
        "發生(fā)以來",  # a reading of another character
        "國內GDP(gdp)增長，東西(南北)都有，電話(02)不通。",
        "他开玩笑(笑)说，云水县(县级市)很好。",
        "云水县发(fā)布通知。",  # simplified: no spun copy
        "臺灣的報紙這樣寫："
        + "經濟發展帶動產業升級，" * 60
        + "音樂(yuè)很好。",  # one reading in a long text
    ],
)
def test_other_parentheses_stay(text):
    article = clean_article(Article(url="", text=text))
    assert article.text == text
    assert (article.text_raw, article.cleaning) == (None, ())


def test_traditional_text_stays_as_it_is():
    text = "臺灣的報紙這樣寫：經濟發展帶動產業升級。"
    assert clean_article(Article(url="", text=text)).text == text
    assert is_traditional(text)
    assert not is_mirror(text)


def test_only_readings_of_the_character_before_are_taken_out():
    assert restore("發(fā)展(zhǎn)到來(fā)(2022)年") == "发展到来(fā)(2022)年"


def test_the_particle_is_written_as_simplified_text_writes_it():
    assert restore("帶著著名的著作看著顯著變化") == "带着著名的著作看着显著变化"


def test_restoring_is_idempotent_and_reaches_every_field():
    spun = Article(
        url="",
        title="應(yīng)對 疫情",
        source="福州日報(bào)",
        text=SPUN + "\n- 簡介 “線上”服務(wù) “好”",
        images=(Image("http://a.test/1.jpg", "時(shí)間"),),
    )
    once = clean_article(spun)
    assert clean_article(once) == once
    assert (once.title, once.source, once.images[0].caption) == ("应对 疫情", "福州日报", "时间")


def test_simplify_is_lazy_about_simplified_text():
    text = "已经是简体。"
    assert simplify(text) is text
    assert re.search("[\u4e00-\u9fff]", text)
