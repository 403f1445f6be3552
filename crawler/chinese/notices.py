"""What a site says below (or above) a text: who owns it, whom to call, what to press.

All of it is looked for at the edges of a text only, where nothing but such lines follows. What a sentence of an
article may say as well is not among it: 如有线索，请拨打110, 报名电话：, 市民可下载…APP预约.
"""

from __future__ import annotations

import re

__all__ = ["is_appeal", "is_disclaimer", "is_notice", "is_step"]

_START = r"^[\s【\[（(*※>·•▲■●]{0,4}(?:(?:[①-⑩]|[1-9一二三四五][、.．)）])\s?)?"
_SITE = r"(?:本(?:网|站|報|报|刊|平台|公众号|号|頻道|频道)|我们)"
# What begins like this is the site's, however long it is.
_DISCLAIMER = re.compile(
    _START + r"(?:免责(?:声明|申明|说明)|版权(?:声明|说明)|(?:特别|郑重)声明|本[网站]声明|"
    r"凡.{0,12}注明\s?[为有]?[“\"「『].{0,60}(?:作品|稿件|文章|图片|文字|内容|均)|本[网站]未注明|"
    r"(?:请|用户应)?(?:自觉)?遵守.{0,6}《?互联网(?:电子公告|跟帖评论|论坛社区).{0,4}服务管理|"
    r"声明[：:]\s?(?:凡|该文|此文|本文|本[网站平]|转载|文章|图文|图片|以上|部分|内容)"
    r".{0,80}(?:观点|立场|转载|版权|来源|作者|侵权|平台))"
)
_RIGHTS = re.compile(
    _START + r"(?:"
    r"如(?:果|若)?(?:您|有|存在|因|涉及|对).{0,40}(?:版权|侵权|著作权|稿酬).{0,30}"
    rf"(?:[与和同向].{{0,4}}{_SITE}|{_SITE}.{{0,8}}(?:联系|删除|处理)|联系{_SITE})|"
    r"如对本(?:稿件?|文章?|内容).{0,6}(?:异议|投诉|疑问)|"
    r"(?:文章|图片|图文|内容|素材|原文|视频|本文|以上.{2,4})?版[权權](?:均|为)?[归歸属屬](?:原?(?:作者|创)|本[网站报])|"
    r"本[網网]站之?(?:文字|内容|內容|[图圖]片).{0,40}(?:不得|禁止|[请請]勿)|"
    r"请?(?:各位|广大)?网友(?:们)?请?(?:文明上网|理性发言)|(?:发言|评论)最多\d{1,5}字|"
    r"(?:本|该)?(?:内容|文章)(?:为|系|仅代表)作者(?:的)?(?:独立|个人)?观点.{0,6}不代表|"
    r"(?:本文|原文|文章|永久)(?:地址|链接|网址)\s?[：:]\s?(?:https?:|www\.)|"
    r"(?:—|–|-|－|=|~|\s|·|●|\*|【|\[){0,8}(?:THE\s)?END(?:—|–|-|－|=|~|\s|·|●|\*|】|\]|\.|。){0,8}$)",
    re.IGNORECASE,
)
# 新闻线索, not the 线索 that the police ask for.
_HOTLINE = re.compile(
    _START + r"(?:"
    r"(?:我?想|我要|有|欢迎)?(?:爆料|报料)\s?[？?！!：:】\]].{0,30}(?:热线|电话|微信|拨打|登[录陆]|联系|邮箱|关注|扫码|客户端)|"
    r"(?:如果|若|倘若)?[您你](?:身边|手[中里头上])?(?:还)?有(?:好的|任何|重要|什么)?(?:新闻|报料)?(?:线索|素材)"
    r".{0,40}(?:新闻热线|报料|爆料|新闻线索)|"
    r"(?:如果|若|倘若)?[您你](?:身边|手[中里头上])?有(?:好的|任何|重要|什么)?新闻(?:线索|素材)|"
    r"(?:欢迎|敬请)[您你]?(?:广大)?(?:市民|读者|网友|观众)?(?:朋友)?(?:们)?.{0,6}(?:提供新闻线索|报料|爆料)|"
    r"(?:请|可)?拨打.{0,14}(?:新闻|报料|爆料)热线.{0,60}(?:报料|爆料|新闻线索)|"
    r".{0,8}(?:24小时)?(?:新闻|爆料|报料)热线\s?[：:]?\s?[\d（(-]{5}[^。，]{0,40}$)"
)
_NOTICE = re.compile(
    r"版权所有(?![者人权])|(?:不得|禁止|谢绝|不得擅自)[转轉][载載]|转载请|"
    r"未[经經].{0,12}(?:授[权權]|许可|許可|同意|允许)[^。]{0,20}(?:[转轉][载載]|复制|複製|摘编|镜像|使用(?:本|上述|[。！]?$))|"
    r"不代表.{0,10}(?:[观觀][点點]|立[场場]|本[网網站报報刊平])|"
    r"(?:本[站网]|本平台)(?!讯|记者|将).{0,12}(?:声明|观点|立场|无关)|与平台(?:立场)?无关|^\W{0,4}平台声明|"
    r"投资者据此|(?:据此|投资|转载|核实).{0,20}(?:风险|责任|后果)自[担负]|(?:风险|责任)自[担负].{0,20}投资|"
    r"(?:爆料|报料|新闻热线|商务合作).{0,3}(?:电话|邮箱|热线|请)[：:]|(?:本[报刊网站]|我们).{0,6}投稿.{0,6}[：:]|"
    r"投稿[/／、].{0,12}[：:]|出于传递更多信息之?目?的?|"
    r"我要爆料.{0,4}新闻热线|不构成.{0,6}投资建议|^[（(]本文来源[：:].{1,40}[）)]$|^(?:[\[【](?:稿源|来源|作者|编辑|责编|责任编辑)[：:][^\[\]【】]{1,24}[\]】]\s?){1,4}$|^打开.{1,8}(?:新闻)?\s?查看精彩"
)
# Somebody says it, or a law does: the article reports it.
_REPORTED = re.compile(
    r"[说称][，：,:“]|表示[，：“]|介绍[，：“]|指出[，：]|认为[，：]|"
    r"(?:民警|律师|法官|警方|专家|医生|部门|负责人)提醒|法院|律师(?!事务所)|民警|《[^》]{1,20}[法例]》"
)
_LONGEST = 600
_LONG_NOTICE = 160
_APPEAL = re.compile(
    r"(?:扫码|扫一扫|扫描|长按|识别|点击|添加).{0,20}(?:二维码|关注|下载|公众号|客户端|微信|查看|进入|加入|在看|投票|报名)|"
    r"关注[^，,。]{0,20}(?:公众号|微信|微博)|(?:下载|安装|打开|登录)(?![了过量次]).{0,12}(?:客户端|APP|App|app)|"
    r"^.{0,10}更多.{0,10}(?:精彩|内容|资讯|新闻|详情).{0,20}(?:请|关注|下载|点击|尽在|敬请|访问|扫|登录|[^。！]$)|"
    r"点.{0,2}[“\"「]?在看|[“\"「【]在看[”\"」】]|(?:喜欢|觉得|看完|记得|顺手|麻烦).{0,12}点个赞|点个赞(?:再走|哦|呗)|"
    r"^[^把将她他它]{0,8}(?:转发|分享)[到至给]?.{0,4}朋友圈|^[+＋]?关注$|"
    r"(?:责编|编辑|监制|校对)\s?[|｜丨]|^(?:文章|本文)?(?:关键[词字]|標籤|标签|關鍵字)\s?[：:]|"
    r"阅读原文|戳这里|^\W{0,4}(?:查看|点击)?往期|往期(?:回顾|精选)|"
    r"(?:商务|广告|内容)合作(?:[：:]|.{0,8}(?:微信|电话|QQ|邮箱|联系))|^\W{0,4}(?:商务|广告)合作\W{0,4}$|仅供参考|"
    r"[點点]我下[載载]|按我看|[請请][繼继][續续]往下[閱阅][讀读]|^转播到.{2,6}微博$|^喜欢此内容的人还喜欢|"
    r"^(?:本文)?(?:导航|目录)\W{0,2}$|^第\d{1,2}页\s?[：:].{2,40}$|^(?:本文)?共\s?\d{1,3}\s?页"
)
_TELLING = re.compile(r"(?<![您你])可|已|将|了(?!解)|能|会|被|需|应|[他她它们]|市民|居民|群众|用户|记者|民警")
# 二、打开APP，点击“预约”; 投票方式：关注…公众号: how something is done.
_STEP = re.compile(
    r"[\s（(【]{0,2}(?:第?[一二三四五六七八九十]{1,3}[步、.．)）：:]|\d{1,2}[、.．)）]|[①-⑩]|步骤|.{2,6}(?:方式|方法|途径|渠道|入口|流程|步骤)[：:])"
)
_SHORT_APPEAL = 70
_LINKED_APPEAL = 160
_WORDS = frozenset((
    "举报", "反馈", "投诉", "不感兴趣", "分享到", "分享至", "分享给好友", "分享让更多人看到", "点分享", "点收藏",
    "点在看", "点点赞", "点赞", "在看", "收藏", "转发", "打赏", "赞赏", "微信打赏", "支付宝打赏", "打赏作者",
    "赞赏作者", "喜欢作者", "相关", "相關", "Twitter", "Facebook", "Line", "LINE", "Email", "微信", "微博",
    "朋友圈", "QQ", "QQ空间", "新浪微博", "腾讯微博", "AI朗读", "男声", "女声", "倍速", "语速", "听全文",
    "关闭赞赏", "开启赞赏", "广告", "廣告",
))  # fmt: skip
_BETWEEN = re.compile(r"[\s|｜丨/、，,:：·\[\]【】（）()]+")
_COUNT = re.compile(r"\d{1,8}\+?人?已?(?:打赏|赞赏|点赞|收藏|喜欢)")
_LONGEST_BUTTONS = 40


def is_disclaimer(text: str) -> bool:
    """A paragraph in which the site speaks, not the article."""
    return _DISCLAIMER.match(text) is not None


def is_notice(text: str) -> bool:
    """Whose the text is, what may be done with it, where to send news; of any length where it begins like that."""
    if len(text) > _LONGEST:
        return _DISCLAIMER.match(text) is not None
    if _DISCLAIMER.match(text) or _RIGHTS.match(text) or _HOTLINE.match(text):
        return True
    return len(text) < _LONG_NOTICE and _NOTICE.search(text) is not None and _REPORTED.search(text) is None


def is_step(text: str) -> bool:
    """A numbered or labelled step of something that the article explains."""
    return _STEP.match(text) is not None


def is_appeal(text: str, linked: int = 0) -> bool:
    """What the reader is to press, scan or follow; short, and one sentence. Also a row of such buttons."""
    if len(text) > (_LINKED_APPEAL if linked else _SHORT_APPEAL) or "。" in text[:-1]:
        return False
    if len(text) <= _LONGEST_BUTTONS and _is_buttons(text):
        return True
    found = _APPEAL.search(text)
    if found is None or is_step(text):
        return False
    return linked > 0 or _TELLING.search(text, 0, found.start()) is None


def _is_buttons(text: str) -> bool:
    words = [word for word in _BETWEEN.split(text) if word]
    return bool(words) and all(word in _WORDS or _COUNT.fullmatch(word) for word in words)
