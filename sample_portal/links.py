"""How pages of the portal write their links: relative and absolute, clean and disguised, sound and broken."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from sample_portal.truth import Channel, TrueArticle

__all__ = ["BROKEN", "href", "list_url", "relative", "session"]

#: Hrefs that lead nowhere. A crawler makes no request of any of them.
BROKEN = (
    "javascript:void(0)", "javascript:window.external.AddFavorite(location.href,document.title)",
    "mailto:bjb@sample-news.test",
    "http://[bad", "//", "ht!tp://www.sample-news.test/x", "#", "", "http://", "http:///2022-11/03/content_1.htm",
    "tel:0591-87000000",
    "http://www.sample-news.test:99999/2022-11/03/content_2.htm", "about:blank",
    "data:text/html,<p>x</p>", "file:///etc/passwd",
    "http://127.0.0.1:9/2022-11/03/content_3.htm", "http://169.254.169.254/2022-11/03/content_4.htm",
    "javascript :alert(1)",
    "http://%zz/", "weixin://dl/business",
    "\x00\x01", "http://www.sample-news.test\\@other.example/2022-11/03/content_5.htm",
)  # fmt: skip


def relative(url: str, page: str) -> str:
    """Return ``url`` as a link on ``page``: relative to its folder where both are on one host, else absolute."""
    here, there = urlsplit(page), urlsplit(url)
    if here.netloc != there.netloc:
        return url
    mine, theirs = here.path.split("/")[:-1], there.path.split("/")
    common = 0
    while common < min(len(mine), len(theirs) - 1) and mine[common] == theirs[common]:
        common += 1
    steps = [".."] * (len(mine) - common) + theirs[common:]
    return "/".join(steps) if steps[0] else there.path


def href(article: TrueArticle, page: str, seed: int, *, in_list: bool = False) -> str:
    """Return a link to ``article`` on the page at URL ``page``: mostly plain, one of seven in disguise.

    A list (``in_list``) links to the former address of an article that has moved.
    """
    url = article.url
    if in_list and article.listed_path:
        return f"http://{article.host}{article.listed_path}"
    rng = Random(f"{seed}/{page}/{article.key}")
    if rng.random() > 0.15:
        return url if rng.random() < 0.5 else relative(url, page)
    rest = article.path
    disguises = [
        f"http://{article.host.upper()}{rest}",
        f"http://{article.host.title()}:80{rest}",
        f"{url}#comment",
        f"{url}?utm_source=portal&utm_medium=list",
        f"{url}?from=timeline&isappinstalled=0",
        f"{url}?spm=C{rng.randrange(10**6)}.P1.0.0",
        f"https://{article.host}{rest}",
        f"//{article.host}{rest}",
        f"\n   {url}\t ",
        f"{url};jsessionid={session(page + url)}",
        f"{url}?v={rng.randrange(10**9)}",
        f"{url}?PHPSESSID={session(url + page).lower()}",
    ]
    if article.wap:
        disguises += [article.wap, article.wap, f"{article.wap}?from=singlemessage"]
    if len(article.body) > 1:
        disguises.append(article.pages[1])
    return rng.choice(disguises)


def list_url(channel: Channel, page: int) -> str:
    """Return the URL of page ``page`` (from 1) of the channel: ``node_176_2.htm``, or in TRS ``index_1.htm``."""
    if page == 1:
        return channel.url
    if channel.trs:
        return f"{channel.url}index_{page - 1}.htm"
    return f"{channel.url.removesuffix('.htm')}_{page}.htm"


def session(text: str) -> str:
    """Return a session id as servers write it: 32 hex digits, made of ``text``: pages stay the same for ever."""
    return f"{Random(text).getrandbits(128):032X}"
