"""From a browser's answers to the lines of a profile, which the profile's schema then takes."""

from __future__ import annotations

import json

import pytest

from crawler.discovery import ListPage, read_list
from crawler.discovery.suggestion import Answered, suggest_request
from crawler.portals import parse_profile
from crawler.urls import RequestSpec

HEAD = 'title = "x"\nhome = "http://www.a.cn/"\ndomains = ["a.cn"]\n'
PROFILE = parse_profile(HEAD, "x")


def url_of(number):
    return f"http://www.a.cn/2022-11/03/content_{number}.htm"


ARTICLES = {url_of(number) for number in range(1, 41)}


def answer(url, data, **asked):
    return Answered(url, json.dumps(data).encode(), "application/json", **asked)


def posted(url, data, body, kind="application/x-www-form-urlencoded"):
    return answer(url, data, method="POST", sent=body.encode(), sent_type=kind)


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
    assert channel.request == RequestSpec(answers[0].url)
    links = read_list(
        ListPage(request=channel.request, profile=profile, channel=channel, body=answers[0].body)
    )
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
    assert suggest_request([Answered("http://www.a.cn/api", b"\xff<html>", None)], ARTICLES, PROFILE) is None


API = "http://www.a.cn/api/list"
JSON = "application/json;charset=UTF-8"


@pytest.mark.parametrize(
    ("first", "second", "kind", "request_keys", "rules"),
    [
        ("cid=7&p=1", "cid=7&p=2", "application/x-www-form-urlencoded; charset=UTF-8", 'form = { cid = "7", p = "1" }', 'p = "+1"'),
        ("p=1", "p=2", None, 'form = { p = "1" }', 'p = "+1"'),
        ('{"cid":7,"page":1,"q":{"tag":["\u8981\u95fb"],"top":false}}', '{"cid":7,"page":2,"q":{"tag":["\u8981\u95fb"],"top":false}}', JSON,
         'json = { cid = 7, page = 1, q = { tag = ["\u8981\u95fb"], top = false } }', 'page = "+1"'),
    ],
)  # fmt: skip
def test_a_post_is_suggested_as_it_was_sent(first, second, kind, request_keys, rules):
    answers = [
        posted(API, {"rows": entries(1)}, first, kind),
        posted(API, {"rows": entries(11)}, second, kind),
    ]
    lines = suggest_request(answers, ARTICLES, PROFILE)
    assert f'request = {{ url = "{API}", {request_keys} }}' in lines
    assert f"pager = {{ set = {{ {rules} }} }}" in lines

    toml = lines.replace(", list = ", "\nlist = ")
    profile = parse_profile(f'{HEAD}[[channels]]\nurl = "http://www.a.cn/roll/"\n{toml}\n', "x")
    (channel,) = profile.channels
    assert (channel.request.method, channel.request.body) == ("POST", first.encode())
    links = read_list(
        ListPage(request=channel.request, profile=profile, channel=channel, body=answers[0].body)
    )
    assert len(links.articles) == 10
    assert (links.next.request.method, links.next.request.body) == ("POST", second.encode())


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("a=1&a=2", None),
        ('{"page": null}', JSON),
        ("[1]", JSON),
        ("{", JSON),
        ("--x\r\nContent-Disposition: form-data", "multipart/form-data; boundary=x"),
        ("<q/>", "text/xml"),
        ("just words", None),
    ],
)
def test_what_no_profile_can_say_is_not_suggested(body, kind):
    assert suggest_request([posted(API, {"rows": entries(1)}, body, kind)], ARTICLES, PROFILE) is None


def test_a_put_is_not_suggested():
    assert suggest_request([answer(API, {"rows": entries(1)}, method="PUT")], ARTICLES, PROFILE) is None


def test_a_page_of_another_method_is_no_next_page():
    answers = [answer(API + "?p=1", {"rows": entries(1)}), posted(API + "?p=2", {}, "x=1")]
    assert "pager" not in suggest_request(answers, ARTICLES, PROFILE)
