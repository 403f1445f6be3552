"""Pages as Founder writes them: lists, articles, and the mobile twin of an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sample_portal.bodies import body_html
from sample_portal.faults import Faults, trap_links
from sample_portal.furniture import attribute, footer, head, junk, navigation, share, sidebar, text
from sample_portal.links import href, list_url, relative
from sample_portal.lists import after_body
from sample_portal.spinning import spin
from sample_portal.templates import TEMPLATES, Parts
from sample_portal.truth import Channel, Coding, TrueArticle

if TYPE_CHECKING:
    from sample_portal.world import World

__all__ = ["article_page", "list_coding", "list_page", "mobile_page"]

_GB_LISTS = (
    Coding(None, "gb2312", "gb18030"),
    Coding("utf-8", "gb2312", "gb18030"),
    Coding(None, None, "gb18030"),
)


def list_coding(channel: Channel, page: int) -> Coding:
    """Say how a page of the channel's list is sent."""
    return _GB_LISTS[page % 3] if channel.layout == "table" else Coding()


def list_page(world: World, faults: Faults, channel: Channel, page: int, asked: str) -> str:
    """Return page ``page`` (from 1) of the channel's list, requested as ``asked``."""
    url = list_url(channel, page)
    start = (page - 1) * channel.per_page
    rows = [
        (
            href(article, url, world.seed, in_list=True),
            article.title,
            f"{article.published_at:%Y-%m-%d %H:%M}",
        )
        for article in world.listed(channel)[start : start + channel.per_page]
    ]
    for number, fault in enumerate(faults.on_list(channel, page)):
        place = min(3 + 4 * number, len(rows))
        rows.insert(place, (fault.url, fault.title, rows[place - 1][2]))
    items = "\n".join(
        f'<li><span>{day}</span><a href="{attribute(target)}" target="_blank">{text(title)}</a></li>'
        for target, title, day in rows
    )
    traps = "".join(
        f'<li><a href="{attribute(target)}">{name}</a></li>' for name, target in trap_links(channel, asked)
    )
    hot = sidebar(world, channel.host, url)
    return (
        head(f"{channel.name} - {world.portal.title}", list_coding(channel, page))
        + f'<body>\n{navigation(world, url)}<div class="wrap">\n'
        f'<div class="path">当前位置：{_crumbs(world, channel.crumbs, channel)}</div>\n'
        f'<div class="cont-left"><h2>{text(channel.name)}</h2>\n<ul class="list_page">\n{items}\n</ul>\n'
        f'<div id="displaypagenum">{_list_pager(world, channel, page)}</div>\n</div>\n'
        f'<div class="cont-right">{hot}<div class="tit">工具</div><ul class="tools">{traps}</ul>'
        f'<div class="links">{junk(url)}</div></div>\n</div>\n'
        f"{footer(world)}</body>\n</html>\n"
    )


def article_page(world: World, article: TrueArticle, page: int) -> str:
    """Return page ``page`` (from 1) of the article in its host's template."""
    url = article.pages[page - 1]
    say = spin if article.spun else str
    body = (
        f"{_property_comment(article)}<!--enpcontent-->{body_html(article, page, url, say)}<!--/enpcontent-->"
    )
    if article.layout == "table":
        body = f"<founder-content>{body_html(article, page, url, say)}</founder-content>"
    if article.video:
        poster = f"/thumb/{article.number}.jpg"
        video = f'<video src="{article.video}" poster="{poster}" controls></video>'
        body = f'<div class="video">{video}</div>\n{body}'
    suffix = f"({page})" if page > 1 and article.layout == "left" else ""
    parts = Parts(
        article=article,
        crumbs=_crumbs(world, article.breadcrumb, article.home) + " &gt; 正文",
        title=text(say(article.title)) + suffix,
        subtitle=text(say(article.subtitle or "")),
        source=say(_source(article)),
        author=say(article.author_line or ""),
        body=body,
        editors=say(f"责任编辑：{_editors(article)}"),
        pager=_article_pager(article, page),
        share=share(article),
        lists=after_body(world, article, url),
        sidebar=sidebar(world, article.host, url),
    )
    metas = (
        f'<meta name="keywords" content="{attribute(" ".join(article.keywords))}" />\n'
        f'<meta name="description" content="{attribute(say(article.paragraphs[0][:80]))}" />\n'
    )
    return (
        head(
            f"{say(article.title)} - {article.home.name} - {world.portal.title}", article.coding, extra=metas
        )
        + f"<body>\n{navigation(world, url)}{TEMPLATES[article.layout](parts)}{footer(world)}</body>\n</html>\n"
    )


def mobile_page(world: World, article: TrueArticle) -> str:
    """Return the mobile twin: all pages on one, without the lists. It names the desktop page as canonical."""
    url = article.wap or article.url
    body = "\n".join(body_html(article, page, url, str, "modern") for page in range(1, len(article.body) + 1))
    canonical = (
        f'<link rel="canonical" href="{article.url}" />\n'
        '<meta name="viewport" content="width=device-width" />\n'
    )
    return (
        head(f"{article.title}_{world.portal.title}", Coding(), extra=canonical)
        + f'<body class="wap"><h1>{text(article.title)}</h1>'
        f'<div class="meta">{article.published_at:%m-%d %H:%M} {_source(article)}</div>\n'
        f'<div class="m-content">{body}</div>\n<p><a href="{article.home.url}">返回频道</a> '
        f'<a href="{article.url}">电脑版</a></p></body></html>\n'
    )


def _crumbs(world: World, names: tuple[str, ...], channel: Channel) -> str:
    targets = [world.portal.home, *[channel.url] * (len(names) - 1)]
    return " &gt; ".join(
        f'<a class="daohang" href="{target}">{text(name)}</a>'
        for name, target in zip(names, targets, strict=True)
    )


def _source(article: TrueArticle) -> str:
    name = text(article.source or "")
    return (
        f'来源：<a href="{article.source_url}" target="_blank">{name}</a>'
        if article.source_url
        else f"来源：{name}"
    )


def _editors(article: TrueArticle) -> str:
    """Name the editors; names of two characters are often padded to the width of three."""
    wide = article.number % 3 == 0
    return " ".join(f"{name[0]}　{name[1]}" if wide and len(name) == 2 else name for name in article.editors)


def _property_comment(article: TrueArticle) -> str:
    """Return Founder's metadata; authors as the CMS holds them, which is mostly not at all."""
    when, home = article.published_at, article.home
    author = article.people[0].name if article.author_line and article.people else ""
    node = "".join(char for char in home.id if char.isdigit()) or "423"
    return (
        f"<!--enpproperty <articleid>{article.number}</articleid><date>{when:%Y-%m-%d %H:%M:%S}.0</date>"
        f"<author>{author}</author>"
        f"<title>{text(article.title)}</title><keyword>{' '.join(article.keywords)}</keyword>"
        f"<subtitle>{text(article.subtitle or '')}</subtitle>"
        f"<introtitle></introtitle><siteid>2</siteid><nodeid>{node}</nodeid><nodename>{home.name}</nodename>"
        "<nodesearchname></nodesearchname>"
        "<picurl></picurl>/enpproperty-->"
    )


def _article_pager(article: TrueArticle, page: int) -> str:
    pages = article.pages
    if len(pages) == 1:
        return ""
    links = [
        f"<font color=red>{number}</font>"
        if number == page
        else f'<a href="{relative(target, article.url)}">{number}</a>'
        for number, target in enumerate(pages, 1)
    ]
    if page < len(pages):
        links.append(f'<a href="{relative(pages[page], article.url)}">下一页</a>')
    return f"<center>{' '.join(links)}</center>"


def _list_pager(world: World, channel: Channel, page: int) -> str:
    """Return numbers around the page, then 下一页 and 尾页; behind the last, 下一页 leads astray on two hosts."""
    last = world.pages(channel)
    near = [number for number in range(max(1, page - 3), min(last, page + 3) + 1) if number != page]
    links = [f'<a href="{relative(list_url(channel, number), channel.url)}">{number}</a>' for number in near]
    if page > 1:
        links.insert(0, f'<a href="{list_url(channel, page - 1)}">上一页</a>')
    if page < last:
        links += [
            f'<a href="{relative(list_url(channel, page + 1), channel.url)}">下一页</a>',
            f'<a href="{list_url(channel, last)}">尾页</a>',
        ]
    elif channel.layout == "table":
        links.append(f'<a href="{world.portal.home}">下一页</a>')
    elif channel.layout == "left":
        links.append('<a href="javascript:showAd()">下一页</a>')
    return f"<center>共{last}页 {' '.join(links)}</center>"
