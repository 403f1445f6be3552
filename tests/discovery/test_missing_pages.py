"""What a host answers to an address that nobody has, and which articles are the same."""

import re
from datetime import UTC, datetime

import pytest

from crawler.discovery.missing_pages import (
    HARD,
    address_shape,
    is_doubtful,
    is_same_page,
    nonsense_url,
    remembered_page,
)
from crawler.items import Article

NOW = datetime(2026, 11, 28, tzinfo=UTC)
SORRY = "对不起，您要找的内容去旅行了，请从首页重新出发，或者拨打我们的热线告诉我们，感谢您的理解和支持。"
STORY = "清屏县水利局昨天在临溪镇召开现场会，总结今年农村供水管网改造的经验，全县已有六十七个村完成改造。"


def page(title, text, **fields):
    return Article(url="http://www.a.cn/2026/1128/1001.html", title=title, text=text, **fields)


@pytest.mark.parametrize(
    ("url", "shape", "changed"),
    [
        ("http://www.a.cn/2026/1128/1001.html", "www.a.cn.html", "http://www.a.cn/2026/1128/{}.html"),
        (
            "http://www.a.cn/2022-11/03/content_5.htm",
            "www.a.cn.htm",
            "http://www.a.cn/2022-11/03/content_{}.htm",
        ),
        ("http://www.a.cn/t20221103_7.htm", "www.a.cn.htm", "http://www.a.cn/t{}_7.htm"),
        (
            "http://www.a.cn/show.php?cid=7&id=1234",
            "www.a.cnshow.php?",
            "http://www.a.cn/show.php?cid=7&id={}",
        ),
        ("http://www.a.cn/article/1234", "www.a.cn.", "http://www.a.cn/article/{}"),
        ("http://www.a.cn/article/1234/", "www.a.cn.", "http://www.a.cn/article/{}/"),
        ("http://www.a.cn/a/shuiku-gaizao.html", "www.a.cn.html", "http://www.a.cn/a/nosuchpage{}.html"),
        ("http://www.a.cn/show?key=abc", "www.a.cnshow?", None),
        ("http://www.a.cn/", "www.a.cn.", None),
    ],
)
def test_addresses_that_nobody_has(url, shape, changed):
    assert address_shape(url) == shape
    found = nonsense_url(url)
    if changed is None:
        assert found is None
        return
    head, tail = changed.split("{}")
    assert found.startswith(head)
    assert found.endswith(tail)
    number = found[len(head) : len(found) - len(tail)]
    assert number.isdecimal()
    assert 970_000_000 <= int(number) < 2**31
    assert nonsense_url(url, 1) not in {None, found}


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("页面去旅行了", SORRY),
        ("页面去旅行了", "您要找的 /2026/1128/1001.html 不在这里。" + SORRY),
        ("页面去旅行了", SORRY + "现在是2026年11月28日 09:15:07。"),
        ("清屏县第一届村歌大赛开幕", SORRY),
        ("页面去旅行了", SORRY[: len(SORRY) * 3 // 4]),
    ],
)
def test_what_the_host_says_of_every_missing_page(title, text):
    kept = remembered_page(page("页面去旅行了", "您要找的 /2026/1128/970000001.html 不在这里。" + SORRY))
    assert is_same_page(kept, page(title, text))


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("清屏县农村供水管网改造", STORY),
        ("页面去旅行了", STORY * 3),
        ("清屏县农村供水管网改造", SORRY + STORY * 4),
        ("短讯", "今日停水。"),
        ("", ""),
    ],
)
def test_articles_are_not(title, text):
    assert not is_same_page(remembered_page(page("页面去旅行了", SORRY)), page(title, text))


@pytest.mark.parametrize(
    ("answer", "other"),
    [
        (page("", ""), None),
        (page("昨天的新闻", STORY * 4, published_at=NOW), None),
        (page("第970000001号新闻", STORY), page("第970000002号新闻", STORY)),
        (page("页面去旅行了", SORRY), page("页面去旅行了", STORY)),
    ],
)
def test_a_host_that_shows_an_article_for_everything_is_believed(answer, other):
    assert remembered_page(answer, other) == HARD
    assert remembered_page(page("页面去旅行了", SORRY), page("页面去旅行了", SORRY + "/a/97.html")) != HARD
    assert not is_same_page(HARD, page("页面去旅行了", SORRY))


@pytest.mark.parametrize("kept", [b"", b"[]", b"null", b'{"title": 1}', b"\xff"])
def test_what_others_have_put_there_is_not_believed(kept):
    assert not is_same_page(kept, page("页面去旅行了", SORRY))


def test_whole_articles_are_not_asked_about():
    assert not is_doubtful(page("管网改造", STORY * 12, published_at=NOW))
    assert is_doubtful(page("管网改造", STORY * 12))
    assert is_doubtful(page("管网改造", STORY, published_at=NOW))


@pytest.mark.parametrize(
    ("url", "changed"),
    [
        (
            "http://a.cn/2026/1128/1001.html?t=1764489600123",
            r"http://a\.cn/2026/1128/97\d{7}\.html\?t=1764489600123",
        ),
        (
            "http://a.cn/2026/1128/1001.html?1764489600123",
            r"http://a\.cn/2026/1128/97\d{7}\.html\?1764489600123",
        ),
        ("http://a.cn/2026/1128/1001.html?sid=4f0a9c", r"http://a\.cn/2026/1128/97\d{7}\.html\?sid=4f0a9c"),
        ("http://a.cn/2026/1128/1001.html?ch=5", r"http://a\.cn/2026/1128/97\d{7}\.html\?ch=97\d{7}"),
        ("http://a.cn/show.php?id=1001&t=1764489600", r"http://a\.cn/show\.php\?id=97\d{7}&t=1764489600"),
        (
            "http://a.cn/show.php?t=20261128101530&id=7",
            r"http://a\.cn/show\.php\?t=20261128101530&id=97\d{7}",
        ),
        # nothing but the moment tells the pages apart
        ("http://a.cn/show.php?t=1764489600123", r"http://a\.cn/show\.php\?t=97\d{7}"),
    ],
)
def test_an_address_with_another_moment_is_the_same_page(url, changed):
    assert re.fullmatch(changed, nonsense_url(url))


def test_files_with_a_query_are_told_by_their_kind():
    shapes = {address_shape(f"http://a.cn/2026/1128/{n}.html?t=176448960{n}") for n in (1001, 1002)}
    assert shapes == {"a.cn#.html?"}
