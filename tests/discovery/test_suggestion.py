"""From a browser's answers to the lines of a profile, which the profile's schema then takes."""

from __future__ import annotations

import json

import pytest

from crawler.discovery import ListPage, read_list
from crawler.discovery.suggestion import suggest_request
from crawler.portals import parse_profile
from crawler.urls import RequestSpec

HEAD = 'title = "x"\nhome = "http://www.a.cn/"\ndomains = ["a.cn"]\n'
PROFILE = parse_profile(HEAD, "x")


def url_of(number):
    return f"http://www.a.cn/2022-11/03/content_{number}.htm"


ARTICLES = {url_of(number) for number in range(1, 41)}


def answer(url, data):
    return url, json.dumps(data).encode(), "application/json"


def entries(first, count=10):
    return [
        {"id": 1000 + n, "category": "新闻", "name": f"标题{n}号的新闻", "link": url_of(n), "pic": f"http://www.a.cn/p/{n}.jpg", "pubTime": 1667460000 + n}
        for n in range(first, first + count)
    ]  # fmt: skip


def test_the_entries_their_keys_and_the_page_number_are_found():
    answers = [
        answer("http://www.a.cn/api/weather", {"today": "晴", "days": [{"d": "11-03"}, {"d": "11-04"}]}),
        answer(
            "http://www.a.cn/api/list?cid=7&pageNo=1", {"data": {"rows": entries(1), "hot": entries(30, 1)}}
        ),
        answer("http://www.a.cn/api/list?cid=7&pageNo=2", {"data": {"rows": entries(11)}}),
    ]
    assert suggest_request(answers, ARTICLES, PROFILE) == (
        'request = { url = "http://www.a.cn/api/list?cid=7&pageNo=1" }, '
        'list = { type = "json", items = "data.rows", '
        'fields = { url = "link", title = "name", published = "pubTime" }, pager = { set = { pageNo = "+1" } } }'
    )


@pytest.mark.parametrize(
    ("second", "more", "rule"),
    [
        ("last=1010", {}, 'last = "last:id"'),
        ("cursor=abc", {"next": {"token": "abc"}}, 'cursor = "next:next.token"'),
        ("offset=10", {}, 'offset = "+10"'),
    ],
)
def test_cursors_and_offsets_are_found(second, more, rule):
    url = "http://www.a.cn/api?offset=0" if "offset" in second else "http://www.a.cn/api"
    answers = [
        answer(url, {"list": entries(1), **more}),
        answer(f"http://www.a.cn/api?{second}", {"list": entries(11), **more}),
    ]
    assert rule in suggest_request(answers, ARTICLES, PROFILE)


def test_what_is_suggested_is_a_profile_that_reads_the_answers():
    answers = [
        answer('http://www.a.cn/api?q="福州"&page=1', {"a": {"b": entries(1)}}),
        answer('http://www.a.cn/api?q="福州"&page=2', {"a": {"b": entries(11)}}),
    ]
    lines = suggest_request(answers, ARTICLES, PROFILE).replace(", list = ", "\nlist = ")
    profile = parse_profile(f'{HEAD}[[channels]]\nurl = "http://www.a.cn/roll/"\n{lines}\n', "x")
    (channel,) = profile.channels
    assert channel.request == RequestSpec(answers[0][0])
    links = read_list(ListPage(request=channel.request, profile=profile, channel=channel, body=answers[0][1]))
    assert {link.url for link in links.articles} == {url_of(n) for n in range(1, 11)}
    assert links.next.url.endswith("page=2")


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {},
        [1],
        [[]],
        {"a": [{}]},
        {"a": [{"u": []}]},
        {"a": entries(50)},
        {"a": entries(1, 1)},
        [[entries(1)]],
        {"x y": entries(1)},
    ],
)
def test_what_shows_no_two_articles_suggests_nothing(data):
    assert suggest_request([answer("http://www.a.cn/api", data)], ARTICLES, PROFILE) is None
    assert suggest_request([("http://www.a.cn/api", b"\xff<html>", None)], ARTICLES, PROFILE) is None
