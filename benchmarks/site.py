"""The news site of the benchmarks: articles of about 15 KB with 33 links each, and their list pages, as files.

Ten channels list fifty articles a page; the home page links the channels. Every page carries the navigation (11
links), every article the breadcrumb (2) and twenty other articles in three lists, as a regional portal of the
Founder CMS shows them. The same number of articles gives the same bytes, whatever the address: links are
relative to the root.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Final

from sample_portal.text import Writer

__all__ = ["Site"]

CHANNELS: Final = (
    "国内新闻", "社会新闻", "福州要闻", "民生", "厦门新闻", "教育", "医疗", "文化", "体育", "政务公开",
)  # fmt: skip
NODES: Final = tuple(range(101, 101 + len(CHANNELS)))
PER_PAGE: Final = 50
FIRST: Final = 31_000_000
NEWEST: Final = datetime(2022, 11, 3, 22, 30)  # noqa: DTZ001 - as displayed, in the portal's zone
BODY_CHARACTERS: Final = 1900
SOURCES: Final = ("福州新闻网", "福州日报", "福州晚报", "新华社", "海峡都市报", "厦门日报")

_STYLE: Final = "\n".join(
    f".m{number} {{ margin: {number}px auto; padding: 0 {number % 7}px; color: #{number * 5:03x}; overflow: hidden }}"
    for number in range(24)
)
_SCRIPT: Final = "\n".join(
    f'var slot{number} = {{ id: "ad_{number}", width: {number * 40 + 120}, height: 90, kind: "banner" }};'
    for number in range(16)
)


@dataclass(frozen=True, slots=True)
class Article:
    """One article: its place in the lists and what its page shows."""

    number: int
    channel: int
    when: datetime
    title: str

    @property
    def path(self) -> str:
        """From the root of the site."""
        return f"/{self.when:%Y-%m/%d}/content_{FIRST + self.number}.htm"


class Site:
    """A site of ``size`` articles (a multiple of 10)."""

    def __init__(self, size: int = 5000) -> None:
        self.size = size
        self.articles = tuple(self._article(number) for number in range(size))

    @property
    def list_pages(self) -> int:
        """The home page and all pages of the channels."""
        per_channel = self.size // len(CHANNELS)
        return 1 + len(CHANNELS) * -(-per_channel // PER_PAGE)

    def pages(self) -> Iterator[tuple[str, bytes]]:
        """Path and bytes of every page, the lists first."""
        yield "/index.htm", _page("示例新闻网", _home(self.articles[:PER_PAGE])).encode()
        for channel, node in enumerate(NODES):
            mine = [article for article in self.articles if article.channel == channel]
            last = -(-len(mine) // PER_PAGE)
            for page in range(1, last + 1):
                shown = mine[(page - 1) * PER_PAGE : page * PER_PAGE]
                body = _list(channel, shown, page, last)
                yield _list_path(node, page), _page(f"{CHANNELS[channel]} - 示例新闻网", body).encode()
        for article in self.articles:
            title = f"{article.title} - {CHANNELS[article.channel]} - 示例新闻网"
            yield article.path, _page(title, self._body(article), article).encode()

    def write(self, folder: Path) -> None:
        """All pages as files under ``folder``."""
        for path, body in self.pages():
            file = folder / path.removeprefix("/")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(body)

    def _article(self, number: int) -> Article:
        writer = Writer(Random(f"title {number}"), NEWEST.date())
        when = NEWEST - timedelta(minutes=11 * number, seconds=number % 60)
        return Article(number, number % len(CHANNELS), when, f"{writer.title()}（{number}）")

    def _body(self, article: Article) -> str:
        rng = Random(f"body {article.number}")
        writer = Writer(rng, article.when.date())
        paragraphs = [writer.paragraph()]
        while sum(map(len, paragraphs)) < BODY_CHARACTERS:
            paragraphs.append(writer.paragraph())
        reporter, correspondent, editor = writer.people(3)
        paragraphs[-1] += f"（记者 {reporter} 通讯员 {correspondent}）"
        text = "\n".join(f'<p style="text-indent: 2em;">{paragraph}</p>' for paragraph in paragraphs)
        others = [self.articles[rng.randrange(self.size)] for _ in range(20)]
        name, node = CHANNELS[article.channel], NODES[article.channel]
        return f"""<div class="crumbs">您所在的位置：<a class="daohang" href="/index.htm">示例新闻网</a> &gt;
<a class="daohang" href="{_list_path(node, 1)}">{name}</a> &gt; 正文</div>
<div class="cont-left">
<div class="cont-head"><h1>{article.title}</h1>
<div class="cont-info"><span id="pubtime_baidu">{article.when:%Y-%m-%d   %H:%M:%S}</span>
<span id="source_baidu">来源：{rng.choice(SOURCES)}</span>
<span id="author_baidu">作者：{reporter}</span>
<span id="editor_baidu">责任编辑：{editor}</span></div></div>
<div class="cont-news">
<!--enpcontent--><!--enpproperty <articleid>{FIRST + article.number}</articleid><date>{article.when:%Y-%m-%d %H:%M:%S.0}</date><author>{reporter}</author><title>{article.title}</title><keyword></keyword><subtitle></subtitle><introtitle></introtitle><siteid>2</siteid><nodeid>{node}</nodeid><nodename>{name}</nodename><nodesearchname></nodesearchname><picurl></picurl>/enpproperty-->
{text}
<!--/enpcontent-->
</div>
<div class="editor">责任编辑：{editor}</div>
<div class="related"><h3>相关新闻</h3>{_links(others[:10])}</div>
<div class="latest"><h3>最新福州新闻 频道推荐</h3>{_links(others[10:16])}</div>
<div class="hot"><h3>一周热点新闻</h3>{_links(others[16:])}</div>
<div class="comments">已有<em>0</em>人发表了评论</div>
</div>"""


def _list_path(node: int, page: int) -> str:
    return f"/node_{node}.htm" if page == 1 else f"/node_{node}_{page}.htm"


def _links(articles: list[Article] | tuple[Article, ...]) -> str:
    entries = (
        f'<li><a href="{article.path}" target="_blank">{article.title}</a><span>{article.when:%Y-%m-%d}</span></li>'
        for article in articles
    )
    return "<ul>" + "\n".join(entries) + "</ul>"


def _home(newest: tuple[Article, ...]) -> str:
    return f'<div class="cont-left"><div class="focus">{_links(newest[:22])}</div></div>'


def _list(channel: int, shown: list[Article], page: int, last: int) -> str:
    entries = "\n".join(
        f'<li><span>{article.when:%Y-%m-%d}</span><a href="{article.path}">{article.title}</a></li>'
        for article in shown
    )
    node = NODES[channel]
    steps = [
        (f"第{number}页", number)
        for number in range(max(1, page - 2), min(last, page + 2) + 1)
        if number != page
    ]
    if page < last:
        steps.append(("下一页", page + 1))
    pager = " ".join(f'<a href="{_list_path(node, number)}">{word}</a>' for word, number in steps)
    return f"""<div class="cont-left"><h2>{CHANNELS[channel]}</h2>
<ul class="list_page">
{entries}
</ul>
<div id="displaypagenum"><center>{pager}</center></div></div>"""


def _page(title: str, body: str, article: Article | None = None) -> str:
    navigation = "\n".join(
        f'<li><a href="{_list_path(node, 1)}">{name}</a></li>'
        for node, name in zip(NODES, CHANNELS, strict=True)
    )
    date = f'<meta name="publishdate" content="{article.when:%Y-%m-%d}">' if article else ""
    return f"""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta name="keywords" content="福州,福建,新闻,示例新闻网">
<meta name="description" content="{title}">
{date}
<style>
{_STYLE}
</style>
<script>
{_SCRIPT}
</script>
</head>
<body>
<div class="top"><div class="logo"><img src="/images/logo.png" alt="示例新闻网"></div>
<ul class="nav"><li><a href="/index.htm">首页</a></li>
{navigation}
</ul></div>
<div class="main">
{body}
</div>
<div class="footer"><p>示例新闻网版权所有 未经书面授权不得复制或建立镜像</p>
<p>职业道德监督、违法和不良信息举报电话：0591-00000000 举报邮箱：jubao@sample-news.test</p>
<p>互联网新闻信息服务许可证 信息网络传播视听节目许可证 广播电视节目制作经营许可证</p></div>
</body>
</html>
"""
