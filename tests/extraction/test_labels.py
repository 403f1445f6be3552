"""Every rule of the table of labels labels its example, and not what only looks like it."""

from __future__ import annotations

import time

import pytest

from crawler.extraction.labels.model import LIST_HEADING, NAMES, Group, Rule
from crawler.extraction.labels.table import EDGE, GROUPS, SITE, has, reasons
from crawler.extraction.page.flow import Line
from crawler.extraction.page.known import MAX_LINES, forget, known_of

#: What rules need beside the text: characters in links, the element.
LINKED = {"mostly links": 8, "link to the rest": 4}
TAGS = {"heading by its element": "h2"}
RULES = [(group, rule) for group in GROUPS for rule in group.rules]


def line(text: str, linked: int = 0, tag: str = "p") -> Line:
    return Line(text, [text], linked, 0, tag)


def example(rule: Rule, text: str) -> Line:
    return line(text, LINKED.get(rule.name, 0), TAGS.get(rule.name, "p"))


@pytest.mark.parametrize(("group", "rule"), RULES, ids=[rule.name for _, rule in RULES])
def test_every_rule_labels_its_example(group: Group, rule: Rule):
    here = example(rule, rule.example)
    with_it = group.fits(here)
    assert with_it
    assert has(here, group.label)
    assert group.alone(rule.name)(here)
    if rule.unlike:
        assert not group.alone(rule.name)(example(rule, rule.unlike))


def test_names_are_unique_and_every_label_has_one():
    names = [rule.name for _, rule in RULES]
    assert sorted(names) == sorted(set(names))
    assert {group.label for group in GROUPS} == set(NAMES)
    assert len(set(NAMES.values())) == len(NAMES)


def test_a_rule_can_be_switched_off():
    group, rule = next((g, r) for g, r in RULES if r.name == "copyright")
    with group.without(rule.name):
        assert not has(line(rule.example), group.label)
    assert has(line(rule.example), group.label)


@pytest.mark.parametrize(
    "text",
    [
        "Copyright © 2019 All Rights Reserved",
        "未经授权不得转载",
        "扫描二维码关注公众号",
        "【打印】 【关闭】",
        "返回首页",
        "上一篇：云水",
        "正文已结束，您可以按alt+4进行评论",
        "放大字体 缩小字体",
    ],
)
def test_lines_of_the_site(text):
    assert has(line(text), SITE)


@pytest.mark.parametrize(
    "text",
    [
        "市民可扫码听村里的故事。算上今年，这项活动已进入第2个年头。",
        "这有助于鼓励更多老年人参与锻炼。",
        "01",
        "4",
        "他说，版权所有者应当维权。",
        "举报电话是12345，市民可随时拨打。",
        "关闭通道 打赢这一仗",
        "收藏家的故事",
        "下一条河在哪里",
        "下载反诈中心APP后，市民可以一键举报可疑号码。民警提醒，不要点击陌生链接，也不要把验证码告诉别人。",
        "扫描二维码就能点餐，老人不会用怎么办？记者昨日走访了城区十家餐馆。店主们说，仍然备着纸质菜单。",
    ],
)
def test_lines_of_an_article(text):
    assert not has(line(text), SITE)


def test_edges():
    assert has(line("免责声明：" + "本文仅代表作者个人观点。" * 9), EDGE)
    assert has(line("更多精彩资讯请下载云水客户端"), EDGE)
    assert not has(line("云水客户端记者从现场获悉，暴雨已经停止，受困群众全部转移。"), EDGE)
    assert not has(line("图片来自网络，如有侵权，请联系删除。"), EDGE)


def test_headings_of_lists():
    assert has(line("相关新闻："), LIST_HEADING)
    assert has(line("延伸 · 推荐"), LIST_HEADING)
    assert not has(
        line("相关新闻发布会将于明天举行，届时公布调查结果。请市民关注，不要轻信传言，以官方为准。"),
        LIST_HEADING,
    )


def test_reasons():
    assert reasons(line("版权所有 云水新闻网")) == {"legal": "copyright", "notice": "no copies"}
    assert reasons(line("河口大桥主跨合龙", 8)) == {"link": "mostly links"}


def test_what_is_known_of_a_line_is_kept():
    here = line("版权所有 云水新闻网")
    label = next(g.label for g, r in RULES if r.name == "copyright")
    assert has(here, label)
    assert line("版权所有 云水新闻网").known is None
    assert known_of(line("版权所有 云水新闻网")) is here.known
    assert known_of(line("版权所有 云水新闻网", 4)) is not here.known
    assert known_of(line("版权所有 云水新闻网", tag="h2")) is not here.known
    assert known_of(Line(here.text, ["版权所有 ", "云水新闻网"], 0, 0, "p")) is not here.known
    forget()
    assert known_of(line("版权所有 云水新闻网")) is not here.known


def test_long_lines_and_many_are_not_remembered():
    assert known_of(line("云" * 121)) is not known_of(line("云" * 121))
    forget()
    first = known_of(line("0"))
    for n in range(MAX_LINES):
        known_of(line(str(n)))
    assert known_of(line("0")) is first
    known_of(line("one more"))
    assert known_of(line("0")) is not first


@pytest.mark.parametrize(
    "unit",
    [
        "来源：",
        "扫码",
        "关注公众号",
        "2022-11-03 ",
        "更多 ",
        "京ICP",
        "打印 ",
        "如版权",
        "END ",
        "【来",
        "回复 ",
    ],
)
def test_patterns_are_linear(unit):
    long = line(unit * (200_000 // len(unit)))
    started = time.process_time()
    for group in GROUPS:
        group.fits(long)
    assert time.process_time() - started < 4
