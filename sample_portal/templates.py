"""The five article templates of the Founder hosts, from the newest to one of the table age."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sample_portal.truth import TrueArticle

__all__ = ["TEMPLATES", "Parts"]


@dataclass(frozen=True, slots=True)
class Parts:
    """The pieces of an article's page, each already HTML (``editors`` and ``author``: plain text with label)."""

    article: TrueArticle
    crumbs: str
    title: str
    subtitle: str
    source: str
    author: str
    body: str
    editors: str
    pager: str
    share: str
    lists: str
    sidebar: str


def _modern(parts: Parts) -> str:
    when = parts.article.published_at
    subtitle = f'<h2 class="futi">{parts.subtitle}</h2>' if parts.subtitle else ""
    return (
        f'<div class="wrap">\n<div class="path">当前位置：{parts.crumbs}</div>\n<div class="cont-left">\n'
        f'<div class="cont-head"><h1>{parts.title}</h1>{subtitle}\n<div class="cont-info">'
        f'<span id="pubtime_baidu">{when:%Y-%m-%d}   {when:%H:%M:%S}</span>　'
        f'<span id="author_baidu">{parts.author or "作者："}</span>　'
        f'<span id="source_baidu">{parts.source}</span>　<span class="cmt">我来说两句</span>　<span>字号 '
        '<a href="javascript:doZoom(16)">大</a> <a href="javascript:doZoom(14)">中</a></span></div></div>\n'
        f'<div class="cont-news">\n{parts.body}\n</div>\n<div id="displaypagenum">{parts.pager}</div>\n'
        f'<div class="cont-foot"><span id="editor_baidu">{parts.editors}</span></div>\n{parts.share}'
        f'<div class="cont-list">\n{parts.lists}\n<div class="cmt">已有<a href="#comment">0</a>人发表了评论'
        "</div></div>\n</div>\n"
        f'<div class="cont-right">{parts.sidebar}</div>\n</div>\n'
    )


def _classic(parts: Parts) -> str:
    when = parts.article.published_at
    subtitle = f'<h3 class="sub">{parts.subtitle}</h3>' if parts.subtitle else ""
    author = f'<span id="author_baidu">{parts.author}</span> ' if parts.author else ""
    return (
        f'<div class="main"><div class="daohang_box">{parts.crumbs}</div>\n<div class="content">\n'
        f"<h1>{parts.title}</h1>{subtitle}\n"
        f'<div class="info"><span id="pubtime_baidu">{when:%Y年%m月%d日 %H:%M}</span> '
        f'<span id="source_baidu">{parts.source}</span> {author}'
        f'<a href="#comment">评论(0)</a></div>\n<div id="zoom">\n{parts.body}\n</div>\n'
        f'<div id="displaypagenum">{parts.pager}</div>\n'
        f'<div class="editor">[<span id="editor_baidu">{parts.editors}</span>]</div>\n{parts.share}{parts.lists}\n'
        '<div class="pinglun">已有<em>0</em>人发表了评论</div>\n'
        f'</div>\n<div class="right">{parts.sidebar}</div>\n</div>\n'
    )


def _left(parts: Parts) -> str:
    when = parts.article.published_at
    subtitle = f"<h4>{parts.subtitle}</h4>" if parts.subtitle else ""
    author = f"　{parts.author}" if parts.author else ""
    return (
        f'<div class="main"><div class="left">\n<div class="wz">您现在的位置：{parts.crumbs}</div>\n'
        f"<h1>{parts.title}</h1>{subtitle}\n"
        f'<div class="info">{when:%Y-%m-%d %H:%M}　{parts.source}{author}　【'
        '<a href="javascript:window.print()">打印</a>】</div>\n'
        f'<div class="zw">\n{parts.body}\n<p class="zrbj" align="right">（{parts.editors}）</p>\n</div>\n'
        f'<div id="displaypagenum">{parts.pager}</div>\n{parts.share}{parts.lists}\n<div>已有0人发表了评论</div>\n'
        f'</div>\n<div class="right">{parts.sidebar}</div>\n</div>\n'
    )


def _picture(parts: Parts) -> str:
    when = parts.article.published_at
    return (
        f'<div class="main"><div class="path">{parts.crumbs}</div>\n<div class="content">\n<h1>{parts.title}</h1>\n'
        f'<div class="info"><span class="time">{when.year}/{when.month}/{when.day} {when.hour}:{when:%M}'
        f"</span> {parts.source} "
        f'{parts.author} <span id="editor_baidu">{parts.editors}</span></div>\n<div class="big">'
        f'<div id="zoom">\n{parts.body}\n</div></div>\n'
        f'<div id="displaypagenum">{parts.pager}</div>\n{parts.share}{parts.lists}\n<div>已有0人发表了评论</div>\n'
        f'</div>\n<div class="right">{parts.sidebar}</div>\n</div>\n'
    )


def _table(parts: Parts) -> str:
    when = parts.article.published_at
    subtitle = (
        f"<TR><TD align=center><FONT class=subtitle size=3>{parts.subtitle}</FONT></TD></TR>\n"
        if parts.subtitle
        else ""
    )
    return (
        f"<TABLE width=1000 border=0 align=center cellPadding=4><TR><TD colSpan=2>{parts.crumbs}</TD></TR>\n"
        "<TR><TD vAlign=top width=680>\n"
        f"<TABLE width=100%><TR><TD class=title align=center><H1>{parts.title}</H1></TD></TR>\n{subtitle}"
        f"<TR><TD align=center class=info>{when.year}-{when.month}-{when.day} {when:%H:%M:%S}　"
        f"{parts.source}　{parts.author}</TD></TR>\n"
        '<TR><TD id=new_message_id class=content_text style="FONT-SIZE: 16px; LINE-HEIGHT: 180%">\n'
        f"{parts.body}\n</TD></TR>\n"
        f"<TR><TD><DIV id=displaypagenum>{parts.pager}</DIV></TD></TR>\n<TR><TD align=right>{parts.editors}"
        "</TD></TR></TABLE>\n"
        f"{parts.share}{parts.lists}\n</TD><TD vAlign=top width=290>{parts.sidebar}</TD></TR></TABLE>\n"
    )


TEMPLATES = {"modern": _modern, "classic": _classic, "left": _left, "picture": _picture, "table": _table}
