"""The lists that stand behind and beside an article: related, channel, photo, video, hot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sample_portal.furniture import attribute, text
from sample_portal.links import href
from sample_portal.spinning import spin

if TYPE_CHECKING:
    from sample_portal.truth import Layout, ListName, Related, TrueArticle
    from sample_portal.world import World

__all__ = ["after_body"]

#: The heading over the related list; the modern template has none.
_HEADINGS: dict[Layout, str] = {
    "modern": "", "classic": "相关新闻", "left": "延伸阅读", "picture": "相关新闻", "table": "相关报道",
    "trs": "相关链接", "trs-word": "相关链接",
}  # fmt: skip


def after_body(
    world: World, article: TrueArticle, page: str, *, only: frozenset[ListName] | None = None
) -> str:
    """Return the lists behind the body of ``article`` on its page at URL ``page``; ``only`` leaves out others."""
    parts = []
    for name, entries in world.around(article).items():
        if only is not None and name not in only:
            continue
        if name == "related" and not entries:
            continue
        items = "\n".join(_item(world, entry, page, spun=article.spun) for entry in entries)
        heading = _heading(world, article, name)
        if article.layout == "modern":
            first = f'<li class="tit">{heading}</li>\n' if heading else ""
            parts.append(f'<ul class="list_{name}">\n{first}{items}\n</ul>')
        elif article.layout == "table":
            rows = items.replace("<li>", "<TR><TD>・").replace("</li>", "</TD></TR>")
            parts.append(
                f'<TABLE width="100%"><TR><TD class=title2><B>{heading}</B></TD></TR>\n{rows}\n</TABLE>'
            )
        else:
            parts.append(
                f'<div class="box {name}"><div class="tit">{heading}</div>\n<ul>\n{items}\n</ul></div>'
            )
    return "\n".join(parts)


def _heading(world: World, article: TrueArticle, name: ListName) -> str:
    home = article.home
    channels = {channel.kind: channel.url for channel in world.portal.channels if channel.kind != "news"}
    match name:
        case "channel":
            return (
                f'<a href="{home.url}">最新{home.city}新闻</a> <a href="{home.url}" class="more">频道推荐</a>'
            )
        case "photo":
            return f'<a href="{channels["gallery"]}">进入图片频道</a> 最新图文'
        case "video":
            return f'<a href="{channels["video"]}">进入视频频道</a> 最新视频'
        case "hot":
            return "一周热点新闻"
        case _:
            return _HEADINGS[article.layout]


def _item(world: World, entry: Related, page: str, *, spun: bool) -> str:
    target = attribute(href(world.articles[entry.url], page, world.seed))
    title = spin(entry.title) if spun else entry.title
    image = ""
    if entry.list == "photo":
        number = world.articles[entry.url].number
        image = f'<a href="{target}"><img src="/thumb/{number}.jpg" alt="{attribute(title)}" /></a>'
    day = f"<span>{entry.date}</span>" if entry.date else ""
    shown = title if len(title) < 26 or entry.list != "hot" else title[:22] + "..."
    return f'<li>{image}<a href="{target}" title="{attribute(title)}" target="_blank">{text(shown)}</a>{day}</li>'
