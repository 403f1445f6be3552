"""What a page in the browser may ask for."""

from __future__ import annotations

import pytest

from crawler.fetching.subrequests import headers_to_send, judge_subrequest
from crawler.portals import parse_profile

PROFILE = parse_profile(
    'title = "x"\nhome = "http://www.a.cn/"\ndomains = ["a.cn"]\nexclude = [\'^bbs\\.\']\n', "x"
)


@pytest.mark.parametrize(
    ("url", "kind", "method", "reason"),
    [
        ("http://www.a.cn/list.js", "script", "GET", None),
        ("https://js.a.cn/list.js?v=1", "script", "GET", None),
        ("http://www.a.cn/s.css", "stylesheet", "GET", None),
        ("http://www.a.cn/api", "xhr", "GET", None),
        ("http://www.a.cn/api", "fetch", "POST", None),
        ("http://www.a.cn/api", "fetch", "HEAD", None),
        ("http://www.a.cn/list.js", "script", "POST", "method"),
        ("http://www.a.cn/api", "fetch", "DELETE", "method"),
        ("http://www.a.cn/api", "fetch", "", "method"),
        ("http://www.a.cn/x.png", "image", "GET", "image"),
        ("http://www.a.cn/x.woff", "font", "GET", "font"),
        ("http://www.a.cn/x.mp4", "media", "GET", "media"),
        ("http://www.a.cn/", "document", "GET", "document"),
        ("http://www.a.cn/", "ping", "POST", "ping"),
        ("ws://www.a.cn/", "websocket", "GET", "websocket"),
        ("http://www.a.cn/", "", "GET", "other"),
        ("http://stat.counter.example/c.js", "script", "GET", "offsite"),
        ("http://a.cn.evil.example/c.js", "script", "GET", "offsite"),
        ("http://www.a.cn@evil.example/c.js", "script", "GET", "offsite"),
        ("http://127.0.0.1/api", "xhr", "GET", "private-address"),
        ("http://[::ffff:169.254.169.254]/api", "xhr", "GET", "private-address"),
        ("http://bbs.a.cn/api", "xhr", "GET", "excluded"),
        ("file:///etc/passwd", "fetch", "GET", "unsupported-scheme"),
        ("data:text/javascript,1", "script", "GET", "unsupported-scheme"),
        ("http://www.a.cn/" + "x" * 3000, "xhr", "GET", "url-too-long"),
    ],
)
def test_a_request_is_judged(url, kind, method, reason):
    assert judge_subrequest(url, kind, method, PROFILE) == reason


def test_long_bodies_are_not_sent_and_headers_are_few():
    assert judge_subrequest("http://www.a.cn/api", "xhr", "POST", PROFILE, body=b"x" * 70_000) == "too-large"
    given = {
        "accept": "*/*", "x-requested-with": "XMLHttpRequest", "content-type": "application/json", "referer": "http://www.a.cn/",
        "user-agent": "Mozilla", "cookie": "a=1", "authorization": "Basic x", "host": "b.cn", "sec-ch-ua": "x", "range": "bytes=0-",
        "x-long": "y" * 1000,
    }  # fmt: skip
    assert set(headers_to_send(given)) == {"accept", "x-requested-with", "content-type", "referer"}
