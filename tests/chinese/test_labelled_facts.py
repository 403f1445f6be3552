"""Labelled facts, credit lines, lines of the site."""

from __future__ import annotations

import time

import opencc
import pytest

from crawler.chinese.button_words import is_interface
from crawler.chinese.dates import find_date, is_date_part
from crawler.chinese.fact_labels import kind_of
from crawler.chinese.filed import read_filed
from crawler.chinese.labelled_facts import JOINT, is_credit_line, read_facts
from crawler.chinese.places import says_account_place
from crawler.chinese.widgets import strip_widgets


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            "2022-11-03 来源：云水日报 作者：方志远 责任编辑：罗小满",
            [("source", "云水日报"), ("author", "方志远"), ("editor", "罗小满")],
        ),
        ("责任编辑︱罗小满", [("editor", "罗小满")]),
        ("作者│方志远 校对∣卢大江", [("author", "方志远"), ("proof", "卢大江")]),
        ("文╱方志远", [("author", "方志远")]),
        ("版面编辑：罗小满", [("editor", "罗小满")]),
        ("发布于：河北省", [("place", "河北省")]),
        ("来自：云水网", [("source", "云水网")]),
        ("发布于：2022-11-03", [("time", "2022-11-03")]),
        (f"本文来源于{JOINT}云水统计局", [("source", "云水统计局")]),
        (f"来源：{JOINT}云水社{JOINT}举报", [("source", f"云水社{JOINT}举报")]),
        ("稿源: 云水网", [("source", "云水网")]),
        ("（责编：罗小满、卢大江）", [("editor", "罗小满、卢大江）")]),
        ("编辑|罗小满", [("editor", "罗小满")]),
        ("来 源：云水网", [("source", "云水网")]),
        ("编辑 刘晓阳 校对 李铭", [("editor", "刘晓阳"), ("proof", "李铭")]),
        ("原文：云水", []),
        (f"来源：{JOINT}云水发布{JOINT}2022-11-03", [("source", f"云水发布{JOINT}2022-11-03")]),
        ("来源：云水发布 | 时间：2022", [("source", "云水发布 |"), ("time", "2022")]),
        (f"来源：每日更新{JOINT}2022-11-03", [("source", f"每日更新{JOINT}2022-11-03")]),
        (f"来源：半月谈评论{JOINT}2022-11-03", [("source", f"半月谈评论{JOINT}2022-11-03")]),
        ("来源：云水网作者：方志远", [("source", "云水网"), ("author", "方志远")]),
        ("凡本网注明“来源：云水新闻网”的所有作品，版权均属云水新闻网", []),
        ("凡注明来源：云水新闻网的作品", []),
        (
            "记者：方志远 摄像：卢大江 编辑：罗小满",
            [("reporter", "方志远"), ("photographer", "卢大江"), ("editor", "罗小满")],
        ),
        ("他说：来源不明的货物不能卖", []),
        ("责任编辑：罗小满 图片编辑：方志远", [("editor", "罗小满"), ("editor", "方志远")]),
        ("责编：罗小满 资深校对：方志远", [("editor", "罗小满"), ("proof", "方志远")]),
        ("编辑：罗小满方志远校对：卢大江", [("editor", "罗小满方志远"), ("proof", "卢大江")]),
        ("编辑：罗小满 方志远校对：卢大江", [("editor", "罗小满 方志远"), ("proof", "卢大江")]),
        ("编辑罗小满 校对方志远", [("editor", "罗小满"), ("proof", "方志远")]),
        ("编辑罗小满校对方远", [("editor", "罗小满"), ("proof", "方远")]),
        ("云水新闻记者 方志远 编辑 罗小满", [("editor", "罗小满")]),
        ("本文仅代表作者观点，责任编辑 罗小满 lxm@a.test）", [("editor", "罗小满 lxm@a.test）")]),
        ("作者：方志远 题图来自：视觉云水", [("author", "方志远"), ("picture", "视觉云水")]),
        (f"云水发布{JOINT}2022-11-03 08:00", []),
        ("编辑部 方志远", []),
    ],
)
def test_read_facts(text, facts):
    assert [(fact.kind, fact.value.strip()) for fact in read_facts(text)] == facts


@pytest.mark.parametrize(
    "text",
    [
        "责任编辑：罗小满",
        "编辑 刘晓阳 校对 李铭",
        "（责编：罗小满）",
        "监制：张三 编辑：李四",
        "编辑|罗小满",
        "审核 赵进 | 编辑 王晓燕",
        "网络编辑王晓燕",
        "（编辑王晓燕）",
        "编辑王晓燕 校对李海波",
        "设计：王晓燕",
        "出品：云水日报社",
    ],
)
def test_credit_lines(text):
    assert is_credit_line(text)


@pytest.mark.parametrize(
    "text",
    [
        "来源：云水日报",
        "本报记者 张三",
        "编辑部昨日收到读者来信，信中说：很好。",
        "统筹安排",
        "审核通过 编辑成册",
        "编辑成册",
        "网络编辑时代",
        "视频编辑时间线",
        "视频编辑 软件 推荐",
        "一审：判处有期徒刑三年",
        "一审：无罪 二审：维持原判",
        "设计：更圆润的窗口",
        "九派新闻记者 方志远 编辑 罗小满",
        "本文来自微信公众号：云水制造，作者：方志远，编辑：罗小满",
        "编辑：他是一名编辑，在云水日报工作了三十年，退休后还在写稿，常常写到深夜，说自己闲不住。",
    ],
)
def test_no_credit_lines(text):
    assert not is_credit_line(text)


def test_interface():
    assert is_interface("分享 收藏 12")
    assert not is_interface("12")
    assert not is_interface("分享会现场")


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("包括摩根大通(115.395, 2.79, 2.47%)等", "包括摩根大通等"),
        ("贵州茅台(600519,股吧)上涨", "贵州茅台上涨"),
        ("1/10 当地风光", "当地风光"),
        ("仍将持续。返回云水网首页>>", "仍将持续。"),
        ("他说。（责任编辑：罗小满）", "他说。"),
        ("他说。（一审：罗小满 二审：方志远）", "他说。"),
        ("他說。（編輯：羅小滿）1120106", "他說。"),
        ("两级法院意见不一（一审：无罪）", "两级法院意见不一（一审：无罪）"),
        ("窗口分两级（审核后当场发证）", "窗口分两级（审核后当场发证）"),
        ("他说。（编辑部供图）", "他说。（编辑部供图）"),
        ("增长(5.2%)", "增长(5.2%)"),
        ("1/3的人", "1/3的人"),
    ],
)
def test_widgets(raw, clean):
    assert strip_widgets(raw) == clean


@pytest.mark.slow
def test_patterns_are_linear():
    for unit in (
        "来源：",
        "（责编：",
        "编辑 张三 ",
        "编辑张三",
        "责任编辑 ",
        "审核 张三|",
        "记者 编辑 ",
        "扫码",
        "关注公众号",
        "2022-11-03 ",
        "(1.2, ",
        "记者 张三 ",
        "相关",
        "更多 ",
        "京ICP",
        "来自云南 ",
        "云水／",
        "111/",
        "二〇",
        "Nov 3, ",
    ):
        text = unit * (200_000 // len(unit))
        started = time.process_time()
        for check in (
            is_interface,
            is_credit_line,
            strip_widgets,
            read_facts,
            read_filed,
            says_account_place,
            find_date,
            is_date_part,
        ):
            check(text)
        assert time.process_time() - started < 4, unit


@pytest.mark.parametrize("script", ["s2tw", "s2hk"])
@pytest.mark.parametrize(
    "label",
    [
        "来源",
        "资料来源",
        "作者",
        "记者",
        "摄影",
        "通讯员",
        "责任编辑",
        "校对",
        "审核",
        "发布时间",
        "发布单位",
        "更新时间",
        "最后更新",
        "浏览人次",
        "点阅次数",
        "关键词",
        "字号",
        "图片来源",
    ],
)
def test_labels_are_known_in_traditional_characters(label, script):
    written = opencc.OpenCC(script).convert(label)
    assert kind_of(written) == kind_of(label) is not None
    assert [fact.label for fact in read_facts(f"{written}：方志远")] == [written]
