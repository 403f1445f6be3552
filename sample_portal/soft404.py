"""Pages that say in words what their status does not: the article is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sample_portal.furniture import footer, head, navigation, sidebar, text
from sample_portal.truth import Coding

if TYPE_CHECKING:
    from sample_portal.faults import Fault
    from sample_portal.world import World

__all__ = ["page", "plain"]


def plain(status: int) -> bytes:
    """Return the server's own short page for ``status``."""
    words = {404: "404 Not Found", 410: "410 Gone"}[status]
    html = f"<html><head><title>{words}</title></head><body><center><h1>{words}</h1></center><hr>nginx</body></html>"
    return html.encode()


def page(world: World, fault: Fault) -> str:
    """Return the page behind a fault that answers 200; a forbidden one is a full article that nobody may have."""
    portal, url = world.portal, fault.url
    host = url.split("/")[2]
    match fault.kind:
        case "soft-404":
            return (
                head(f"页面不存在 - {portal.title}", Coding())
                + f'<body>{navigation(world, url)}<div class="main"><div class="content"><h1>页面不存在</h1>'
                "<p>抱歉，您要访问的页面不存在或已被删除！</p>"
                f'<p>您可以返回<a href="{portal.home}">{portal.title}首页</a>，或者看看下面的新闻。</p></div>'
                f'<div class="right">{sidebar(world, host, url)}</div></div>'
                f"{footer(world)}</body></html>"
            )
        case "gone-script":
            return (
                f"<html><head><script>alert('您访问的是已删除或过期的稿件！');location.href='{portal.home}';"
                "</script></head><body>已删除或过期的稿件</body></html>"
            )
        case "gone-refresh":
            return (
                f'<html><head><meta http-equiv="refresh" content="3;url={portal.home}"><title>{portal.title}'
                "</title></head>"
                "<body><p>该稿件不存在或已过期，3秒后返回首页……</p></body></html>"
            )
        case _:
            words = "本页为内部稿件，仅供编辑部传阅，不得采集、转载或以任何形式对外提供。" * 12
            return (
                head(f"{fault.title} - {portal.title}", Coding())
                + f'<body>{navigation(world, url)}<div class="cont-left"><div class="cont-head">'
                f"<h1>{text(fault.title)}</h1>"
                '<span id="pubtime_baidu">2022-11-02   08:00:00</span></div><div class="cont-news">'
                f"<p>{words}</p></div></div>{footer(world)}</body></html>"
            )
