"""Pages as TRS WCM writes them: folders with index pages, a pager that a script writes, articles by date and number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sample_portal.bodies import body_html
from sample_portal.faults import Faults, trap_links
from sample_portal.furniture import attribute, footer, head, junk, navigation, share, sidebar, text
from sample_portal.links import href, list_url
from sample_portal.lists import after_body
from sample_portal.truth import Channel, Coding, TrueArticle

if TYPE_CHECKING:
    from sample_portal.world import World

__all__ = ["article_page", "list_page"]


def list_page(world: World, faults: Faults, channel: Channel, page: int, asked: str) -> str:
    """Return page ``page`` (from 1) of the channel's list; its further pages are named only by ``createPageHTML``."""
    url = list_url(channel, page)
    start = (page - 1) * channel.per_page
    rows = []
    for article in world.listed(channel)[start : start + channel.per_page]:
        target = href(article, url, world.seed, in_list=True)
        own = article.url.removeprefix(channel.url)
        rows.append(
            (
                f"./{own}" if target == article.url and own != article.url else target,
                article.title,
                article.published_at,
            )
        )
    items = [
        f'<li><a href="{attribute(target)}" title="{attribute(title)}">{text(_cut(title))}</a>'
        f"<span>{when:%Y-%m-%d}</span></li>"
        for target, title, when in rows
    ]
    for number, fault in enumerate(faults.on_list(channel, page)):
        place = min(2 + 3 * number, len(rows))
        day = f"{rows[place - 1][2]:%Y-%m-%d}"
        items.insert(
            place, f'<li><a href="{attribute(fault.url)}">{text(fault.title)}</a><span>{day}</span></li>'
        )
    traps = "".join(
        f'<li><a href="{attribute(target)}">{name}</a></li>' for name, target in trap_links(channel, asked)
    )
    body = "\n".join(items)
    return (
        head(f"{channel.name}_{world.portal.title}", Coding())
        + f'<body>\n{navigation(world, url)}<div class="main"><div class="left">\n'
        f'<div class="dqwz">您的位置：{_crumbs(world, channel)}</div>\n'
        f'<ul class="list">\n{body}\n</ul>\n<div class="page">\n'
        f'<script>createPageHTML({world.pages(channel)}, {page - 1}, "index", "htm");</script>\n'
        f'</div></div>\n<div class="right">{sidebar(world, channel.host, url)}<ul>{traps}</ul>{junk(url)}'
        f"</div></div>\n{footer(world)}</body></html>\n"
    )


def article_page(world: World, article: TrueArticle) -> str:
    """Return the article's page: the body in ``div.TRS_Editor``, in one channel pasted from Word."""
    url, when = article.url, article.published_at
    body = body_html(article, 1, url, str)
    if article.layout == "trs-word":
        body = f'<div class="Custom_UnionStyle">\n{body}\n</div>'
        shown = f"发布日期：{when.year}年{when.month}月{when.day}日"
        metas = ""
    else:
        shown = f"发布时间：{when:%Y-%m-%d %H:%M}"
        metas = "".join(
            f'<meta name="{name}" content="{attribute(content)}">\n'
            for name, content in (
                ("SiteName", world.portal.title), ("SiteDomain", article.host), ("ColumnName", article.home.name),
                ("ArticleTitle", article.title), ("PubDate", f"{when:%Y-%m-%d %H:%M}"),
                ("ContentSource", article.source or ""),
                ("Keywords", ";".join(article.keywords)), ("Description", article.paragraphs[0][:60]), ("Url", url),
            )
        )  # fmt: skip
    style = (
        "<style type=text/css>\n"
        ".TRS_Editor P{margin-top:1em;line-height:2;font-family:宋体;font-size:12pt;}\n</style>"
    )
    source = f"来源：{text(article.source)}" if article.source else "来源："
    subtitle = f"<h3>{text(article.subtitle)}</h3>" if article.subtitle else ""
    editor = f'<div class="bianji">责任编辑：{" ".join(article.editors)}</div>' if article.editors else ""
    return (
        head(f"{article.title}_{article.home.name}_{world.portal.title}", article.coding, extra=metas)
        + f'<body>\n{navigation(world, url)}<div class="main"><div class="left">\n'
        f'<div class="dqwz">您的位置：{_crumbs(world, article.home)} &gt; 正文</div>\n'
        f'<div class="article"><h1>{text(article.title)}</h1>{subtitle}\n<div class="info"><span>{shown}'
        f"</span> <span>{source}</span> "
        f"<span>浏览次数：{article.number % 977}</span> <span>字体：[ 大 中 小 ]</span></div>\n"
        f'<div class="view TRS_UEDITOR"><div class="TRS_Editor">{style}\n{body}\n</div></div>\n{editor}\n'
        f"{share(article)}"
        f'<div class="xgxw">{after_body(world, article, url)}</div></div></div>\n'
        f'<div class="right">{sidebar(world, article.host, url)}</div></div>\n'
        f"{footer(world)}</body></html>\n"
    )


def _crumbs(world: World, channel: Channel) -> str:
    targets = [world.portal.home, channel.url]
    return " &gt; ".join(
        f'<a href="{target}" class="CurrChnlCls">{text(name)}</a>'
        for name, target in zip(channel.crumbs, targets, strict=True)
    )


def _cut(title: str) -> str:
    return title if len(title) < 24 else f"{title[:22]}…"
