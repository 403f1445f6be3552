"""What machines read: robots.txt, the sitemap index with its children, and the feed."""

from __future__ import annotations

import gzip
from email.utils import format_datetime
from html import escape
from typing import TYPE_CHECKING

from sample_portal.faults import FOREIGN, Faults, robots_rules

if TYPE_CHECKING:
    from sample_portal.truth import TrueArticle
    from sample_portal.world import World

__all__ = ["archive_sitemap", "feed", "news_sitemap", "robots", "sitemap_index"]

_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_RECENT = 30


def robots(world: World, host: str) -> tuple[int, bytes]:
    """Return status and body: proper rules, none at all (404), or a page that pretends to be the file."""
    rules = robots_rules(world.portal, host)
    if host.startswith("news."):
        return 404, b"Not Found"
    if not rules:
        return 200, "<html><head><title>404</title></head><body>您访问的页面不存在</body></html>".encode(
            "gb18030"
        )
    lines = [
        "User-agent: EvilBot",
        "Disallow: /",
        "",
        f"# {world.portal.title}",
        "User-agent: *",
        *(f"Disallow: {rule}" for rule in rules),
    ]
    if host == f"www.{world.portal.domain}" and world.portal.indexed:
        lines += ["", f"Sitemap: {world.portal.home}sitemap_index.xml"]
    return 200, "\r\n".join(lines).encode("gb18030")


def sitemap_index(world: World) -> bytes:
    """Return an index of two children, one of them gzipped."""
    home, day = world.portal.home, f"2022-11-{2 + world.edition:02d}T22:30:00+08:00"
    children = (
        (f"{home}sitemap_news.xml", day),
        (f"{home}sitemap_archive.xml.gz", "2022-11-01T03:00:00+08:00"),
    )
    rows = "".join(
        f"<sitemap><loc>{url}</loc><lastmod>{when}</lastmod></sitemap>\n" for url, when in children
    )
    return f'{_XML}<sitemapindex xmlns="{_SPACE}">\n{rows}</sitemapindex>\n'.encode()


def news_sitemap(world: World, faults: Faults) -> bytes:
    """Return the newest articles, half of those that only sitemaps know, and what a careless exporter adds."""
    listed = sorted(
        (article for article in world.articles.values() if _is_listed(article)),
        key=lambda one: one.published_at,
        reverse=True,
    )
    rows = _rows(listed[:_RECENT]) + _rows(world.unlisted("sitemap")[::2])
    odd = [
        FOREIGN,
        *sorted(faults.disallowed)[:1],
        listed[3].wap or listed[3].url,
        f"{listed[4].url}#top",
        "not a url",
    ]
    rows += "".join(f"<url><loc>{escape(url)}</loc></url>\n" for url in odd)
    return f'{_XML}<urlset xmlns="{_SPACE}" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">\n{rows}</urlset>\n'.encode()


def archive_sitemap(world: World) -> bytes:
    """Return the gzipped child: the other half, among old articles that lists show as well."""
    first = [article for article in world.articles.values() if article.edition == 1 and _is_listed(article)]
    rows = _rows(first[20:50]) + _rows(world.unlisted("sitemap")[1::2])
    return gzip.compress(f'{_XML}<urlset xmlns="{_SPACE}">\n{rows}</urlset>\n'.encode(), mtime=0)


def feed(world: World) -> bytes:
    """Return a feed in RSS 2.0: the newest articles with tracking parameters, and those that only the feed knows."""
    listed = sorted(
        (article for article in world.articles.values() if _is_listed(article)),
        key=lambda one: one.published_at,
        reverse=True,
    )
    articles = (*world.unlisted("feed"), *listed[:15])
    items = "".join(
        f"<item><title><![CDATA[{article.title}]]></title><link>{article.url}?utm_source=rss&amp;utm_medium=feed</link>"
        f'<guid isPermaLink="false">{article.number}</guid><pubDate>{format_datetime(article.published_at)}</pubDate>'
        f"<description><![CDATA[<p>{article.paragraphs[0][:100]}</p>]]></description></item>\n"
        for article in articles
    )
    portal = world.portal
    return (
        f'{_XML}<rss version="2.0"><channel><title>{portal.title}</title><link>{portal.home}</link>'
        f"<description>{portal.title}要闻</description>\n"
        f"{items}</channel></rss>\n"
    ).encode()


def _is_listed(article: TrueArticle) -> bool:
    """Say whether a plain list shows it; what a script's list shows, no machine is told of."""
    return bool(article.channels) and not article.home.script


def _rows(articles: list[TrueArticle] | tuple[TrueArticle, ...]) -> str:
    return "".join(
        f"<url><loc>{article.url}</loc><lastmod>{article.published_at.isoformat()}</lastmod><changefreq>never"
        "</changefreq></url>\n"
        for article in articles
    )
