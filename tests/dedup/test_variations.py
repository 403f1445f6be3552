"""Whether two pages say the same, and how much of that it takes to call a parameter idle."""

from __future__ import annotations

import pytest

from crawler.dedup.variations import REFUTED, PageDigest, Variation, agreement, compare, is_drawn, is_idle

LINES = [f"第{n}段：县里的旧粮站改成了图书馆，编号{n}。" for n in range(10)]


def page(title="县里的旧粮站改成了图书馆", lines=LINES) -> PageDigest:
    return PageDigest.of_article(title, "\n".join(lines))


def entries(*numbers) -> PageDigest:
    return PageDigest.of_list(f"http://a.cn/{number}.html" for number in numbers)


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        (page(), page(), "same"),
        (page(), page(lines=[*LINES[:-1], "阅读 318 次"]), "same"),  # a counter
        (page(), page(lines=[*LINES, "", "点赞 4"]), "same"),
        (page(), page(title="另一则"), None),  # a headline that is changed, or written otherwise
        (page(), page(title="另一则", lines=["别的"] * 3), "other"),
        (page(), page(lines=[f"第二页{n}" for n in range(9)]), "other"),  # page 2 of it
        (page(), page(lines=LINES[:6]), None),
        (page(lines=[]), page(lines=[]), None),  # films without a text
        (entries(1, 2, 3, 4), entries(4, 3, 2, 1), "same"),
        (entries(*range(20)), entries(*range(1, 21)), "same"),  # one came, one went
        (entries(1, 2, 3, 4), entries(1, 2, 3, 5), None),
        (entries(*range(9)), entries(*range(20, 29)), "other"),
        (entries(), entries(), None),
        (entries(1), entries(1), None),
        (entries(1, 2, 3), page(), None),
    ],
)
def test_two_pages(one, other, verdict):
    assert compare(one, other) == verdict
    assert compare(other, one) == verdict


@pytest.mark.parametrize(
    "value",
    ["1764489600", "1764489600123", "20261128101530", "0.8371923", ".77312", "4f0a9c2b", "a1b2c3d4", "550e8400-e29b-41d4",
     "QWJjZGVmZ2hpamts", "deadbeef"],
)  # fmt: skip
def test_values_that_look_drawn(value):
    assert is_drawn(value)


@pytest.mark.parametrize(
    "value", ["", "5", "1001", "20261128", "2026-11-28", "news", "wap", "zh-CN", "v1", "12345678", "要闻"]
)
def test_values_that_do_not(value):
    assert not is_drawn(value)


def seen(*pairs: tuple[PageDigest, str, str]) -> set[str]:
    """Evidence of pages that were the same under two values."""
    return {agreement(Variation.of([a], digest), Variation.of([b], digest)) for digest, a, b in pairs}


T = [f"17644896{n:05d}" for n in range(9)]


@pytest.mark.parametrize(
    ("evidence", "given", "idle"),
    [
        (set(), {}, False),
        (seen((page("一"), T[0], T[1])), {}, False),
        (seen((page("一"), T[0], T[1]), (page("二"), T[0], T[2])), {}, True),
        # one page for whatever is asked: a portal's own 404, a wall
        (seen(*[(page("文章不存在"), T[0], value) for value in T[1:]]), {}, False),
        (seen((page("一"), T[0], T[1]), (page("二"), T[0], T[2])) | {REFUTED}, {}, False),
        # values that look like ids: five pages
        (seen(*[(page(str(n)), "1", "2") for n in range(4)]), {}, False),
        (seen(*[(page(str(n)), "1", "2") for n in range(5)]), {}, True),
        # one of them does: the stricter rule
        (seen((page("一"), T[0], "2"), (page("二"), T[0], T[2])), {}, False),
        # a list without a second of its kind
        (seen(*[(entries(1, 2, 3), T[0], value) for value in T[1:3]]), {"is_list": True}, False),
        (seen(*[(entries(1, 2, 3), T[0], value) for value in T[1:4]]), {"is_list": True}, True),
        (seen(*[(entries(1, 2, 3), "1", str(n)) for n in range(2, 9)]), {"is_list": True}, False),
        # known elsewhere on the host
        (seen((entries(1, 2, 3), T[0], T[1])), {"is_list": True, "is_known": True}, True),
        (seen((entries(1, 2, 3), "1", "2")), {"is_list": True, "is_known": True}, False),
    ],
)  # fmt: skip
def test_what_it_takes(evidence, given, idle):
    assert is_idle(evidence, **{"is_list": False, "is_known": False, **given}) is idle
