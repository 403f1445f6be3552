"""Bytes to text when header, meta, mark and bytes disagree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.parsing import Document, decode

TEXT = "本周起，云水县在城关、河口两个乡镇试点办事大厅，群众带着身份证就能办理一百二十项事务，工作人员还会帮忙填表。"
TRADITIONAL = (
    "本週起，雲水縣在城關、河口兩個鄉鎮試點辦事大廳，群眾帶著身分證就能辦理一百二十項事務，時間縮短一半。"
)


def page(meta: str, text: str = TEXT) -> str:
    return f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={meta}"></head><body>{text}</body></html>'


@pytest.mark.parametrize(
    ("codec", "meta", "header", "name"),
    [
        ("utf-8", "utf-8", "text/html; charset=utf-8", "utf-8"),
        ("utf-8", "gb2312", None, "utf-8"),
        ("utf-8", "gb2312", "text/html; charset=GBK", "utf-8"),
        ("gb18030", "gb2312", None, "gb18030"),
        ("gb18030", "utf-8", None, "gb18030"),
        ("gb18030", "utf-8", "text/html; charset=utf-8", "gb18030"),
        ("gb18030", "iso-8859-1", "text/html; charset=ISO-8859-1", "gb18030"),
        ("gb18030", "big5", None, "gb18030"),
        ("gb18030", "", None, "gb18030"),
        ("utf-16", "utf-16", None, "utf-16-le"),
        ("utf-16-be", "utf-16", None, "utf-16-be"),
        ("utf-8-sig", "gb2312", "text/html; charset=gb2312", "utf-8"),
    ],
)
def test_declarations_may_lie(codec, meta, header, name):
    text, encoding = decode(page(meta).encode(codec), header)
    assert TEXT in text
    assert encoding == name
    assert not text.startswith("\ufeff")


@pytest.mark.parametrize("meta", ["big5", "gb2312", "utf-8", ""])
def test_big5_whatever_it_says(meta):
    text, encoding = decode(page(meta, TRADITIONAL).encode("big5hkscs"))
    assert TRADITIONAL in text
    assert encoding == "big5"


def test_gb18030_holds_more_than_gb2312():
    rare = "朱镕基、陶喆、𠮷野家"
    text, _ = decode(page("gb2312", TEXT + rare).encode("gb18030"))
    assert rare in text


def test_other_languages_as_declared():
    russian = "Новости провинции: открыт новый центр обслуживания населения, сообщили в администрации."
    text, encoding = decode(page("windows-1251", russian).encode("cp1251"))
    assert russian in text
    assert encoding == "windows-1251"


def test_a_few_broken_bytes_do_not_change_the_encoding():
    body = page("utf-8").encode() + b"\xff\xfe\x80" + "云水".encode()
    text, encoding = decode(body)
    assert (TEXT in text, encoding, "\ufffd" in text) == (True, "utf-8", True)


def test_parts_of_another_encoding_are_read_in_it():
    """A page whose server includes a footer in another encoding."""
    body = page("utf-8").encode() * 3 + b"\n" + "云水新闻网版权所有".encode("gb18030") + b"\n"
    text, _ = decode(body)
    assert TEXT in text
    assert "云水新闻网版权所有" in text


def test_nothing():
    assert decode(b"") == ("", "utf-8")
    assert decode(b"plain", "text/html; charset=no-such-thing") == ("plain", "utf-8")


@given(st.binary(max_size=400), st.none() | st.text(max_size=40))
def test_never_raises(body, header):
    text, encoding = decode(body, header)
    assert isinstance(text, str)
    assert encoding
    assert Document.from_bytes(body, "http://a.test/", header).tree is not None


@pytest.mark.parametrize(
    ("body", "header", "text", "name"),
    [
        (TEXT.encode("gb18030") + b"\xa3\xa0\xa3\xa0" + TEXT.encode("gb18030"), "gbk", TEXT + "\u3000\u3000" + TEXT, "gb18030"),
        (TEXT.encode("gb18030") + b"80\x80", "gbk", TEXT + "80€", "gb18030"),
        (b"\x80\n" + TEXT.encode("gb18030") + b"\n\xff", "gbk", f"€\n{TEXT}\n\ufffd", "gb18030"),
        (TEXT.encode("gb18030") + b"\xa8\xbc", "gbk", TEXT + "ḿ", "gb18030"),
        (TRADITIONAL.encode("big5hkscs") + b"\xa3\xe1\x87\xb4", "big5", TRADITIONAL + "€稲", "big5"),
        (TRADITIONAL.encode("big5hkscs") + b"\xa1\x45", "big5", TRADITIONAL + "‧", "big5"),
        ("Le café de la préfecture, l’été".encode("cp1252"), "windows-1252", "Le café de la préfecture, l’été", "windows-1252"),
        ("Le café de la préfecture".encode("cp1252"), "ISO-8859-1", "Le café de la préfecture", "windows-1252"),
        (b"M\xfcller", "latin1", "Müller", "windows-1252"),
        (b"caf\xe9 \x81", "windows-1252", "café \x81", "windows-1252"),
        ("Zażółć gęślą jaźń".encode("cp1250"), "windows-1250", "Zażółć gęślą jaźń", "windows-1250"),
        ("Çeşme’de".encode("cp1254"), "iso-8859-9", "Çeşme’de", "windows-1254"),
        ("Ελληνικά νέα".encode("cp1253"), "windows-1253", "Ελληνικά νέα", "windows-1253"),
        ("北京市今天".encode("gb18030"), "iso-8859-1", "北京市今天", "gb18030"),
        ("云".encode("gb18030"), "windows-1252", "云", "gb18030"),
        ("朱镕基 喆".encode("gb18030"), "windows-1252", "朱镕基 喆", "gb18030"),
        ("雲水縣在城關河口".encode("big5"), "windows-1252", "雲水縣在城關河口", "big5"),
        ("Beijing 北京 news".encode("gb18030"), "us-ascii", "Beijing 北京 news", "gb18030"),
        (TEXT.encode("gb18030"), "windows-1251", TEXT, "gb18030"),
    ],
)  # fmt: skip
def test_what_pythons_codecs_lack_and_what_is_not_chinese(body, header, text, name):
    assert decode(body, f"text/html; charset={header}") == (text, name)


def test_radicals_become_the_characters_that_they_stand_for():
    page = "<title>⽔利局⼤会_⻘⽲⽹</title><h1>⽔利局⼤会</h1><p>来源：⻘⽲⽇报　记者 ⾼⼩⻰</p><p>⺠⽣、⻓江、⻋⻔、⻢⻥⻦，⿰⺀</p>"
    doc = Document.from_bytes(page.encode(), "http://a.test/")
    assert doc.tree.css_first("title").text() == "水利局大会_青禾网"
    assert [node.text() for node in doc.tree.css("p")] == [
        "来源：青禾日报　记者 高小龙",
        "民生、长江、车门、马鱼鸟，⿰⺀",
    ]
    assert Document.from_text(page, "http://a.test/").tree.css_first("h1").text() == "水利局大会"
