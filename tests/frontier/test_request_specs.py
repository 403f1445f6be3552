"""A request says again what was asked for, on the other side of the queue too."""

from __future__ import annotations

import pytest

from crawler.frontier.requests.codec import decode, encode
from crawler.frontier.requests.specs import request_of, spec_of
from crawler.urls import RequestSpec

URL = "http://www.a.cn/api"
JSON = (("Content-Type", "application/json"),)


@pytest.mark.parametrize(
    "spec",
    [
        RequestSpec(URL),
        RequestSpec(URL, "POST", body=b"tid=548"),
        RequestSpec(URL, "POST", JSON, '{"tid":"福"}'.encode()),
        RequestSpec(URL, headers=(("Accept", "application/vnd.hq_time.v2+json"), ("X-A", "b"))),
    ],
)
def test_there_and_back(spec):
    request = request_of(spec, meta={"portal": "p"}, priority=5)
    request.headers["User-Agent"] = "x"
    again = decode(encode(request))
    again.headers["Accept-Language"] = "zh-CN"

    assert spec_of(again) == spec
    assert again.priority == 5


def test_a_body_is_a_form_unless_it_says_otherwise():
    sent = request_of(RequestSpec(URL, "POST", body=b"a=b"), meta={})

    assert sent.headers["Content-Type"] == b"application/x-www-form-urlencoded"
    assert request_of(RequestSpec(URL, "POST", JSON, b"{}"), meta={}).headers.getlist("Content-Type") == [
        b"application/json"
    ]
