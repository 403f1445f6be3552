"""A page that links to thousands of addresses that are dead, crawled as a user crawls."""

from __future__ import annotations

import re

import pytest

from tests.integration.small_sites import article, entries, page, small_site

__all__ = ["small_site"]

PROFILE = "[article]\nurls = ['/2026/\\d+/\\d+\\.html$']\n"
DEAD = range(10_000, 12_000)


def number(url):
    return int(re.search(r"(\d+)\.html$", url)[1])


def error_page(url):
    return (("/error.html",), "") if "/2026/" in url else page("<h1>出错了</h1><p>您访问的页面不存在。</p>")


@pytest.mark.parametrize(
    "dead",
    [
        lambda url: (404, "404"),
        lambda url: page("<h1>页面不存在</h1><p>您访问的页面不存在或已被删除。</p>", "404 页面不存在"),
        error_page,
        lambda url: (("http://parked.test/",), ""),
    ],
    ids=["404", "soft-404", "redirected", "redirected-elsewhere"],
)
def test_most_of_them_are_never_asked_and_all_others_are(small_site, dead):
    """They stand on the same page as a list of sound ones, and below them."""
    sound = range(1, 31)

    def answer(url):
        if url == "city.test/":
            return page(entries(*sound) + "<p><a href='/map.html'>网站地图</a></p>" + entries(*range(31, 41)))
        if url == "city.test/map.html":
            return page(entries(*DEAD, name="/2026/0101/{}.html"))
        if "/2026/1128/" in url:
            return article(number(url))
        return dead(url)

    done = small_site(PROFILE + '[[channels]]\nname = "地图"\nurl = "http://city.test/map.html"\n', answer)

    assert len(done.articles) == 40
    asked = sum(count for url, count in done.asked.items() if "/2026/0101/" in url)
    # and, without a limit of speed, what is under way when the row is seen
    assert 50 <= asked <= 250 + 100
    assert done.log.count("links of one shape on one page were dead") == 1
    assert re.search(r"[\d,]+ links wait because those like them on their page were dead", done.log)


def test_where_half_of_them_live_all_are_asked(small_site):
    def answer(url):
        if url == "city.test/":
            return page(entries(*range(1, 200)))
        return article(number(url)) if "/2026/" in url and number(url) > 100 else (404, "404")

    done = small_site(PROFILE, answer)

    assert len(done.articles) == 99
    asked = [number(url) for url in done.asked.elements() if "/2026/1128/" in url]
    # and, once, an address that nobody has
    assert sorted(n for n in asked if n < 200) == [*range(1, 200)]
