"""The home page, and the few pages of the portal that are neither list nor article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sample_portal.furniture import attribute, footer, head, navigation, text
from sample_portal.links import href
from sample_portal.truth import Channel, Coding

if TYPE_CHECKING:
    from sample_portal.world import World

__all__ = ["about_page", "calendar_page", "home_page", "path_page", "topic_page"]

_SHOWN = 8


def home_page(world: World) -> str:
    """Return headlines (some stand nowhere else), and a box for every channel."""
    url = world.portal.home
    top = "\n".join(
        f'<h2 class="toutiao"><a href="{attribute(href(article, url, world.seed))}">{text(article.title)}</a></h2>'
        for article in world.unlisted("home")
    )
    boxes = "\n".join(_box(world, channel, url) for channel in world.portal.channels if not channel.script)
    topics = "".join(
        f'<li><a href="http://www.{world.portal.domain}/wap/zhuanti/node_{number}.htm">专题{number}</a></li>'
        for number in (500, 501)
    )
    feed = (
        ""
        if not world.portal.indexed
        else f'<link rel="alternate" type="application/rss+xml" title="RSS" href="{url}rss.xml" />\n'
    )
    return (
        head(f"{world.portal.title} - 首页", Coding(), extra=feed)
        + f'<body>\n{navigation(world, url)}<div class="main"><div class="yaowen">\n{top}\n</div>\n{boxes}\n'
        f'<ul class="zt">{topics}</ul></div>\n{footer(world)}</body>\n</html>\n'
    )


def topic_page(world: World, number: int) -> str:
    """Return a mobile topic page; everything on it stands in a channel as well."""
    url = f"{world.portal.home}wap/zhuanti/node_{number}.htm"
    articles = world.listed(world.portal.channels[number % 3])[2:8]
    items = "".join(
        f'<li><a href="{attribute(article.wap or article.url)}">{text(article.title)}</a></li>'
        for article in articles
    )
    return (
        head(f"专题 - {world.portal.title}", Coding())
        + f'<body class="wap"><h1>专题</h1><ul>{items}</ul><p><a href="{url}">刷新</a></p></body></html>\n'
    )


def calendar_page(world: World, host: str, links: tuple[tuple[str, str], ...]) -> str:
    """Return a day's page of the endless calendar: a few known articles, and ``links`` to other days."""
    url = f"http://{host}/riqi/"
    channel = next(channel for channel in world.portal.channels if channel.host == host)
    items = "".join(
        f'<li><a href="{article.url}">{text(article.title)}</a></li>' for article in world.listed(channel)[:3]
    )
    days = " ".join(f'<a href="{target}">{name}</a>' for name, target in links)
    return (
        head(f"往期回顾 - {world.portal.title}", Coding())
        + f'<body>{navigation(world, url)}<div class="cont-left"><ul class="list_page">{items}</ul>'
        f'<div id="displaypagenum"><center>{days}</center></div>'
        f"</div>{footer(world)}</body></html>\n"
    )


def path_page(world: World, host: str) -> str:
    """Return a page whose relative link leads one folder deeper, for ever."""
    return (
        head(f"专题 - {world.portal.title}", Coding())
        + f'<body>{navigation(world, f"http://{host}/")}<div class="cont-left"><ul class="list_page"><li>'
        '<a href="zt/node_9.htm">更多专题</a></li>'
        f'<li><a href="./zt/zt/node_10.htm">往期专题</a></li></ul></div>{footer(world)}</body></html>\n'
    )


def about_page(world: World) -> str:
    """Return a page of prose that is no article."""
    words = (
        f"{world.portal.title}是经批准设立的综合性新闻网站，下设要闻、社会、民生等频道，为网民提供全方位的资讯服务。"
        * 3
    )
    return (
        head(f"关于我们 - {world.portal.title}", Coding())
        + f'<body>{navigation(world, world.portal.home)}<div class="main"><h1>关于我们</h1><p>{words}</p>'
        f"<p>地址：{world.portal.title}大厦</p></div>"
        f"{footer(world)}</body></html>\n"
    )


def _box(world: World, channel: Channel, url: str) -> str:
    items = "".join(
        f'<li><a href="{attribute(href(article, url, world.seed))}">{text(article.title[:20])}</a>'
        f"<span>{article.published_at:%m-%d}</span></li>"
        for article in world.listed(channel)[:_SHOWN]
    )
    heading = f'<div class="tit"><a href="{channel.url}">{text(channel.name)}</a></div>'
    return f'<div class="box">{heading}<ul>{items}</ul></div>'
