"""Lines that stand around Chinese articles and are not part of them.

Patterns are anchored or bounded, so that each is linear in the line. ``is_boilerplate`` speaks of one line alone;
``ends_article`` of lines after which nothing of the article follows.
"""

from __future__ import annotations

import re

__all__ = ["ends_article", "is_boilerplate", "is_disclaimer", "is_editor_line"]

_EDITOR = re.compile(
    r"^[\s【\[（(]{0,3}(?:本文|本期|文章|稿件|新媒体)?(?:责任编辑|責任編輯|责\s{0,2}编|執行編輯|执行编辑|实习编辑|值班编辑|网络编辑|"
    r"编\s{0,4}辑|編\s{0,4}輯|美编|微信编辑|校\s{0,4}对|校\s{0,4}對|审\s{0,4}核|审\s{0,4}校|终\s{0,4}审|初\s{0,4}审|复\s{0,4}审|签\s{0,4}发|监\s{0,4}制|主\s{0,4}编|值班主任|"
    r"编审|责校|二审|三审|一审|统筹|录入|上传|网编)(?:人|员|者)?\s{0,3}(?:[：:|/丨｜]|\s(?=[\u4e00-\u9fff]{2,4}(?:\s|$)))"
)
_BOILER = re.compile(
    r"(?:版权所有|版權所有|未经.{0,12}(?:授权|许可|同意|允许).{0,12}(?:转载|复制|使用|摘编|镜像)|不得转载|禁止转载|谢绝转载|Copyright|©|ICP备|ICP证|公网安备|"
    r"新闻信息服务许可|网络视听许可|经营许可证|违法和不良信息举报|举报电话|举报邮箱|本站(?:声明|所有|部分|转载)|"
    r"不代表(?:本网|本站|本平台|.{0,10}(?:观点|立场))|仅供(?:参考|读者参考)|投资者据此操作|"
    r"(?:扫码|扫一扫|扫描|长按|识别|点击).{0,16}(?:二维码|关注|下载|公众号|客户端)|关注.{0,16}(?:公众号|官方微信|官方微博|微信号)|"
    r"下载.{0,12}(?:客户端|APP|App|app)|更多精彩|点击进入专题|点击查看更多|查看更多|"
    r"文明上网|登录后.{0,6}(?:评论|发表)|我要评论|发表评论|网友评论|条评论|人参与)"
)
_END = re.compile(
    r"^[\s【\[（(▼↓·■●★]{0,4}(?:相关(?:新闻|阅读|报道|链接|推荐|文章|专题|稿件|资讯|视频|图片|内容)|延伸\s?·?\s?(?:阅读|推荐)|推荐阅读|往期(?:回顾|推荐|精选)|热门(?:推荐|新闻|文章|评论)|"
    r"精彩推荐|为您推荐|猜你喜欢|大家都在看|更多(?:新闻|精彩|内容|资讯|推荐)|(?:免责|版权|特别|郑重|本网|本站)(?:声明|申明|说明|提示)|网友评论|最新评论|"
    r"分享到|分享至|打印本页|关闭窗口|上一篇|下一篇|返回(?:首页|列表|顶部))[\s】\]）)：:>》]{0,4}"
)


_DISCLAIMER = re.compile(r"^[\s【\[（(*※]{0,3}(?:免责|版权|特别|郑重|风险|本网|本站)(?:声明|申明|说明|提示|提醒)")


def is_disclaimer(text: str) -> bool:
    """A paragraph in which the site speaks, not the article."""
    return _DISCLAIMER.match(text) is not None


def is_editor_line(text: str) -> bool:
    """A line that names editors, proofreaders or who signed the page off."""
    return len(text) < 80 and _EDITOR.match(text) is not None


def is_boilerplate(text: str) -> bool:
    """A line of the site, not of the article."""
    return is_editor_line(text) or (len(text) < 200 and _BOILER.search(text) is not None)


def ends_article(text: str) -> bool:
    """The heading of what follows an article: related lists, disclaimers, comments."""
    return len(text) < 40 and _END.match(text) is not None
