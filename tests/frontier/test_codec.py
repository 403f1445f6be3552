"""Request -> JSON -> Request, and payloads of others."""

from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy import Request

from crawler.frontier.requests.codec import decode, encode
from crawler.frontier.requests.payload import META, Newer, Undecodable, read_payload

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)
METAS = st.fixed_dictionaries(
    {},
    optional={
        "portal": TEXT, "kind": TEXT, "channel": TEXT, "list": TEXT, "hint": st.dictionaries(TEXT, VALUES, max_size=3),
        "page": st.integers(0, 10**6), "depth": st.integers(0, 100),
        "redirect_times": st.integers(0, 20), "redirect_urls": st.lists(TEXT, max_size=3),
        "redirect_reasons": st.lists(st.integers(300, 399) | TEXT, max_size=3),
        "download_timeout": st.floats(0.1, 1000),
    },
)  # fmt: skip


@given(
    path=st.text(st.characters(categories=["L", "N"]), max_size=20),
    method=st.sampled_from(["GET", "POST", "HEAD"]),
    body=st.binary(max_size=50),
    priority=st.integers(-1000, 1000),
    dont_filter=st.booleans(),
    headers=st.dictionaries(
        st.sampled_from(["Accept", "If-None-Match", "X-A"]),
        st.binary(min_size=1, max_size=10).filter(lambda b: not set(b) & set(b"\r\n\x00")),
        max_size=3,
    ),
    meta=METAS,
)
def test_what_is_kept_comes_back(path, method, body, priority, dont_filter, headers, meta):
    request = Request(
        f"http://a.x.cn/{path}",
        method=method,
        body=body,
        priority=priority,
        dont_filter=dont_filter,
        headers=headers,
        meta=meta,
    )
    again = decode(encode(request))
    for name in ("url", "method", "body", "priority", "dont_filter", "headers"):
        assert getattr(again, name) == getattr(request, name)
    assert again.meta == meta


@given(st.binary(max_size=200) | VALUES.map(lambda value: json.dumps(value).encode()))
def test_any_bytes_end_in_a_request_or_in_an_error_of_ours(payload):
    with contextlib.suppress(Undecodable, Newer):
        decode(payload)


@given(st.dictionaries(st.sampled_from(["v", "u", "m", "h", "b", "p", "f", "meta"]), VALUES, max_size=8))
def test_any_values_end_in_a_request_or_in_an_error_of_ours(value):
    with contextlib.suppress(Undecodable, Newer):
        decode(json.dumps({"v": 1, "u": "http://a.cn/", **value}).encode())


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"\x80\x04\x95.",  # a pickle
        b'{"v":1}',
        b'{"v":1,"u":"file:///etc/passwd"}',
        b'{"v":1,"u":"javascript:alert(1)"}',
        b'{"v":1,"u":"http://a.cn/","m":"GET / HTTP/1.1\\r\\nX: y"}',
        b'{"v":1,"u":"http://a.cn/","h":{"X":["a\\r\\nHost: b"]}}',
        '{"v":1,"u":"http://a.cn/","h":{"X":["新"]}}'.encode(),
        b'{"v":1,"u":"http://a.cn/","b":"not base64!"}',
        b'{"v":1,"u":"http://a.cn/","meta":{"depth":"deep"}}',
        b'{"v":1,"u":"http://a.cn/","meta":{"redirect_times":"x"}}',
        b'{"v":0,"u":"http://a.cn/"}',
        b'{"v":1,"u":"http://a.cn/' + b"a" * 9000 + b'"}',
        b"[" * 100_000,
        b'{"v":1,"u":"http://a.cn/","meta":{"hint":' + b'{"a":' * 5000 + b"1" + b"}" * 5000 + b"}}",
        b'{"v":1,"u":"http://a.cn/\xff"}',
    ],
)
def test_hostile_payloads_are_undecodable(payload):
    with pytest.raises(Undecodable):
        decode(payload)


def test_a_newer_version_is_left_alone():
    with pytest.raises(Newer, match="version 2"):
        decode(b'{"v":2,"url":["something","else"]}')


def test_only_listed_meta_survives_and_nothing_names_code():
    def callback(response):
        return None

    request = Request(
        "http://a.cn/",
        callback=callback,
        errback=callback,
        cb_kwargs={"a": 1},
        meta={"portal": "p", "proxy": "http://u:p@x", "download_slot": "x"},
    )
    stored = json.loads(encode(request))
    assert stored == {"v": 1, "u": "http://a.cn/", "meta": {"portal": "p"}}
    assert {
        "portal",
        "kind",
        "channel",
        "list",
        "hint",
        "page",
        "depth",
        "render",
        "redirect_times",
        "redirect_urls",
        "redirect_reasons",
        "download_timeout",
        "vary",
        "group",
    } == META


def test_secrets_and_what_middlewares_add_again_are_not_stored():
    headers = {
        "Cookie": "a=b",
        "Authorization": "x",
        "Proxy-Authorization": "y",
        "User-Agent": "z",
        "Accept-Encoding": "gzip",
        "If-None-Match": '"e"',
    }
    assert json.loads(encode(Request("http://a.cn/", headers=headers)))["h"] == {"If-None-Match": ['"e"']}


def test_headers_of_a_profile_are_not_stored():
    headers = {"X-Key": "secret", "x-token": "secret", "X-Own": "y"}
    request = Request("http://a.cn/", headers=headers, meta={"portal_headers": ["X-Key", "X-TOKEN"]})
    assert json.loads(encode(request)) == {"v": 1, "u": "http://a.cn/", "h": {"X-Own": ["y"]}}


def test_what_cannot_be_stored_is_an_error():
    with pytest.raises(TypeError):
        encode(Request("http://a.cn/", meta={"hint": {"x": object()}}))
    with pytest.raises(ValueError, match="too long"):
        encode(Request("http://a.cn/" + "a" * 9000))


def test_callbacks_are_those_of_the_reader():
    request = decode(
        encode(Request("http://a.cn/")),
        callback=test_any_bytes_end_in_a_request_or_in_an_error_of_ours,
        errback=read_payload,
    )
    assert request.callback is test_any_bytes_end_in_a_request_or_in_an_error_of_ours
    assert request.errback is read_payload
