"""A portal that answers missing pages with status 200, in its own words: they are no articles."""

from __future__ import annotations

from tests.integration.small_sites import article, entries, page, small_site

__all__ = ["small_site"]

WORDS = "<p>您要看的内容已经坐上末班车离开了，编辑部也不知道它去了哪里，请从首页重新出发，或者看看今天的其他新闻。</p>"


def missing(url):
    return page(
        f"<h1>内容离开了</h1><div class='info'>2026-11-28 09:15</div><div class='content'>{WORDS}<p>{url[9:]}</p></div>"
    )


def test_what_the_host_says_of_every_missing_page_is_no_article(small_site):
    there = {f"city.test/2026/1128/{number}.html": article(number) for number in range(1001, 1005)}
    # a short story, which is asked about and is one
    there["city.test/2026/1128/1005.html"] = article(
        1005, text="<p>清屏县今晚八点起在临溪镇分时段停水，请居民提前储水。</p>"
    )
    home = page(entries(*range(1001, 1011)))

    def answer(url):
        return home if url == "city.test/" else there.get(url) or missing(url)

    for number in range(2):
        done = small_site("", answer)
        assert done.urls == [f"http://city.test/2026/1128/{n}.html" for n in range(1001, 1006)]
        assert {url: done.failures[url] for url in done.failures} == {
            f"/2026/1128/{n}.html": "soft-404" for n in range(1006, 1011)
        }
        asked = [url for url in done.asked if "97" in url.rpartition("/")[2]]
        assert len(asked) == (0 if number else 2), "once a day, by all workers"
        assert all(done.asked[url] == 1 for url in asked)


def test_a_host_that_says_so_by_its_status_is_asked_once(small_site):
    there = {
        f"city.test/2026/1128/{n}.html": article(n, text=f"<p>清屏县第{n}号路今天起半幅封闭施工。</p>")
        for n in (1001, 1002)
    }
    there["city.test/"] = page(entries(1001, 1002, 1003))
    done = small_site("", there.get)

    assert done.urls == ["http://city.test/2026/1128/1001.html", "http://city.test/2026/1128/1002.html"]
    assert done.failures == {"/2026/1128/1003.html": "http-404"}
    assert sum(count for url, count in done.asked.items() if "97" in url.rpartition("/")[2]) == 1


def test_a_host_that_has_an_article_for_every_address_is_believed(small_site):
    """As invented portals have: the same short story everywhere, but for its number."""

    def answer(url):
        number = url.rpartition("/")[2].partition(".")[0]
        text = "<p>清屏县今晚八点起在临溪镇分时段停水，请居民提前储水。</p>"
        return page(entries(1001, 1002)) if url == "city.test/" else article(int(number), text=text)

    done = small_site("", answer)
    assert (len(done.articles), done.failures) == (2, {})


def test_a_host_that_fails_at_an_address_that_nobody_has_is_not_asked_with_every_article(small_site):
    """As programs do that look an unknown number up without care."""
    text = "<p>清屏县今晚八点起在临溪镇分时段停水，请居民提前储水。</p>"
    there = {
        f"city.test/2026/1128/{n}.html": article(n, text=f"<p>清屏县第{n}号路今天起封闭施工。</p>{text}")
        for n in range(1001, 1007)
    }
    there["city.test/"] = page(entries(*range(1001, 1007)))
    done = small_site("", lambda url: there.get(url) or (500, "no such row"))

    assert (len(done.articles), done.failures) == (6, {})
    assert sum(count for url, count in done.asked.items() if "97" in url.rpartition("/")[2]) == 1
