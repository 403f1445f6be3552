"""Calls and buttons that are written out, short and one sentence: never an article's, wherever they stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from crawler.chinese.button_words import INTERFACE, is_interface
from crawler.extraction.labels.model import BUTTONS, CALL, WIDGET, Group, Rule

if TYPE_CHECKING:
    from crawler.extraction.page.flow import Line

__all__ = ["GROUPS", "STEP"]

_START = r"^[\s【\[（(*※>·•]{0,4}"
_LONGEST = 70
# 二、打开APP，点击“预约”; 投票方式：关注…公众号: how something is done.
STEP: Final = re.compile(
    r"[\s（(【]{0,2}(?:第?[一二三四五六七八九十]{1,3}[步、.．)）：:]|\d{1,2}[、.．)）]|[①-⑩]|步骤|.{2,6}(?:方式|方法|途径|渠道|入口|流程|步骤)[：:])"
)
"""How a numbered or labelled step begins of something that the article explains."""


def _is_call(line: Line, _: re.Match[str]) -> bool:
    return STEP.match(line.text) is None


_CALLS = Group(
    CALL,
    (
        Rule(
            "scan or press",
            r"(?:点击|长按|扫描|扫码|识别|微信扫).{0,14}(?:二维码|关注|下载|公众号|查看|进入|订阅|阅读原文|↓|>>|》》)",
            "长按识别二维码",
            "扫描二维码就能点餐，老人不会用怎么办？记者走访了十家餐馆。店主们说，仍然备着纸质菜单。",
        ),
        Rule(
            "follow an account",
            r"(?:欢迎|敬请|记得|快来|赶紧|请)?(?:扫码|扫描|搜索|长按|点击|添加)?.{0,6}关注.{0,20}"
            r"(?:公众号|官方微信|官方微博|微信号|客户端|抖音号|视频号)",
            "欢迎关注云水发布官方微信",
        ),
        Rule(
            "more news",
            r"(?:更多|获取更多|了解更多).{0,14}(?:资讯|新闻|内容|精彩|信息|详情).{0,10}(?:请|关注|下载|点击|尽在|访问|扫)",
            "更多精彩资讯请下载云水客户端",
            "这有助于鼓励更多老年人参与锻炼。",
        ),
        Rule("download", r"(?:请|立即|马上|点击)?下载.{0,14}(?:客户端|APP)", "立即下载云水客户端"),
        Rule("scan", r"(?:微信)?扫[一码].{0,20}$", "扫一扫在手机打开当前页"),
        Rule(
            "form for comments",
            r"文明上网.{0,4}理性(?:发言|评论|跟[帖贴])|(?:网友评论仅|登录后).{0,20}|我要评论|发表评论(?!员)|查看全部评论|"
            r"\d{0,8}条评论",
            "文明上网，理性发言",
        ),
        Rule("end of the text", r"正文已结束", "正文已结束，您可以按alt+4进行评论"),
        Rule(
            "player",
            r"0?0:00\s?/\s?\d{1,3}:\d\d$|(?:(?:视频|图片|音频|正在|内容)?(?:加[载載]|[缓緩][冲衝])中|正在(?:加[载載]|[缓緩][冲衝]))[.…。]{0,6}$|[您你]的浏览器(?:暂)?不支持",
            "0:00 / 01:35",
        ),
        Rule("read on", r"[请請][繼继][續续]往下[閱阅][讀读]", "請繼續往下閱讀..."),
        Rule(
            "open in the app",
            r"打开(?:.{1,8}新闻|.{0,6}APP|.{0,6}客户端)\s?(?:查看|阅读|看)(?:更多|精彩|高清|全文|完整).{0,8}$",
            "打开APP查看高清图片",
        ),
        Rule(
            "back to",
            r"(?:返回|回到).{0,6}(?:首页|列表|顶部|上一[页级]|频道|目录).{0,6}$|[上下]一[篇页条](?:[：:\s]|$)|"
            r"(?:返回|回到)[^，。]{1,12}[，,]\s?(?:点击)?查看(?:更多|全文|原文)\W{0,3}$",
            "返回新闻频道",
            "下一条河在哪里",
        ),
        Rule(
            "print and close",
            r"(?:打印|关闭|收藏|大 中 小|字体|字号|我要纠错|纠错)"
            r"(?:本页|窗口|页面|本文)?(?:$|[】\s|｜/：:\[【（(].{0,20}$)",
            "打印本文（A4）",
            "关闭通道打赢这一仗",
        ),
    ),
    lead=_START,
    longest=_LONGEST,
    flags=re.IGNORECASE,
    never="。",
    accept=_is_call,
)
_WIDGETS = Group(
    WIDGET,
    (Rule("buttons", INTERFACE, "分享 收藏 12", "分享会现场"),),
    longest=60,
    accept=lambda line, _: is_interface(line.text),
)
_ROW = Group(
    BUTTONS,
    (
        Rule(
            "row of buttons",
            r"(?=.*(?:打印|关闭))(?:\s?[【\[](?:[^【】\[\]]{1,8})[】\]]){2,8}\s?",
            "【评论】【论坛】【大 中 小】【打印】【关闭】",
        ),
    ),
    how="fullmatch",
)
GROUPS: Final = (_WIDGETS, _CALLS, _ROW)
