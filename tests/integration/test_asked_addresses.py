"""What is asked for, and what it is known by: folders without an index, lists without an end, forms at one address."""

from __future__ import annotations

import re

import pytest

from tests.integration.invented import article, listing

CHANNEL = 'follow_channels = false\nchannels = [{ url = "BASE/gd/NAME", name = "滚动" }]\n'


@pytest.mark.parametrize("name", ["index.html", "index.shtml", "Default.htm"])
def test_a_list_is_asked_for_by_the_name_of_its_file(invent, name):
    """The folder is forbidden, as nginx forbids one without an index; links name the file as well."""

    def answer(target):
        if target == f"/gd/{name}":
            return listing(
                ["/2026/1128/1001.html", f"/2026/1128/1002/{name}"], beside=f'<a href="/zt/{name}">专题</a>'
            )
        if target == f"/zt/{name}":
            return listing(["/2026/1128/1003.html"])
        if target.endswith("/"):
            return 403, "<h1>403 Forbidden</h1>"
        number = re.fullmatch(rf"/2026/1128/(\d+)(?:\.html|/{re.escape(name)})", target)
        return article(int(number[1])) if number and int(number[1]) < 1004 else None

    rules = CHANNEL.replace("NAME", name).replace("false", "true") + "[article]\nurls = ['/2026/1128/']\n"
    portal = invent(answer, rules)
    asked, said = portal.crawl()

    assert {document["url"].removeprefix(portal.base) for document in portal.documents()} == {
        "/2026/1128/1001.html", "/2026/1128/1002/", "/2026/1128/1003.html",
    }, said  # fmt: skip
    assert portal.documents("failures") == []
    assert not [target for target in asked if target.endswith("/")]
    again, _ = portal.crawl()
    assert set(again) == {f"/gd/{name}", f"/zt/{name}"}


def last_again(number: int) -> list[int]:
    """Whatever number is asked for beyond the third page shows that again."""
    page = min(number, 3)
    return [2 * page - 1, 2 * page]


def from_the_start(number: int) -> list[int]:
    """After the third page comes the first."""
    return last_again((number - 1) % 3 + 1)


def any_old(number: int) -> list[int]:
    """Beyond its end a list shows some of its articles, others each time."""
    return last_again(number) if number <= 3 else [number % 6 + 1, (number * 5) % 6 + 1]


def empty(number: int) -> list[int]:
    return last_again(number) if number <= 3 else []


def known_in_the_middle(number: int) -> list[int]:
    """Two pages in the middle are all known: the list goes on behind them."""
    return {3: [1, 2], 4: [3, 4], 5: [5, 6]}.get(number, [2 * number - 1, 2 * number] if number < 3 else [])


@pytest.mark.parametrize("shows", [last_again, from_the_start, any_old, empty, known_in_the_middle])
def test_a_list_without_an_end_is_left(invent, shows):
    def answer(target):
        page = re.fullmatch(r"/gd/list\.html(?:\?page=(\d+))?", target)
        if page is not None:
            number = int(page[1] or 1)
            beside = f'<div class="page"><a href="/gd/list.html?page={number + 1}">下一页</a></div>'
            return listing([f"/2026/1128/{1000 + entry}.html" for entry in shows(number)], beside=beside)
        found = re.fullmatch(r"/2026/1128/(\d+)\.html", target)
        return article(int(found[1])) if found and int(found[1]) < 1007 else None

    portal = invent(answer, CHANNEL.replace("NAME", "list.html"))
    for words in ((), ("full=1",)):
        asked, _ = portal.crawl(*words)
        lists = [target for target in asked if target.startswith("/gd/")]
        assert len(portal.documents()) == 6
        assert len(lists) <= 8, lists
        assert len(set(lists)) == len(lists)
