"""Characters and spaces."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crawler.cleaning import clean_line, clean_text

CHINESE = st.text(
    alphabet=st.sampled_from(
        "云水县记者张三，。、；：？！“”（）《》 \u3000\u00a0\u200b\ufeff\n\r\t&nbsp;amplt#160x摄的a1.,()\u0301가"
    ),
    max_size=80,
)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("云\u200b水\ufeff县\u00ad", "云水县"),
        ("云 水 县 新 闻", "云水县新闻"),
        ("⽔利局⼤会，⺠⽣", "水利局大会，民生"),
        ("&#12116; 利 ⿰ ⺀", "水利 ⿰ ⺀"),
        ("本周起 ，云水县　　在城关 试点。", "本周起，云水县在城关试点。"),
        ("GDP 增长 5.2 % 左右", "GDP 增长 5.2 % 左右"),
        ("iPhone 11 Pro 发布", "iPhone 11 Pro 发布"),
        ("价格&nbsp;上涨&amp;下跌", "价格上涨&下跌"),
        ("&amp;amp;nbsp;好", "好"),
        ("&ldquo;好&rdquo;&hellip;&#8212;", "“好”…—"),
        ("好，，的。。真；；", "好，的。真；"),
        ("好……的——真！！！", "好……的——真！！！"),
        ("一\r\n\r\n二\u2028三", "一\n二\n三"),
        ("a\u0301", "á"),
        ("云水\x00\x07县", "云水县"),
        (
            "新华社北京11月3日电 （记者 张三、李四 王五） 记者 获悉，很好。",
            "新华社北京11月3日电（记者 张三、李四 王五）记者获悉，很好。",
        ),
        ("云水日报记者 张 三 通讯员 李四", "云水日报记者 张三 通讯员 李四"),
        ("方志远 罗小满  陈青禾", "方志远 罗小满 陈青禾"),
        ("城关镇 河口镇", "城关镇河口镇"),
        ("◎文/张三丰 图/李四", "◎文/张三丰 图/李四"),
        ("□ 张三 李四", "□ 张三 李四"),
        ("张三 李四 报道", "张三 李四 报道"),
        ("x < y & z", "x < y & z"),
        ("   ", ""),
    ],
)
def test_clean_text(raw, clean):
    assert clean_text(raw) == clean


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("疫情来袭 全城应战", "疫情来袭 全城应战"),
        ("“和事佬” 调解  纠纷", "“和事佬” 调解 纠纷"),
        ("云 水 县", "云水县"),
        ("标题\n第二行", "标题 第二行"),
        ("来源： 云水报", "来源：云水报"),
    ],
)
def test_spaces_of_a_title_part_its_phrases(raw, clean):
    assert clean_line(raw) == clean


@example("&a&a&a&amp;mp;mp;mp;lt;")
@example("&#38;#38;#38;#38;lt;")
@given(st.text(max_size=200) | CHINESE)
def test_idempotent(text):
    once = clean_text(text)
    assert clean_text(once) == once
    line = clean_line(text)
    assert clean_line(line) == line
    assert "\n" not in line


@pytest.mark.slow
def test_adversarial_input_is_linear():
    for text in (
        "&amp" * 100_000,
        "&amp;" * 100_000,
        "一 " * 200_000,
        "（" * 200_000,
        "(记者 " * 60_000,
        "，" * 300_000,
        " " * 500_000,
    ):
        started = time.process_time()
        clean_text(text)
        assert time.process_time() - started < 3
