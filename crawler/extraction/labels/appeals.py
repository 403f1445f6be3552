"""What the reader is to press, scan or follow: the site's at the ends of a text.

市民可下载…APP预约 is the article's: what tells of somebody, or is a step of something, is no appeal.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from crawler.chinese.button_words import BUTTONS, button_words
from crawler.extraction.labels.calls import STEP
from crawler.extraction.labels.model import APPEAL, Group, Rule

if TYPE_CHECKING:
    from crawler.extraction.page.flow import Line

__all__ = ["GROUPS"]

_SHORT = 70
_LINKED = 160
_TELLING = re.compile(r"(?<![您你])可|已|将|了(?!解)|能|会|被|需|应|[他她它们]|市民|居民|群众|用户|记者|民警")
# At the ends of a text, beside those that stand anywhere.
_WORDS = BUTTONS | frozenset((
    "反馈", "投诉", "不感兴趣", "分享到", "分享至", "分享给好友", "分享让更多人看到", "点分享", "点收藏", "点在看",
    "点点赞", "在看", "打赏", "赞赏", "微信打赏", "支付宝打赏", "打赏作者", "赞赏作者", "喜欢作者", "相关", "相關",
    "Twitter", "Facebook", "Line", "LINE", "Email", "QQ", "QQ空间", "新浪微博", "腾讯微博", "男声", "女声", "倍速",
    "语速", "关闭赞赏", "开启赞赏",
))  # fmt: skip
_COUNT = re.compile(r"\d{1,8}\+?人?已?(?:打赏|赞赏|点赞|收藏|喜欢)")
_LONGEST_BUTTONS = 40


def _is_appeal(line: Line, match: re.Match[str]) -> bool:
    text = line.text
    if (len(text) > _SHORT and not line.linked) or STEP.match(text) is not None:
        return False
    return line.linked > 0 or _TELLING.search(text, 0, match.start()) is None


def _are_buttons(line: Line, _: re.Match[str]) -> bool:
    words = button_words(line.text)
    return bool(words) and all(word in _WORDS or _COUNT.fullmatch(word) for word in words)


_BUTTONS = Group(
    APPEAL,
    (Rule("buttons at the end", "", "举报/反馈", "举报信"),),
    longest=_LONGEST_BUTTONS,
    accept=_are_buttons,
)
_APPEALS = Group(
    APPEAL,
    (
        Rule(
            "appeal to scan",
            r"(?:扫码|扫一扫|扫描|长按|识别|点击|添加).{0,20}(?:二维码|关注|下载|公众号|客户端|微信|查看|进入|加入|在看|投票|报名)",
            "快来扫码加入读者群，下载电子版",
            "市民可扫码关注云水发布公众号预约",
        ),
        Rule("appeal to follow", r"关注[^，,。]{0,20}(?:公众号|微信|微博)", "请您继续关注云水发布微博"),
        Rule(
            "appeal to download",
            r"(?:下载|安装|打开|登录)(?![了过量次]).{0,12}(?:客户端|APP|App|app)",
            "看新闻，请打开云水客户端",
            "居民下载云水APP，即可预约",
        ),
        Rule(
            "appeal for more",
            r"^.{0,10}更多.{0,10}(?:精彩|内容|资讯|新闻|详情).{0,20}(?:请|关注|下载|点击|尽在|敬请|访问|扫|登录|[^。！]$)",
            "想看更多精彩内容",
        ),
        Rule(
            "appeal to like",
            r"点.{0,2}[“\"「]?在看|[“\"「【]在看[”\"」】]|(?:喜欢|觉得|看完|记得|顺手|麻烦).{0,12}点个赞|点个赞(?:再走|哦|呗)|"
            r"^喜欢此内容的人还喜欢",
            "喜欢这篇文章就点个赞",
        ),
        Rule(
            "appeal to share",
            r"^[^把将她他它]{0,8}(?:转发|分享)[到至给]?.{0,4}朋友圈|^转播到.{2,6}微博$",
            "转发到朋友圈",
        ),
        Rule("button to follow", r"^[+＋]?关注$", "+关注"),
        Rule("workers behind a bar", r"(?:责编|编辑|监制|校对)\s?[|｜丨]", "云水融媒 编辑丨罗小满"),
        Rule("read the original", r"阅读原文|戳这里", "戳这里，看全部名单"),
        Rule("earlier ones", r"^\W{0,4}(?:查看|点击)?往期|往期(?:回顾|精选)", "往期内容"),
        Rule(
            "cooperation",
            r"(?:商务|广告|内容)合作(?:[：:]|.{0,8}(?:微信|电话|QQ|邮箱|联系))|^\W{0,4}(?:商务|广告)合作\W{0,4}$|仅供参考",
            "商务合作请联系0000-3333333",
        ),
        Rule(
            "appeals in traditional characters",
            r"[點点]我下[載载]|按我看|[請请][繼继][續续]往下[閱阅][讀读]",
            "不用抽 現在用APP看新聞 點我下載",
        ),
        Rule(
            "pages of the text",
            r"^(?:本文)?(?:导航|目录)\W{0,2}$|^第\d{1,2}页\s?[：:].{2,40}$|^(?:本文)?共\s?\d{1,3}\s?页",
            "第2页：云水的秋天",
        ),
    ),
    how="search",
    longest=_LINKED,
    never="。",
    accept=_is_appeal,
)
_FOLLOW = r"(?:追[踪蹤]|[关關]注|[订訂][阅閱])"
_FOLLOWS = Group(
    APPEAL,
    (
        Rule(
            "follow us on a platform",
            rf"^\W{{0,3}}\d{{0,2}}\W{{0,3}}(?:用|在|[通透][过過]|到)(?:微博|微信|抖音|快手|[脸臉][书書]|Facebook|LINE|Telegram|YouTube|X|B站).{{0,3}}{_FOLLOW}"
            rf".{{0,24}}(?:[：:]\s?{_FOLLOW}|[：:>»])?$",
            "1.用微博追踪云水影音及图文新闻：追踪",
        ),
    ),
    how="search",
    longest=_SHORT,
    never="。",
    flags=re.IGNORECASE,
)
GROUPS: Final = (_BUTTONS, _APPEALS, _FOLLOWS)
