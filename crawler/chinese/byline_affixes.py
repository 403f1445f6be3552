"""What is written against a name in a byline: 张三报道, 李四摄, 王大維台北6日電, or only a place (广州报道)."""

from __future__ import annotations

import re

from crawler.chinese.names import is_person, is_plain_person

__all__ = ["bare"]

_TAIL_WORD = re.compile(
    r"(?:(?:综合|即时|专题|摄影)?(?:报道|报导|连线)|(?:参与)?采写|撰文|撰稿|供稿|供图|文/图|图/文|文图|图文|文并图|通讯员|记者|专访|编译|摄影|"
    r"(?:翻|拍|航|实)?摄(?:制|自\S{0,8})?|(?:翻|航|直|实|偷)?拍(?:摄|自\S{0,8})?|(?:绘|制|截|配|修)(?:图|制|表)|手绘|制作|"
    r"发自\S{0,8}|/|提供|授权|整理)+$"
)
_TAIL_LETTER = re.compile(r"(?:并?摄|文|图|电|绘|拍|撰|译)$")
_REPORTED = re.compile("(?:综合|即时|专题)?(?:报道|(?P<taiwan>报导|连线))$")
_WIRED = re.compile(r"^(?P<who>[\u3400-\u9fff]{2,8})\d{1,2}日(?:\d{1,2}时)?(?:专|外)?电$")
# 作者张三为云水大学教授
_IS = re.compile(r"^([\u3400-\u9fff·]{2,4}?)(?:系|为|是|现任).{3,}$")
_MOST_COMMON = frozenset("王李张刘陈杨黄赵周吴徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭")
# Towns that begin as the most common surnames do, and those of three or four letters that could be people.
_TOWNS = frozenset((
    "徐州", "郑州", "高州", "彭州", "唐山", "黄山", "黄石", "黄冈", "林芝", "许昌", "周口", "张掖", "张北", "曹县",
    "梁平", "罗定", "高邮", "高密", "马边", "石家庄", "张家口", "张家界", "张家港", "连云港", "马鞍山", "平顶山",
    "景德镇", "秦皇岛", "牡丹江", "双鸭山", "乌鲁木齐", "齐齐哈尔", "呼和浩特", "呼伦贝尔",
))  # fmt: skip
_TOWN_ENDS = frozenset("市县区镇乡州")


def bare(part: str, *, behind_person: bool) -> str:
    """Return the name that a part of a byline begins with; empty where the part is a place.

    ``behind_person``: whether somebody is named before it, for 记者张三报道 names 张三.
    """
    if wired := _WIRED.match(part):
        return _before_place(wired.group("who"))
    if (told := _IS.match(part)) and is_plain_person(told.group(1)):
        return told.group(1)
    reported = _REPORTED.search(part)
    if (
        reported
        and len(part) - len(reported.group()) > 4
        and (name := _before_place(part[: reported.start()]))
    ):
        return name
    if (
        behind_person
        and reported
        and _is_place(part[: reported.start()], sure=bool(reported.group("taiwan")))
    ):
        return ""
    name = _TAIL_WORD.sub("", part) or part
    shorter = _TAIL_LETTER.sub("", name)
    return shorter if len(name) > 3 and is_person(shorter) else name


def _is_place(word: str, *, sure: bool) -> bool:
    """Say whether somebody reports from there: 广州 is likelier a place than a person, 李四 a person.

    ``sure``: in 台北報導 it is always one.
    """
    if sure or word in _TOWNS:
        return True
    return (len(word) == 2 and word[:1] not in _MOST_COMMON) or (len(word) > 2 and word[-1:] in _TOWN_ENDS)


def _before_place(text: str) -> str:
    """Return the name of three letters, or two, that leaves a place of two letters or three: 王大維 of 王大維台北."""
    for size in (3, 2):
        if 1 < len(text) - size < 4 and is_person(text[:size]):
            return text[:size]
    return ""
