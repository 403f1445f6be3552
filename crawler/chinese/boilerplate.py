"""Lines that stand around Chinese articles and are not part of them.

Patterns are anchored or bounded, so that each is linear in the line. ``is_boilerplate`` speaks of one line alone,
``is_edge`` of lines at the ends of a text, ``ends_article`` of those after which nothing of the article follows.
"""

from __future__ import annotations

import re
from functools import lru_cache

from crawler.chinese.interface import is_interface
from crawler.chinese.notices import is_appeal, is_notice, is_step

__all__ = [
    "ends_article",
    "is_address",
    "is_boilerplate",
    "is_edge",
    "is_instruction",
    "strip_widgets",
]

# Lines that are never an article's, wherever they stand. Anchored: a sentence may speak of these things. Legal
# lines of some length, and calls and buttons, which are short and one sentence.
_START = r"^[\s【\[（(*※>·•]{0,4}"
_LEGAL = re.compile(
    _START + r"(?:"
    r"版[权權]所有|Copyright|©|All Rights|"
    r"[未非][经經].{0,14}(?:授[权權]|[许許]可|同意|允[许許])[^。]{0,30}(?:[转轉][载載]|[复複][制製]|摘[编編]|镜像|"
    r"(?:禁止|不得|严禁)(?:擅自)?使用[。！]?$)|"
    r"本文(?:为|系|版权|由|来自|来源于?).{0,24}(?:原创|版权|未经|转载|不得|禁止)|"
    r".{0,16}[京沪津渝粤浙苏闽鲁冀豫鄂湘皖赣川黔滇桂琼晋陕甘青宁新藏蒙辽吉黑]ICP[备证]|.{0,10}公网安备|"
    r"(?:新闻信息服务|网络视听|增值电信业务|广播电视节目).{0,14}许可证(?:编?号)?\s?(?:[：:（(\dA-Z京沪]|$)|"
    r"违法和不良信息举报.{0,14}(?:[：:\d]|$)|"
    r"建议使用.{0,12}分辨率|本[站网]常年法律顾问|您访问的链接即将离开|.{0,8}您的浏览器版本过低)",
    re.IGNORECASE,
)
# Anywhere in a short line without a sentence.
_REGISTERED = re.compile(
    r"ICP[备证](?:案?号?[：:]?\s?\d)|公网?安备\s?\d|网站标识码[：:]|网警110|"
    r"(?:信息服务|视听节目|电信业务|节目制作).{0,4}许可证(?:编?号)?[：:]",
    re.IGNORECASE,
)
# The labels of a footer: no sentence begins with them. In a notice they are the text's, and only there.
_FOOTER = re.compile(
    r"^[\s|｜]{0,3}(?:主办|承办|主管|协办|技术支持|地址|邮编|联系电话|版权所有)(?:单位)?\s?[：:]"
)


def is_address(text: str) -> bool:
    """A line that a footer is made of (主办：, 地址：), which says nothing for the element that it stands in."""
    return len(text) < _LONG_APPEAL and "。" not in text and _FOOTER.match(text) is not None


_CALL = re.compile(
    _START + r"(?:"
    r"(?:点击|长按|扫描|扫码|识别|微信扫).{0,14}(?:二维码|关注|下载|公众号|查看|进入|订阅|阅读原文|↓|>>|》》)|"
    r"(?:欢迎|敬请|记得|快来|赶紧|请)?(?:扫码|扫描|搜索|长按|点击|添加)?.{0,6}关注.{0,20}"
    r"(?:公众号|官方微信|官方微博|微信号|客户端|抖音号|视频号)|"
    r"(?:更多|获取更多|了解更多).{0,14}(?:资讯|新闻|内容|精彩|信息|详情).{0,10}(?:请|关注|下载|点击|尽在|访问|扫)|"
    r"(?:请|立即|马上|点击)?下载.{0,14}(?:客户端|APP)|(?:微信)?扫[一码].{0,20}$|"
    r"文明上网.{0,4}理性(?:发言|评论|跟[帖贴])|(?:网友评论仅|登录后).{0,20}|我要评论|发表评论(?!员)|查看全部评论|"
    r"\d{0,8}条评论|正文已结束|0?0:00\s?/\s?\d{1,3}:\d\d$|(?:视频|图片|音频|正在|内容)?加载中[.…。]{0,6}$|"
    r"[您你]的浏览器(?:暂)?不支持|[请請][繼继][續续]往下[閱阅][讀读]|"
    r"打开(?:.{1,8}新闻|.{0,6}APP|.{0,6}客户端)\s?(?:查看|阅读|看)(?:更多|精彩|高清|全文|完整).{0,8}$|"
    r"(?:返回|回到).{0,6}(?:首页|列表|顶部|上一[页级]|频道|目录).{0,6}$|[上下]一[篇页条](?:[：:\s]|$)|"
    r"(?:打印|关闭|收藏|大 中 小|字体|字号|我要纠错|纠错)(?:本页|窗口|页面|本文)?(?:$|[】\s|｜/：:\[【（(].{0,20}$))",
    re.IGNORECASE,
)
_WIDGET = re.compile(
    r"\s?[(（]-?\d[\d.,]{0,9}, ?[+-]?\d[\d.]{0,8}, ?[+-]?\d[\d.]{0,8}%[)）]|"
    r"\s?[(（](?:行情)?\s?\d{5,6}(?:\.[A-Z]{2})?[,，]\s?(?:股吧|诊股|行情|买入|资讯)[^()（）]{0,20}[)）]|\[(?:微博|行情|诊股|股吧)\]|[(（](?:博客|微博)(?:[,，]\s?(?:博客|微博))?[)）]"
)
_OPENED = re.compile(r"[(（\[]")
_COUNTER = re.compile(r"^\d{1,3}\s?/\s?\d{1,3}\s+")
_TRAILING = re.compile(
    r"[\s　]*(?:(?:返回|点击|查看|进入)[^。！？!?\s]{0,16}(?:首页|专题|列表|>>|＞＞|》》|更多)[>＞》\s]*|"
    r"[（(【\[［〔<＜‹](?:责任编辑|责编|编辑|实习编辑|值班编辑|网络编辑|文编|校对|編輯|責任編輯|(?:一审|初审)(?=[：:][^()（）]{2,10}(?:二审|复审|终审|责|编))|(?:审核|监制|统筹)(?=[：:/／|丨｜]))"
    r"(?!部|室)[^()（）【】\[\]［］〔〕<>＜＞‹›]{1,40}[)）】\]］〕>＞›](?:\s?\d{6,8})?|"
    r"(?:责任编辑|责编)[：:]\s?[\u4e00-\u9fff·A-Za-z0-9_、\s]{2,24})\s*$"
)
_TRAILING_WORD = re.compile("返回|点击|查看|进入|编辑|责编|校对|編輯|一审|初审|审核|监制|统筹|文编")
_END = re.compile(
    r"^[\s【\[（(▼↓·■●★]{0,4}(?:"
    r"相[关關](?:新[闻聞]|[阅閱][读讀]|[报報][道導]|[链連][接結]|推[荐薦]|文章|[专專][题題]|稿件|[资資][讯訊]|[视視][频頻]|[图圖]片|内容)|"
    r"延伸\s?·?\s?(?:[阅閱][读讀]|推[荐薦])|推[荐薦][阅閱][读讀]|往期(?:回顾|推荐|精选)|"
    r"[热熱][门門](?:推[荐薦]|新[闻聞訊讯]|文章|评论|話題|话题)|"
    r"精彩推荐|[为為][您你]推[荐薦]|猜你喜[欢歡]|大家都在看|更多(?:新[闻聞]|精彩|内容|资讯|推荐)|"
    r"(?:免责|版权|特别|郑重|本网|本站)(?:声明|申明|说明|提示)|网友评论|最新评论|"
    r"分享到|分享至|打印本页|关闭窗口|上一篇|下一篇|返回(?:首页|列表|顶部))[\s】\]）)：:>》]{0,4}"
)


_SHORT_APPEAL = 70
_LONG_APPEAL = 160  # with links in it
_LONGEST_TRAILING = 100
_ENDS_OF_SENTENCES = frozenset(["。", "”", "！", "？", "…", "；", "："])
_ENDS_OF_CLAUSES = frozenset("。；，、：;")


def is_boilerplate(text: str) -> bool:
    """A line of the site, not of the article, wherever it stands."""
    return len(text) < 240 and _is_boilerplate(text)


@lru_cache(maxsize=4096)  # a portal's pages share most of these lines
def _is_boilerplate(text: str) -> bool:
    if _LEGAL.match(text) or is_interface(text):
        return True
    if "。" not in text and len(text) <= _LONG_APPEAL and _REGISTERED.search(text):
        return True
    if len(text) > _SHORT_APPEAL or "。" in text[:-1]:
        return False
    return _CALL.match(text) is not None and not is_step(text)


def is_instruction(text: str) -> bool:
    """A call that is written as a sentence: how-to articles have such steps, the site's own stand at the edges."""
    return text[-1:] in _ENDS_OF_CLAUSES and not _LEGAL.match(text) and not is_interface(text)


def is_edge(text: str, linked: int = 0) -> bool:
    """A line that is the site's if only such lines stand between it and the end (or start) of the element."""
    return is_notice(text) or _is_boilerplate(text) or is_appeal(text, linked)


def ends_article(text: str) -> bool:
    """The heading of a list behind an article."""
    return len(text) < 40 and _END.match(text) is not None


def strip_widgets(text: str) -> str:
    """A line without what scripts write into it: stock quotes behind names, picture counters, closing links."""
    if ("%" in text or "股" in text or "博" in text or "行情" in text) and _OPENED.search(text):
        text = _WIDGET.sub("", text)
    if text[0].isdigit():
        text = _COUNTER.sub("", text) or text
    if text[-1:] in _ENDS_OF_SENTENCES:  # as hardly any line of the site does
        return text
    end = max(0, len(text) - _LONGEST_TRAILING)
    if _TRAILING_WORD.search(text, end) is None or (found := _TRAILING.search(text, end)) is None:
        return text
    return text[: found.start()]
