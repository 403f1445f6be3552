"""What stands around the content on every page: head, navigation, share bar, side bar, footer."""

from __future__ import annotations

from html import escape
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from sample_portal.links import BROKEN, href, relative

if TYPE_CHECKING:
    from sample_portal.truth import Coding, TrueArticle
    from sample_portal.world import World

__all__ = ["CSS", "ICONS", "attribute", "footer", "head", "junk", "navigation", "share", "sidebar", "text"]

#: The picture that a lazy image shows before it is loaded.
ICONS = "/images/blank.gif"
CSS = Path(__file__).with_name("site.css").read_text(encoding="utf-8")

_FRIENDS = (
    ("人民之声", "http://www.people-voice.example/"),
    ("中国网络台", "http://www.cn-wire.example/2022-11/03/content_778899.htm"),
    ("海峡在线", "http://news.strait-daily.example/node_12.htm"), ("福州新闻网", "http://www.fz-press.example/"),
)  # fmt: skip


def text(value: str) -> str:
    """Return ``value`` as HTML text; quotes stay as they are, as in pages of real portals."""
    return escape(value, quote=False)


def attribute(value: str) -> str:
    """Return ``value`` inside double quotes."""
    return escape(value)


def head(title: str, coding: Coding, *, extra: str = "") -> str:
    """Return everything up to ``<body>``, with the charset that ``coding`` claims in its meta."""
    charset = (
        f'<meta http-equiv="Content-Type" content="text/html; charset={coding.meta}" />'
        if coding.meta
        else ""
    )
    return (
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">\n'
        ""
        f'<html xmlns="http://www.w3.org/1999/xhtml">\n<head>\n{charset}\n<title>{text(title)}</title>\n{extra}'
        f'<link href="/css/site.css" rel="stylesheet" type="text/css" />\n'
        '<script type="text/javascript">var _stat=_stat||[];_stat.push(["page",location.href]);</script>\n</head>\n'
    )


def navigation(world: World, page: str) -> str:
    """Return the bar with date, search and channels."""
    portal = world.portal
    channels = "".join(
        f'<a href="{relative(channel.url, page) if number % 2 else channel.url}">{text(channel.name)}</a>'
        for number, channel in enumerate(portal.channels)
    )
    weekday = "四五六日一二三"[(world.edition - 1) % 7]
    return (
        f'<div class="top">今天是 2022年11月{2 + world.edition}日 星期{weekday}　'
        '<a href="javascript:void(0)" onclick="setHome()">设为首页</a> '
        f'<a href="{attribute(portal.home)}">{portal.title}首页</a> <a href="{portal.home}index.htm">返回首页</a> '
        f'<a href="{portal.home}search?q=%E7%96%AB%E6%83%85">搜索</a> <a href="mailto:bjb@{portal.domain}">投稿</a> '
        f'<a href="{portal.home}about.htm">关于我们</a></div>\n<div class="nav">{channels}</div>\n'
    )


def share(article: TrueArticle) -> str:
    """Return the share bar: links out of the portal that carry the article's own URL and title."""
    quoted = attribute(f"http://share.microblog.example/share.php?url={article.url}&title={article.title}")
    return (
        f'<div class="share">分享到：<a href="{quoted}" target="_blank">微博</a> '
        "<a href=\"javascript:shareTo('qq')\">QQ空间</a> "
        '<a href="#" class="weixin">微信</a> <span class="jubao">我要纠错</span> '
        '<a href="javascript:window.print()">打印</a></div>\n'
    )


def footer(world: World) -> str:
    """Return partners, copyright lines, licence numbers."""
    portal = world.portal
    friends = " ".join(f'<a href="{url}" target="_blank">{name}</a>' for name, url in _FRIENDS)
    return (
        f'<div class="foot"><p>友情链接：{friends}</p><p><a href="{portal.home}about.htm">关于我们</a> |'
        " 广告服务 | 网站地图 | "
        f'<a href="{portal.home}internal/node_1.htm">内部平台</a></p>'
        f"<p>{portal.title} 版权所有 未经授权 禁止转载 违者依法必究</p><p>国新办发函[2001]232号 闽ICP备022000000号 "
        "互联网新闻信息服务许可证 35120170001　"
        f"职业道德监督、违法和不良信息举报电话：0591-87095403 举报邮箱：jubao@{portal.domain}</p>"
        f"<p>Copyright &copy; 2001-2022 www.{portal.domain} All Rights Reserved 2022-11-03 00:00:01</p></div>\n"
        '<script type="text/javascript" src="http://stat.counter.example/c.js"></script>\n'
    )


def junk(page: str, count: int = 3) -> str:
    """Return a few links that lead nowhere."""
    rng = Random(page)
    return "".join(f'<a href="{attribute(target)}">更多</a>' for target in rng.sample(BROKEN, count))


def sidebar(world: World, host: str, page: str) -> str:
    """Return the side bar: an advertisement, what is hot on this host, the latest headlines of the home channel."""
    hot = "\n".join(
        f'<li><em>{number}</em><a href="{attribute(href(article, page, world.seed))}">{text(article.title)}</a></li>'
        for number, article in enumerate(world.hot(host), 1)
    )
    advert = "<script>document.write(\"<a href='/ad/click?id=1'>广告位招租</a>\");</script>"
    return (
        f'<div class="ad">{advert}</div>\n<div class="tit">24小时排行</div><ul class="rank">\n{hot}\n</ul>\n'
    )
