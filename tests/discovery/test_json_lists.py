"""Lists that are JSON."""

import json

import pytest

from crawler.discovery import ListPage, read_list
from crawler.discovery.lists.json_data import NOTHING, at, every, read_json
from crawler.portals import parse_profile
from crawler.urls import RequestSpec

HEAD = 'title = "x"\nhome = "http://www.a.cn/"\ndomains = ["a.cn"]\n[[channels]]\nurl = "http://www.a.cn/roll/"\n'
API = "http://api.a.cn/list?size=2&page=1"


def profile_of(lines):
    return parse_profile(f'{HEAD}request = {{ url = "{API}" }}\n[channels.list]\ntype = "json"\n{lines}', "x")


def read(lines, data, url=API, **more):
    profile = profile_of(lines)
    body = data if isinstance(data, bytes) else json.dumps(data).encode()
    page = ListPage(request=RequestSpec(url), profile=profile, channel=profile.channels[0], body=body, **more)
    return read_list(page)


ENTRIES = [
    {"id": 7, "u": "/2022-11/03/content_7.htm", "t": "七", "ts": 1667460000000},
    {"id": 8, "u": "http://www.a.cn/2022-11/03/content_8.htm", "t": "八", "ts": "2022-11-03 07:29"},
]
FIELDS = 'fields = { url = "u", title = "t", published = "ts" }\n'


def test_entries_are_links_with_titles_and_times():
    links = read(f'items = ["list", "data.list"]\n{FIELDS}', {"data": {"list": ENTRIES}})
    assert [(link.url, link.title, link.date, link.list) for link in links.articles] == [
        ("http://api.a.cn/2022-11/03/content_7.htm", "七", "2022-11-03T07:20:00+00:00", "channel"),
        ("http://www.a.cn/2022-11/03/content_8.htm", "八", "2022-11-03T07:29", "channel"),
    ]
    assert links.next is None


def test_urls_from_a_template_and_a_filter():
    lines = 'items = "$"\nfields = { url = "http://www.a.cn/2022-11/03/content_{id}.htm", title = "t | cut:七" }\n'
    links = read(lines, ENTRIES)
    assert [link.url[-13:] for link in links.articles] == ["content_7.htm", "content_8.htm"]
    assert [link.title for link in links.articles] == ["", "八"]
    assert read(lines, [{"t": "no id"}]).articles == ()


@pytest.mark.parametrize(
    ("pager", "extra", "following"),
    [
        ('pager = { set = { page = "+1" } }', {}, "http://api.a.cn/list?size=2&page=2"),
        ('pager = { set = { last = "last:id", page = "+1" } }', {}, "http://api.a.cn/list?size=2&page=2&last=8"),
        ('pager = { set = { from_ = "next:meta.cursor" } }', {"meta": {"cursor": "x/y"}},
         "http://api.a.cn/list?size=2&page=1&from_=x%2Fy"),
        ('pager = { set = { from_ = "next:meta.cursor" } }', {}, None),
        ('pager = { set = { row = "+20" } }', {}, "http://api.a.cn/list?size=2&page=1&row=20"),
        ('pager = { set = { page = "+1" }, until = "more" }', {"more": True}, "http://api.a.cn/list?size=2&page=2"),
        ('pager = { set = { page = "+1" }, until = "more" }', {"more": False}, None),
        ('pager = { set = { page = "+1" }, until = "more" }', {"more": "0"}, None),
        ('pager = { set = { page = "+1" }, last = 1 }', {}, None),
        ('pager = { url = "roll_{n}.json" }', {}, "http://api.a.cn/roll_2.json"),
        ('pager = { url = "roll_{n}.json", first = 1 }', {}, "http://api.a.cn/roll_1.json"),
        ("", {}, None),
    ],
)  # fmt: skip
def test_the_next_page(pager, extra, following):
    links = read(f'items = "list"\n{FIELDS}{pager}', {"list": ENTRIES, **extra})
    assert len(links.articles) == 2
    assert (links.next.url if links.next else None) == following


def test_a_list_ends_with_an_empty_page_and_at_its_budget():
    lines = f'items = "list"\nbudget = 3\n{FIELDS}pager = {{ set = {{ page = "+1" }} }}'
    assert read(lines, {"list": []}).next is None
    assert read(lines, {"list": ENTRIES}, number=2).next is not None
    assert read(lines, {"list": ENTRIES}, number=3).next is None
    assert read(lines, {"list": ENTRIES}, number=3).cut == {"budget": 1}


@pytest.mark.parametrize("body", [b"", b"<html>", b"{", b"[" * 100_000, b"\xff\xfe", b"null", b"f(", b"1"])
def test_whatever_comes_nothing_raises(body):
    links = read(f'items = "list"\n{FIELDS}', body)
    assert links.articles == ()
    assert links.cut == {"not-json": 1}


@pytest.mark.parametrize("data", [{}, [], {"list": None}, {"list": {"u": []}}, {"list": [None, 1, "x", [], {"u": {}}]},
                                  {"list": [{"u": "http://other.example/2022-11/03/content_1.htm"}, {"u": "http://127.0.0.1/a"}]}])  # fmt: skip
def test_odd_data_gives_no_links(data):
    assert read(f'items = "list"\n{FIELDS}', data).articles == ()


def test_jsonp_is_read_and_paths_have_wildcards():
    data = read_json(b'/**/cb_1({"data":[{"group":[1,2]},{"group":[3]}]});')
    assert every(data, "data.*.group") == [1, 2, 3]
    assert every(data, "data.0.group") == [1, 2]
    assert every(data, "data.*") == data["data"]
    assert at(data, "data.1.group.0") == 3
    assert at(data, "data.x.y") is None
    assert read_json(b"alert(1) + f(2)") is NOTHING


def test_paths_may_be_jmespath():
    data = {"data": [{"kind": "ad", "u": "x"}, {"kind": "news", "名-称": "福", "u": ["/a", "/b"]}]}
    assert every(data, "data[?kind=='news'].u[]") == ["/a", "/b"]
    assert at(data, "data[?kind=='news'].u[]") == "/a"
    assert at(data, "data.*.名-称") == "福"
    assert at(data, "length(missing)") is None
