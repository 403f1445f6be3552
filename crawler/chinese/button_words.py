"""The words on buttons, counters and badges, which are nobody's name and no part of a text."""

from __future__ import annotations

import re

__all__ = ["BUTTONS", "INTERFACE", "button_words", "is_interface", "is_widget_word"]

BUTTONS = frozenset((
    "分享", "转发", "收藏", "评论", "关注", "订阅", "举报", "打印", "关闭", "字号", "大", "中", "小",
    "超大", "标准", "默认", "登录", "注册", "退出", "正文", "首页", "尾页", "末页", "原创", "转载", "微信",
    "微博", "朋友圈", "微信好友", "复制链接", "更多", "返回", "阅读", "浏览", "点赞", "赞", "顶", "踩",
    "纠错", "我要纠错", "参与", "跟贴", "推荐", "展开", "收起", "放大字体", "缩小字体", "放大", "缩小",
    "加入收藏", "收藏本文", "打印本页", "关闭窗口", "视力保护色", "语音播报", "听新闻", "二维码", "扫一扫",
    "查看", "查看更多", "网友评论", "相关推荐", "发表", "发布", "发表评论", "我来说两句", "说两句",
    "我有话说", "自动播放", "重播", "播放", "点击播放", "全屏", "静音", "查看大图", "查看原图", "下一张",
    "上一张", "下一页", "上一页", "全文", "阅读全文", "展开全文", "手机看", "手机看新闻", "客户端",
    "下载客户端", "条评论", "人参与", "已关注", "立即登录", "自媒体", "优质原创作者", "官方账号", "T",
    "T|T", "T+", "T-", "A+", "A-", "a+", "a-", "小字号", "中字号", "大字号", "特大", "字级设定", "字級設定", "特",
    "小中大", "小中大特", "標準", "縮小", "加大", "字號", "广告", "廣告",
    "自动播放开关", "感谢", "谢谢", "的投递", "投递", "手机查看", "AI朗读", "听全文", "朗读",
))  # fmt: skip
"""The words of buttons that stand anywhere on a page."""

_BETWEEN = re.compile(r"[\s|｜丨/、，,:：·\[\]【】（）()]+")
INTERFACE = rf"[\s\d|｜丨/、，,:：·\[\]【】（）()]{{0,60}}[{''.join(sorted({re.escape(word[0]) for word in BUTTONS}))}]"
"""How every line begins that is nothing but buttons: hardly another does."""
_BADGE = re.compile(
    r"^[\s\d,，.+\-|｜/·>»<:：()（）\[\]【】#*万亿千wWkK]*$"  # counters and separators
    r"|^\W+$|^(?:内容)?(?:摘要|导读|导语|提要|核心提示|简介)$"
    r"|^.{0,2}(?:微博|空间|好友|号)$"  # where to share to, which platform's account
    r"|^[\[【(（].{1,4}[\])】）]$|^[+＋]?\s?(?:已?关注|订阅)$"
    r"|^(?:阅读|浏览|点击|评论|播放|热度|人气|围观|点赞|转发|收藏|点阅)(?:[量数]|次数)?(?:[\s:：\d]|$)|^[\d.]*[万亿千次人条个]{0,3}(?:阅读|浏览|点击|播放|围观)"
    r"|^(?:播报|朗读|收听|语音|听全文|字数|阅读[需约时]|预计阅读|复制|目录|投稿)"
    r"|^(?:昨天|前天|今天|刚刚|上午|下午|晚上|凌晨|更新)|^\d{1,3}\s?(?:秒|分钟?|小时|天|周|个?月|年)前"
    r"|^\d{1,2}月\d{1,2}日?$|\d[^更]{0,8}更新[)）]?$"  # a day without its year
    r"|^(?:发布于|发表于|IP属地|来自).{0,4}$|^(?:进入|点击|查看|返回|我要|长按)"  # where from, what to do
    r"|^分享|二维码|字号|字体|加载中|[男女]声$|我有话说|参与|评论|跟[帖贴]|扫码|下载|打开|^(?:手机|新闻|官方|移动)?客户端$|关注我们"
    r"|[：:]$|[！!]|[。；？]|https?:|www\."
)


def button_words(text: str) -> list[str]:
    """Return the words of a row of buttons: what bars, spaces and brackets part."""
    return [word for word in _BETWEEN.split(text) if word]


def is_interface(text: str) -> bool:
    """Say whether a line is nothing but buttons."""
    if len(text) > 60:
        return False
    words = [word for word in button_words(text) if not word.isdigit()]
    return bool(words) and all(word in BUTTONS for word in words)


def is_widget_word(text: str) -> bool:
    """Say whether a piece of the row under a headline is a button, counter, badge or sentence: no name."""
    return text in BUTTONS or _BADGE.search(text) is not None
