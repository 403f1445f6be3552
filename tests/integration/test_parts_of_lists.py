"""Frames are read as the list that they are a part of, every time; of a mobile twin one page a list is asked for."""

from __future__ import annotations

from tests.integration.small_sites import article, entries, page, small_site

__all__ = ["small_site"]


def test_frames_are_read_with_their_list_every_time(small_site):
    pages = {f"city.test/2026/1128/{n}.html": article(n) for n in range(1001, 1006)}
    pages["city.test/"] = "<html><frameset cols='*'><frame src='/main.html'></frameset></html>"
    pages["city.test/main.html"] = page("<iframe src='/list/bdyw_list.html'></iframe>" + entries(1001))
    pages["city.test/list/bdyw_list.html"] = page(entries(1002, 1003))
    done = small_site("", pages.get)
    assert (done.code, len(done.articles), done.failures) == (0, 3, {})

    pages["city.test/list/bdyw_list.html"] = page(entries(1004, 1002, 1003))
    done = small_site("", pages.get)
    assert (done.code, len(done.articles)) == (0, 4)


def test_a_mobile_twin_is_no_second_site(small_site):
    """Its lists lead to the originals, each at the cost of one page."""
    pages = {f"city.test/2026/1128/{n}.html": article(n) for n in range(1001, 1004)}
    pages["city.test/"] = page(
        "<a href='/bdyw/'>要闻</a><a href='http://m.city.test/bdyw/'>手机版</a>" + entries(1001)
    )
    pages["city.test/bdyw/"] = page(entries(1002, 1003))
    twin = entries(1001, 1002, 1003, name="/m/{}.html")
    for name in ("bdyw", "shms", "wlyl"):
        head = f"<link rel='canonical' href='http://city.test/{name}/'>"
        links = "".join(f"<a href='/{other}/'>栏目</a>" for other in ("bdyw", "shms", "wlyl"))
        pages[f"m.city.test/{name}/"] = page(links + twin, head=head)
    done = small_site("", pages.get)

    assert len(done.articles) == 3
    assert {
        url: count for url, count in done.asked.items() if url.startswith("m.") and "robots" not in url
    } == {"m.city.test/bdyw/": 1}
